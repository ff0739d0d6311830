//! What a record of a kind may hold: the one description from which everything else about a kind is made.
//!
//! A shape reads and validates records, and later makes the JSON Schema for editors, the template of `new`, the columns of a
//! sheet and the field reference. It is written once, with [`shape!`](crate::record::shape), beside the type that it fills.

use crate::diagnostic::Language;

/// A map with known keys.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Its keys, in the order in which a person would write them.
    pub fields: Vec<Field>,
}

/// A key of a [`Shape`].
#[derive(Debug, Clone)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What its value may be.
    pub ty: Type,
    /// What a person sees instead of the key.
    pub label: Label,
    /// Who sees it.
    pub audience: Audience,
}

/// Who sees a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: it is published.
    Public,
    /// The staff: it says how a record is kept, not what it says.
    Staff,
}

/// Words for people, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Label {
    /// The words in one language.
    pub fn get(self, language: Language) -> &'static str {
        match language {
            Language::Vi => self.vi,
            Language::En => self.en,
        }
    }
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Its absence is the error `missing-key`.
    Required,
    /// Its absence is named in the warning `incomplete-record`.
    Complete,
    /// It may be left out.
    Optional,
}

/// What a value may be.
#[derive(Debug, Clone)]
pub enum Type {
    /// A text of one paragraph.
    Text,
    /// A Markdown text.
    Markdown,
    /// `true` or `false`.
    Bool,
    /// A day.
    Date,
    /// A whole number from `min` on.
    Integer {
        /// The least that makes sense.
        min: i64,
    },
    /// A decimal number from `min` on, or above it.
    Decimal {
        /// Whether 0 itself is refused.
        positive: bool,
    },
    /// Degrees of latitude or longitude, within ±`limit`.
    Degrees {
        /// The largest that makes sense.
        limit: i64,
    },
    /// One of a list of words.
    Word(&'static [Word]),
    /// A map from checks to one of a list of words.
    Levels(&'static [Word]),
    /// A text of its own form, such as a code, a phone number or an address; the name says which.
    Formed(Form),
    /// A reference to a record of a kind, by ID or natural key.
    Reference(&'static str),
    /// A reference to a record of any kind, written `kind:ID`.
    AnyReference,
    /// A path under `content/files/`.
    File,
    /// Any number of values of one type.
    List(Box<Type>),
    /// A map with known keys.
    Map(Shape),
    /// A map with known keys, and with texts by the codes of other languages.
    Translated(Shape),
    /// A map from freely chosen keys to whole numbers.
    Counts(CountKey),
    /// One of several types.
    Either(Vec<Type>),
}

/// Texts that have a form of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A procedure's code.
    Code,
    /// A document's symbol.
    Symbol,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address, `http` or `https`.
    Url,
    /// A web address, `https` only.
    HttpsUrl,
    /// An ID chosen inside a record.
    Id,
    /// A path of the site, from its root.
    SitePath,
    /// A time of day, `07:30`.
    Time,
    /// A diagnostic's code.
    CheckCode,
    /// A language code such as `vi`.
    LanguageCode,
    /// A time zone's name such as `Asia/Ho_Chi_Minh`.
    TimeZone,
}

/// What the keys of [`Type::Counts`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountKey {
    /// One of a list of words.
    Word(&'static [Word]),
    /// A short word of the author's.
    Any,
    /// A procedure's code.
    Code,
}

/// An allowed word and what a person sees instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// As written in a record.
    pub word: &'static str,
    /// What a person sees.
    pub label: Label,
}

impl Shape {
    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl Type {
    /// Whether an overlay in another language may replace such a value.
    pub fn is_text(&self) -> bool {
        match self {
            Type::Text | Type::Markdown => true,
            Type::Either(types) => types.iter().any(Type::is_text),
            _ => false,
        }
    }
}
