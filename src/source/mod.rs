//! The bytes that a build starts from, and places in them.
//!
//! A [`Snapshot`] is everything under `content/` and `themes/` at one moment. Reading it from a disk is
//! `crate::disk`'s work; nothing here touches a file system, so a test makes one from a list of texts.

mod characters;
mod path;
mod snapshot;
mod span;

pub use characters::is_bidi_control;
pub use path::SitePath;
pub use snapshot::{Body, File, Irregular, Snapshot};
pub use span::{FileId, Position, Span};
