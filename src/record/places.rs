//! Where a map and its values are written.
//!
//! Texts know their own place; numbers, days and words are plain values, so the map that holds them knows it for them.

use crate::record::shape::Shape;
use crate::record::value::nowhere;
use crate::source::Span;
use crate::syntax::yaml::Entry;

/// Where a map and those of its values that are no texts are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// The place of the map as a whole: its key, or its item of a list.
    pub own: Span,
    values: Box<[(&'static str, Span)]>,
}

impl Places {
    /// The places of a map with these entries.
    pub fn new(own: Span, entries: &[Entry], shape: &Shape) -> Places {
        let place = |entry: &Entry| {
            let field = shape.field(&entry.key.text).filter(|field| !field.ty.is_text())?;
            Some((field.key, entry.value.span))
        };
        Places { own, values: entries.iter().filter_map(place).collect() }
    }

    /// The places of what stands nowhere.
    pub fn nowhere() -> Places {
        Places { own: nowhere(), values: Box::default() }
    }

    /// Where the value of a key is written; the map's own place where it has no such key.
    pub fn of(&self, key: &str) -> Span {
        self.values.iter().find(|(known, _)| *known == key).map_or(self.own, |(_, place)| *place)
    }
}
