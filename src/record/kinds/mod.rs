//! The kinds of records, one file each.

pub mod agency;
pub mod answer;
pub mod contact;
pub mod document;
pub mod page;
pub mod procedure;
pub mod report;
pub mod statistics;
pub mod update;
