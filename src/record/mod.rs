//! Records: what an author writes, read into types that cannot be wrong.
//!
//! To add a kind: its file in `kinds/`, one line in the list in `kind.rs`, its template, its labels and one fixture.

pub mod common;
pub mod config;
pub mod kind;
pub mod kinds;
mod macros;
pub mod memo;
pub mod overlay;
pub mod places;
pub mod published;
pub mod read;
pub mod reader;
pub mod shape;
pub mod sighting;
pub mod suggest;
pub mod value;

pub use read::{Content, Readings, Record};
