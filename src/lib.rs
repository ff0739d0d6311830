//! minhbach turns an agency's records (YAML and Markdown) into a checked, accessible, static public website.
//!
//! The flow, one folder a stage: [`source`] bytes → [`syntax`] trees → [`record`]s → [`site`] → [`plan`] → [`render`] →
//! publishing in [`disk`]. `ARCHITECTURE.md` has the picture and the rules; a test holds the layers.

pub mod build;
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod disk;
pub mod edit;
pub mod explain;
pub mod form;
pub mod import;
#[cfg(feature = "inbox")]
pub mod inbox;
pub mod mend;
pub mod output;
pub mod plan;
#[cfg(feature = "online")]
pub mod probe;
pub mod record;
pub mod render;
pub mod schema;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod source;
pub mod syntax;
pub mod value;
