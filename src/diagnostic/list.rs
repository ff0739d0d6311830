//! The faults of one run.

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
