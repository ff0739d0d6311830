//! What the shapes of records give to those who write them: the JSON Schema by which an editor completes and checks as one
//! types, and the text of a new record.
//!
//! The schema is draft-07, because that is what every YAML language server reads; the words used mean the same in 2020-12. It
//! is gentler than `check`: a record that is not there yet is offered, not demanded, so that a schema that was laid down
//! yesterday calls nothing wrong that was written today.

pub mod known;
pub mod settings;
pub mod template;

mod json;
mod words;

use serde_json::{Value, json};

use crate::record::config::Config;
use crate::record::kind::KindName;
use crate::record::shape::{Label, Shape};
use crate::schema::json::Writer;
use crate::schema::known::Known;

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// `content/site.yaml`.
    Site,
    /// A record of a kind.
    Record(KindName),
}

impl Subject {
    /// Everything that has a schema.
    pub fn all() -> impl Iterator<Item = Subject> {
        [Subject::Site].into_iter().chain(KindName::ALL.iter().copied().map(Subject::Record))
    }

    /// The subject with this word: a kind's, or `site`.
    pub fn from_word(word: &str) -> Option<Subject> {
        Subject::all().find(|subject| subject.word() == word)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Subject::Site => "site",
            Subject::Record(kind) => kind.word(),
        }
    }

    /// What a person calls it.
    pub fn label(self) -> Label {
        match self {
            Subject::Site => Label { vi: "cấu hình của trang", en: "the site's configuration" },
            Subject::Record(kind) => kind.label(),
        }
    }

    /// All its keys.
    pub fn shape(self) -> Shape {
        match self {
            Subject::Site => Config::shape().clone(),
            Subject::Record(kind) => kind.full_shape(),
        }
    }

    /// The files that it describes, as patterns below the site's root, and those that its overlays are.
    pub fn files(self) -> (Vec<String>, Vec<String>) {
        let (own, overlay) = match self {
            Subject::Site => ("content/site".to_owned(), "content/site.*".to_owned()),
            Subject::Record(kind) => {
                let folder = kind.folder();
                (format!("content/{folder}/**/*"), format!("content/{folder}/**/*.*"))
            }
        };
        let with_endings = |stem: &str| [format!("{stem}.yaml"), format!("{stem}.yml")];
        let overlays: Vec<String> = with_endings(&overlay).into();
        let without_overlays = overlays.iter().map(|pattern| format!("!{pattern}"));
        (with_endings(&own).into_iter().chain(without_overlays).collect(), overlays)
    }
}

/// The schema of a record, or of an overlay in another language, with what is known of the site's records.
pub fn schema(subject: Subject, form: Form, known: &Known) -> Value {
    let mut writer = Writer::new(known, form);
    let Value::Object(root) = writer.shape(&subject.shape()) else { unreachable!("a shape is written as an object") };
    let Label { vi, en } = subject.label();
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("{vi} ({en})"),
    });
    let all = schema.as_object_mut().expect("it was made as an object");
    all.extend(root);
    all.insert("definitions".to_owned(), writer.definitions());
    schema
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The record itself.
    Whole,
    /// Its overlay in another language: texts only, none of them required.
    Overlay,
}
