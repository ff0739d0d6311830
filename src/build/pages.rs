//! Pages that were rendered before. A page is a function of its view, its templates and the program, so who has seen all
//! three before need not render it again.

use blake3::Hash;

/// Pages that were rendered before, kept by whoever can.
pub trait Pages: Sync {
    /// Stands for the program that rendered them. Nothing, where no page is kept: then no key need be made.
    fn program(&self) -> Option<&str> {
        None
    }
    /// The page at a path of the published folder, where what it is made from has this hash.
    fn recall(&self, _path: &str, _key: &Hash) -> Option<Vec<u8>> {
        None
    }
    /// Notes from what the page at a path was made.
    fn remember(&self, _path: &str, _key: &Hash) {}
}

/// No page is kept.
#[derive(Debug, Clone, Copy)]
pub struct Forgotten;

impl Pages for Forgotten {}
