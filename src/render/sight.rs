//! The site as a view may look at it: whatever is looked at is noted in its [`Trace`].

use crate::plan::{Field, List, Plan, Routes, Source};
use crate::record::Record;
use crate::record::kind::{Kind, KindName};
use crate::record::value::Ref;
use crate::render::relations::{Name, Relations};
use crate::render::trace::{Backlink, Question, Trace};
use crate::site::{Outline, Site, Table};
use crate::syntax::markdown::Target;

/// The records of one kind.
#[derive(Debug)]
pub struct Records<'l, 'a, T> {
    kind: KindName,
    table: &'a Table<T>,
    trace: &'l Trace,
}

impl<'l, 'a, T> Records<'l, 'a, T> {
    pub(super) fn new(kind: KindName, table: &'a Table<T>, trace: &'l Trace) -> Self {
        Records { kind, table, trace }
    }

    /// The published record with this ID.
    pub fn get(&self, id: &str) -> Option<&'a Record<T>> {
        match self.table.get(id) {
            Some(record) => Some(self.seen(record)),
            None => {
                self.trace.ask(Question::Record(self.kind, id.to_owned()));
                None
            }
        }
    }

    /// The published records, in the order of their IDs.
    pub fn iter(&self) -> impl Iterator<Item = &'a Record<T>> + Clone + use<'a, T> {
        self.trace.ask(Question::Table(self.kind));
        self.table.iter()
    }

    fn seen(&self, record: &'a Record<T>) -> &'a Record<T> {
        self.trace.look_at(self.kind, record);
        record
    }
}

impl<'a, T: Kind> Records<'_, 'a, T> {
    /// The published record that a key means: its ID or its natural key.
    pub fn find(&self, key: &str) -> Option<&'a Record<T>> {
        let found = self.table.find(key);
        // An ID comes before every natural key, so it means this record as long as that is there.
        if found.is_none_or(|record| record.id != key) {
            self.trace.ask(Question::Key(self.kind, key.to_owned()));
        }
        found.map(|record| self.seen(record))
    }

    /// The published record that a reference means.
    pub fn resolve(&self, reference: &Ref<T>) -> Option<&'a Record<T>> {
        self.find(&reference.key)
    }
}

/// Which pages and files there are.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'l, 'a> {
    plan: &'a Plan,
    site: &'a Site,
    trace: &'l Trace,
}

impl<'l, 'a> Planned<'l, 'a> {
    pub(super) fn new(plan: &'a Plan, site: &'a Site, trace: &'l Trace) -> Self {
        Planned { plan, site, trace }
    }

    /// Whether something is published at a path of the site.
    pub fn exists(&self, path: &str) -> bool {
        self.trace.ask(Question::Path(path.to_owned()));
        self.plan.exists(path)
    }

    /// The address of a link's target.
    pub fn link(&self, target: &Target, language: &str) -> Option<String> {
        self.trace.ask(Question::Link(language.to_owned(), target.clone()));
        self.plan.link(self.site, target, language)
    }

    /// The field of work with a slug.
    pub fn field(&self, slug: &str) -> Option<&'a Field> {
        self.trace.ask(Question::Field(slug.to_owned()));
        self.plan.fields.iter().find(|field| field.slug == slug)
    }

    /// The fields of work, in the order in which they are shown.
    pub fn fields(&self) -> &'a [Field] {
        self.trace.ask(Question::Fields);
        &self.plan.fields
    }

    /// The IDs of a list, in the order in which a language shows them.
    pub fn list_in(&self, language: &str, list: &List) -> &'a [String] {
        self.trace.ask(Question::List(language.to_owned(), list.clone()));
        self.plan.list_in(language, list)
    }

    /// The lists of all sorts, with their IDs in the order of the default language.
    pub fn lists(&self) -> impl Iterator<Item = (&'a List, &'a [String])> + use<'a> {
        self.trace.ask(Question::Lists);
        self.plan.lists()
    }

    // What follows rests on the configuration and the labels alone.

    /// The routes of a language.
    pub fn routes(&self, language: &str) -> &'a Routes {
        self.plan.routes(language)
    }

    /// The languages that have pages, the default one first.
    pub fn languages(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.plan.languages()
    }

    /// The same page in every language that has it.
    pub fn alternates(&self, source: &'a Source) -> impl Iterator<Item = (&'a str, String)> + use<'a> {
        self.plan.alternates(source)
    }

    /// The address of what is made from a source.
    pub fn address(&self, source: &Source, language: &str) -> String {
        self.plan.address(source, language)
    }

    /// An address as it stands in a link.
    pub fn href(&self, address: &str) -> String {
        self.plan.href(address)
    }

    /// The whole address, with the site's host.
    pub fn url(&self, address: &str) -> String {
        self.plan.url(address)
    }

    /// The path part of the base address.
    pub fn base_path(&self) -> &'a str {
        &self.plan.base_path
    }
}

/// What records say about one another.
#[derive(Debug, Clone, Copy)]
pub struct Related<'l, 'a> {
    relations: &'a Relations,
    trace: &'l Trace,
}

impl<'l, 'a> Related<'l, 'a> {
    pub(super) fn new(relations: &'a Relations, trace: &'l Trace) -> Self {
        Related { relations, trace }
    }

    /// Who names a record in a way: one of documents, procedures or answers, by its ID.
    pub fn names(&self, way: Backlink, id: &str) -> Option<&'a Vec<Name>> {
        self.trace.ask(Question::Backlinks(way, id.to_owned()));
        self.relations.names(way, id)
    }

    /// The notices that affect a record.
    pub fn updates(&self, name: &Name) -> Option<&'a Vec<Name>> {
        self.trace.ask(Question::Backlinks(Backlink::Updates, written(name)));
        self.relations.updates.get(name)
    }

    /// What corrects a record.
    pub fn corrected_by(&self, name: &Name) -> Option<&'a Vec<Name>> {
        self.trace.ask(Question::Backlinks(Backlink::CorrectedBy, written(name)));
        self.relations.corrected_by.get(name)
    }

    /// The IDs of the statistics of a series, in the order of their periods.
    pub fn series(&self, series: &str) -> Option<&'a Vec<String>> {
        self.trace.ask(Question::Backlinks(Backlink::Series, series.to_owned()));
        self.relations.series.get(series)
    }

    /// The reports and tasks that continue a task, which is named as `report#task`.
    pub fn continued_by(&self, task: &str) -> Option<&'a Vec<(String, String)>> {
        self.trace.ask(Question::Backlinks(Backlink::ContinuedBy, task.to_owned()));
        self.relations.continued_by.get(task)
    }
}

/// `procedure:ban-buon-ruou`
fn written((kind, id): &Name) -> String {
    format!("{}:{id}", kind.word())
}

/// What every published record of a kind has.
pub fn published<'a>(site: &'a Site, kind: KindName, trace: &Trace) -> impl Iterator<Item = Outline<'a>> + use<'a> {
    trace.ask(Question::Table(kind));
    site.published(kind)
}
