//! Feedback statistics: a sentence first, then the figures with what each of them means.
//!
//! Categories are never added together. A zero is a statement, and a rate over nothing is not applicable.

use serde::Serialize;

use crate::plan::{List, Source};
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::statistics::{
    Breakdown, Category, ChannelKey, ClassKey, Counts, SourceOfFigures, Statistics, ZeroReport,
};
use crate::record::value::{Count, Text, Words as WordList};
use crate::render::language::capital;
use crate::render::lens::Lens;
use crate::render::view::list::{Pager, pager, part_of, titled};
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, section};
use crate::render::words::{Day, Link, Words};

#[derive(Debug, Serialize)]
struct StatisticsView {
    record: RecordView,
    summary: Summary,
    category: &'static str,
    classes: Vec<&'static str>,
    start: Day,
    end: Day,
    rows: Vec<Row>,
    breakdowns: Vec<BreakdownView>,
    zero: Option<ZeroView>,
    corrects: Option<Link>,
    source: Option<&'static str>,
    digest: Option<String>,
    sums: &'static str,
}

/// The figures of a period in brief: for lists, for the home page, for reports.
#[derive(Debug, Serialize)]
pub struct Summary {
    pub href: String,
    /// "Quý I năm 2026"
    pub period: String,
    /// The sentence that says it all.
    pub sentence: String,
    pub classes: Option<String>,
    pub opening: String,
    pub received: String,
    pub resolved: String,
    /// The share that was resolved on time, or that this is not applicable.
    pub on_time: String,
    pub closing: String,
    /// Whether another record corrects it.
    pub corrected: bool,
}

/// A figure and what it means.
#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    meaning: String,
    value: String,
    /// Whether it is a part of the one above it.
    part: bool,
}

#[derive(Debug, Serialize)]
struct BreakdownView {
    heading: String,
    rows: Vec<Share>,
}

#[derive(Debug, Serialize)]
struct Share {
    link: Link,
    value: String,
    share: String,
}

#[derive(Debug, Serialize)]
struct ZeroView {
    confirmed: Day,
    channels: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct StatisticsList {
    heading: Words,
    groups: Vec<CategoryView>,
    pager: Option<Pager>,
}

/// The periods of one category.
#[derive(Debug, Serialize)]
pub struct CategoryView {
    pub title: &'static str,
    pub word: &'static str,
    pub periods: Vec<Summary>,
}

/// The page of a part of all statistics.
pub fn list(lens: &Lens<'_>, part: usize) -> Made {
    let list = List::Kind(KindName::Statistics);
    let ids = lens.list(&list);
    let records: Vec<_> = part_of(ids, part).iter().filter_map(|id| lens.site.statistics.get(id)).collect();
    let heading = Words::own(lens.label("list.statistics"));
    let title = titled(lens, &heading, part, ids.len());
    let view = StatisticsList { heading, groups: by_category(lens, &records), pager: pager(lens, &list, part) };
    let intro = Words::own(lens.label("list.statistics_intro"));
    Made::new("statistics-list.html", "statistics", title, &view).described(Some(&intro))
}

/// Records by category, in the order in which they are given.
pub fn by_category(lens: &Lens<'_>, records: &[&Record<Statistics>]) -> Vec<CategoryView> {
    let of = |category: Category| {
        let own = records.iter().filter(|record| record.content.data.category == category);
        CategoryView {
            title: lens.language.word(category),
            word: category.word(),
            periods: own.map(|record| summary(lens, record)).collect(),
        }
    };
    Category::ALL.iter().map(|category| of(*category)).filter(|view| !view.periods.is_empty()).collect()
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
        rows: rows(lens, data),
        breakdowns: breakdowns(lens, data),
        zero: data.zero_report.as_ref().map(|zero| zero_view(lens, zero)),
        corrects: data.corrects.as_ref().map(|same| lens.key(KindName::Statistics.word(), &same.0)),
        source: data.source.map(|source: SourceOfFigures| lens.language.word(source)),
        digest: data.inbox_digest.as_ref().map(|digest| digest.to_string()),
        sums: data.category.word(),
        summary,
    };
    let title = view.record.heading.clone();
    Made::new("statistics.html", "statistics", title, &view)
        .below([section(lens, KindName::Statistics)])
        .described(Some(&description))
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}

/// The figures of a period in brief.
pub fn summary(lens: &Lens<'_>, record: &Record<Statistics>) -> Summary {
    let data = &record.content.data;
    let number = |count: i64| lens.language.number(count);
    let (on_time, resolved) = (*data.resolved_on_time, *data.resolved_on_time + *data.resolved_late);
    let classes: Vec<&str> = data.classes.iter().map(|class| lens.language.word(*class)).collect();
    Summary {
        href: lens.href(&Source::Record(KindName::Statistics, record.id.clone())),
        period: capital(&lens.language.period(&data.period)),
        sentence: sentence(lens, data),
        classes: (!classes.is_empty()).then(|| classes.join(", ")),
        opening: number(*data.opening),
        received: number(*data.received),
        resolved: number(resolved),
        on_time: lens.language.percent(on_time, resolved).unwrap_or_else(|| lens.label("statistics.not_applicable")),
        closing: number(*data.closing),
        corrected: lens.relations.corrected_by.contains_key(&(KindName::Statistics, record.id.clone())),
    }
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
    let rows = counts?.iter().map(share).collect();
    Some(BreakdownView { heading: lens.label(heading), rows })
}

fn zero_view(lens: &Lens<'_>, zero: &ZeroReport) -> ZeroView {
    ZeroView { confirmed: lens.day(zero.confirmed_on), channels: lens.references(&zero.channels_checked) }
}
