//! `figure-differs`: a figure in a report's text contradicts the statistics that the report pulls.
//!
//! Readers see both on one page, and believe neither.
//!
//! A figure is right if it is any that the statistics give: of one period, of several in a row, or of all. Triggers: "tiếp nhận 12 phản
//! ánh" where the statistics have 20 received. Does not: "tiếp nhận 20 phản ánh", or a report that pulls no feedback statistics.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::report::Report;
use crate::record::kinds::statistics::{Category, Statistics};
use crate::record::reader::Noted;
use crate::record::sighting::What;
use crate::say;
use crate::site::Site;
use crate::site::checks::sightings;
use crate::value::figure::{Fate, Figure, Subject};

pub fn check(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (name, sighting) in sightings::all(findings) {
        let report = name.strip_prefix("report:").and_then(|id| site.reports.get(id));
        let (Some(report), What::Figure(figure)) = (report, &sighting.what) else { continue };
        let pulled = pulled(site, report, figure.subject);
        if pulled.is_empty() || figures(&pulled, figure.fate).contains(&figure.count) {
            continue;
        }
        let fault = Diagnostic::new(Code::FigureDiffers, sighting.place, message(figure, &pulled))
            .help(say!(
                "sửa con số, hoặc bỏ đi: trang báo cáo tự hiện số liệu",
                "mend the figure, or leave it out: the report's page shows the statistics itself"
            ))
            .related(pulled[0].place("received"), say!("số liệu ở đây", "the statistics are here"));
        faults.push(Diagnostic { record: Some(name.to_owned()), ..fault });
    }
    faults
}

/// The statistics of one category that a report pulls, in the order of their periods.
fn pulled<'a>(site: &'a Site, report: &Record<Report>, subject: Subject) -> Vec<&'a Record<Statistics>> {
    let category = match subject {
        Subject::Feedback => Category::Feedback,
        Subject::Complaints => Category::Complaint,
        Subject::Denunciations => Category::Denunciation,
    };
    let all = report.content.data.statistics.iter().filter_map(|reference| site.statistics.resolve(reference));
    let mut pulled: Vec<_> = all.filter(|record| record.content.data.category == category).collect();
    pulled.sort_by_key(|record| (record.content.data.period.start, record.content.data.classes.clone()));
    pulled
}

/// Every figure that statistics give: of each record, of records in a row with the same classes, and of all.
fn figures(records: &[&Record<Statistics>], fate: Fate) -> BTreeSet<i64> {
    let mut figures = BTreeSet::new();
    for measure in measures(fate) {
        let of = |record: &&Record<Statistics>| measure(&record.content.data);
        figures.insert(records.iter().map(of).sum());
        for classes in records.iter().map(|record| &record.content.data.classes) {
            let alike: Vec<i64> =
                records.iter().filter(|record| record.content.data.classes == *classes).map(of).collect();
            let starts = (0..alike.len()).flat_map(|from| (from + 1..=alike.len()).map(move |until| from..until));
            figures.extend(starts.map(|row| alike[row].iter().sum::<i64>()));
        }
    }
    figures.extend(records.iter().flat_map(|record| parts(&record.content.data)));
    figures
}

type Measure = fn(&Statistics) -> i64;

fn measures(fate: Fate) -> Vec<Measure> {
    let resolved: [Measure; 3] =
        [|s| *s.resolved_on_time + *s.resolved_late, |s| *s.resolved_on_time, |s| *s.resolved_late];
    let received: [Measure; 2] = [|s| *s.received, |s| *s.opening + *s.received];
    let rest: [Measure; 5] = [
        |s| *s.closing,
        |s| *s.opening,
        |s| s.refused.map_or(0, |count| *count),
        |s| s.transferred.map_or(0, |count| *count),
        |s| s.withdrawn_by_sender.map_or(0, |count| *count),
    ];
    match fate {
        Fate::Received => received.to_vec(),
        Fate::Resolved => resolved.to_vec(),
        Fate::Untold => resolved.into_iter().chain(received).chain(rest).collect(),
    }
}

/// The figures of a record's breakdowns.
fn parts(s: &Statistics) -> Vec<i64> {
    let classes = s.by_class.iter().flat_map(|counts| counts.iter());
    let channels = s.by_channel.iter().flat_map(|counts| counts.iter());
    let procedures = s.by_procedure.iter().flat_map(|counts| counts.iter());
    classes.chain(channels).chain(procedures).map(|(_, count)| **count).collect()
}

fn message(figure: &Figure, pulled: &[&Record<Statistics>]) -> crate::diagnostic::Message {
    let count = figure.count;
    let total = |measure: Measure| pulled.iter().map(|record| measure(&record.content.data)).sum::<i64>();
    let (received, resolved) = (total(|s| *s.received), total(|s| *s.resolved_on_time + *s.resolved_late));
    say!(
        "báo cáo ghi {count}; số liệu được dẫn: tiếp nhận {received}, giải quyết {resolved}",
        "the text says {count}; the statistics have {received} received, {resolved} resolved"
    )
}
