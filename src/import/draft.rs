//! What an importer would like a record to be: keys and values in the order in which a person reads them.
//!
//! A draft knows nothing of files, and is not checked against the content model; tests hold the two together.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::value::date::Date;

/// A value of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// Text; with line breaks where it has several lines, and none at its end.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Another number.
    Number(f64),
    /// A day.
    Date(Date),
    /// Yes or no.
    Bool(bool),
    /// A list.
    List(Vec<Draft>),
    /// A map in the order of its keys.
    Map(Vec<(Cow<'static, str>, Draft)>),
}

impl Draft {
    /// A text.
    pub fn text(text: impl Into<String>) -> Draft {
        Draft::Text(text.into())
    }

    /// A list of texts.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Draft {
        Draft::List(texts.into_iter().map(Draft::text).collect())
    }

    /// The list, unless it is empty.
    pub fn list(items: Vec<Draft>) -> Option<Draft> {
        (!items.is_empty()).then_some(Draft::List(items))
    }

    /// A map of the keys that have a value.
    pub fn map(entries: impl IntoIterator<Item = (&'static str, Option<Draft>)>) -> Draft {
        Draft::Map(entries.into_iter().filter_map(|(key, value)| Some((key.into(), value?))).collect())
    }
}

impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Draft::Text(text) if text.contains('\n') => {
                serde_yaml::LitString(format!("{text}\n")).serialize(serializer)
            }
            Draft::Text(text) => serializer.serialize_str(text),
            Draft::Int(number) => serializer.serialize_i64(*number),
            Draft::Number(number) => serializer.serialize_f64(*number),
            Draft::Date(date) => serializer.serialize_str(&date.to_string()),
            Draft::Bool(yes) => serializer.serialize_bool(*yes),
            Draft::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Draft::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

/// A record to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Of which kind.
    pub kind: Kind,
    /// Its keys.
    pub keys: Vec<(&'static str, Draft)>,
}

impl Record {
    /// A record of the keys that have a value, put into the kind's order.
    pub fn new(kind: Kind, keys: impl IntoIterator<Item = (&'static str, Option<Draft>)>) -> Record {
        let mut keys: Vec<_> = keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        keys.sort_by_key(|(key, _)| kind.rank(key));
        Record { kind, keys }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Draft> {
        self.keys.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }
}

/// The kinds that importers write, which are all.
pub use crate::record::kind::KindName as Kind;

impl Kind {
    /// Where a key stands among the others in a record that an import writes: first the order of [`Kind::order`], then the
    /// content model's.
    pub fn rank(self, key: &str) -> usize {
        let order = self.order();
        let model = || self.full_shape().fields.iter().position(|field| field.key == key);
        order.iter().position(|name| *name == key).unwrap_or_else(|| order.len() + model().unwrap_or(usize::MAX / 2))
    }

    /// The keys that a reader looks for first; `title` behind the number that names the record.
    fn order(self) -> &'static [&'static str] {
        match self {
            Kind::Agency => &["title", "short_title", "code"],
            Kind::Contact => &["type", "title", "accepts", "address", "phones", "email"],
            Kind::Document => &["symbol", "type", "issuer", "title", "issued_on"],
            Kind::Procedure => &[
                "code",
                "title",
                "plain_title",
                "summary",
                "field",
                "status",
                "internal",
                "levels",
                "applicants",
                "executing_agencies",
                "competent_agencies",
                "coordinating_agencies",
                "decision",
                "submit_at",
                "online_level",
                "channels",
                "steps",
                "dossiers",
                "dossier_sets",
                "results",
                "requirements",
                "legal_basis",
                "forms",
                "related",
                "keywords",
            ],
            _ => &["title"],
        }
    }
}
