//! The faults of one run.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level};

/// The faults of one run, in the order of path, line and column.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Puts `list` into the order of path, line and column and drops what is told twice.
    pub fn new(mut list: Vec<Diagnostic>) -> Self {
        list.sort_by(|a, b| {
            (a.place.file, a.place.start, a.code, &a.message.en).cmp(&(
                b.place.file,
                b.place.start,
                b.code,
                &b.message.en,
            ))
        });
        list.dedup();
        Diagnostics { list }
    }

    /// Adds faults, each in its place.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        let mut list = std::mem::take(&mut self.list);
        list.extend(more);
        *self = Diagnostics::new(list);
    }

    /// Each fault in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many faults have this level.
    pub fn count(&self, level: Level) -> usize {
        self.list.iter().filter(|d| d.level == level).count()
    }

    /// How many faults there are of each level and code, errors first.
    pub fn by_code(&self) -> impl Iterator<Item = ((Level, &'static str), usize)> {
        let mut counts = BTreeMap::new();
        for fault in &self.list {
            *counts.entry((Reverse(fault.level), fault.code.name())).or_insert(0) += 1;
        }
        counts.into_iter().map(|((Reverse(level), code), count)| ((level, code), count))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The same with warnings made errors.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.list.iter_mut().for_each(|d| d.level = Level::Error);
        self
    }
}
