//! Files of a site: front matter, YAML, and a record of any kind.

use minhbach::diagnostic::{Diagnostic, Diagnostics, Language, human, json};
use minhbach::record::kind::KindName;
use minhbach::site::{self, Day, Options};
use minhbach::source::{FileId, Snapshot, Span};
use minhbach::syntax::yaml::{Node, Value, parse_at};
use minhbach::syntax::{front_matter as fences, yaml as syntax};
use minhbach::value::date::Date;

const PATH: &str = "content/pages/a.md";

/// A text as the only file of a site, and the file's number.
fn alone(text: &str) -> (Snapshot, FileId) {
    let snapshot = Snapshot::from_texts([(PATH, text)]);
    let (file, _) = snapshot.find(PATH).expect("it was just put there");
    (snapshot, file)
}

/// A place is inside its text, and no character is cut.
fn is_a_place(text: &str, span: Span) {
    let range = span.start as usize..span.end as usize;
    assert!(text.get(range.clone()).is_some(), "{range:?} of {}", text.len());
}

/// Faults can be shown to people and to programs.
fn are_shown(faults: &[Diagnostic], snapshot: &Snapshot) {
    let faults = Diagnostics::new(faults.to_vec());
    for language in [Language::Vi, Language::En] {
        let shown = human::render(&faults, snapshot, language);
        assert!(faults.iter().all(|fault| shown.contains(fault.code.name())));
        let data: serde_json::Value = serde_json::from_str(&json::render(&faults, snapshot, language, 0, 0)).unwrap();
        assert_eq!(data["diagnostics"].as_array().map(Vec::len), Some(faults.iter().count()));
    }
}

/// The parts are the text between the fences and all below them; what has no fences is told at a place.
pub fn front_matter(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (snapshot, file) = alone(text);
    match fences::split(file, text) {
        Ok(parts) => {
            let (before, between) = (&text[..parts.yaml.start], &text[parts.yaml.end..parts.body.start]);
            assert_eq!(before.trim_start_matches('\u{feff}').trim_end(), "---");
            assert_eq!(between.trim_end(), "---");
            assert_eq!(parts.body.end, text.len());
            assert!(!text[parts.yaml].lines().any(|line| line.trim_end() == "---"));
        }
        Err(fault) => {
            is_a_place(text, fault.place);
            are_shown(&[*fault], &snapshot);
        }
    }
}

/// Every value and every fault has its place in the text, also where the YAML begins further down.
pub fn yaml(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (snapshot, file) = alone(text);
    let here = syntax::parse(file, text);
    match &here {
        Ok(root) => has_places(text, root),
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                is_a_place(text, fault.place);
                fault.related.iter().for_each(|related| is_a_place(text, related.place));
            }
            are_shown(faults, &snapshot);
        }
    }
    let below = format!("---\n{text}");
    let there = parse_at(file, &below[4..], 4);
    assert_eq!(here.is_ok(), there.is_ok());
    if let Ok(root) = &there {
        has_places(&below, root);
    }
}

fn has_places(text: &str, node: &Node) {
    is_a_place(text, node.span);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| has_places(text, item)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            is_a_place(text, entry.key.span);
            has_places(text, &entry.value);
        }),
        Value::Null | Value::Scalar(_) => {}
    }
}

/// The first byte is the kind, the others are a record of it. All faults have a place in a file, and a site is sound or has errors.
pub fn record(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let kind = KindName::ALL[usize::from(*kind) % KindName::ALL.len()];
    let ending = if bytes.starts_with(b"---") { "md" } else { "yaml" };
    let path = format!("content/{}/a.{ending}", kind.folder());
    let config = b"title: A\nagency: b\nbase_url: https://a.vn\nlanguages: [vi, en]\n".as_slice();
    let files = [("content/site.yaml", config), ("content/agencies/b.yaml", b"title: B\n".as_slice()), (&path, bytes)];
    let snapshot = Snapshot::from_texts(files);
    let day = Date::new(2026, 11, 23).map_or(Day::default(), Day::Of);
    let loaded = site::load(&snapshot, &Options { as_of: day, ..Options::default() });
    let faults: Vec<Diagnostic> = loaded.diagnostics.iter().cloned().collect();
    for fault in &faults {
        let (start, _) = snapshot.locate(fault.place);
        assert!(start.line > 0 && start.column > 0);
        if let Ok(text) = snapshot.text(fault.place.file) {
            is_a_place(text, fault.place);
        }
    }
    are_shown(&faults, &snapshot);
    assert!(loaded.site.is_some());
}
