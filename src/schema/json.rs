//! Shapes and types as JSON Schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Message};
use crate::record::kind::KindName;
use crate::record::shape::{CountKey, Field, Form as TextForm, Need, Shape, Type, Word};
use crate::schema::known::Known;
use crate::schema::{Form, words};

/// Writes one schema. Lists of records are long and named from many places, so they are definitions.
pub struct Writer<'a> {
    known: &'a Known,
    form: Form,
    used: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    /// A writer of one schema.
    pub fn new(known: &'a Known, form: Form) -> Self {
        Writer { known, form, used: BTreeSet::new() }
    }

    /// A map with known keys.
    pub fn shape(&mut self, shape: &Shape) -> Value {
        let shown: Vec<&Field> = shape.fields.iter().filter(|field| self.shows(&field.ty)).collect();
        let properties: Map<String, Value> =
            shown.iter().map(|field| (field.key.to_owned(), self.field(field))).collect();
        let required: Vec<&str> =
            shown.iter().filter(|field| field.need == Need::Required).map(|field| field.key).collect();
        let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if self.form == Form::Whole && !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }

    /// Whether a key can stand in this form: an overlay holds texts, and what holds texts.
    fn shows(&self, ty: &Type) -> bool {
        self.form == Form::Whole || holds_text(ty)
    }

    fn field(&mut self, field: &Field) -> Value {
        let mut schema = self.of_type(&field.ty);
        if field.key == "field" && self.form == Form::Whole && !self.known.fields.is_empty() {
            schema = json!({ "anyOf": [{ "enum": self.known.fields }, schema] });
        }
        let is_list = matches!(field.ty, Type::List(_));
        if is_list && field.need == Need::Required && self.form == Form::Whole {
            schema["minItems"] = json!(1);
        }
        let (Message { vi, en }, hint) = (words::field(field), words::hint(&field.ty));
        let (more_vi, more_en) = hint.map_or_else(Default::default, |Message { vi, en }| (vi, en));
        let dash = if more_vi.is_empty() { "" } else { " – " };
        schema["description"] = json!(format!("{vi} / {en}"));
        schema["markdownDescription"] = json!(format!("**{vi}**{dash}{more_vi}\n\n{en}{dash}{more_en}"));
        schema
    }

    /// What a value may be.
    fn of_type(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Text => text(),
            Type::Markdown => json!({ "type": ["string", "number"] }),
            Type::Bool => json!({ "type": "boolean" }),
            Type::Date => matching(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", "2026-01-31"),
            Type::Integer { min } => json!({ "type": "integer", "minimum": min }),
            Type::Decimal { positive: true } => json!({ "type": "number", "exclusiveMinimum": 0 }),
            Type::Decimal { positive: false } => json!({ "type": "number", "minimum": 0 }),
            Type::Degrees { limit } => json!({ "type": "number", "minimum": -limit, "maximum": limit }),
            Type::Word(words) => one_of(words),
            Type::Levels(words) => levels(words),
            Type::Formed(form) => formed(*form),
            Type::Reference("") => text(),
            Type::Reference(kind) => self.named(kind),
            Type::AnyReference => self.named("any"),
            Type::File => self.named("file"),
            Type::List(item) => self.list(item),
            Type::Map(shape) => self.shape(shape),
            Type::Translated(shape) => self.translated(shape),
            Type::Counts(key) => counts(*key),
            Type::Either(types) => {
                let shown: Vec<&Type> = types.iter().filter(|ty| self.shows(ty)).collect();
                let written: Vec<Value> = shown.into_iter().map(|ty| self.of_type(ty)).collect();
                json!({ "anyOf": written })
            }
        }
    }

    fn list(&mut self, item: &Type) -> Value {
        let item = self.of_type(item);
        match self.form {
            Form::Whole => json!({ "type": "array", "items": item }),
            // An item that is not translated is `null`.
            Form::Overlay => json!({ "type": "array", "items": { "anyOf": [item, { "type": "null" }] } }),
        }
    }

    fn translated(&mut self, shape: &Shape) -> Value {
        let mut schema = self.shape(shape);
        schema["patternProperties"] = json!({ "^[a-z]{2,3}(-[A-Za-z]{2,4})?$": text() });
        schema
    }

    /// Something that has a name: those known are offered, others are not wrong.
    fn named(&mut self, definition: &str) -> Value {
        self.used.insert(definition.to_owned());
        json!({ "anyOf": [{ "$ref": format!("#/definitions/{definition}") }, text()] })
    }

    /// The lists of names that were used.
    pub fn definitions(&self) -> Value {
        self.used.iter().map(|name| (name.clone(), self.definition(name))).collect::<Map<_, _>>().into()
    }

    fn definition(&self, name: &str) -> Value {
        let pairs: Vec<(String, String)> = match KindName::from_word(name) {
            Some(kind) => self.known.records.get(&kind).cloned().unwrap_or_default(),
            None if name == "file" => self.known.files.iter().map(|path| (path.clone(), String::new())).collect(),
            None => self.everything(),
        };
        if pairs.is_empty() {
            return text();
        }
        let (names, titles): (Vec<String>, Vec<String>) = pairs.into_iter().unzip();
        json!({ "enum": names, "enumDescriptions": titles.clone(), "markdownEnumDescriptions": titles })
    }

    fn everything(&self) -> Vec<(String, String)> {
        let all = self.known.records.iter();
        all.flat_map(|(kind, names)| {
            names.iter().map(|(name, title)| (format!("{}:{name}", kind.word()), title.clone()))
        })
        .collect()
    }
}

/// Whether an overlay may lay something over such a value.
fn holds_text(ty: &Type) -> bool {
    match ty {
        Type::Text | Type::Markdown => true,
        Type::List(item) => holds_text(item),
        Type::Map(shape) | Type::Translated(shape) => shape.fields.iter().any(|field| holds_text(&field.ty)),
        Type::Either(types) => types.iter().any(holds_text),
        _ => false,
    }
}

/// A text. One that looks like a number stays the text that it is, so a number is no fault.
fn text() -> Value {
    json!({ "type": ["string", "number"], "minLength": 1 })
}

fn matching(pattern: &str, example: &str) -> Value {
    let wrong = format!("cần dạng / expected: {example}");
    json!({ "type": ["string", "number"], "pattern": pattern, "patternErrorMessage": wrong })
}

fn formed(form: TextForm) -> Value {
    match form {
        TextForm::Code => matching(r"^\s*\d\.\d{6}((\.\d{2,3}){3}\.[A-Z]\d\d(\.\d\d)*)?\s*$", "2.001620"),
        TextForm::Symbol => matching(r"^(?=.*\d).*[/-]", "63/2010/NĐ-CP"),
        TextForm::Phone => matching(r"\d{3}", "0239 3855 123"),
        TextForm::Email => matching(r"^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$", "gopy@example.gov.vn"),
        TextForm::Url => matching(r"^\s*[hH][tT][tT][pP][sS]?://", "https://example.gov.vn"),
        TextForm::HttpsUrl => matching(r"^\s*[hH][tT][tT][pP][sS]://", "https://example.gov.vn"),
        TextForm::Id => matching(r"^\s*[a-z0-9][a-z0-9-]{0,79}\s*$", "muc-1"),
        TextForm::SitePath => matching(r"^\s*/\S", "/thu-tuc/ten-cu/"),
        TextForm::Time => matching(r"^\s*([01]\d|2[0-3]):[0-5]\d\s*$", "07:30"),
        TextForm::LanguageCode => matching(r"^\s*[a-z]{2,3}(-[A-Za-z]{2,4})?\s*$", "vi"),
        TextForm::TimeZone => json!({ "type": "string", "examples": ["Asia/Ho_Chi_Minh"] }),
        TextForm::CheckCode => json!({ "enum": adjustable() }),
    }
}

/// The checks whose level an author may change.
fn adjustable() -> Vec<&'static str> {
    Code::ALL.iter().filter(|code| code.group().is_adjustable()).map(|code| code.name()).collect()
}

fn one_of(words: &[Word]) -> Value {
    let names: Vec<&str> = words.iter().map(|word| word.word).collect();
    let labels: Vec<String> = words.iter().map(|word| format!("{} / {}", word.label.vi, word.label.en)).collect();
    json!({ "enum": names, "enumDescriptions": labels.clone(), "markdownEnumDescriptions": labels })
}

fn levels(words: &[Word]) -> Value {
    let level = one_of(words);
    let properties: Map<String, Value> =
        adjustable().into_iter().map(|code| (code.to_owned(), level.clone())).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn counts(key: CountKey) -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    match key {
        CountKey::Word(words) => {
            let described = |word: &Word| {
                let about = format!("{} / {}", word.label.vi, word.label.en);
                (word.word.to_owned(), json!({ "type": "integer", "minimum": 0, "description": about }))
            };
            let properties: Map<String, Value> = words.iter().map(described).collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": false })
        }
        CountKey::Any | CountKey::Code => json!({ "type": "object", "additionalProperties": count }),
    }
}
