//! Reads a record as a build would read its file, and tells what is wrong with it at the cells that it comes from. So a sheet is held to
//! exactly what `check` holds records to, before anything is written.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::import::lay::Form;
use crate::import::sheet::fault::{Fault, Wrong};
use crate::import::sheet::header::Header;
use crate::import::sheet::plan::Change;
use crate::record::kind::KindName;
use crate::record::read::read_nameless;
use crate::record::shape::Need;
use crate::source::{FileId, Snapshot, Span};
use crate::syntax::front_matter;
use crate::syntax::yaml::{self, Node, Value};

/// What is wrong with a record that a row describes, as far as it is the row's doing.
pub fn faults(change: &Change, kind: KindName, sheet: &str, header: &Header) -> Vec<Fault> {
    let ending = if change.form == Form::Yaml { "yaml" } else { "md" };
    let path = format!("content/{}/{}.{ending}", kind.folder(), change.id);
    let snapshot = Snapshot::from_texts([(path.as_str(), change.after.as_str())]);
    let file = FileId::new(0);
    let found = read_nameless(&snapshot, kind, file);
    let root = root(change);
    let errors = found.faults.into_iter().filter(|fault| fault.level == Level::Error);
    errors.filter_map(|fault| located(fault, root.as_ref(), change, kind, sheet, header)).collect()
}

fn root(change: &Change) -> Option<Node> {
    let text = &change.after;
    let range = match change.form {
        Form::Yaml => 0..text.len(),
        Form::FrontMatter => front_matter::split(FileId::new(0), text).ok()?.yaml,
    };
    yaml::parse_at(FileId::new(0), &text[range.clone()], range.start).ok()
}

/// The fault at its cell; none where it is in a key that the sheet has no column for.
fn located(
    fault: Diagnostic,
    root: Option<&Node>,
    change: &Change,
    kind: KindName,
    sheet: &str,
    header: &Header,
) -> Option<Fault> {
    let path = root.map(|root| path_to(root, fault.place)).unwrap_or_default();
    let column = column_of(&path, header);
    let is_missing = fault.code == Code::MissingKey;
    let (row, column) = match (column, path.is_empty()) {
        (Some(column), _) => (change.row, column),
        // The record as a whole lacks a key: of a new record it is the sheet's to give, for all rows alike where no column has it.
        (None, true) if is_missing => {
            let key = fault.message.en.split('`').nth(1).unwrap_or_default();
            let always = kind.full_shape().field(key).is_some_and(|field| field.need == Need::Required);
            match column_of(key, header) {
                Some(column) => (change.row, column),
                // Made up from the period and the category, which are told.
                None if kind == KindName::Statistics && key == "title" => return None,
                None if always && change.is_new => (header.row, header.first()),
                None if always => return None,
                None => (change.row, header.first()),
            }
        }
        (None, true) => (change.row, header.first()),
        (None, false) => return None,
    };
    let wrong = Wrong { message: fault.message, help: fault.help };
    Some(Fault { is_missing, ..wrong.at(sheet, row, column) })
}

/// The keys that lead to a place: `phones[2].number`.
fn path_to(root: &Node, place: Span) -> String {
    let (mut node, mut path) = (root, String::new());
    if place == Span::top(place.file) {
        return path;
    }
    loop {
        let inside = |span: Span| span.start <= place.start && place.start < span.end.max(span.start + 1);
        match &node.value {
            Value::Map(entries) => {
                // A fault at a key is a fault of its value.
                let entry = entries.iter().rev().find(|entry| entry.key.span.start <= place.start);
                let Some(entry) = entry.filter(|entry| inside(entry.key.span) || inside(entry.value.span)) else {
                    return path;
                };
                path = if path.is_empty() { entry.key.text.clone() } else { format!("{path}.{}", entry.key.text) };
                node = &entry.value;
            }
            Value::List(items) => {
                let Some(at) = items.iter().rposition(|item| item.span.start <= place.start) else { return path };
                path = format!("{path}[{}]", at + 1);
                node = &items[at];
            }
            Value::Null | Value::Scalar(_) => return path,
        }
    }
}

/// The column of a key: its own, that of the nearest key around it, or the first of its parts.
fn column_of(path: &str, header: &Header) -> Option<usize> {
    if path.is_empty() {
        return None;
    }
    let whole = |key: &crate::import::sheet::columns::Target| match &key.count {
        Some(count) => format!("{}.{count}", key.path),
        None => key.path.clone(),
    };
    let own = |path: &str| header.keys().find(|(key, _)| whole(key) == path).map(|(_, column)| column);
    let around = |mut path: &str| {
        while let Some(at) = path.rfind(['.', '[']) {
            path = &path[..at];
            if let Some(column) = own(path) {
                return Some(column);
            }
        }
        None
    };
    let part = || {
        let top = path.split(['.', '[']).next().unwrap_or_default();
        let starts = |key: &str, with: &str| key.strip_prefix(with).is_some_and(|rest| rest.starts_with(['.', '[']));
        let parts = |with: &str| header.keys().filter(|(key, _)| starts(&whole(key), with)).map(|(_, at)| at).min();
        parts(path).or_else(|| parts(top))
    };
    own(path).or_else(|| around(path)).or_else(part)
}
