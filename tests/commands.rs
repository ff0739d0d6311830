//! The commands of a working day, as a person calls them: what they print, what they change, what they leave alone.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

#[path = "commands/completions.rs"]
mod completions;
#[path = "commands/explain.rs"]
mod explain;
#[path = "commands/new.rs"]
mod new;
#[path = "commands/schema.rs"]
mod schema;
#[path = "commands/site.rs"]
mod site;
