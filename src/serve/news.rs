//! What a person at the terminal should know while a site is served. Printing it is `crate::cli`'s work.

use std::time::Duration;

use crate::build::Outcome;
use crate::diagnostic::{Diagnostic, Message};
use crate::source::Snapshot;

/// Something to tell.
pub enum News<'a> {
    /// The site can be opened here.
    Listening(&'a str),
    /// The forms can be opened at this address, which holds their key.
    Editing(&'a str),
    /// A build is done.
    Built(Built<'a>),
    /// Something went wrong, and goes on: a folder that could not be read for a moment.
    Trouble(Message),
    /// Serving has ended, as it was asked to.
    Ended,
}

/// What came of a build.
pub struct Built<'a> {
    /// All that came of it.
    pub outcome: &'a Outcome,
    /// What it was built from.
    pub snapshot: &'a Snapshot,
    /// The faults that the build before did not have.
    pub fresh: Vec<&'a Diagnostic>,
    /// The files that made it necessary, from the root; none for the first build.
    pub changed: Vec<String>,
    /// From when the change was heard of until the browser was told.
    pub took: Duration,
}
