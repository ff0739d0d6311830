//! The published fields of a record, as data: what its JSON, the open data and everything else for machines is made from.
//!
//! The keys are those of the record's shape, in its order; nothing lists them a second time. A key that a record does not
//! have is left out. Texts are those of one language, Markdown stays as it is written, days are `YYYY-MM-DD`, numbers are
//! exact. What [`Around`] decides is what a reference and a file are called outside the content's folder.

use serde_json::Number;

use crate::record::Content;
use crate::record::kind::Kind;

pub use serde_json::Value as Json;

/// Fields by key, in the order of the shape.
pub type Fields = serde_json::Map<String, Json>;

/// What a record is published into: it knows what the record's references mean.
pub trait Around {
    /// The word of the kind of the record that is published.
    fn kind(&self) -> &'static str;

    /// What a reference to a record is called: by the kind's word and an ID or natural key.
    fn reference(&mut self, kind: &str, key: &str) -> String;

    /// What a file is called: by its path under `content/files/`.
    fn file(&mut self, path: &str) -> String;
}

/// What stays of a withdrawn record, beside its natural key.
const TOMBSTONE: [&str; 5] = ["title", "updated_on", "change_note", "withdrawn", "banner"];

impl<T: Kind> Content<T> {
    /// The published fields; of a withdrawn record, those of its tombstone.
    pub fn published(&self, around: &mut dyn Around) -> Fields {
        match &self.common.withdrawn {
            None => self.all(around),
            Some(_) => self.tombstone(around),
        }
    }

    fn all(&self, around: &mut dyn Around) -> Fields {
        let mut fields = Fields::new();
        self.common.publish_into(&mut fields, around);
        self.data.publish_into(&mut fields, around);
        if let Some(body) = &self.body {
            fields.insert("body".to_owned(), Json::from(&**body));
        }
        fields
    }

    fn tombstone(&self, around: &mut dyn Around) -> Fields {
        let mut fields = Fields::new();
        self.common.publish_into(&mut fields, around);
        fields.retain(|key, _| TOMBSTONE.contains(&key.as_str()));
        fields.extend(self.data.natural_key().map(|(key, text)| (key.to_owned(), Json::from(text.as_str()))));
        fields
    }
}

/// A number as it is written: whole where it is whole.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
pub fn number(value: f64) -> Json {
    // Numbers in records are below 10^15, where every whole one is exact.
    let whole = value as i64;
    if whole as f64 == value { Json::from(whole) } else { Number::from_f64(value).map_or(Json::Null, Json::Number) }
}
