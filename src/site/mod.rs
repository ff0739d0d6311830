//! The site: every record, linked and checked.
//!
//! Whoever asks what a reference means, or whether something is published, asks here. What its pages look like is decided
//! above, in `plan` and `render`.

pub mod attachments;
mod checks;
mod files;
mod link;
mod load;
mod settle;
mod state;
mod svg;
mod table;

use std::collections::BTreeMap;

use crate::record::common::Common;
use crate::record::config::Config;
use crate::record::kind::KindName;
use crate::record::kinds::agency::Agency;
use crate::record::kinds::answer::Answer;
use crate::record::kinds::contact::Contact;
use crate::record::kinds::document::Document;
use crate::record::kinds::page::Page;
use crate::record::kinds::procedure::Procedure;
use crate::record::kinds::report::Report;
use crate::record::kinds::statistics::Statistics;
use crate::record::kinds::update::Update;
use crate::source::FileId;
use crate::value::date::Date;

pub use checks::reporting::closing;
pub use files::{Sorted, sort};
pub use load::{Day, Loaded, Options, day, load, load_with};
pub use settle::settle;
pub use state::{Expected, OldSheet};
pub use table::{AnyTable, Found, Outline, Table};

/// Every record of a site, linked and checked.
#[derive(Debug)]
pub struct Site {
    /// The configuration, in the default language.
    pub config: Config,
    /// The configuration in other languages, for those that have an overlay.
    pub config_overlays: BTreeMap<String, Config>,
    /// Agencies.
    pub agencies: Table<Agency>,
    /// Answers.
    pub answers: Table<Answer>,
    /// Contacts.
    pub contacts: Table<Contact>,
    /// Documents.
    pub documents: Table<Document>,
    /// Free pages.
    pub pages: Table<Page>,
    /// Procedures.
    pub procedures: Table<Procedure>,
    /// Reports.
    pub reports: Table<Report>,
    /// Statistics.
    pub statistics: Table<Statistics>,
    /// Updates.
    pub updates: Table<Update>,
    /// The size in bytes of every file under `content/files/`, by its path there.
    pub attachments: BTreeMap<String, u64>,
    /// The day for which the site is built.
    pub as_of: Date,
    /// The language of each file that is an overlay.
    overlay_languages: BTreeMap<FileId, String>,
}

impl Site {
    /// The configuration in a language.
    pub fn config(&self, language: &str) -> &Config {
        self.config_overlays.get(language).unwrap_or(&self.config)
    }

    /// The language in which the texts of a file are written.
    pub fn language_of(&self, file: FileId) -> &str {
        self.overlay_languages.get(&file).map_or_else(|| self.config.default_language(), String::as_str)
    }

    /// The records of a kind, whatever the kind.
    pub fn table(&self, kind: KindName) -> &dyn AnyTable {
        match kind {
            KindName::Agency => &self.agencies,
            KindName::Answer => &self.answers,
            KindName::Contact => &self.contacts,
            KindName::Document => &self.documents,
            KindName::Page => &self.pages,
            KindName::Procedure => &self.procedures,
            KindName::Report => &self.reports,
            KindName::Statistics => &self.statistics,
            KindName::Update => &self.updates,
        }
    }

    /// The ID of the published record that a word for a kind and a key mean together.
    pub fn published_id(&self, kind: KindName, key: &str) -> Option<&str> {
        self.published_index(kind, key).map(|index| self.table(kind).outline(index).id)
    }

    /// Where the published record that a key means stands in the table of its kind.
    pub fn published_index(&self, kind: KindName, key: &str) -> Option<usize> {
        let table = self.table(kind);
        match table.look_up(key) {
            Found::One(index) => Some(index).filter(|index| table.outline(*index).is_published),
            _ => None,
        }
    }

    /// Whether a published record is withdrawn.
    pub fn is_withdrawn(&self, kind: KindName, key: &str) -> bool {
        let index = self.published_index(kind, key);
        index.is_some_and(|index| self.table(kind).outline(index).common.withdrawn.is_some())
    }

    /// What every published record of a kind has.
    pub fn published(&self, kind: KindName) -> impl Iterator<Item = Outline<'_>> {
        let table = self.table(kind);
        (0..table.count()).map(move |index| table.outline(index)).filter(|outline| outline.is_published)
    }

    /// The next day on which a record appears or disappears, so that another build is necessary.
    pub fn next_due(&self) -> Option<Date> {
        self.all_commons()
            .flat_map(|common| [common.publish_on, common.expire_on.map(|day| day.plus(1))])
            .flatten()
            .filter(|day| *day > self.as_of)
            .min()
    }

    fn all_commons(&self) -> impl Iterator<Item = &Common> {
        KindName::ALL
            .iter()
            .map(|kind| self.table(*kind))
            .flat_map(|table| (0..table.count()).map(|index| table.outline(index).common))
    }
}
