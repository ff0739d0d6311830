//! Places in files: byte offsets inside the program, lines and columns for people.

use serde::{Deserialize, Serialize};

/// A file's number in its snapshot. Numbers follow the order of paths, so diagnostics sort by them; there are gaps between
/// them, so that a file that comes later does not move the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(u32);

impl FileId {
    /// A file by its number.
    pub fn new(number: usize) -> Self {
        FileId(u32::try_from(number).expect("a snapshot holds fewer than 2^32 files"))
    }

    /// The number of the file at `index` of `count`, with room for as many again between any two.
    pub(super) fn spaced(index: usize, count: usize) -> Self {
        let gap = (u32::MAX as usize / count.max(1)).clamp(1, 1 << 16);
        FileId::new(index * gap)
    }

    /// A number between two others, the second of which may be none; none where there is no room.
    pub(super) fn between(before: FileId, behind: Option<FileId>) -> Option<Self> {
        let behind = behind.map_or(before.0.checked_add(2 << 16)?, |behind| behind.0);
        let middle = before.0 + behind.checked_sub(before.0)? / 2;
        (middle > before.0).then_some(FileId(middle))
    }
}

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let offset = |n| u32::try_from(n).expect("texts are limited to a few MiB");
        Span { file, start: offset(start), end: offset(end.max(start)) }
    }

    /// The very beginning of a file: the place of what concerns the file as a whole.
    pub fn top(file: FileId) -> Self {
        Span { file, start: 0, end: 0 }
    }
}

/// A line and a column, both counted from 1; columns count Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl Position {
    /// The position of a byte offset. An empty value has no character of its own: behind a bare `key:` or `-` at a
    /// line's end it would stand one space on, and that is the column given.
    pub fn of(bytes: &[u8], offset: u32) -> Self {
        let offset = (offset as usize).min(bytes.len());
        let line_start = bytes[..offset].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
        let line = bytes[..line_start].iter().filter(|&&b| b == b'\n').count() + 1;
        let before = &bytes[line_start..offset];
        let before =
            if line_start == 0 { before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before) } else { before };
        let at_line_end = matches!(bytes.get(offset), None | Some(b'\n' | b'\r'));
        let missing_space = at_line_end && matches!(before.last(), Some(b':' | b'-'));
        let characters = String::from_utf8_lossy(before).chars().count();
        Position { line: count(line), column: count(characters + 1 + usize::from(missing_space)) }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: u32) -> (u32, u32) {
        let position = Position::of(text.as_bytes(), offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(at("đường: x", 11), (1, 8));
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(at("a\nb\n", 2), (2, 1));
    }

    #[test]
    fn an_empty_value_stands_one_space_behind_its_colon() {
        assert_eq!(at("title:\nx: 1", 6), (1, 8));
        assert_eq!(at("title: \n", 7), (1, 8));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        assert_eq!(at("\u{feff}a: 1", 3), (1, 1));
    }
}
