//! What is meant, such as "set this key", as a change of a YAML text or of a record's front matter.
//!
//! Every change is proven before it is handed out: the changed text is read again and must say exactly what was meant. What
//! cannot be done without touching anything else is not done at all.

use std::ops::Range;

use crate::edit::tree::{New, Step, Tree};
use crate::edit::{Edit, Edits, scalar};
use crate::source::FileId;
use crate::syntax::front_matter;
use crate::syntax::yaml::{self, Node, Style, Value};

/// A YAML text, or a Markdown text with front matter.
#[derive(Debug)]
pub struct Source<'a> {
    text: &'a str,
    is_markdown: bool,
    yaml: Range<usize>,
    root: Node,
    newline: &'static str,
}

impl<'a> Source<'a> {
    /// Reads a text; none where it is faulty.
    pub fn open(text: &'a str, is_markdown: bool) -> Option<Source<'a>> {
        let file = FileId::new(0);
        let yaml = if is_markdown { front_matter::split(file, text).ok()?.yaml } else { 0..text.len() };
        let root = yaml::parse_at(file, &text[yaml.clone()], yaml.start).ok()?;
        let newline = if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) { "\r\n" } else { "\n" };
        Some(Source { text, is_markdown, yaml, root, newline })
    }

    /// What it says.
    pub fn tree(&self) -> Tree {
        Tree::from(&self.root)
    }

    /// Sets the value at a path; a key that is not there comes last in its map, a map that is not there is made.
    pub fn set(&self, path: &[Step], value: &New) -> Option<Edit> {
        let mut meant = self.tree();
        meant.set(path, value.into())?;
        let (last, above) = path.split_last()?;
        let edit = match (self.find(path), self.find(above), last) {
            (Some(place), ..) => self.replaced(&place, value),
            (None, Some(map), Step::Key(key)) if matches!(map.node.value, Value::Map(_)) => {
                self.added(&map, key, value)
            }
            (None, Some(null), Step::Key(key)) if above.is_empty() => self.first(&null, key, value),
            (None, _, Step::Key(key)) => {
                return self.set(above, &New::Map(vec![(key.clone(), value.clone())]));
            }
            _ => None,
        };
        self.proven(edit?, meant)
    }

    /// Takes away the key or item at a path.
    pub fn remove(&self, path: &[Step]) -> Option<Edit> {
        let mut meant = self.tree();
        meant.remove(path)?;
        let (last, above) = path.split_last()?;
        let parent = self.find(above)?;
        let edit = self.removed(&parent, last)?;
        self.proven(edit, meant)
    }

    /// Adds an item at the end of the list at a path; where there is nothing, a list of it.
    pub fn push(&self, path: &[Step], item: &New) -> Option<Edit> {
        let list = self.find(path);
        match list.as_ref().map(|place| &place.node.value) {
            Some(Value::List(items)) if !items.is_empty() => {
                let mut meant = self.tree();
                meant.push(path, item.into())?;
                self.proven(self.appended(&list?, items, item), meant)
            }
            None | Some(Value::Null | Value::List(_)) => self.set(path, &New::List(vec![item.clone()])),
            Some(_) => None,
        }
    }

    /// The change, where the changed text says what was meant.
    fn proven(&self, edit: Edit, meant: Tree) -> Option<Edit> {
        let mut edits = Edits::default();
        edits.add(edit.clone());
        let after = edits.apply(self.text);
        let read = Source::open(&after, self.is_markdown)?;
        let emptied = |tree: Tree| if tree == Tree::Map(Vec::new()) { Tree::Null } else { tree };
        let body = |source: &Source<'_>| source.text[source.yaml.end..].to_owned();
        (emptied(read.tree()) == emptied(meant) && body(&read) == body(self)).then_some(edit)
    }
}

/// A value that was found: its node, where its key ends, and whether it stands in `[…]` or `{…}`.
struct Place<'n> {
    node: &'n Node,
    key: Option<Range<usize>>,
    in_flow: bool,
}

impl Source<'_> {
    fn find(&self, path: &[Step]) -> Option<Place<'_>> {
        let mut place = Place { node: &self.root, key: None, in_flow: false };
        for step in path {
            let in_flow = place.in_flow || self.is_flow(place.node);
            place = match (step, &place.node.value) {
                (Step::Item(at), Value::List(items)) => Place { node: items.get(*at)?, key: None, in_flow },
                (Step::Key(key), Value::Map(entries)) => {
                    let entry = entries.iter().find(|entry| entry.key.text == *key)?;
                    Place { node: &entry.value, key: Some(range(&entry.key.span)), in_flow }
                }
                _ => return None,
            };
        }
        Some(place)
    }

    /// The bytes of a value, without what only follows it.
    fn range(&self, node: &Node) -> Range<usize> {
        let start = node.span.start as usize;
        start..end(node, self.text).max(start)
    }

    fn is_flow(&self, node: &Node) -> bool {
        let collection = matches!(node.value, Value::List(_) | Value::Map(_));
        collection && self.text[node.span.start as usize..].starts_with(['[', '{'])
    }

    /// A new value where there is one.
    fn replaced(&self, place: &Place<'_>, value: &New) -> Option<Edit> {
        if let New::Text(text) = value
            && is_block_text(text)
            && !place.in_flow
        {
            return self.literal(place, text);
        }
        let old = self.range(place.node);
        let is_block = match &place.node.value {
            Value::Scalar(scalar) => scalar.style == Style::Block,
            Value::List(_) | Value::Map(_) => !self.is_flow(place.node),
            Value::Null => false,
        };
        let scalar = |text: &str| match &place.node.value {
            Value::Scalar(scalar) if scalar.style == Style::Quoted => {
                scalar::like(&self.text[old.clone()], scalar.style, text)
            }
            _ if place.in_flow => scalar::in_flow(text),
            _ => scalar::inline(text),
        };
        let inline = match value {
            New::Text(text) => scalar(text),
            New::Bare(text) => text.clone(),
            New::List(_) | New::Map(_) if place.in_flow || place.key.is_none() => flow(value),
            New::List(_) | New::Map(_) => return self.block_behind(place, value),
        };
        match (&place.key, is_block) {
            // What stands between the colon and a block may hold a comment; it stays, behind the new value.
            (Some(key), true) => {
                let colon = self.colon(key)?;
                let between = self.text[colon..old.start].trim_end();
                let behind = if between.is_empty() { String::new() } else { format!(" {}", between.trim_start()) };
                Some(Edit::new(colon..old.end, format!(" {inline}{behind}")))
            }
            _ => {
                let before = if old.is_empty() && self.text[..old.start].ends_with([':', '-']) { " " } else { "" };
                let behind = if old.is_empty() && self.text[old.end..].starts_with('#') { " " } else { "" };
                Some(Edit::new(old, format!("{before}{inline}{behind}")))
            }
        }
    }

    /// A list or map as lines of its own below its key.
    fn block_behind(&self, place: &Place<'_>, value: &New) -> Option<Edit> {
        let key = place.key.as_ref()?;
        let colon = self.colon(key)?;
        let lines = block(value, self.column(key.start) + 2);
        if lines.is_empty() {
            return Some(Edit::new(colon..self.range(place.node).end, format!(" {}", flow(value))));
        }
        let text: String = lines.iter().map(|line| format!("{}{line}", self.newline)).collect();
        let old = self.range(place.node);
        let line_end = self.line_end(old.end);
        let behind = self.text[old.end..line_end].trim();
        // A comment on the value's line, or between the key and the value, now stands behind the key.
        let (comment, end) = match &place.node.value {
            Value::Null => (self.text[colon..line_end].trim_end().to_owned(), line_end),
            _ if behind.starts_with('#') => (format!(" {behind}"), line_end),
            _ => (self.text[colon..old.start].trim_end().to_owned(), old.end),
        };
        Some(Edit::new(colon..end.max(colon), format!("{comment}{text}")))
    }

    /// A new last key of a map.
    fn added(&self, map: &Place<'_>, key: &str, value: &New) -> Option<Edit> {
        let Value::Map(entries) = &map.node.value else { return None };
        if self.is_flow(map.node) {
            let end = entries.last().map(|entry| entry.value.span.end.max(entry.key.span.end) as usize);
            return self.in_brackets(map.node, end, &format!("{}: {}", scalar::key(key), flow(value)));
        }
        let (first, last) = (entries.first()?, entries.last()?);
        let indent = self.column(first.key.span.start as usize);
        let lines = block(&New::Map(vec![(key.to_owned(), value.clone())]), indent);
        Some(self.lines_behind(&last.value, range(&last.key.span).end, &lines))
    }

    /// The first key of a text that has none.
    fn first(&self, null: &Place<'_>, key: &str, value: &New) -> Option<Edit> {
        if null.node.value != Value::Null {
            return None;
        }
        let lines = block(&New::Map(vec![(key.to_owned(), value.clone())]), 0);
        let before = &self.text[..self.yaml.end];
        let lead = if before.is_empty() || before.ends_with('\n') || before == "\u{feff}" { "" } else { self.newline };
        let text: String = lines.iter().map(|line| format!("{line}{}", self.newline)).collect();
        Some(Edit::new(self.yaml.end..self.yaml.end, format!("{lead}{text}")))
    }

    /// A new last item of a list that has some.
    fn appended(&self, list: &Place<'_>, items: &[Node], item: &New) -> Edit {
        let last = items.last().expect("the list has items");
        let end = self.range(last).end;
        if self.is_flow(list.node) {
            return self.in_brackets(list.node, Some(end), &flow(item)).expect("a list with items has brackets");
        }
        let indent = self.dash(&items[0]).map_or(0, |dash| self.column(dash));
        let lines = block(&New::List(vec![item.clone()]), indent);
        self.lines_behind(last, end, &lines)
    }

    /// Something more between brackets, behind `end`, the end of the last that is there.
    fn in_brackets(&self, node: &Node, end: Option<usize>, new: &str) -> Option<Edit> {
        let Some(end) = end else {
            let inside = node.span.start as usize + 1;
            return Some(Edit::new(inside..inside, new));
        };
        let rest = self.text.get(end..node.span.end as usize)?;
        Some(match rest.trim_start().strip_prefix(',') {
            Some(behind) => {
                let at = end + rest.len() - behind.len();
                Edit::new(at..at, format!(" {new}"))
            }
            None => Edit::new(end..end, format!(", {new}")),
        })
    }

    /// Lines behind the last line of a value.
    fn lines_behind(&self, last: &Node, key_end: usize, lines: &[String]) -> Edit {
        let written = &self.text[range(&last.span)];
        let mut at = self.line_end(self.range(last).end.max(key_end));
        let header = written.lines().next().unwrap_or("");
        // A block that keeps its last empty lines goes on until the next key.
        if matches!(&last.value, Value::Scalar(scalar) if scalar.style == Style::Block) && header.contains('+') {
            let rest = &self.text[at..self.yaml.end];
            at += rest.len() - rest.trim_start_matches(['\n', '\r', ' ']).len();
            if self.text[..at].ends_with('\n') {
                let text: String = lines.iter().map(|line| format!("{line}{}", self.newline)).collect();
                return Edit::new(at..at, text);
            }
        }
        let text: String = lines.iter().map(|line| format!("{}{line}", self.newline)).collect();
        Edit::new(at..at, text)
    }

    fn removed(&self, parent: &Place<'_>, step: &Step) -> Option<Edit> {
        let (spans, at): (Vec<Range<usize>>, usize) = match (&parent.node.value, step) {
            (Value::Map(entries), Step::Key(key)) => {
                let span = |entry: &yaml::Entry| {
                    let key = range(&entry.key.span);
                    key.start..self.range(&entry.value).end.max(key.end + 1)
                };
                (entries.iter().map(span).collect(), entries.iter().position(|entry| entry.key.text == *key)?)
            }
            (Value::List(items), Step::Item(at)) if self.is_flow(parent.node) => {
                (items.iter().map(|item| range(&item.span)).collect(), *at)
            }
            (Value::List(items), Step::Item(at)) => {
                let span = |item: &Node| Some(self.dash(item)?..self.range(item).end.max(self.dash(item)? + 1));
                (items.iter().map(span).collect::<Option<_>>()?, *at)
            }
            _ => return None,
        };
        let own = spans.get(at)?.clone();
        if self.is_flow(parent.node) {
            return Some(match (spans.get(at + 1), at.checked_sub(1).map(|before| spans[before].end)) {
                (Some(next), _) => Edit::new(own.start..next.start, ""),
                (None, Some(before)) => Edit::new(before..own.end, ""),
                (None, None) => Edit::new(own, ""),
            });
        }
        if spans.len() == 1 && !std::ptr::eq(parent.node, &self.root) {
            let empty =
                if matches!(parent.node.value, Value::Map(_)) { New::Map(Vec::new()) } else { New::List(Vec::new()) };
            return self.emptied(parent, &empty);
        }
        let start = self.line_start(own.start);
        let end = self.line_end(own.end);
        let next = (end + self.newline_at(end)).min(self.yaml.end);
        if self.text[start..own.start].trim_matches([' ', '\u{feff}']).is_empty() {
            return Some(Edit::new(start + self.mark(start)..next, ""));
        }
        // Behind the dash of a list's item: what follows moves up to the dash.
        let blank = self.text[next..].len() - self.text[next..].trim_start_matches(' ').len();
        Some(Edit::new(own.start..next + blank, ""))
    }

    fn emptied(&self, parent: &Place<'_>, empty: &New) -> Option<Edit> {
        let old = self.range(parent.node);
        match &parent.key {
            Some(key) => Some(Edit::new(self.colon(key)?..old.end, format!(" {}", flow(empty)))),
            None => Some(Edit::new(old, flow(empty))),
        }
    }

    /// Where the dash of a list's item is.
    fn dash(&self, item: &Node) -> Option<usize> {
        let mut before = &self.text[..item.span.start as usize];
        loop {
            before = before.trim_end_matches([' ', '\n', '\r']);
            if let Some(rest) = before.strip_suffix('-') {
                return Some(rest.len());
            }
            // A comment between the dash and its item.
            let line = before.rfind('\n').map_or(0, |at| at + 1);
            before = &before[..line + before[line..].find('#')?];
        }
    }

    /// Just behind the colon of a key.
    fn colon(&self, key: &Range<usize>) -> Option<usize> {
        self.text[key.end..].find(':').map(|at| key.end + at + 1)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |at| at + 1)
    }

    /// The end of a line, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
        if self.text[at..end].ends_with('\r') { end - 1 } else { end }
    }

    fn newline_at(&self, at: usize) -> usize {
        if self.text[at..].starts_with("\r\n") { 2 } else { usize::from(self.text[at..].starts_with('\n')) }
    }

    /// The length of a byte order mark at the file's start.
    fn mark(&self, at: usize) -> usize {
        if at == 0 && self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// How many characters stand before a place on its line.
    fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().filter(|c| *c != '\u{feff}').count()
    }
}

fn range(span: &crate::source::Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// Where a value ends. A block's span may reach over the comments behind it; its last value's does not.
fn end(node: &Node, text: &str) -> usize {
    let is_block = !text[node.span.start as usize..].starts_with(['[', '{']);
    match &node.value {
        Value::List(items) if is_block => items.last().map_or(node.span.end as usize, |item| end(item, text)),
        Value::Map(entries) if is_block => entries
            .last()
            .map_or(node.span.end as usize, |entry| end(&entry.value, text).max(entry.key.span.end as usize + 1)),
        _ => node.span.end as usize,
    }
}

/// A value on one line.
fn flow(value: &New) -> String {
    match value {
        New::Text(text) => scalar::in_flow(text),
        New::Bare(text) => text.clone(),
        New::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        New::Map(entries) => {
            let inner = entries.iter().map(|(key, value)| format!("{}: {}", scalar::key(key), flow(value)));
            format!("{{{}}}", inner.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A list or map as indented lines; a text of several lines becomes a block. Empty for what has no items.
fn block(value: &New, indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    match value {
        New::Text(_) | New::Bare(_) => vec![format!("{pad}{}", one_line(value))],
        New::Map(entries) => entries
            .iter()
            .flat_map(|(key, value)| behind(&format!("{pad}{}:", scalar::key(key)), value, indent + 2))
            .collect(),
        New::List(items) => items.iter().flat_map(|item| item_lines(item, indent)).collect(),
    }
}

fn item_lines(item: &New, indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    match item {
        New::Map(entries) if !entries.is_empty() => {
            let mut lines = block(item, indent + 2);
            lines[0].replace_range(indent..indent + 1, "-");
            lines
        }
        New::Map(_) | New::List(_) => vec![format!("{pad}- {}", flow(item))],
        _ => behind(&format!("{pad}-"), item, indent + 2),
    }
}

/// A value behind its key or dash, or on the lines below it.
fn behind(lead: &str, value: &New, indent: usize) -> Vec<String> {
    match value {
        New::List(items) if !items.is_empty() => [vec![lead.to_owned()], block(value, indent)].concat(),
        New::Map(entries) if !entries.is_empty() => [vec![lead.to_owned()], block(value, indent)].concat(),
        New::Text(text) if is_block_text(text) => {
            let kept = text.trim_end_matches('\n');
            let sigil = if kept.len() == text.len() { "|-" } else { "|" };
            let pad = " ".repeat(indent);
            let lines =
                kept.split('\n').map(|line| if line.is_empty() { String::new() } else { format!("{pad}{line}") });
            [format!("{lead} {sigil}")].into_iter().chain(lines).collect()
        }
        _ => vec![format!("{lead} {}", one_line(value))],
    }
}

/// Whether a text reads well, and the same, as a block of lines.
fn is_block_text(text: &str) -> bool {
    let kept = text.strip_suffix('\n').unwrap_or(text);
    let odd = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{85}');
    kept.contains('\n')
        && !kept.starts_with([' ', '\n'])
        && !kept.ends_with('\n')
        && !kept.contains(odd)
        && kept.split('\n').all(|line| line.trim() == line || !line.trim().is_empty())
}

fn one_line(value: &New) -> String {
    match value {
        New::Text(text) => scalar::inline(text),
        New::Bare(text) => text.clone(),
        other => flow(other),
    }
}

mod order;
#[cfg(test)]
mod tests;
