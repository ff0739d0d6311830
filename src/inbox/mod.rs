//! The feedback inbox: what a static site cannot do by itself.
//!
//! [`http`] receives feedback and keeps it in a [`store`]; staff work on it; [`stats`] and [`publish`] write content records,
//! which is the only way back to the site: a build never reads a database. Names, messages and addresses of people stay here.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)] // A server: clock, disk and network are its work.

pub mod agency;
pub mod code;
pub mod config;
pub mod desk;
pub mod error;
pub mod form;
pub mod http;
pub mod key;
pub mod nonce;
pub mod outbox;
pub mod period;
pub mod publish;
pub mod record;
pub mod statistics;
pub mod stats;
pub mod store;
pub mod working_days;
pub mod writer;
