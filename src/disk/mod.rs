//! The site's folder and the published folder: the only place where a build touches a disk.
//!
//! [`snapshot`] reads a site, [`publish`] puts what was built in place of what was published before, all at once. What a
//! page is made of is not known here.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

pub mod cache;
pub mod compare;
pub mod lock;
pub mod manifest;
pub mod output;
pub mod publish;
pub mod rewrite;
pub mod snapshot;

mod error;
mod in_place;
mod names;
mod staging;
mod stamp;
pub(crate) mod store;

pub use error::Error;
