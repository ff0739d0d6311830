//! Texts and records to the bytes of pages: pure.

pub mod artefact;
pub mod markdown;
