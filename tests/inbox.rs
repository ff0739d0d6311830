//! The inbox as people and programs meet it: the program itself, over HTTP, on both databases.
#![cfg(feature = "inbox")]
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

#[path = "inbox/bad_input.rs"]
mod bad_input;
#[path = "inbox/campaign.rs"]
mod campaign;
#[path = "inbox/circle.rs"]
mod circle;
#[path = "inbox/client.rs"]
mod client;
#[path = "inbox/flow.rs"]
mod flow;
#[path = "inbox/outbox.rs"]
mod outbox;
#[path = "inbox/postgres.rs"]
mod postgres;
#[path = "inbox/server.rs"]
mod server;
#[path = "inbox/staff.rs"]
mod staff;
