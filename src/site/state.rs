//! The state of publication: facts about what is there and what is not, as of the day for which the site is built.

use crate::record::Record;
use crate::record::kind::{Kind, KindName};
use crate::record::kinds::procedure::{Posting, PostingPlace};
use crate::record::kinds::statistics::Category;
use crate::site::checks::period_overlap::series;
use crate::site::checks::reporting::{Due, categories, covers, due};
use crate::site::checks::review_overdue;
use crate::site::{Outline, Site, Table};
use crate::value::date::Date;

/// A period for which statistics must exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// The IDs of the records that lie in it; where they do not cover it, the period is missing.
    pub records: Vec<String>,
    /// Whether records cover it.
    pub exists: bool,
}

/// A sheet on the wall that is older than its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldSheet {
    /// The record's kind.
    pub kind: KindName,
    /// Its ID.
    pub id: String,
    /// When the sheet was put up.
    pub posted: Date,
    /// When the record changed.
    pub updated: Date,
}

impl Site {
    /// The records of a kind that are shown, tombstones left out.
    pub fn living(&self, kind: KindName) -> impl Iterator<Item = Outline<'_>> {
        self.published(kind).filter(|outline| outline.common.withdrawn.is_none())
    }

    /// The day of a record's last change, as far as it tells one: its own, or that of what it reports.
    pub fn changed_on(&self, kind: KindName, outline: &Outline<'_>) -> Option<Date> {
        let own = match kind {
            KindName::Answer => self.answers.get(outline.id).and_then(|record| record.content.data.answered_on),
            KindName::Report => self.reports.get(outline.id).and_then(|record| record.content.data.signed_on),
            KindName::Update => self.updates.get(outline.id).map(|record| record.content.data.date),
            _ => None,
        };
        let withdrawn = outline.common.withdrawn.as_ref().map(|withdrawn| withdrawn.on);
        [own, outline.common.updated_on, withdrawn].into_iter().flatten().max()
    }

    /// How many records of a kind were published until a day that is past.
    pub fn expired(&self, kind: KindName) -> usize {
        let table = self.table(kind);
        let commons = (0..table.count()).map(|index| table.outline(index).common);
        let is_past = |day: Option<Date>| day.is_some_and(|day| day < self.as_of);
        commons.filter(|common| common.draft != Some(true) && is_past(common.expire_on)).count()
    }

    /// The records whose day of review is past, and that day; the longest past first.
    pub fn overdue(&self) -> Vec<(KindName, &str, Date)> {
        let due = |outline: &Outline<'_>| review_overdue::due(self, outline).map(|(day, _)| day);
        let of_kind = |kind: &KindName| {
            let kind = *kind;
            self.living(kind).filter_map(move |outline| Some((kind, outline.id, due(&outline)?)))
        };
        let mut overdue: Vec<_> =
            KindName::ALL.iter().flat_map(of_kind).filter(|(_, _, day)| *day < self.as_of).collect();
        overdue.sort_by_key(|(_, _, day)| *day);
        overdue
    }

    /// The periods for which statistics must exist and that are over, by category.
    pub fn expected_statistics(&self) -> Vec<(Category, Vec<Expected>)> {
        let Some(reporting) = self.config.reporting.as_ref() else { return Vec::new() };
        let all = series(self);
        let of = |category: Category| {
            let own = all.iter().filter(|(scope, _)| scope.0 == category);
            let records: Vec<_> = own.flat_map(|(_, records)| records).copied().collect();
            let expected = |Due { start, end }: Due| {
                let within = records.iter().filter(|record| {
                    let period = &record.content.data.period;
                    start <= period.start && period.end <= end
                });
                let exists = covers(&records, reporting, Due { start, end });
                Expected { start, end, records: within.map(|record| record.id.clone()).collect(), exists }
            };
            (category, due(reporting, self.as_of).into_iter().map(expected).collect())
        };
        categories(self).into_iter().map(of).collect()
    }

    /// Sheets at the headquarters that are older than their records.
    pub fn old_sheets(&self) -> Vec<OldSheet> {
        let procedures = old_sheets(&self.procedures, KindName::Procedure, |data| &data.posted_at);
        procedures.chain(old_sheets(&self.contacts, KindName::Contact, |data| &data.posted_at)).collect()
    }
}

fn old_sheets<'a, T: Kind>(
    table: &'a Table<T>,
    kind: KindName,
    postings: impl Fn(&T) -> &[Posting] + 'a,
) -> impl Iterator<Item = OldSheet> + 'a {
    let old = move |record: &Record<T>| {
        let on_wall =
            postings(&record.content.data).iter().filter(|posting| posting.place == PostingPlace::Headquarters);
        let posted = on_wall.map(|posting| posting.on).max()?;
        let updated = record.content.common.updated_on.filter(|day| *day > posted)?;
        Some(OldSheet { kind, id: record.id.clone(), posted, updated })
    };
    table.iter().filter(|record| record.content.common.withdrawn.is_none()).filter_map(old)
}
