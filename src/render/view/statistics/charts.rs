//! Charts of statistics: how the periods followed one another, how the received divide, on time or late.

use serde::Serialize;

use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::statistics::Statistics;
use crate::render::language::capital;
use crate::render::lens::Lens;
use crate::render::view::chart::{Chart, Figure, Look, Row, chart};

/// How many periods a trend shows.
const PERIODS: usize = 8;

/// A trend, or a sentence where there is nothing to draw.
#[derive(Debug, Default, Serialize)]
pub struct Trend {
    /// What was received and resolved in each period; none where all periods are zeros.
    pub chart: Option<Chart>,
    /// Said where all periods are zeros.
    pub sentence: Option<String>,
}

/// Received and resolved in the periods up to this one, of the same category, classes and length. None of one period.
pub fn trend(lens: &Lens<'_>, record: &Record<Statistics>, id: &str) -> Option<Trend> {
    let series = lens.relations().series(&crate::render::relations::series_of(&record.content.data))?;
    let corrected = |id: &str| lens.relations().corrected_by(&(KindName::Statistics, id.to_owned())).is_some();
    let known = series.iter().filter(|other| !corrected(other)).filter_map(|id| lens.statistics().get(id));
    let until = record.content.data.period.end;
    let mut periods: Vec<_> =
        known.map(|record| &record.content.data).filter(|data| data.period.end <= until).collect();
    let periods = periods.split_off(periods.len().saturating_sub(PERIODS));
    if periods.len() < 2 {
        return None;
    }
    let rows: Vec<Row> = periods.iter().map(|data| period(lens, data)).collect();
    let keys = [lens.label("statistics.received"), lens.label("statistics.resolved")];
    let keys = [(keys[0].as_str(), Look::Solid), (keys[1].as_str(), Look::Hollow)];
    let chart = chart(id, lens.label("statistics.trend"), &keys, &rows);
    let sentence = chart.is_none().then(|| lens.count("statistics.all_zero", periods.len()));
    Some(Trend { chart, sentence })
}

fn period(lens: &Lens<'_>, data: &Statistics) -> Row {
    let resolved = *data.resolved_on_time + *data.resolved_late;
    let figure = |number, look| Figure { number, written: lens.language.number(number), look };
    Row {
        label: capital(&lens.language.period(&data.period)),
        figures: vec![figure(*data.received, Look::Solid), figure(resolved, Look::Hollow)],
    }
}

/// Resolved on time or late; none where nothing was resolved.
pub fn on_time(lens: &Lens<'_>, data: &Statistics) -> Option<Chart> {
    let (on_time, late) = (*data.resolved_on_time, *data.resolved_late);
    let row = |name: &str, number, look| Row {
        label: lens.label(name),
        figures: vec![Figure { number, written: shared(lens, number, on_time + late), look }],
    };
    let rows = [row("statistics.on_time", on_time, Look::Solid), row("statistics.late", late, Look::Hollow)];
    chart("chart_on_time", lens.label("statistics.on_time_or_late"), &[], &rows)
}

/// How the received divide; the labels come with their counts.
pub fn shares(lens: &Lens<'_>, id: &str, title: String, parts: &[(String, i64)]) -> Option<Chart> {
    let whole = parts.iter().map(|(_, count)| count).sum();
    let row = |(label, number): &(String, i64)| Row {
        label: label.clone(),
        figures: vec![Figure { number: *number, written: shared(lens, *number, whole), look: Look::Solid }],
    };
    chart(id, title, &[], &parts.iter().map(row).collect::<Vec<_>>())
}

/// "12 (60%)"
fn shared(lens: &Lens<'_>, part: i64, whole: i64) -> String {
    let number = lens.language.number(part);
    lens.language.percent(part, whole).map_or_else(|| number.clone(), |share| format!("{number} ({share})"))
}
