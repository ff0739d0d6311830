//! A record as a form: what its file says as fields, and what a person entered back into the file, byte for byte nothing else.
//!
//! The fields are those of the kind's shape. [`state::State`] is what the fields hold, read from a file or from what a browser
//! sent; [`lay`] compares it with the file and changes only what differs; [`place`] leads from a fault in the file back to
//! the field. What a form cannot show stays in the file untouched. Nothing here touches a disk or makes HTML.

pub mod choice;
pub mod help;
pub mod lay;
pub mod place;
pub mod posted;
pub mod state;

mod value;

use crate::edit::tree::Tree;
use crate::edit::yaml::Source;
use crate::form::state::State;
use crate::record::shape::{Shape, Type};
use crate::source::FileId;
use crate::syntax::front_matter;

/// The key under which a Markdown record's text stands in its form.
pub const BODY: &str = "body";

/// A file as it can be edited in a form.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The text of the file.
    pub text: &'a str,
    /// Whether the record's text stands below front matter.
    pub is_markdown: bool,
}

impl Sheet<'_> {
    /// What the file says; none where it cannot be read at all.
    pub fn tree(&self) -> Option<Tree> {
        Source::open(self.text, self.is_markdown).map(|source| source.tree())
    }

    /// What the fields of a kind's form hold; none where the file cannot be read at all.
    pub fn state(&self, shape: &Shape) -> Option<State> {
        let tree = match self.tree()? {
            Tree::Null => Tree::Map(Vec::new()),
            tree => tree,
        };
        let mut state = State::read(&Type::Map(shape.clone()), Some(&tree));
        if self.has_body_below(&tree)
            && let State::Map(entries) = &mut state
            && let Some((_, body)) = entries.iter_mut().find(|(key, _)| key == BODY)
        {
            let text = self.body().trim();
            *body = if text.is_empty() { State::Empty } else { State::Scalar(text.to_owned()) };
        }
        Some(state)
    }

    /// Whether the record's text stands below the front matter, and not also in a key.
    fn has_body_below(&self, tree: &Tree) -> bool {
        self.is_markdown && tree.at(&[BODY.into()]).is_none()
    }

    /// The text below the front matter.
    fn body(&self) -> &str {
        front_matter::split(FileId::new(0), self.text).map_or("", |parts| &self.text[parts.body])
    }
}
