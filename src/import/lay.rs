//! Lays a draft over the text of a record without losing what staff wrote: pure, one record at a time.
//!
//! A key that is still as the last import wrote it follows the source; a key that staff changed, added or removed stays. Only
//! the bytes of a changed key's block are replaced, so comments, order and quoting of everything else stay. It merges no
//! value in part: a list in which staff changed one item is the staff's list.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::import::draft::Record;
use crate::import::memory::{Hashes, of_draft, of_node};
use crate::import::yaml;
use crate::source::FileId;
use crate::syntax::front_matter;
use crate::syntax::yaml::{Entry, Value, parse_at};

/// A record's text after the import.
#[derive(Debug, PartialEq, Eq)]
pub struct Laid {
    /// The whole text of the file.
    pub text: String,
    /// What to remember.
    pub hashes: Hashes,
    /// Keys that staff wrote, removed or changed, and whose value in the source is another.
    pub kept: Vec<String>,
    /// Those of them that changed in the source too since the last import.
    pub conflicts: Vec<String>,
}

/// A file that is not touched: it is no YAML, or not one key a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable;

/// A record that is not there yet.
pub fn fresh(record: &Record) -> Laid {
    let hashes = record.keys.iter().map(|(key, value)| ((*key).to_owned(), of_draft(value))).collect();
    Laid { text: yaml::record(record), hashes, kept: Vec::new(), conflicts: Vec::new() }
}

/// The record laid over the text of its file; `remembered` is what the last import wrote.
///
/// # Errors
/// Where the text cannot be read or changed key by key.
pub fn over(text: &str, form: Form, record: &Record, remembered: &Hashes) -> Result<Laid, Unreadable> {
    let yaml = match form {
        Form::Yaml => 0..text.len(),
        Form::FrontMatter => front_matter::split(FileId::new(0), text).map_err(|_| Unreadable)?.yaml,
    };
    let sheet = Sheet::read(text, yaml)?;
    let mut laid = Laid { text: String::new(), hashes: Hashes::new(), kept: Vec::new(), conflicts: Vec::new() };
    let mut edits = Vec::new();
    for key in keys(record, remembered) {
        let here = sheet.entry(key).map(|entry| of_node(&entry.value));
        let source = record.get(key).map(of_draft);
        let before = remembered.get(key);
        if here != source && here.as_ref() == before {
            edits.push(sheet.edit(key, record));
        } else if here != source {
            laid.kept.push(key.to_owned());
            if before.is_some() && before != source.as_ref() {
                laid.conflicts.push(key.to_owned());
            }
        }
        laid.hashes.extend(source.map(|hash| (key.to_owned(), hash)));
    }
    laid.text = apply(text, edits);
    Ok(laid)
}

/// How a record's file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// All of it is YAML.
    Yaml,
    /// YAML between `---` fences, Markdown below.
    FrontMatter,
}

/// The keys that the source has or had, in the kind's order.
fn keys<'a>(record: &'a Record, remembered: &'a Hashes) -> Vec<&'a str> {
    let all: BTreeSet<&str> =
        record.keys.iter().map(|(key, _)| *key).chain(remembered.keys().map(String::as_str)).collect();
    let mut all: Vec<&str> = all.into_iter().collect();
    all.sort_by_key(|key| record.kind.rank(key));
    all
}

/// A record's text with its top-level keys.
struct Sheet<'a> {
    text: &'a str,
    yaml: Range<usize>,
    entries: Vec<Entry>,
}

/// Bytes to replace, and what with.
struct Edit {
    range: Range<usize>,
    block: String,
}

impl<'a> Sheet<'a> {
    fn read(text: &'a str, yaml: Range<usize>) -> Result<Self, Unreadable> {
        let root = parse_at(FileId::new(0), &text[yaml.clone()], yaml.start).map_err(|_| Unreadable)?;
        let entries = match root.value {
            Value::Map(entries) => entries,
            Value::Null => Vec::new(),
            Value::Scalar(_) | Value::List(_) => return Err(Unreadable),
        };
        let sheet = Sheet { text, yaml, entries };
        let one_a_line = sheet.entries.iter().all(|entry| sheet.line_start(entry) == entry.key.span.start as usize);
        if one_a_line { Ok(sheet) } else { Err(Unreadable) }
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.text == key)
    }

    fn line_start(&self, entry: &Entry) -> usize {
        let before = &self.text[..entry.key.span.start as usize];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        start + if before[start..].starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// The lines of a key and its value. Comments and blank lines below them belong to the next key.
    fn block(&self, entry: &Entry) -> Range<usize> {
        let end = entry.key.span.end.max(entry.value.span.end) as usize;
        let written = self.text[..end].trim_end().len().max(entry.key.span.end as usize);
        let line_end = self.text[written..].find('\n').map_or(self.text.len(), |at| written + at + 1);
        self.line_start(entry)..line_end.min(self.yaml.end)
    }

    /// The change that gives a key the source's value: replace, remove or insert its block.
    fn edit(&self, key: &str, record: &Record) -> Edit {
        let written = record.keys.iter().find(|(name, _)| *name == key);
        let block = written.map_or(String::new(), |(name, value)| yaml::block(name, value));
        let range = self.entry(key).map_or_else(|| self.gap(key, record), |entry| self.block(entry));
        Edit { range, block: if self.text.contains("\r\n") { block.replace('\n', "\r\n") } else { block } }
    }

    /// Where a new key goes: behind the last of those that come before it in the kind's order.
    fn gap(&self, key: &str, record: &Record) -> Range<usize> {
        let rank = record.kind.rank(key);
        let before = self.entries.iter().rfind(|entry| record.kind.rank(&entry.key.text) < rank);
        let first = || self.entries.first().map_or(self.yaml.end, |entry| self.line_start(entry));
        let at = before.map_or_else(first, |entry| self.block(entry).end);
        at..at
    }
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        if !edit.block.is_empty() && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&edit.block);
        at = edit.range.end;
    }
    out + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::draft::{Draft, Kind};

    fn draft(title: &str, field: Option<&str>) -> Record {
        let text = |text: &str| Some(Draft::text(text));
        Record::new(
            Kind::Procedure,
            [
                ("code", text("2.001620")),
                ("title", text(title)),
                ("field", field.and_then(text)),
                ("keywords", Some(Draft::texts(["a", "b"]))),
            ],
        )
    }

    fn again(text: &str, old: &Record, new: &Record) -> Laid {
        over(text, Form::Yaml, new, &fresh(old).hashes).unwrap()
    }

    #[test]
    fn the_same_again_changes_no_byte() {
        let record = draft("Cấp giấy", Some("Rượu"));
        let first = fresh(&record);
        let second = again(&first.text, &record, &record);
        assert_eq!(first, second);
    }

    #[test]
    fn newer_values_replace_only_their_own_lines() {
        let text = "# Ghi chú\ncode: '2.001620'\n\n# tên\ntitle: Cấp giấy # cũ\nsummary: Của tôi\nfield:   Rượu\nkeywords: [a, b]\n";
        let laid = again(text, &draft("Cấp giấy", Some("Rượu")), &draft("Cấp phép", Some("Rượu")));
        assert_eq!(laid.text, text.replace("title: Cấp giấy # cũ", "title: Cấp phép"));
        assert!(laid.kept.is_empty());
    }

    #[test]
    fn what_staff_changed_stays_and_a_change_on_both_sides_is_a_conflict() {
        let text = "code: \"2.001620\"\ntitle: Tên của tôi\nkeywords:\n  - a\n";
        let old = draft("Cấp giấy", Some("Rượu"));
        let same = again(text, &old, &old);
        assert_eq!((same.text.as_str(), same.kept.len(), same.conflicts.len()), (text, 3, 0));
        let newer = again(text, &old, &draft("Cấp phép", Some("Bia")));
        assert_eq!(newer.text, text);
        assert_eq!(newer.conflicts, ["title", "field"]);
    }

    #[test]
    fn keys_come_and_go_with_the_source() {
        let (with, without) = (draft("A", Some("Rượu")), draft("A", None));
        let removed = again(&fresh(&with).text, &with, &without);
        assert_eq!(removed.text, fresh(&without).text);
        let back = again(&removed.text, &without, &with);
        assert_eq!(back.text, fresh(&with).text);
    }

    #[test]
    fn a_record_that_staff_made_is_completed() {
        let laid = over("code: \"2.001620\"\ntitle: Tôi viết", Form::Yaml, &draft("Cấp", Some("Rượu")), &Hashes::new())
            .unwrap();
        assert_eq!(laid.text, "code: \"2.001620\"\ntitle: Tôi viết\nfield: Rượu\nkeywords:\n  - a\n  - b\n");
        assert_eq!((laid.kept, laid.conflicts), (vec!["title".to_owned()], vec![]));
    }

    #[test]
    fn front_matter_keeps_its_body() {
        let text = "---\ncode: \"2.001620\"\ntitle: A\n---\n\nThân bài\n";
        let laid = over(text, Form::FrontMatter, &draft("A", Some("Rượu")), &Hashes::new()).unwrap();
        assert_eq!(
            laid.text,
            "---\ncode: \"2.001620\"\ntitle: A\nfield: Rượu\nkeywords:\n  - a\n  - b\n---\n\nThân bài\n"
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_touched() {
        for text in ["{code: x, title: y}\n", "title: [\n", "- a\n"] {
            assert_eq!(over(text, Form::Yaml, &draft("A", None), &Hashes::new()), Err(Unreadable));
        }
    }
}
