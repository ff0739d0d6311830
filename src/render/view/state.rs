//! The state of publication: what is there, what is overdue, incomplete or missing. Facts, as of the day of the build.

use serde::Serialize;

use crate::output::data;
use crate::record::kind::KindName;
use crate::record::kinds::statistics::{Category, Period};
use crate::record::value::nowhere;
use crate::render::language::capital;
use crate::render::lens::Lens;
use crate::render::view::Made;
use crate::render::words::{Day, Link, Words};
use crate::site::{Expected, OldSheet};

/// How many records a list names before it only counts the rest.
const MOST: usize = 100;

#[derive(Debug, Serialize)]
struct StateView {
    /// The day for which the site was built; everything on the page is as of then.
    as_of: Day,
    /// One for each kind of record, those without records included.
    kinds: Vec<KindView>,
    /// Records whose day of review is past, the longest past first.
    overdue: Listed<Overdue>,
    /// Records that lack what a complete publication needs.
    incomplete: Listed<Incomplete>,
    /// The categories for which statistics must exist; empty where `site.yaml` has no `reporting`.
    statistics: Vec<CategoryView>,
    /// Procedures and contacts that changed after their sheet was posted at the headquarters.
    sheets: Listed<SheetView>,
    /// The next day on which something appears or disappears.
    next: Option<Day>,
}

/// How much there is of a kind.
#[derive(Debug, Serialize)]
struct KindView {
    /// The kind in words: "Administrative procedures".
    title: &'static str,
    /// How many are published, those withdrawn not counted.
    published: String,
    /// How many are withdrawn, their pages kept.
    withdrawn: String,
    /// How many are no longer shown because their last day is past.
    expired: String,
    /// The day of the latest change to any of them; none where no record tells one.
    latest: Option<Day>,
}

/// A list that may be cut.
#[derive(Debug, Serialize)]
struct Listed<T> {
    /// The first hundred; may be empty.
    items: Vec<T>,
    /// How many are not named, in words.
    more: Option<String>,
}

#[derive(Debug, Serialize)]
struct Overdue {
    /// The record.
    link: Link,
    /// The day by which it was to be reviewed.
    due: Day,
}

#[derive(Debug, Serialize)]
struct Incomplete {
    /// The record.
    link: Link,
    /// What it lacks, each key by its name in words.
    keys: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SheetView {
    /// The procedure or contact.
    link: Link,
    /// The day on which its sheet was last posted.
    posted: Day,
    /// The day of its last change, which is later.
    updated: Day,
}

/// The periods for which a category must have statistics.
#[derive(Debug, Serialize)]
struct CategoryView {
    /// The category in words: "Complaints".
    title: &'static str,
    /// Those that are over, the latest first; may be empty.
    periods: Vec<PeriodView>,
}

#[derive(Debug, Serialize)]
struct PeriodView {
    /// "Quý I năm 2026"
    period: String,
    /// Whether statistics are published that cover all of it.
    exists: bool,
    /// The statistics of periods within it; may be empty.
    records: Vec<Link>,
}

/// The page of the state of publication.
pub fn view(lens: &Lens<'_>) -> Made {
    let site = lens.everything().site;
    let overdue = site.overdue().into_iter();
    let view = StateView {
        as_of: lens.day(site.as_of),
        kinds: KindName::ALL.iter().map(|kind| kind_view(lens, *kind)).collect(),
        overdue: listed(
            lens,
            overdue.filter_map(|(kind, id, day)| Some(Overdue { link: lens.link(kind, id)?, due: lens.day(day) })),
        ),
        incomplete: listed(lens, KindName::ALL.iter().flat_map(|kind| incomplete(lens, *kind))),
        statistics: site
            .expected_statistics()
            .iter()
            .map(|(category, periods)| category_view(lens, *category, periods))
            .collect(),
        sheets: listed(lens, site.old_sheets().into_iter().filter_map(|sheet| sheet_view(lens, &sheet))),
        next: site.next_due().map(|day| lens.day(day)),
    };
    let intro = Words::own(lens.label("state.intro"));
    Made::new("state.html", "status", Words::own(lens.label("state.heading")), &view).described(Some(&intro))
}

fn kind_view(lens: &Lens<'_>, kind: KindName) -> KindView {
    let number = |count: usize| lens.language.number(i64::try_from(count).unwrap_or(i64::MAX));
    let living = lens.everything().site.living(kind).count();
    KindView {
        title: lens.language.label(data::title(kind)),
        published: number(living),
        withdrawn: number(lens.published_of(kind).count() - living),
        expired: number(lens.everything().site.expired(kind)),
        latest: data::modified(lens.everything().site, &[kind]).map(|day| lens.day(day)),
    }
}

fn listed<T>(lens: &Lens<'_>, items: impl Iterator<Item = T>) -> Listed<T> {
    let mut items: Vec<T> = items.collect();
    let more = items.len().saturating_sub(MOST);
    items.truncate(MOST);
    Listed { items, more: (more > 0).then(|| lens.count("state.more_n", more)) }
}

fn incomplete<'a>(lens: &'a Lens<'_>, kind: KindName) -> impl Iterator<Item = Incomplete> + 'a {
    let shape = kind.full_shape();
    let label = move |path: &String| {
        let first = path.split('.').next().unwrap_or(path);
        shape.field(first).map_or_else(|| path.clone(), |field| lens.language.label(field.label).to_owned())
    };
    let lacking = lens.everything().site.living(kind).filter(|outline| !outline.incomplete.is_empty());
    lacking.filter_map(move |outline| {
        let mut keys: Vec<String> = outline.incomplete.iter().map(&label).collect();
        keys.dedup();
        Some(Incomplete { link: lens.link(kind, outline.id)?, keys })
    })
}

fn sheet_view(lens: &Lens<'_>, sheet: &OldSheet) -> Option<SheetView> {
    let link = lens.link(sheet.kind, &sheet.id)?;
    Some(SheetView { link, posted: lens.day(sheet.posted), updated: lens.day(sheet.updated) })
}

fn category_view(lens: &Lens<'_>, category: Category, periods: &[Expected]) -> CategoryView {
    let period = |expected: &Expected| PeriodView {
        period: capital(&lens.language.period(&Period { start: expected.start, end: expected.end, place: nowhere() })),
        exists: expected.exists,
        records: expected.records.iter().filter_map(|id| lens.link(KindName::Statistics, id)).collect(),
    };
    CategoryView { title: lens.language.word(category), periods: periods.iter().rev().map(period).collect() }
}
