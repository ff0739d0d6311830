//! `report-late`: a period has ended fifteen days ago, and there are no statistics of it.
//!
//! The public was told that there would be; silence looks as if something were hidden.
//!
//! Triggers: quarters since 2026-01-01, the last record ends on 2026-03-31, and it is the 16th of July. Does not: the same on the
//! 15th. One warning a category, at its latest record.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::config::Reporting;
use crate::record::kinds::statistics::{Category, Statistics};
use crate::record::value::Words;
use crate::say;
use crate::site::Site;
use crate::site::checks::period_overlap::series;
use crate::site::checks::reporting::{Due, categories, covers, due};
use crate::site::checks::told;

/// How many days a report may take.
const DAYS: i32 = 15;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let Some(reporting) = site.config.reporting.as_ref() else { return Vec::new() };
    categories(site).into_iter().filter_map(|category| of(site, reporting, category)).collect()
}

fn of(site: &Site, reporting: &Reporting, category: Category) -> Option<Diagnostic> {
    let all = series(site);
    let records: Vec<_> =
        all.iter().filter(|(scope, _)| scope.0 == category).flat_map(|(_, records)| records).copied().collect();
    let latest = records.iter().max_by_key(|record| record.content.data.period.end).copied();
    let behind = |due: &Due| latest.is_none_or(|record| record.content.data.period.start <= due.end);
    let late: Vec<Due> = due(reporting, site.as_of.plus(-DAYS))
        .into_iter()
        .filter(|due| !covers(&records, reporting, *due) && behind(due))
        .collect();
    let late: Vec<Due> = after(&records, late);
    let first = late.first()?;
    Some(fault(reporting, category, *first, late.len(), latest))
}

/// The periods behind the last that has statistics; those before it are gaps.
fn after(records: &[&Record<Statistics>], late: Vec<Due>) -> Vec<Due> {
    let is_last = |due: &Due| records.iter().all(|record| record.content.data.period.start <= due.end);
    late.into_iter().filter(is_last).collect()
}

fn fault(
    reporting: &Reporting,
    category: Category,
    first: Due,
    count: usize,
    latest: Option<&Record<Statistics>>,
) -> Diagnostic {
    let (label, Due { start, end }) = (Category::WORDS[category.index()].label, first);
    let (vi, en) = (label.vi, label.en);
    let more = count - 1;
    let (more_vi, more_en) = if more == 0 {
        (String::new(), String::new())
    } else {
        (format!(" và {more} kỳ sau"), format!(" and {more} more"))
    };
    let message =
        say!("{vi}: chưa có số liệu kỳ {start} đến {end}{more_vi}", "{en}: no statistics of {start} to {end}{more_en}");
    let place = latest.map_or(reporting.at.own, |record| record.content.data.period.place);
    let help = say!(
        "thêm một bản ghi trong content/statistics; không nhận được gì thì ghi `zero_report`",
        "add a record in content/statistics; where nothing came in, with `zero_report`"
    );
    let fault = Diagnostic::new(Code::ReportLate, place, message).help(help);
    match latest {
        Some(record) => told(record, fault.related(reporting.at.own, say!("kỳ phải có", "what must exist"))),
        None => fault,
    }
}
