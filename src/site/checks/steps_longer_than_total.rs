//! `steps-longer-than-total`: the agency's steps together take longer than the procedure as a whole.
//!
//! One of the two is wrong, and people hold the agency to the shorter one.
//!
//! Only times that a step itself promises count: `trong 05 ngày làm việc` in a step of the agency, one for each step, and not where
//! the step speaks of what happens otherwise or afterwards (a dossier to be completed, a refusal, what follows a decision). Where a total is
//! given in words, nothing is compared. Triggers: steps of 5 and 8 working days with a total of 10. Does not: steps of 3 and 7.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::procedure::{Actor, MeasuredTime, Procedure, ProcessingTime, Step, TimeUnit};
use crate::say;
use crate::site::checks::told;
use crate::value::duration::{self, Duration, Unit};

/// Words for what does not happen to every dossier, or is no work of the agency's.
static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(trường hợp|nếu|thiếu|bổ sung|hoàn thiện|từ chối|trả lại|gia hạn|kéo dài|lấy ý kiến|niêm yết|công khai|hiệu lực|giá trị|lưu|trước|ít nhất|tối thiểu|yêu cầu|kể từ (khi|ngày) ([^,;]{0,60} )?(có văn bản|ban hành|cấp|ra|ký|thay đổi|thông báo)|\bif\b|unless|incomplete|refus|extend|valid)",
    )
    .expect("the pattern is valid")
});

pub fn check(record: &Record<Procedure>) -> Vec<Diagnostic> {
    let sound = Some(record).filter(|record| record.is_sound(&["channels", "steps"]));
    sound.and_then(fault).map(|fault| told(record, fault)).into_iter().collect()
}

fn fault(record: &Record<Procedure>) -> Option<Diagnostic> {
    let procedure = &record.content.data;
    let totals = totals(procedure)?;
    let promised: Vec<(&Step, Duration)> =
        procedure.steps.iter().filter_map(|step| promised(step).map(|time| (step, time))).collect();
    let (first, _) = promised.first()?;
    let times: Vec<&Duration> = promised.iter().map(|(_, time)| time).collect();
    let Sum { steps, whole, vi, en } = Sum::of(&times, &totals);
    if steps <= whole {
        return None;
    }
    let message = say!(
        "các bước của cơ quan cộng lại {steps} {vi}, lâu hơn thời hạn giải quyết {whole} {vi}",
        "the agency's steps together take {steps} {en}, longer than the whole with {whole} {en}"
    );
    let help =
        say!("sửa thời hạn của bước hoặc của `processing_time`", "mend the time of a step or of `processing_time`");
    let fault = Diagnostic::new(Code::StepsLongerThanTotal, first.text.place, message).help(help);
    let time = procedure.channels.iter().find_map(|channel| measured(channel.processing_time.as_ref()))?;
    Some(fault.related(time.at.own, say!("thời hạn giải quyết ở đây", "the whole is here")))
}

/// The steps together and the whole, in one unit.
struct Sum {
    steps: f64,
    whole: f64,
    vi: &'static str,
    en: &'static str,
}

impl Sum {
    /// In the unit that all have; else in days, the steps as short and the whole as long as can be.
    fn of(steps: &[&Duration], totals: &[Duration]) -> Sum {
        let unit = totals[0].unit;
        if steps.iter().copied().chain(totals).all(|time| time.unit == unit) {
            let label =
                LABELS.iter().find(|(known, ..)| *known == unit).map_or(("ngày", "days"), |(_, vi, en)| (vi, en));
            let most = totals.iter().map(|time| time.value).fold(0.0, f64::max);
            return Sum { steps: steps.iter().map(|time| time.value).sum(), whole: most, vi: label.0, en: label.1 };
        }
        let most = totals.iter().map(Duration::at_most).fold(0.0, f64::max).ceil();
        let sum = steps.iter().map(|time| time.at_least()).sum::<f64>().floor();
        Sum { steps: sum, whole: most, vi: "ngày", en: "days" }
    }
}

const LABELS: &[(Unit, &str, &str)] = &[
    (Unit::Hour, "giờ", "hours"),
    (Unit::WorkingDay, "ngày làm việc", "working days"),
    (Unit::Day, "ngày", "days"),
    (Unit::Month, "tháng", "months"),
    (Unit::Year, "năm", "years"),
];

/// The times of all channels; none where one of them is given in words or with a note that may change it.
fn totals(procedure: &Procedure) -> Option<Vec<Duration>> {
    let known = procedure.channels.iter().filter_map(|channel| channel.processing_time.as_ref());
    let totals = known.map(|time| {
        let time = measured(Some(time))?;
        let noted = time.note.as_ref().map(|note| duration::find(note)).unwrap_or_default();
        noted.is_empty().then(|| duration(time))
    });
    totals.collect::<Option<Vec<Duration>>>().filter(|totals| !totals.is_empty())
}

fn measured(time: Option<&ProcessingTime>) -> Option<&MeasuredTime> {
    match time {
        Some(ProcessingTime::Measured(time)) => Some(time),
        _ => None,
    }
}

/// A processing time as a duration.
pub fn duration(time: &MeasuredTime) -> Duration {
    let unit = match time.unit {
        TimeUnit::Hour => Unit::Hour,
        TimeUnit::WorkingDay => Unit::WorkingDay,
        TimeUnit::Day => Unit::Day,
        TimeUnit::Month => Unit::Month,
        TimeUnit::Year => Unit::Year,
    };
    Duration { value: *time.value, unit, range: 0..0 }
}

/// The longest time that a step of the agency promises for every dossier.
fn promised(step: &Step) -> Option<Duration> {
    if step.actor != Some(Actor::Agency) {
        return None;
    }
    let sentences = step.text.split(['.', ';', '\n']).map(|sentence| (sentence, duration::find(sentence)));
    let certain = sentences.filter(|(sentence, times)| !times.is_empty() && !OTHERWISE.is_match(sentence));
    certain.flat_map(|(_, times)| times).max_by(|a, b| a.at_least().total_cmp(&b.at_least()))
}
