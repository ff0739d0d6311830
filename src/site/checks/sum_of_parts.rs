//! `sum-of-parts`: the months of a quarter, or the quarters of a year, add up to it.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::statistics::Statistics;
use crate::record::value::Count;
use crate::say;
use crate::site::Site;
use crate::site::checks::period_overlap::series;

type Figure = (&'static str, fn(&Statistics) -> i64);

/// What adds up over time. Opening and closing are taken from the first and the last part.
const SUMS: &[Figure] = &[
    ("received", |s| *s.received),
    ("resolved_on_time", |s| *s.resolved_on_time),
    ("resolved_late", |s| *s.resolved_late),
    ("refused", |s| optional(s.refused)),
    ("transferred", |s| optional(s.transferred)),
    ("withdrawn_by_sender", |s| optional(s.withdrawn_by_sender)),
];

fn optional(count: Option<Count>) -> i64 {
    count.map_or(0, |count| *count)
}

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for records in series(site).values() {
        for whole in records {
            if let Some(parts) = parts(whole, records) {
                faults.extend(differences(whole, &parts));
            }
        }
    }
    faults
}

/// The longest periods that, end to end, fill `whole`, where there are any.
fn parts<'a>(whole: &Record<Statistics>, records: &[&'a Record<Statistics>]) -> Option<Vec<&'a Record<Statistics>>> {
    let period = &whole.content.data.period;
    let mut day = period.start;
    let mut parts = Vec::new();
    while day <= period.end {
        let starting = records.iter().filter(|record| record.content.data.period.start == day && record.id != whole.id);
        let fitting = starting.filter(|record| period.holds(&record.content.data.period));
        let part = fitting.max_by_key(|record| record.content.data.period.end)?;
        day = part.content.data.period.end.plus(1);
        parts.push(*part);
    }
    (parts.len() > 1).then_some(parts)
}

fn differences(whole: &Record<Statistics>, parts: &[&Record<Statistics>]) -> Vec<Diagnostic> {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Vec::new() };
    let sums = SUMS
        .iter()
        .map(|(key, of)| (*key, of(&whole.content.data), parts.iter().map(|part| of(&part.content.data)).sum::<i64>()));
    let ends = [
        ("opening", *whole.content.data.opening, *first.content.data.opening),
        ("closing", *whole.content.data.closing, *last.content.data.closing),
    ];
    let sound = |key: &str| whole.is_sound(&[key]) && parts.iter().all(|part| part.is_sound(&[key]));
    let off = sums.chain(ends).filter(|(key, whole, parts)| whole != parts && sound(key));
    off.map(|(key, has, sum)| {
        let names = crate::record::suggest::listed(parts.iter().map(|part| part.id.as_str()));
        let message = say!(
            "`{key}` là {has}, nhưng các kỳ bên trong ({names}) cho {sum}",
            "`{key}` is {has}, but the periods within ({names}) give {sum}"
        );
        let fault = Diagnostic::new(Code::SumOfParts, whole.place(key), message)
            .related(first.place(key), say!("kỳ thứ nhất ở đây", "the first of them is here"));
        Diagnostic { record: Some(whole.name()), ..fault }
    })
    .collect()
}
