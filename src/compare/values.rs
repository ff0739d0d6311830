//! A published value in words, as its type says.

use crate::record::published::Json;
use crate::record::shape::{CountKey, Shape, Type, Word};
use crate::render::Language;
use crate::value::date::Date;

/// A value in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Words {
    fn same(text: impl Into<String>) -> Words {
        let text = text.into();
        Words { vi: text.clone(), en: text }
    }

    fn joined(all: impl Iterator<Item = Words>, between: &str) -> Words {
        let (vi, en): (Vec<String>, Vec<String>) =
            all.filter(|words| !words.vi.is_empty()).map(|words| (words.vi, words.en)).unzip();
        Words { vi: vi.join(between), en: en.join(between) }
    }
}

/// A value in words. References are left out: they are names of files.
pub fn in_words(ty: &Type, value: &Json) -> Words {
    match (ty, value) {
        (Type::Either(types), value) => {
            types.iter().find(|ty| fits(ty, value)).map_or_else(Words::default, |ty| in_words(ty, value))
        }
        (Type::Reference(_) | Type::AnyReference, _) => Words::default(),
        (Type::Word(words), Json::String(word)) => word_of(words, word),
        (Type::Date, Json::String(day)) => match Date::parse(day) {
            Some(date) => Words { vi: Language::Vi.day(date).short, en: Language::En.day(date).short },
            None => Words::same(day),
        },
        (_, Json::String(text)) => Words::same(text),
        (_, Json::Number(number)) => number_of(number),
        (_, Json::Bool(true)) => Words { vi: "có".to_owned(), en: "yes".to_owned() },
        (_, Json::Bool(false)) => Words { vi: "không".to_owned(), en: "no".to_owned() },
        (Type::List(ty), Json::Array(items)) => Words::joined(items.iter().map(|item| in_words(ty, item)), "; "),
        (Type::Map(shape) | Type::Translated(shape), Json::Object(fields)) => {
            let known = shape.fields.iter().filter_map(|field| Some(in_words(&field.ty, fields.get(field.key)?)));
            Words::joined(known, between(shape))
        }
        (Type::Counts(keys), Json::Object(counts)) => {
            let count = |(key, count): (&String, &Json)| {
                let key = match keys {
                    CountKey::Word(words) => word_of(words, key),
                    CountKey::Any | CountKey::Code => Words::same(key),
                };
                Words::joined([key, in_words(&Type::Integer { min: 0 }, count)].into_iter(), ": ")
            };
            Words::joined(counts.iter().map(count), ", ")
        }
        _ => Words::default(),
    }
}

/// A measure and its unit are one expression; other parts stand side by side.
fn between(shape: &Shape) -> &'static str {
    if shape.field("value").is_some() || shape.field("amount").is_some() { " " } else { ", " }
}

fn word_of(words: &[Word], word: &str) -> Words {
    let known = words.iter().find(|known| known.word == word);
    known.map_or_else(
        || Words::same(word),
        |known| Words { vi: known.label.vi.to_owned(), en: known.label.en.to_owned() },
    )
}

fn number_of(number: &serde_json::Number) -> Words {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => Words { vi: Language::Vi.number(whole), en: Language::En.number(whole) },
        (None, Some(decimal)) => Words { vi: Language::Vi.decimal(decimal), en: Language::En.decimal(decimal) },
        (None, None) => Words::same(number.to_string()),
    }
}

/// Whether a value may be of a type.
fn fits(ty: &Type, value: &Json) -> bool {
    match (ty, value) {
        (Type::Word(words), Json::String(text)) => words.iter().any(|known| known.word == text),
        (Type::List(_), Json::Array(_)) | (Type::Counts(_), Json::Object(_)) => true,
        (Type::Map(shape) | Type::Translated(shape), Json::Object(fields)) => {
            fields.keys().all(|key| shape.field(key).is_some())
        }
        (Type::Either(types), value) => types.iter().any(|ty| fits(ty, value)),
        (Type::Word(_) | Type::List(_) | Type::Counts(_) | Type::Map(_) | Type::Translated(_), _) => false,
        (_, value) => !value.is_array() && !value.is_object(),
    }
}
