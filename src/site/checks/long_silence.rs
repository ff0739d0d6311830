//! `long-silence`: nothing was received in the last four periods in a row.
//!
//! Each zero may be true; four of them rather mean that people do not find the way, or that nobody opens the box.
//!
//! Triggers: four quarters with `received: 0` up to the latest. Does not: three of them, or four that ended with a quarter that
//! received something. Only the categories and the length of periods that `reporting` names; feedback, where it names none.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::statistics::{Length, Statistics};
use crate::say;
use crate::site::Site;
use crate::site::checks::period_overlap::series;
use crate::site::checks::reporting::{categories, length};
use crate::site::checks::told;

/// How many periods of nothing are a silence.
const PERIODS: usize = 4;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let asked = site.config.reporting.as_ref().map(|reporting| length(reporting.granularity));
    let (all, wanted) = (series(site), categories(site));
    let heard = all.iter().filter(|(scope, _)| wanted.contains(&scope.0));
    heard.filter_map(|(_, records)| silence(records, asked)).collect()
}

fn silence(records: &[&Record<Statistics>], asked: Option<Length>) -> Option<Diagnostic> {
    let last =
        records.iter().rfind(|record| asked.is_none_or(|length| record.content.data.period.length() == length))?;
    let length = last.content.data.period.length();
    let alike = records.iter().filter(|record| record.content.data.period.length() == length);
    let mut silent: Vec<&Record<Statistics>> = Vec::new();
    for record in alike.rev() {
        let follows =
            silent.last().is_none_or(|later| record.content.data.period.end.plus(1) == later.content.data.period.start);
        if *record.content.data.received != 0 || !record.is_sound(&["received"]) || !follows {
            break;
        }
        silent.push(record);
    }
    let first = silent.last().filter(|_| silent.len() >= PERIODS)?;
    Some(fault(last, first, silent.len()))
}

fn fault(last: &Record<Statistics>, first: &Record<Statistics>, count: usize) -> Diagnostic {
    let message = say!("{count} kỳ liền không nhận được gì", "nothing was received in {count} periods in a row");
    let help = say!(
        "thử từng đầu mối tiếp nhận như một người dân, và xem biểu mẫu góp ý có dễ tìm không",
        "try every contact as a citizen would, and see whether the feedback form is easy to find"
    );
    let fault = Diagnostic::new(Code::LongSilence, last.place("received"), message).help(help);
    told(last, fault.related(first.place("received"), say!("bắt đầu từ kỳ này", "since this period")))
}
