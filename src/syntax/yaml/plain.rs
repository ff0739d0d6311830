//! The YAML in which nearly all records are written, read a line at a time: maps and lists by their indentation, texts of
//! one line, and blocks behind `|`.
//!
//! The parser of all YAML goes character by character, which took a sixth of a build. What keeps to this small part of the
//! language gives the same tree here in a tenth of the time; a test compares. Whatever does not (text over several lines, flow,
//! escapes, remarks behind a value, anchors, tabs, and every fault) is left to that parser, so nothing is ever told from here.

use crate::source::{FileId, Span};
use crate::syntax::yaml::{Entry, Key, Node, Scalar, Style, Value, is_null};

/// A text of so many bytes cannot hold more values than a file may.
const MAX_BYTES: usize = super::MAX_NODES * 2;
/// Within what a file may nest, and more than twice what any record does.
const MAX_DEPTH: usize = super::MAX_DEPTH / 2;
/// Longer keys are not written on one line by everybody's rules.
const MAX_KEY: usize = 128;

/// The tree of a text that starts at byte `base` of `file`; none where it is not written as simply as this.
pub fn read(file: FileId, text: &str, base: usize) -> Option<Node> {
    if text.len() > MAX_BYTES || !text.ends_with('\n') || has_odd_characters(text) {
        return None;
    }
    let mut lines = Lines { file, text, base, at: 0, next: None };
    let first = lines.take().filter(|line| line.indent == 0)?;
    let root = lines.map(first, 0)?;
    lines.peek().is_none().then_some(root)
}

/// Controls, other line breaks and what else YAML does not take everywhere, by the bytes that they begin with. No branch on
/// the way: this looks at every byte of every record.
fn has_odd_characters(text: &str) -> bool {
    let controls = text.bytes().fold(false, |odd, byte| odd | ((byte < b' ') & (byte != b'\n')) | (byte == 0x7f));
    let beyond = text.as_bytes().windows(2).fold(false, |odd, pair| {
        odd | (pair[0] == 0xef)
            | ((pair[0] == 0xc2) & (pair[1] < 0xa0))
            | ((pair[0] == 0x80) & (pair[1] & 0xfe == 0xa8))
    });
    controls | beyond
}

/// A part of a line that says something: the end is that of its last character that is no space.
#[derive(Debug, Clone, Copy)]
struct Line {
    indent: usize,
    start: usize,
    end: usize,
}

struct Lines<'a> {
    file: FileId,
    text: &'a str,
    base: usize,
    /// Where the next line begins.
    at: usize,
    /// The next line that says something, once it was looked for, and where it ends.
    next: Option<(Line, usize)>,
}

impl Lines<'_> {
    /// The next line that is neither blank nor a remark.
    fn peek(&mut self) -> Option<Line> {
        while self.next.is_none() && self.at < self.text.len() {
            let (line, end) = self.line_at(self.at);
            let says_nothing = line.start == line.end || self.text.as_bytes()[line.start] == b'#';
            match says_nothing {
                true => self.at = end,
                false => self.next = Some((line, end)),
            }
        }
        self.next.map(|(line, _)| line)
    }

    fn take(&mut self) -> Option<Line> {
        let line = self.peek()?;
        let (_, end) = self.next.take()?;
        self.at = end;
        Some(line)
    }

    /// The line that begins at a byte, and where the one behind it does.
    fn line_at(&self, at: usize) -> (Line, usize) {
        let bytes = self.text.as_bytes();
        let end = self.text[at..].find('\n').map_or(bytes.len(), |length| at + length);
        let indent = bytes[at..end].iter().take_while(|byte| **byte == b' ').count();
        let start = at + indent;
        let kept = bytes[start..end].iter().rposition(|byte| *byte != b' ').map_or(start, |last| start + last + 1);
        (Line { indent, start, end: kept }, end + 1)
    }

    /// A map whose first key begins a part of a line.
    fn map(&mut self, first: Line, depth: usize) -> Option<Node> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut here = first;
        loop {
            let entry = self.entry(here, depth)?;
            if entries.iter().any(|earlier| earlier.key.text == entry.key.text) {
                return None;
            }
            entries.push(entry);
            match self.peek() {
                Some(line) if line.indent > first.indent => return None,
                Some(line) if line.indent == first.indent && self.item_in(line).is_some() => return None,
                Some(line) if line.indent == first.indent => here = self.take()?,
                _ => return Some(self.collection(first, Value::Map(entries))),
            }
        }
    }

    /// A list whose first dash begins a line.
    fn list(&mut self, first: Line, depth: usize) -> Option<Node> {
        let mut items = Vec::new();
        let mut here = first;
        loop {
            let item = self.item_in(here)?;
            items.push(match self.key_in(item) {
                Some(_) if depth < MAX_DEPTH => self.map(item, depth + 1)?,
                Some(_) => return None,
                None => self.scalar(item, here.indent)?,
            });
            match self.peek() {
                Some(line) if line.indent > first.indent => return None,
                Some(line) if line.indent == first.indent => here = self.take()?,
                _ => return Some(self.collection(first, Value::List(items))),
            }
        }
    }

    /// A map or list from its first part of a line to what follows, as the other parser counts it.
    fn collection(&mut self, first: Line, value: Value) -> Node {
        let next = self.peek().map_or(self.text.len(), |line| line.start);
        let kept = self.text[first.start..next].trim_end().len();
        Node { span: self.span(first.start, first.start + kept), value }
    }

    /// What stands behind the dash of a line.
    fn item_in(&self, line: Line) -> Option<Line> {
        let behind = self.text[line.start..line.end].strip_prefix("- ")?.trim_start_matches(' ');
        let start = line.end - behind.len();
        Some(Line { indent: line.indent + start - line.start, start, ..line })
    }

    /// The end of the key with which a part of a line begins.
    fn key_in(&self, line: Line) -> Option<usize> {
        let text = &self.text[line.start..line.end];
        let end = text.char_indices().find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')))?.0;
        let is_key = text[end..].starts_with(": ") || &text[end..] == ":";
        let begins_well = text.starts_with(char::is_alphanumeric);
        (is_key && begins_well && end < MAX_KEY).then_some(line.start + end)
    }

    fn entry(&mut self, line: Line, depth: usize) -> Option<Entry> {
        let end = self.key_in(line)?;
        let key = Key { text: self.text[line.start..end].to_owned(), span: self.span(line.start, end) };
        let behind = self.text[end + 1..line.end].trim_start_matches(' ');
        let value = match behind.is_empty() {
            true => self.nested(line, end, depth)?,
            false => self.scalar(Line { start: line.end - behind.len(), ..line }, line.indent)?,
        };
        Some(Entry { key, value })
    }

    /// What stands below a key, or nothing.
    fn nested(&mut self, line: Line, key_end: usize, depth: usize) -> Option<Node> {
        match self.peek() {
            Some(below) if below.indent > line.indent && depth < MAX_DEPTH => {
                let below = self.take()?;
                match self.item_in(below) {
                    Some(_) => self.list(below, depth + 1),
                    None => self.map(below, depth + 1),
                }
            }
            Some(below) if below.indent > line.indent => None,
            _ => {
                let space = usize::from(self.text[key_end + 1..].starts_with(' '));
                let at = key_end + 1 + space;
                Some(Node { span: self.span(at, at), value: Value::Null })
            }
        }
    }

    /// A text that is the rest of a line, or the block below it. `outer` is the indentation of what holds it.
    fn scalar(&mut self, line: Line, outer: usize) -> Option<Node> {
        let text = &self.text[line.start..line.end];
        let (text, style) = match text.as_bytes()[0] {
            quote @ (b'"' | b'\'') => (in_quotes(text, quote)?, Style::Quoted),
            b'|' => return self.block(line, outer),
            _ => (unquoted(text)?, Style::Plain),
        };
        let span = self.span(line.start, line.end);
        let is_null = style == Style::Plain && is_null(text);
        let value = if is_null { Value::Null } else { Value::Scalar(Scalar { text: text.to_owned(), style }) };
        Some(Node { span, value })
    }

    /// The lines of a block, without their indentation.
    fn block(&mut self, header: Line, outer: usize) -> Option<Node> {
        let is_clipped = match &self.text[header.start..header.end] {
            "|" => true,
            "|-" => false,
            _ => return None,
        };
        let indent = self.line_at(self.at).0.indent;
        let mut text = String::new();
        while self.at < self.text.len() {
            let (line, end) = self.line_at(self.at);
            let is_blank = line.start == line.end;
            if !is_blank && line.indent < indent {
                break;
            }
            // Spaces alone may be text or not; whoever writes them has not seen them.
            if is_blank && line.indent > indent {
                return None;
            }
            text.push_str(if is_blank { "\n" } else { &self.text[self.at + indent..end] });
            self.at = end;
        }
        let kept = text.trim_end_matches('\n').len();
        let ends_well = self.at == self.text.len() || self.line_at(self.at).0.indent <= outer;
        let is_sound = ends_well && indent > outer && kept > 0 && !text.starts_with('\n');
        text.truncate(kept + usize::from(is_clipped));
        let written = self.text[header.start..self.at].trim_end().len();
        let span = self.span(header.start, header.start + written);
        is_sound.then_some(Node { span, value: Value::Scalar(Scalar { text, style: Style::Block }) })
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.base + start, self.base + end)
    }
}

/// A text between quotes, where it is written without an escape and nothing follows.
fn in_quotes(text: &str, quote: u8) -> Option<&str> {
    let inner = text[1..].strip_suffix(char::from(quote))?;
    let is_plain = !inner.as_bytes().iter().any(|byte| *byte == quote || (*byte == b'\\' && quote == b'"'));
    is_plain.then_some(inner)
}

/// A text without quotes that needs none.
fn unquoted(text: &str) -> Option<&str> {
    let begins_well = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '~' | '/' | '(' | '“'));
    let bytes = text.as_bytes();
    let ends = bytes.windows(2).any(|pair| pair == b": " || pair == b" #") || bytes.ends_with(b":");
    (begins_well && !ends).then_some(text)
}

#[cfg(test)]
mod tests;
