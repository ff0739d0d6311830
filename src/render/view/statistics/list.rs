//! All statistics: by category, for these are never added together, each with its trends.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::plan::List;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::statistics::{Category, Statistics};
use crate::record::value::Words as _;
use crate::render::lens::Lens;
use crate::render::relations::series_of;
use crate::render::view::Made;
use crate::render::view::list::{Pager, pager, part_of, titled};
use crate::render::view::statistics::charts::{Trend, trend};
use crate::render::view::statistics::{Summary, downloads, summary};
use crate::render::words::{Link, Words};

#[derive(Debug, Serialize)]
struct StatisticsList {
    /// The page's heading, the label `list.statistics`.
    heading: Words,
    /// The periods of this page, by category; may be empty.
    groups: Vec<CategoryView>,
    /// The way to the list's other pages; none where it has one page.
    pager: Option<Pager>,
    /// All statistics as files; empty where the site has no open data.
    downloads: Vec<Link>,
}

/// The periods of one category.
#[derive(Debug, Serialize)]
pub struct CategoryView {
    /// The category in words: "Feedback", "Complaints", "Denunciations".
    pub title: &'static str,
    /// `feedback`, `complaint` or `denunciation`.
    pub word: &'static str,
    /// The periods of it that this page shows, one at least.
    pub periods: Vec<Summary>,
    /// One for each series of periods that can be compared.
    pub trends: Vec<Series>,
}

/// Periods that can be compared.
#[derive(Debug, Serialize)]
pub struct Series {
    /// Which classes the figures cover, where not all.
    classes: Option<String>,
    /// Its periods up to the latest one shown here, eight at most.
    trend: Trend,
}

/// The page of a part of all statistics.
pub fn view(lens: &Lens<'_>, part: usize) -> Made {
    let list = List::Kind(KindName::Statistics);
    let ids = lens.list(&list);
    let records: Vec<_> = part_of(ids, part).iter().filter_map(|id| lens.statistics().get(id)).collect();
    let heading = Words::own(lens.label("list.statistics"));
    let title = titled(lens, &heading, part, ids.len());
    let groups = by_category(lens, &records);
    let view = StatisticsList { heading, groups, pager: pager(lens, &list, part), downloads: downloads(lens) };
    let intro = Words::own(lens.label("list.statistics_intro"));
    Made::new("statistics-list.html", "statistics", title, &view).described(Some(&intro))
}

/// Records by category, in the order in which they are given.
pub fn by_category(lens: &Lens<'_>, records: &[&Record<Statistics>]) -> Vec<CategoryView> {
    let of = |category: Category| {
        let own: Vec<_> = records.iter().filter(|record| record.content.data.category == category).copied().collect();
        CategoryView {
            title: lens.language.word(category),
            word: category.word(),
            periods: own.iter().map(|record| summary(lens, record)).collect(),
            trends: trends(lens, category, &own),
        }
    };
    Category::ALL.iter().map(|category| of(*category)).filter(|view| !view.periods.is_empty()).collect()
}

/// The trend of each series, up to the latest of the records that belong to it.
fn trends(lens: &Lens<'_>, category: Category, records: &[&Record<Statistics>]) -> Vec<Series> {
    let mut latest: BTreeMap<String, &Record<Statistics>> = BTreeMap::new();
    for record in records {
        let known = latest.entry(series_of(&record.content.data)).or_insert(record);
        if known.content.data.period.end < record.content.data.period.end {
            *known = record;
        }
    }
    let series = |(index, record): (usize, &Record<Statistics>)| {
        let trend = trend(lens, record, &format!("trend_{}{}", category.word(), index + 1))?;
        Some(Series { classes: super::classes(lens, &record.content.data), trend })
    };
    latest.into_values().enumerate().filter_map(series).collect()
}
