//! The commands of a working day, as a person calls them: what they print, what they change, what they leave alone.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

#[allow(dead_code, reason = "what expectations say is for the cases' own test")]
mod case;
#[path = "commands/compare.rs"]
mod compare;
#[path = "commands/completions.rs"]
mod completions;
#[path = "commands/explain.rs"]
mod explain;
#[path = "commands/fix.rs"]
mod fix;
#[path = "commands/links.rs"]
mod links;
#[path = "commands/new.rs"]
mod new;
#[path = "commands/rename.rs"]
mod rename;
#[path = "commands/schema.rs"]
mod schema;
#[path = "commands/site.rs"]
mod site;
#[path = "commands/vanished.rs"]
mod vanished;
