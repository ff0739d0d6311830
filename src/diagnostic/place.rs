//! A place as programs want it: a file, lines and columns.

use serde::Serialize;

use crate::source::{Snapshot, Span};

/// Where a fault is. Lines and columns count from 1, columns in Unicode characters; the end is behind the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place<'a> {
    /// The file, from the site's root.
    pub file: &'a str,
    /// The first line.
    pub line: u32,
    /// The first column.
    pub column: u32,
    /// The last line.
    pub end_line: u32,
    /// The column behind the last one.
    pub end_column: u32,
}

impl<'a> Place<'a> {
    /// The place of a span. An empty one ends where it starts.
    pub fn of(snapshot: &'a Snapshot, span: Span) -> Self {
        let (start, end) = snapshot.locate(span);
        let end = end.max(start);
        let file = snapshot.file(span.file).path.as_str();
        Place { file, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}
