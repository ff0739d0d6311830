//! Sentences in the program's two languages.

use serde::{Deserialize, Serialize};

/// A language that the program speaks to the people who run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// A sentence in both languages. Made with [`say!`](crate::say).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Message {
    /// The sentence in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }
}

/// A [`Message`] from a Vietnamese and an English format string; both may name the variables in scope.
#[macro_export]
macro_rules! say {
    ($vi:literal, $en:literal $(, $value:expr)* $(,)?) => {
        $crate::diagnostic::Message { vi: format!($vi $(, $value)*), en: format!($en $(, $value)*) }
    };
}
