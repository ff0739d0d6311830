//! Where a map and its values are written.
//!
//! Texts know their own place; numbers, days and words are plain values, so the map that holds them knows it for them.

use crate::record::shape::Field;
use crate::record::value::nowhere;
use crate::source::Span;

/// Where a map and those of its values that are no texts are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// The place of the map as a whole: its key, or its item of a list.
    pub own: Span,
    values: Box<[(&'static str, Span)]>,
}

impl Places {
    /// The places of a map with these values.
    pub fn new<'a>(own: Span, values: impl Iterator<Item = (&'a Field, Span)>) -> Places {
        let values = values.filter(|(field, _)| !field.ty.is_text()).map(|(field, place)| (field.key, place));
        Places { own, values: values.collect() }
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
