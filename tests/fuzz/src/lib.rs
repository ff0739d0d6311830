//! What must hold of each parser whatever it is given: one function a parser, which fuzzing and the property tests of
//! `tests/parsers.rs` both call. Besides what each says, none may panic or take long.

#![allow(clippy::missing_panics_doc, reason = "to panic is how they tell")]

mod html;
mod import;
mod source;
mod words;

pub use html::markdown;
pub use import::{cache, form, portal, sheet, tracking_code};
pub use source::{front_matter, record, yaml};
pub use words::{slug, symbol};

/// A parser's name, and what must hold of it.
pub type Target = (&'static str, fn(&[u8]));

/// Every parser.
pub const TARGETS: [Target; 11] = [
    ("front_matter", front_matter),
    ("yaml", yaml),
    ("record", record),
    ("markdown", markdown),
    ("slug", slug),
    ("symbol", symbol),
    ("portal", portal),
    ("sheet", sheet),
    ("form", form),
    ("tracking_code", tracking_code),
    ("cache", cache),
];
