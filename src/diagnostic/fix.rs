//! A change that mends a fault: found where the fault is found, made by whoever is asked to.
//!
//! A fault has one only where it has one clear meaning and nothing but the writing changes.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// A change that mends a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fix {
    /// Other text at some places; all of it or none.
    Replace(Vec<Replacement>),
    /// Another name for the file in which the fault is, without its ending: `ban-buon-ruou`, or `ban-buon-ruou.en`.
    Rename(String),
}

/// Other text at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The text that goes.
    pub place: Span,
    /// What comes instead.
    pub text: String,
}

impl Fix {
    /// Other text at one place.
    pub fn replace(place: Span, text: impl Into<String>) -> Fix {
        Fix::Replace(vec![Replacement { place, text: text.into() }])
    }
}
