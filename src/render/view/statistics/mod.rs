//! Feedback statistics: a sentence first, then the figures with what each of them means.
//!
//! Categories are never added together. A zero is a statement, and a rate over nothing is not applicable.

mod charts;
mod list;

use serde::Serialize;
use serde_json::json;

use crate::plan::Source;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::statistics::{
    Breakdown, ChannelKey, ClassKey, Counts, SourceOfFigures, Statistics, ZeroReport,
};
use crate::record::value::{Count, Text, Words as WordList};
use crate::render::language::capital;
use crate::render::lens::Lens;
use crate::render::view::chart::Chart;
use crate::render::view::linked::{named, node};
use crate::render::view::record::{self, RecordView};
use crate::render::view::statistics::charts::Trend;
use crate::render::view::{Made, section};
use crate::render::words::{Day, Link, Words};

pub use list::{CategoryView, by_category, view as list_view};

#[derive(Debug, Serialize)]
struct StatisticsView {
    /// Its heading, summary, text and history.
    record: RecordView,
    /// The figures in brief.
    summary: Summary,
    /// What was received, in words: "Feedback", "Complaints", "Denunciations".
    category: &'static str,
    /// Which classes the figures cover, in words; empty where they cover all.
    classes: Vec<&'static str>,
    /// The period's first day.
    start: Day,
    /// The period's last day.
    end: Day,
    /// The figures in the order of the balance, each with what it means.
    rows: Vec<Row>,
    /// How what was received divides, by class, by channel and by procedure, as far as the record says; may be empty.
    breakdowns: Vec<BreakdownView>,
    /// What was checked before nothing was reported; none where the record has no such statement.
    zero: Option<ZeroView>,
    /// The statistics that these correct; none where they correct none.
    corrects: Option<Link>,
    /// Where the figures come from, in words; none where the record does not say.
    source: Option<&'static str>,
    /// The inbox's digest of the events that it counted; none where the record has none.
    digest: Option<String>,
    /// How many were resolved on time and how many late; none where nothing was resolved.
    on_time: Option<Chart>,
    /// The periods up to this one that can be compared, eight at most; none where there are fewer than two.
    trend: Option<Trend>,
    /// All statistics as files; empty where the site has no open data.
    downloads: Vec<Link>,
}

/// The figures of a period in brief: for lists, for the home page, for reports.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The page of the period.
    pub href: String,
    /// "Quý I năm 2026"
    pub period: String,
    /// The sentence that says it all.
    pub sentence: String,
    /// Which classes the figures cover, in words; none where they cover all.
    pub classes: Option<String>,
    /// How many were open when the period began.
    pub opening: String,
    /// How many came in.
    pub received: String,
    /// How many got a result, on time or late.
    pub resolved: String,
    /// The share that was resolved on time, or that this is not applicable.
    pub on_time: String,
    /// How many were open when the period ended.
    pub closing: String,
    /// Whether another record corrects it.
    pub corrected: bool,
}

/// A figure and what it means.
#[derive(Debug, Serialize)]
struct Row {
    /// What the figure is called.
    name: &'static str,
    /// What it counts, in a few words.
    meaning: String,
    /// The figure; a percentage, or that this is not applicable, for the share on time.
    value: String,
    /// What the corrected record said, where it differs.
    before: Option<String>,
    /// Whether it is a part of the one above it.
    part: bool,
}

#[derive(Debug, Serialize)]
struct BreakdownView {
    /// "By class", "By channel" or "By procedure".
    heading: String,
    /// The parts as bars; none where all are zero.
    chart: Option<Chart>,
    /// The parts, in the order of the record.
    rows: Vec<Share>,
}

#[derive(Debug, Serialize)]
struct Share {
    /// What the part is; it has an address where it is a published procedure.
    link: Link,
    /// How many they are.
    value: String,
    /// Their share of all that was received, or that this is not applicable.
    share: String,
}

#[derive(Debug, Serialize)]
struct ZeroView {
    /// The day on which it was confirmed that nothing was received.
    confirmed: Day,
    /// The contacts that were checked for it.
    channels: Vec<Link>,
}

/// The page of the statistics of one period.
pub fn view(lens: &Lens<'_>, record: &Record<Statistics>) -> Made {
    let data = &record.content(lens.code).data;
    let summary = summary(lens, record);
    let description = Words::own(&summary.sentence);
    let view = StatisticsView {
        record: record::common(lens, record),
        category: lens.language.word(data.category),
        classes: data.classes.iter().map(|class| lens.language.word(*class)).collect(),
        start: lens.day(data.period.start),
        end: lens.day(data.period.end),
        rows: corrected_rows(lens, data),
        breakdowns: breakdowns(lens, data),
        zero: data.zero_report.as_ref().map(|zero| zero_view(lens, zero)),
        corrects: data.corrects.as_ref().map(|same| lens.key(KindName::Statistics.word(), &same.0)),
        source: data.source.map(|source: SourceOfFigures| lens.language.word(source)),
        digest: data.inbox_digest.as_ref().map(|digest| digest.to_string()),
        on_time: charts::on_time(lens, data),
        trend: charts::trend(lens, record, "chart_trend"),
        downloads: downloads(lens),
        summary,
    };
    let dataset = dataset(lens, data, &view);
    let title = view.record.heading.clone();
    Made::new("statistics.html", "statistics", title, &view)
        .below([section(lens, KindName::Statistics)])
        .described(Some(&description))
        .linked(dataset)
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}

/// The figures of a period in brief.
pub fn summary(lens: &Lens<'_>, record: &Record<Statistics>) -> Summary {
    let data = &record.content.data;
    let number = |count: i64| lens.language.number(count);
    let (on_time, resolved) = (*data.resolved_on_time, *data.resolved_on_time + *data.resolved_late);
    Summary {
        href: lens.href(&Source::Record(KindName::Statistics, record.id.clone())),
        period: capital(&lens.language.period(&data.period)),
        sentence: sentence(lens, data),
        classes: classes(lens, data),
        opening: number(*data.opening),
        received: number(*data.received),
        resolved: number(resolved),
        on_time: lens.language.percent(on_time, resolved).unwrap_or_else(|| lens.label("statistics.not_applicable")),
        closing: number(*data.closing),
        corrected: lens.relations().corrected_by(&(KindName::Statistics, record.id.clone())).is_some(),
    }
}

/// Which classes the figures cover, where not all.
fn classes(lens: &Lens<'_>, data: &Statistics) -> Option<String> {
    let words: Vec<&str> = data.classes.iter().map(|class| lens.language.word(*class)).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// All statistics as files, where the site has them.
fn downloads(lens: &Lens<'_>) -> Vec<Link> {
    let files = [
        ("/data/statistics.csv", "statistics.csv"),
        ("/data/statistics.excel.csv", "statistics.excel"),
        ("/data/statistics.json", "statistics.json"),
    ];
    let link = |(path, label)| Some(Link { href: Some(lens.published(path)?), title: Words::own(lens.label(label)) });
    files.into_iter().filter_map(link).collect()
}

/// The figures for machines.
fn dataset(lens: &Lens<'_>, data: &Statistics, view: &StatisticsView) -> serde_json::Value {
    let agency = lens.agencies().resolve(&lens.default_config().agency);
    let creator = agency.map(|record| named("GovernmentOrganization", &lens.text(&lens.common(record).title)));
    let file = |link: &Link| {
        let address = link.href.as_deref().map(|href| lens.whole(href));
        node("DataDownload", [("name", json!(link.title.text)), ("contentUrl", json!(address))])
    };
    let measured: Vec<&str> = view.rows.iter().map(|row| row.name).collect();
    node(
        "Dataset",
        [
            ("name", json!(view.record.heading.text)),
            ("description", json!(view.summary.sentence)),
            ("temporalCoverage", json!(format!("{}/{}", data.period.start, data.period.end))),
            ("creator", json!(creator)),
            ("isAccessibleForFree", json!(true)),
            ("variableMeasured", json!(measured)),
            ("distribution", view.downloads.iter().map(file).collect()),
        ],
    )
}

fn sentence(lens: &Lens<'_>, data: &Statistics) -> String {
    let period = lens.language.period(&data.period);
    let number = |count: i64| lens.language.number(count);
    let subject = lens.label(&format!("statistics.subject_{}", data.category.word()));
    let resolved = *data.resolved_on_time + *data.resolved_late;
    let name = match (*data.received, *data.opening, resolved) {
        (0, 0, 0) => "statistics.sentence_zero",
        (0, ..) => "statistics.sentence_none_new",
        _ => "statistics.sentence",
    };
    let values = [
        ("period", period),
        ("subject", subject),
        ("received", number(*data.received)),
        ("opening", number(*data.opening)),
        ("resolved", number(resolved)),
        ("on_time", number(*data.resolved_on_time)),
        ("closing", number(*data.closing)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(place, value)| (*place, value.as_str())).collect();
    capital(&lens.labels.fill(name, &values))
}

/// The figures, with those of the record that this one corrects where they differ.
fn corrected_rows(lens: &Lens<'_>, data: &Statistics) -> Vec<Row> {
    let mut rows = rows(lens, data);
    let Some(corrected) = data.corrects.as_ref().and_then(|same| lens.statistics().find(&same.0)) else {
        return rows;
    };
    let earlier = self::rows(lens, &corrected.content.data);
    for row in &mut rows {
        let before = earlier.iter().find(|before| before.name == row.name).map(|before| before.value.clone());
        row.before = before.filter(|before| *before != row.value);
    }
    rows
}

fn rows(lens: &Lens<'_>, data: &Statistics) -> Vec<Row> {
    let none = |count: Option<Count>| count.map_or(0, |count| *count);
    let resolved = *data.resolved_on_time + *data.resolved_late;
    let mut rows = vec![
        row(lens, "opening", *data.opening, false),
        row(lens, "received", *data.received, false),
        row(lens, "resolved", resolved, false),
        row(lens, "resolved_on_time", *data.resolved_on_time, true),
        row(lens, "resolved_late", *data.resolved_late, true),
        row(lens, "refused", none(data.refused), false),
        row(lens, "transferred", none(data.transferred), false),
        row(lens, "withdrawn_by_sender", none(data.withdrawn_by_sender), false),
        row(lens, "closing", *data.closing, false),
    ];
    let rate = lens.language.percent(*data.resolved_on_time, resolved);
    let rate = rate.unwrap_or_else(|| lens.label("statistics.not_applicable"));
    rows.push(Row { value: rate, ..row(lens, "rate", 0, false) });
    let optional = [
        ("answers_published", data.answers_published),
        ("satisfied", data.satisfied),
        ("unsatisfied", data.unsatisfied),
    ];
    rows.extend(optional.iter().filter_map(|(name, count)| count.map(|count| row(lens, name, *count, false))));
    rows
}

/// A figure: its name is the description's own, or a label where the figure is computed.
fn row(lens: &Lens<'_>, key: &str, count: i64, part: bool) -> Row {
    let name = Statistics::shape().field(key).map(|field| lens.language.label(field.label));
    let computed = if key == "resolved" {
        ("Đã giải quyết", "Resolved")
    } else {
        ("Tỷ lệ đúng hạn", "Resolved on time, share")
    };
    let computed = crate::record::shape::Label { vi: computed.0, en: computed.1 };
    Row {
        name: name.unwrap_or_else(|| lens.language.label(computed)),
        meaning: lens.label(&format!("statistics.means_{key}")),
        value: lens.language.number(count),
        before: None,
        part,
    }
}

fn breakdowns(lens: &Lens<'_>, data: &Statistics) -> Vec<BreakdownView> {
    let class = |key: &Text| Link { href: None, title: word::<ClassKey>(lens, key) };
    let channel = |key: &Text| Link { href: None, title: word::<ChannelKey>(lens, key) };
    let procedure = |key: &Text| lens.key(KindName::Procedure.word(), key);
    [
        breakdown(lens, "statistics.by_class", data.by_class.as_ref(), *data.received, &class),
        breakdown(lens, "statistics.by_channel", data.by_channel.as_ref(), *data.received, &channel),
        breakdown(lens, "statistics.by_procedure", data.by_procedure.as_ref(), *data.received, &procedure),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn word<W: WordList>(lens: &Lens<'_>, key: &Text) -> Words {
    let known = W::ALL.iter().find(|word| word.word() == &**key);
    known.map_or_else(|| lens.text(key), |word| Words::own(lens.language.word(*word)))
}

fn breakdown<K: Breakdown>(
    lens: &Lens<'_>,
    heading: &str,
    counts: Option<&Counts<K>>,
    whole: i64,
    link: &dyn Fn(&Text) -> Link,
) -> Option<BreakdownView> {
    let share = |(key, count): &(Text, Count)| Share {
        link: link(key),
        value: lens.language.number(**count),
        share: lens.language.percent(**count, whole).unwrap_or_else(|| lens.label("statistics.not_applicable")),
    };
    let rows: Vec<Share> = counts?.iter().map(share).collect();
    let parts: Vec<(String, i64)> =
        rows.iter().zip(counts?.iter()).map(|(row, (_, count))| (row.link.title.text.clone(), **count)).collect();
    let heading_text = lens.label(heading);
    let chart = charts::shares(lens, &heading.replace('.', "_"), heading_text.clone(), &parts);
    Some(BreakdownView { heading: heading_text, chart, rows })
}

fn zero_view(lens: &Lens<'_>, zero: &ZeroReport) -> ZeroView {
    ZeroView { confirmed: lens.day(zero.confirmed_on), channels: lens.references(&zero.channels_checked) }
}
