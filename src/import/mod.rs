//! Records from elsewhere, laid over a site without losing what its staff wrote.
//!
//! A source (the national [`portal`], a staff's `sheet`) is mapped to [`draft`]s by pure functions; [`site`] knows the records that are
//! there already; [`lay`] changes only the keys that the last import wrote, which [`memory`] remembers. Nothing here decides
//! whether a record is good enough to be published: that is `check`'s work.

#![allow(clippy::disallowed_types, clippy::disallowed_methods)] // Reads what is imported, writes records.

pub mod draft;
pub mod lay;
pub mod markdown;
pub mod memory;
pub mod portal;
#[cfg(feature = "sheets")]
pub mod sheet;
pub mod site;
pub mod text;
pub mod yaml;

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Message;
use crate::say;

/// Hears how far an import has come.
pub trait Progress: Sync {
    /// `done` of `total` parts of a stage are done. May be called from several threads.
    fn tell(&self, stage: Stage, done: usize, total: usize);
}

/// Hears nothing.
impl Progress for () {
    fn tell(&self, _: Stage, _: usize, _: usize) {}
}

/// What an import is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading what is to be imported and making drafts of it.
    Mapping,
    /// Laying the drafts over the site.
    Writing,
}

/// What the machine did: the import ends, and what it wrote so far stays whole.
#[derive(Debug)]
pub struct Failure {
    /// What could not be read or written.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl Failure {
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure + '_ {
        move |error| Failure { path: path.to_owned(), error }
    }

    /// What happened, for the person at the screen.
    pub fn message(&self) -> Message {
        let (path, error) = (self.path.display(), &self.error);
        say!("không đọc hoặc ghi được `{path}`: {error}", "could not read or write `{path}`: {error}")
    }
}
