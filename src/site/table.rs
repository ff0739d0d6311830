//! The records of one kind, found by ID or natural key.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use crate::record::common::Common;
use crate::record::kind::Kind;
use crate::record::published::{Around, Fields};
use crate::record::value::Ref;
use crate::record::{Readings, Record};
use crate::source::FileId;
use crate::value::{code, slug, symbol};

/// The records of one kind.
#[derive(Debug)]
pub struct Table<T> {
    records: Vec<Record<T>>,
    published: Vec<bool>,
    ids: BTreeMap<String, FileId>,
    /// The IDs of records that could not be read.
    unreadable: HashSet<String>,
    by_id: HashMap<String, usize>,
    by_key: HashMap<String, Vec<usize>>,
    /// For suggestions only, so made when the first is needed.
    by_slug: OnceLock<HashMap<String, String>>,
    keys_unknown: bool,
}

/// What a key means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The record at this index of [`Table::all`].
    One(usize),
    /// A record that is there but could not be read; its own faults are told elsewhere.
    Unreadable,
    /// Several records, by ID.
    Several(Vec<String>),
    /// Nothing, and nothing to tell: a record whose key is not known might be meant.
    Uncertain,
    /// Nothing.
    Nothing,
}

impl<T: Kind> Table<T> {
    /// A table of what was read. `is_published` tells which records the public sees.
    pub fn new(readings: Readings<T>, is_published: impl Fn(&Record<T>) -> bool) -> Self {
        let Readings { records, ids, keys_unknown, .. } = readings;
        let published = records.iter().map(is_published).collect();
        let by_id: HashMap<String, usize> =
            records.iter().enumerate().map(|(index, record)| (record.id.clone(), index)).collect();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, record) in records.iter().enumerate() {
            for key in keys(record) {
                by_key.entry(key).or_default().push(index);
            }
        }
        let unreadable = ids.keys().filter(|id| !by_id.contains_key(*id)).cloned().collect();
        Table { records, published, ids, unreadable, by_id, by_key, by_slug: OnceLock::new(), keys_unknown }
    }
}

/// The natural keys under which a record is found.
fn keys<T: Kind>(record: &Record<T>) -> Vec<String> {
    let Some((name, text)) = record.content.data.natural_key().filter(|(_, text)| !text.is_empty()) else {
        return Vec::new();
    };
    let short = if name == "code" { code::prefix(text).filter(|short| *short != &**text) } else { None };
    std::iter::once(text.to_string()).chain(short.map(str::to_owned)).collect()
}

impl<T> Table<T> {
    /// The published records, in the order of their IDs.
    pub fn iter(&self) -> impl Iterator<Item = &Record<T>> + Clone {
        self.records.iter().zip(&self.published).filter(|(_, published)| **published).map(|(record, _)| record)
    }

    /// All records that could be read, drafts and those of other days included.
    pub fn all(&self) -> &[Record<T>] {
        &self.records
    }

    /// The published record with this ID.
    pub fn get(&self, id: &str) -> Option<&Record<T>> {
        self.by_id.get(id).filter(|index| self.published[**index]).map(|index| &self.records[*index])
    }
}

impl<T: Kind> Table<T> {
    /// The published record that a key means: its ID or its natural key.
    pub fn find(&self, key: &str) -> Option<&Record<T>> {
        match self.look_up(key) {
            Found::One(index) if self.published[index] => Some(&self.records[index]),
            _ => None,
        }
    }

    /// The published record that a reference means.
    pub fn resolve(&self, reference: &Ref<T>) -> Option<&Record<T>> {
        self.find(&reference.key)
    }

    /// The record that a reference means, published or not, by its index in [`Table::all`].
    pub fn index_of(&self, key: &str) -> Option<usize> {
        match self.look_up(key) {
            Found::One(index) => Some(index),
            _ => None,
        }
    }
}

/// What a table can say whatever its kind is.
pub trait AnyTable {
    /// What a key means.
    fn look_up(&self, key: &str) -> Found;
    /// How many records there are, drafts and those of other days included.
    fn count(&self) -> usize;
    /// What every record has, for the record at an index.
    fn outline(&self, index: usize) -> Outline<'_>;
    /// The keys that every record has, for the record at an index, in a language.
    fn common(&self, index: usize, language: &str) -> &Common;
    /// The text of the record at an index, in a language.
    fn body(&self, index: usize, language: &str) -> Option<&str>;
    /// What people call the record at an index by, where its kind has such a key: the key and its text.
    fn natural_key(&self, index: usize) -> Option<(&'static str, &str)>;
    /// The published fields of the record at an index, in a language.
    fn published(&self, index: usize, language: &str, around: &mut dyn Around) -> Fields;
    /// What differs from `key` only by accents, case or signs.
    fn respelled(&self, key: &str) -> Option<&str>;
    /// All IDs and natural keys.
    fn names(&self) -> Box<dyn Iterator<Item = &str> + '_>;
}

/// What every record has.
#[derive(Debug, Clone, Copy)]
pub struct Outline<'a> {
    /// Its ID.
    pub id: &'a str,
    /// Its file.
    pub file: FileId,
    /// The keys that every record has, in the default language.
    pub common: &'a Common,
    /// Whether the public sees it.
    pub is_published: bool,
    /// The keys that a complete publication needs and that it lacks.
    pub incomplete: &'a [String],
}

impl<T: Kind> AnyTable for Table<T> {
    fn look_up(&self, key: &str) -> Found {
        if let Some(index) = self.by_id.get(key) {
            return Found::One(*index);
        }
        if self.unreadable.contains(key) {
            return Found::Unreadable;
        }
        let several = self.by_key.get(key).or_else(|| self.by_key.get(&symbol::normalise(key)?));
        match several.map(Vec::as_slice) {
            Some([index]) => Found::One(*index),
            Some(indexes) => Found::Several(indexes.iter().map(|index| self.records[*index].id.clone()).collect()),
            None if self.keys_unknown && !crate::record::value::is_id(key) => Found::Uncertain,
            None => Found::Nothing,
        }
    }

    fn count(&self) -> usize {
        self.records.len()
    }

    fn outline(&self, index: usize) -> Outline<'_> {
        let record = &self.records[index];
        Outline {
            id: &record.id,
            file: record.file,
            common: &record.content.common,
            is_published: self.published[index],
            incomplete: &record.incomplete,
        }
    }

    fn common(&self, index: usize, language: &str) -> &Common {
        &self.records[index].content(language).common
    }

    fn body(&self, index: usize, language: &str) -> Option<&str> {
        self.records[index].content(language).body.as_deref()
    }

    fn natural_key(&self, index: usize) -> Option<(&'static str, &str)> {
        self.records[index].content.data.natural_key().map(|(key, text)| (key, text.as_str()))
    }

    fn published(&self, index: usize, language: &str, around: &mut dyn Around) -> Fields {
        self.records[index].content(language).published(around)
    }

    fn respelled(&self, key: &str) -> Option<&str> {
        let by_slug = self.by_slug.get_or_init(|| {
            let names = self.ids.keys().chain(self.by_key.keys());
            names.map(|name| (slug(name), name.clone())).collect()
        });
        by_slug.get(&slug(key)).map(String::as_str)
    }

    fn names(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        Box::new(self.ids.keys().chain(self.by_key.keys()).map(String::as_str))
    }
}
