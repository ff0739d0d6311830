//! Pages that were rendered before. A page whose questions are all answered as they were is the same page, so who has kept
//! both need not make it again.

use blake3::Hash;

use crate::render::artefact::Published;
use crate::render::trace::Question;

/// Pages that were rendered before, kept by whoever can.
pub trait Pages: Sync {
    /// Stands for the program that rendered them. Nothing, where no page is kept: then no question need be answered.
    fn program(&self) -> Option<&str> {
        None
    }
    /// What was asked to make the page at a path of the published folder, and the hash of it and its answers.
    fn trace(&self, _path: &str) -> Option<(Vec<&Question>, Hash)> {
        None
    }
    /// What is published at a path, where it is as it was left.
    fn recall(&self, _path: &str) -> Option<Published> {
        None
    }
    /// The same, and its bytes.
    fn bytes(&self, _path: &str) -> Option<Vec<u8>> {
        None
    }
    /// Notes that the page at a path is as it was.
    fn keep(&self, _path: &str) {}
    /// Notes what was asked to make the page at a path, and the hash of it and its answers.
    fn remember(&self, _path: &str, _key: Hash, _questions: Vec<Question>) {}
}

/// No page is kept.
#[derive(Debug, Clone, Copy)]
pub struct Forgotten;

impl Pages for Forgotten {}
