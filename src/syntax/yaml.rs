//! YAML to a tree in which every key and value knows its place.
//!
//! A small, strict YAML: one document, plain data, no anchors, aliases, merge keys, tags or directives. Scalars stay the text
//! that they are; what a field makes of `2.001620` or `no` is the field's business. Built on the parser's events and
//! not on serde, because serde stops at the first fault and does not tell quoting.

mod plain;

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::say;
use crate::source::{FileId, Span};

/// How deep a record may nest. The deepest key of any kind is at 6.
const MAX_DEPTH: usize = 24;
/// How many values a file may hold; the largest real procedure has under 2,000.
const MAX_NODES: usize = 100_000;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value as written, quotes included.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a [`Node`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~`, or nothing at all.
    Null,
    /// Anything written as one text.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file.
    Map(Vec<Entry>),
}

/// One text, as the file means it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// The text with quotes, escapes and folding undone.
    pub text: String,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: the only style in which a number, a boolean or a date is one.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As an indented block behind `|` or `>`.
    Block,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// Its value.
    pub value: Node,
}

/// A key and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key's text.
    pub text: String,
    /// Its place.
    pub span: Span,
}

impl Node {
    /// The value of a key, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|e| e.key.text == key).map(|e| &e.value),
            _ => None,
        }
    }

    /// The text, where this is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }
}

/// Reads one YAML document that starts at byte 0 of `file`.
///
/// # Errors
/// All that keeps the file from being read: the first break of YAML's grammar, and every anchor, alias, tag, merge key
/// and duplicate key before it.
pub fn parse(file: FileId, text: &str) -> Result<Node, Vec<Diagnostic>> {
    parse_at(file, text, 0)
}

/// Reads one YAML document that starts at byte `base` of `file`, as front matter does.
///
/// # Errors
/// As [`parse`].
pub fn parse_at(file: FileId, text: &str, base: usize) -> Result<Node, Vec<Diagnostic>> {
    match plain::read(file, text, base) {
        Some(root) => Ok(root),
        None => parse_any(file, text, base),
    }
}

/// Reads YAML however it is written.
fn parse_any(file: FileId, text: &str, base: usize) -> Result<Node, Vec<Diagnostic>> {
    let mut builder = Builder { file, text, base, faults: Vec::new(), nodes: 0 };
    let root = builder.document();
    match root {
        Some(node) if builder.faults.is_empty() => Ok(node),
        _ => Err(builder.faults),
    }
}

type Events<'a> = Parser<'a, granit_parser::StrInput<'a>>;

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    base: usize,
    faults: Vec<Diagnostic>,
    nodes: usize,
}

/// Reading stops: the fault is already told.
struct Stop;

impl<'a> Builder<'a> {
    fn document(&mut self) -> Option<Node> {
        let options = granit_parser::options! {
            emit_anchor_events: true,
            emit_comments: false,
            emit_unresolved_aliases: true,
            strict_indentation: false,
            disallow_directives: true,
            block_nesting_limit: MAX_DEPTH * 2,
            flow_nesting_limit: MAX_DEPTH * 2,
        };
        let mut events = Parser::new_from_str_with_options(self.text, options);
        let mut root = None;
        loop {
            match self.next(&mut events) {
                Err(Stop) | Ok(None) => return root,
                Ok(Some((Event::StreamEnd, _))) => return root.or_else(|| Some(self.empty_document())),
                Ok(Some((Event::DocumentStart(..), at))) if root.is_some() => {
                    self.fault(
                        Code::YamlSyntax,
                        at,
                        say!(
                            "tệp có hơn một văn bản YAML (`---` thứ hai)",
                            "a second YAML document (`---`) in one file"
                        ),
                    );
                    return root;
                }
                Ok(Some((event @ (Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..)), at))) => {
                    match self.node(&mut events, event, at, 0) {
                        Ok(node) => root = Some(node),
                        Err(Stop) => return None,
                    }
                }
                Ok(Some((Event::Alias(_) | Event::UnresolvedAlias(_), at))) => root = Some(self.alias(at)),
                Ok(Some((Event::Anchor(..), at))) => self.anchor(at),
                Ok(Some(_)) => {}
            }
        }
    }

    fn empty_document(&self) -> Node {
        Node { span: Span::new(self.file, self.base, self.base), value: Value::Null }
    }

    /// The next event, or a told syntax fault.
    fn next(&mut self, events: &mut Events<'a>) -> Result<Option<(Event<'a>, Span)>, Stop> {
        match events.next_event() {
            None => Ok(None),
            Some(Ok((event, at))) => {
                let span = self.span(at);
                if let Some(tag) = at.tag_span() {
                    self.tag(tag);
                }
                Ok(Some((event, span)))
            }
            Some(Err(error)) => {
                self.syntax(&error);
                Err(Stop)
            }
        }
    }

    fn node(&mut self, events: &mut Events<'a>, event: Event<'a>, at: Span, depth: usize) -> Result<Node, Stop> {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            let message = say!(
                "tệp lồng quá sâu hoặc quá lớn (tối đa {MAX_DEPTH} tầng, {MAX_NODES} giá trị)",
                "nested too deep or too large (at most {MAX_DEPTH} levels and {MAX_NODES} values)"
            );
            self.fault(Code::YamlLimit, at, message);
            return Err(Stop);
        }
        match event {
            Event::Scalar(text, style, _, _) => Ok(self.scalar(&text, style, at)),
            Event::SequenceStart(..) => self.list(events, at, depth),
            Event::MappingStart(..) => self.map(events, at, depth),
            _ => Ok(self.alias(at)),
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, at: Span) -> Node {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        if style == Style::Plain && is_null(text) {
            return Node { span: at, value: Value::Null };
        }
        let span = if style == Style::Block { self.with_block_header(at) } else { at };
        Node { span, value: Value::Scalar(Scalar { text: text.to_owned(), style }) }
    }

    /// A block's span from its `|` or `>`, which the parser leaves out.
    fn with_block_header(&self, at: Span) -> Span {
        let before = self.text[..at.start as usize - self.base].trim_end();
        let line = before.rfind('\n').map_or(0, |i| i + 1);
        let header = before[line..].split(" #").next().unwrap_or("").trim_end();
        let sigil = header.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')).len();
        let Some(sigil) = sigil.checked_sub(1).map(|i| line + i) else { return at };
        let found = matches!(self.text.as_bytes()[sigil], b'|' | b'>');
        if found { self.trimmed(Span::new(self.file, self.base + sigil, at.end as usize)) } else { at }
    }

    fn list(&mut self, events: &mut Events<'a>, at: Span, depth: usize) -> Result<Node, Stop> {
        let mut items = Vec::new();
        let mut span = at;
        loop {
            match self.next(events)? {
                Some((Event::SequenceEnd, end)) => span.end = span.end.max(end.end),
                Some((Event::Anchor(..), at)) => {
                    self.anchor(at);
                    continue;
                }
                Some((event, at)) => {
                    let mut item = self.node(events, event, at, depth + 1)?;
                    self.place_null(&mut item, "-");
                    items.push(item);
                    continue;
                }
                None => {}
            }
            return Ok(Node { span: self.trimmed(span), value: Value::List(items) });
        }
    }

    fn map(&mut self, events: &mut Events<'a>, at: Span, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        // Where each key was first written.
        let mut firsts: HashMap<String, Span> = HashMap::new();
        let mut span = at;
        while let Some((event, at)) = self.next(events)? {
            match event {
                Event::MappingEnd => {
                    span.end = span.end.max(at.end);
                    break;
                }
                Event::Anchor(..) => self.anchor(at),
                event => {
                    let key = self.key(events, event, at, depth)?;
                    let value = self.value(events, &key, depth)?;
                    self.check_key(&mut firsts, &key);
                    entries.push(Entry { key, value });
                }
            }
        }
        Ok(Node { span: self.trimmed(span), value: Value::Map(entries) })
    }

    fn key(&mut self, events: &mut Events<'a>, event: Event<'a>, at: Span, depth: usize) -> Result<Key, Stop> {
        let node = self.node(events, event, at, depth + 1)?;
        match node.value {
            Value::Scalar(scalar) => Ok(Key { text: scalar.text, span: node.span }),
            Value::Null => Ok(Key { text: self.slice(node.span).to_owned(), span: node.span }),
            Value::List(_) | Value::Map(_) => {
                let message = say!(
                    "khóa phải là một từ, không phải danh sách hay nhóm",
                    "a key must be a word, not a list or a map"
                );
                self.fault(Code::YamlSyntax, node.span, message);
                Ok(Key { text: String::new(), span: node.span })
            }
        }
    }

    fn value(&mut self, events: &mut Events<'a>, key: &Key, depth: usize) -> Result<Node, Stop> {
        loop {
            match self.next(events)? {
                Some((Event::Anchor(..), at)) => self.anchor(at),
                Some((event, at)) => {
                    let mut node = self.node(events, event, at, depth + 1)?;
                    self.place_null_behind(&mut node, key.span.end);
                    return Ok(node);
                }
                None => return Err(Stop),
            }
        }
    }

    fn check_key(&mut self, firsts: &mut HashMap<String, Span>, key: &Key) {
        if key.text == "<<" {
            let message = say!("không dùng khóa gộp `<<`", "merge keys (`<<`) are not accepted");
            self.fault(Code::YamlAlias, key.span, message);
        } else if let Some(first) = firsts.get(&key.text).copied() {
            let name = &key.text;
            let fault = Diagnostic::new(
                Code::YamlDuplicateKey,
                key.span,
                say!("khóa `{name}` được viết hai lần", "the key `{name}` is written twice"),
            );
            self.faults.push(fault.related(first, say!("lần thứ nhất ở đây", "first written here")));
        } else {
            firsts.insert(key.text.clone(), key.span);
        }
    }

    /// An empty value stands where a person would write it: one space behind its colon.
    fn place_null_behind(&self, node: &mut Node, key_end: u32) {
        if node.value != Value::Null || node.span.start != node.span.end {
            return;
        }
        let from = key_end as usize - self.base;
        let Some(colon) = self.text[from..].find(':').map(|i| from + i + 1) else { return };
        let space = usize::from(self.text[colon..].starts_with(' '));
        node.span = Span::new(self.file, self.base + colon + space, self.base + colon + space);
    }

    /// The same for an item of a list, behind its dash.
    fn place_null(&self, node: &mut Node, sigil: &str) {
        if node.value != Value::Null || node.span.start != node.span.end {
            return;
        }
        let at = node.span.start as usize - self.base;
        let Some(dash) = self.text[..at].rfind(sigil).map(|i| i + sigil.len()) else { return };
        if self.text[dash..at].trim().is_empty() {
            let space = usize::from(self.text[dash..].starts_with(' '));
            node.span = Span::new(self.file, self.base + dash + space, self.base + dash + space);
        }
    }

    fn anchor(&mut self, at: Span) {
        self.reject(at, say!("không dùng neo (`&…`)", "anchors (`&…`) are not accepted"));
    }

    fn alias(&mut self, at: Span) -> Node {
        self.reject(at, say!("không dùng tham chiếu YAML (`*…`)", "aliases (`*…`) are not accepted"));
        Node { span: at, value: Value::Null }
    }

    fn tag(&mut self, at: granit_parser::Span) {
        let at = self.span(at);
        self.reject(at, say!("không dùng thẻ kiểu (`!…`)", "tags (`!…`) are not accepted"));
    }

    fn reject(&mut self, at: Span, message: crate::diagnostic::Message) {
        let help = say!(
            "viết thẳng giá trị ra; nếu đó là chữ thì đặt trong dấu nháy",
            "write the value itself; quote it if it is meant as text"
        );
        self.faults.push(Diagnostic::new(Code::YamlAlias, at, message).help(help));
    }

    fn fault(&mut self, code: Code, at: Span, message: crate::diagnostic::Message) {
        self.faults.push(Diagnostic::new(code, at, message));
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = self.base + self.offending(error);
        let about_tabs = format!("{:?}", error.kind()).starts_with("Tab");
        let tab = self.tab_in_indentation(at - self.base, about_tabs);
        let (code, at, message, help) = match (error.kind(), tab) {
            (ErrorKind::RecursionLimitExceeded, _) => (
                Code::YamlLimit,
                at,
                say!("tệp lồng quá sâu (tối đa {MAX_DEPTH} tầng)", "nested too deep (at most {MAX_DEPTH} levels)"),
                None,
            ),
            (_, Some(tab)) => (
                Code::YamlTab,
                self.base + tab,
                say!("thụt dòng bằng phím Tab; YAML chỉ nhận dấu cách", "indented with a tab; YAML takes spaces only"),
                Some(say!("thay mỗi Tab bằng hai dấu cách", "replace each tab by two spaces")),
            ),
            (kind, None) => (Code::YamlSyntax, at, syntax_message(kind), syntax_help(self.text, at - self.base)),
        };
        let place = Span::new(self.file, at, at + self.text[at - self.base..].chars().next().map_or(0, char::len_utf8));
        let fix = if code == Code::YamlSyntax { self.quoted(at) } else { None };
        self.faults.push(Diagnostic::new(code, place, message).maybe_help(help).maybe_fix(fix));
    }

    /// The value on a line in quotes, where it is a text that needs some and nothing else can be meant.
    fn quoted(&self, at: usize) -> Option<Fix> {
        let start = self.text[..at - self.base].rfind('\n').map_or(0, |i| i + 1);
        let line = self.text[start..].lines().next()?.trim_end();
        let colon = line.find(": ")?;
        let key = line[..colon].trim_start_matches([' ', '-', '\u{feff}']);
        let value = line[colon + 2..].trim_start();
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let needs_quotes = value.contains(": ") || value.ends_with(':') || value.starts_with(['@', '`', '%']);
        if !is_key
            || !needs_quotes
            || value.contains(" #")
            || value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!'])
        {
            return None;
        }
        let from = self.base + start + line.len() - value.len();
        let quoted = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        Some(Fix::replace(Span::new(self.file, from, from + value.len()), quoted))
    }

    /// Where the fault is. A character that YAML forbids inside a plain text is found by the parser at the text's start.
    fn offending(&self, error: &ScanError) -> usize {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        match error.kind() {
            ErrorKind::UnexpectedCharacter { character } => at + self.text[at..].find(*character).unwrap_or_default(),
            _ => at,
        }
    }

    /// Where a tab indents the line of `at` or the one before it; where tabs are the trouble, also a line after it.
    fn tab_in_indentation(&self, at: usize, about_tabs: bool) -> Option<usize> {
        let line_start = |at: usize| self.text[..at].rfind('\n').map_or(0, |i| i + 1);
        let here = line_start(at);
        let first = if here > 0 { line_start(here - 1) } else { here };
        let lines = self.text[first..].split_inclusive('\n').scan(first, |next, line| {
            let start = *next;
            *next += line.len();
            Some((start, line))
        });
        let near = lines.take(if about_tabs { usize::MAX } else { 2 }).filter(|(_, line)| !line.trim().is_empty());
        near.map(|(start, line)| (start, &line[..line.len() - line.trim_start_matches([' ', '\t', '-']).len()]))
            .find_map(|(start, blank)| blank.find('\t').map(|i| start + i))
    }

    fn span(&self, at: granit_parser::Span) -> Span {
        let offset = |marker: granit_parser::Marker| self.base + marker.byte_offset().unwrap_or(0);
        Span::new(self.file, offset(at.start), offset(at.end))
    }

    fn slice(&self, span: Span) -> &str {
        &self.text[span.start as usize - self.base..span.end as usize - self.base]
    }

    /// A collection's span without the white space and comments that the parser counts to it.
    fn trimmed(&self, span: Span) -> Span {
        let kept = self.slice(span).trim_end().len();
        Span { end: span.start + u32::try_from(kept).unwrap_or(0), ..span }
    }
}

/// Whether a text without quotes is nothing.
fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn syntax_message(kind: &ErrorKind) -> crate::diagnostic::Message {
    let detail = kind.to_string();
    say!("YAML viết sai: {detail}", "this is not valid YAML: {detail}")
}

/// The usual slips: text with `: ` or that starts with a sign, not quoted; a quote never closed.
fn syntax_help(text: &str, at: usize) -> Option<crate::diagnostic::Message> {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[start..].lines().next().unwrap_or("").trim();
    let value = line.split_once(": ").map_or(line, |(_, value)| value);
    let wants_quotes = value.contains(": ") || value.starts_with(['@', '`', '%', '*', '&', '!', '[', '{', '"', '\'']);
    let quoted = say!(
        "chữ có dấu `:` hoặc bắt đầu bằng ký hiệu thì đặt trong dấu nháy, ví dụ `title: \"Thông báo: nghỉ lễ\"`",
        "quote a text that has `: ` in it or starts with a sign, such as `title: \"Notice: closed\"`"
    );
    let indented = say!(
        "kiểm tra thụt dòng và dấu `:` ở dòng này và dòng trước",
        "check the indentation and the `:` of this line and the one before"
    );
    Some(if wants_quotes { quoted } else { indented })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(text: &str) -> Vec<String> {
        fn walk(text: &str, node: &Node, out: &mut Vec<String>) {
            out.push(text[node.span.start as usize..node.span.end as usize].to_owned());
            match &node.value {
                Value::List(items) => items.iter().for_each(|item| walk(text, item, out)),
                Value::Map(entries) => entries.iter().for_each(|entry| walk(text, &entry.value, out)),
                _ => {}
            }
        }
        let mut out = Vec::new();
        walk(text, &parse(FileId::new(0), text).unwrap(), &mut out);
        out
    }

    fn faults(text: &str) -> Vec<(Code, u32)> {
        parse(FileId::new(0), text).unwrap_err().iter().map(|d| (d.code, d.place.start)).collect()
    }

    #[test]
    fn spans_cover_values_as_written() {
        let text = "a: một\nb: \"hai\"\nc: 'ba'\nd: |\n  bốn\n  năm\ne:\n  - sáu # s\n  - f: 7\n";
        let found = slices(text);
        assert_eq!(found[1..4], ["một", "\"hai\"", "'ba'"]);
        assert_eq!(found[4].trim_end(), "|\n  bốn\n  năm");
        assert_eq!(found[5..], ["- sáu # s\n  - f: 7", "sáu", "f: 7", "7"]);
    }

    #[test]
    fn flow_collections_have_their_brackets() {
        assert_eq!(slices("a: [x, {b: y}]")[1..], ["[x, {b: y}]", "x", "{b: y}", "y"]);
    }

    #[test]
    fn an_empty_value_stands_behind_its_key() {
        let node = parse(FileId::new(0), "a:\nb: \nc: # nói\nd:\n  -\n  - x\n").unwrap();
        let Value::Map(entries) = node.value else { panic!() };
        let starts: Vec<_> = entries.iter().map(|e| e.value.span.start).collect();
        assert_eq!(starts[..3], [2, 6, 10]);
        let Value::List(items) = &entries[3].value.value else { panic!() };
        assert_eq!(items[0].span.start, 23);
    }

    #[test]
    fn every_alias_tag_and_duplicate_is_told() {
        assert_eq!(
            faults("a: &x 1\nb: *x\nc: !t 2\na: 3\n<<: {}\n"),
            [
                (Code::YamlAlias, 3),
                (Code::YamlAlias, 11),
                (Code::YamlAlias, 17),
                (Code::YamlDuplicateKey, 22),
                (Code::YamlAlias, 27)
            ]
        );
    }

    #[test]
    fn a_tab_is_told_as_a_tab() {
        assert_eq!(faults("a:\n\tb: 1\n"), [(Code::YamlTab, 3)]);
        assert_eq!(faults("a:\n  b: 1\n\tc: 1\n"), [(Code::YamlTab, 10)]);
    }

    #[test]
    fn a_second_document_is_no_record() {
        assert_eq!(faults("a: 1\n---\nb: 2\n"), [(Code::YamlSyntax, 5)]);
    }

    #[test]
    fn deep_nesting_stops() {
        let text = "[".repeat(200);
        assert_eq!(faults(&text)[0].0, Code::YamlLimit);
    }
}
