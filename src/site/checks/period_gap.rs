//! `period-gap`: statistics skip a period.
//!
//! Whoever adds the figures up over a year is misled, and nobody sees that something is missing.
//!
//! Triggers: quarters since 2026-01-01, with records of the first and third and none of the second. Does not: a quarter whose three
//! months are there; what is missing at the end is `report-late`. One warning a gap, at the record behind it.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::statistics::{Category, Class, Statistics};
use crate::say;
use crate::site::Site;
use crate::site::checks::period_overlap::series;
use crate::site::checks::reporting::{Due, categories, covers, due};
use crate::site::checks::told;

type Scope = (Category, Vec<Class>);

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let Some(reporting) = site.config.reporting.as_ref() else { return Vec::new() };
    let (all, wanted, due) = (series(site), categories(site), due(reporting, site.as_of));
    let mut faults = Vec::new();
    for (scope, records) in all.iter().filter(|(scope, _)| wanted.contains(&scope.0)) {
        let covering: Vec<_> =
            all.iter().filter(|(other, _)| includes(other, scope)).flat_map(|(_, records)| records).copied().collect();
        let is_first = begins(&all, scope);
        let missing: Vec<Due> = due
            .iter()
            .filter(|due| !covers(&covering, reporting, **due) && (is_first || follows(records, due)))
            .copied()
            .collect();
        faults.extend(gaps(records, &missing).into_iter().map(|(next, gap)| fault(records, next, gap)));
    }
    faults
}

/// Whether figures of one scope hold those of another.
fn includes(wide: &Scope, narrow: &Scope) -> bool {
    wide.0 == narrow.0
        && (wide.1.is_empty() || narrow.1.iter().all(|class| wide.1.contains(class)) && !narrow.1.is_empty())
}

/// Whether no other scope of the category has earlier records.
fn begins(all: &std::collections::BTreeMap<Scope, Vec<&Record<Statistics>>>, scope: &Scope) -> bool {
    let start = |scope: &Scope| all.get(scope).and_then(|records| records.first()).map(|r| r.content.data.period.start);
    let first = all.keys().filter(|other| other.0 == scope.0).min_by_key(|other| start(other));
    first == Some(scope)
}

fn follows(records: &[&Record<Statistics>], due: &Due) -> bool {
    records.first().is_some_and(|record| record.content.data.period.end < due.start)
}

/// Missing periods with the record behind them, those that follow one another as one.
fn gaps<'a>(records: &[&'a Record<Statistics>], missing: &[Due]) -> Vec<(&'a Record<Statistics>, Due)> {
    let mut gaps: Vec<(&Record<Statistics>, Due)> = Vec::new();
    for due in missing {
        let next = records.iter().filter(|record| record.content.data.period.start > due.end);
        let Some(next) = next.min_by_key(|record| record.content.data.period.start) else { continue };
        match gaps.last_mut().filter(|(behind, _)| behind.id == next.id) {
            Some((_, gap)) => gap.end = due.end,
            None => gaps.push((next, *due)),
        }
    }
    gaps
}

fn fault(records: &[&Record<Statistics>], next: &Record<Statistics>, gap: Due) -> Diagnostic {
    let Due { start, end } = gap;
    let message = say!(
        "thiếu số liệu từ {start} đến {end}, trước kỳ này",
        "statistics of {start} to {end}, before this period, are missing"
    );
    let help = say!("thêm bản ghi cho kỳ còn thiếu", "add a record for what is missing");
    let fault = Diagnostic::new(Code::PeriodGap, next.content.data.period.place, message).help(help);
    let before = records.iter().rfind(|record| record.content.data.period.end < start);
    told(
        next,
        match before {
            Some(record) => fault.related(record.content.data.period.place, say!("kỳ trước ở đây", "the one before")),
            None => fault,
        },
    )
}
