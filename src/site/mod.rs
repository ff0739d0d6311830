//! The site: every record, linked and checked.
//!
//! Whoever asks what a reference means, or whether something is published, asks here. What its pages look like is decided
//! above, in `plan` and `render`.

mod attachments;
mod checks;
mod files;
mod link;
mod load;
mod settle;
mod table;

use std::collections::BTreeMap;

use crate::record::Content;
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

pub use load::{Day, Loaded, Options, load};
pub use table::{Found, Table};

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

    /// What a word for a kind and a key mean together.
    pub fn find(&self, kind: KindName, key: &str) -> Found {
        match kind {
            KindName::Agency => self.agencies.look_up(key),
            KindName::Answer => self.answers.look_up(key),
            KindName::Contact => self.contacts.look_up(key),
            KindName::Document => self.documents.look_up(key),
            KindName::Page => self.pages.look_up(key),
            KindName::Procedure => self.procedures.look_up(key),
            KindName::Report => self.reports.look_up(key),
            KindName::Statistics => self.statistics.look_up(key),
            KindName::Update => self.updates.look_up(key),
        }
    }

    /// The ID of the published record that a word for a kind and a key mean together.
    pub fn published_id(&self, kind: KindName, key: &str) -> Option<&str> {
        fn of<'a, T>(table: &'a Table<T>, key: &str) -> Option<&'a str> {
            table.find(key).map(|record| record.id.as_str())
        }
        match kind {
            KindName::Agency => of(&self.agencies, key),
            KindName::Answer => of(&self.answers, key),
            KindName::Contact => of(&self.contacts, key),
            KindName::Document => of(&self.documents, key),
            KindName::Page => of(&self.pages, key),
            KindName::Procedure => of(&self.procedures, key),
            KindName::Report => of(&self.reports, key),
            KindName::Statistics => of(&self.statistics, key),
            KindName::Update => of(&self.updates, key),
        }
    }

    /// The keys that every published record of a kind has, by ID.
    pub fn commons(&self, kind: KindName) -> Vec<(&str, FileId, &Common)> {
        fn of<T>(table: &Table<T>) -> Vec<(&str, FileId, &Common)> {
            table.iter().map(|record| (record.id.as_str(), record.file, &record.content.common)).collect()
        }
        match kind {
            KindName::Agency => of(&self.agencies),
            KindName::Answer => of(&self.answers),
            KindName::Contact => of(&self.contacts),
            KindName::Document => of(&self.documents),
            KindName::Page => of(&self.pages),
            KindName::Procedure => of(&self.procedures),
            KindName::Report => of(&self.reports),
            KindName::Statistics => of(&self.statistics),
            KindName::Update => of(&self.updates),
        }
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
        fn of<T>(table: &Table<T>) -> impl Iterator<Item = &Common> {
            table.all().iter().map(|record| &record.content).map(|content: &Content<T>| &content.common)
        }
        of(&self.agencies)
            .chain(of(&self.answers))
            .chain(of(&self.contacts))
            .chain(of(&self.documents))
            .chain(of(&self.pages))
            .chain(of(&self.procedures))
            .chain(of(&self.reports))
            .chain(of(&self.statistics))
            .chain(of(&self.updates))
    }
}
