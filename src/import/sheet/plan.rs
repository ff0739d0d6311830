//! From rows to files: which record each row is, and what its file becomes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::import::draft::{Draft, Kind, Record};
use crate::import::lay::{self, Form, Laid};
use crate::import::memory::{Hashes, Memory, of_node};
use crate::import::sheet::fault::{Fault, Wrong};
use crate::import::sheet::identity::Identity;
use crate::import::sheet::row::{self, Row};
use crate::import::site::{Present, Site};
use crate::record::read::id_from;
use crate::say;
use crate::syntax::yaml::{Node, Value};

/// What an import does to one record.
#[derive(Debug)]
pub struct Change {
    /// The row it comes from.
    pub row: usize,
    /// Its ID.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// How the file is written.
    pub form: Form,
    /// Whether the file is there already.
    pub is_new: bool,
    /// The file's text before and after.
    pub before: String,
    /// The text after.
    pub after: String,
    /// What to remember.
    pub hashes: Hashes,
    /// Keys that change, with their value before and after, shortened.
    pub keys: Vec<(String, String, String)>,
    /// Keys that stay as staff wrote them although the sheet has another value.
    pub kept: Vec<String>,
}

impl Change {
    /// Whether the file changes.
    pub fn is_change(&self) -> bool {
        self.before != self.after
    }
}

/// Plans the records of one kind.
pub struct Planner<'a> {
    kind: Kind,
    site: &'a Site,
    memory: &'a Memory,
    present: Vec<(&'a Present, Option<Node>, Option<Identity>)>,
    /// The keys that have a column.
    columns: Vec<&'a str>,
    overwrite: bool,
    root: PathBuf,
    taken: BTreeMap<String, usize>,
    seen: Vec<(Identity, usize)>,
}

impl<'a> Planner<'a> {
    /// A planner for the records of a kind. `columns` are the keys that the sheet has; with `overwrite` the sheet wins over
    /// what staff wrote by hand.
    pub fn new(
        kind: Kind,
        site: &'a Site,
        memory: &'a Memory,
        columns: Vec<&'a str>,
        overwrite: bool,
        root: PathBuf,
    ) -> Self {
        let known = |present: &'a Present| {
            let node = present.root();
            let identity = node.as_ref().and_then(|node| Identity::of_node(kind, node));
            (present, node, identity)
        };
        let present = site.of(kind).map(known).collect();
        Planner { kind, site, memory, present, columns, overwrite, root, taken: BTreeMap::new(), seen: Vec::new() }
    }

    /// What becomes of a row's record.
    ///
    /// # Errors
    /// Where another row is the same record, the ID is none, or the record's file cannot be changed.
    pub fn plan(&mut self, row: &Row, sheet: &str, column: usize) -> Result<Change, Box<Fault>> {
        let at = |wrong: Wrong| Box::new(wrong.at(sheet, row.number, column));
        let identity = Identity::of_record(&row.record);
        if let Some(identity) = &identity {
            let first = self.seen.iter().find(|(seen, _)| seen.is_same(identity)).map(|(_, first)| *first);
            if let Some(first) = first.filter(|_| row.id.is_none()) {
                return Err(at(row::doubled(first)));
            }
            self.seen.push((identity.clone(), row.number));
        }
        let (id, present) = self.whose(row, identity.as_ref()).map_err(at)?;
        if let Some(first) = self.taken.insert(id.clone(), row.number) {
            return Err(at(row::doubled(first)));
        }
        let laid = self.lay(&id, present, &row.record).map_err(at)?;
        Ok(self.change(row, id, present, laid))
    }

    /// The ID of a row's record, and the record that is there already.
    fn whose(&self, row: &Row, identity: Option<&Identity>) -> Result<(String, Option<&'a Present>), Wrong> {
        if let Some(id) = &row.id {
            let slug = id_from(id);
            if slug != *id {
                let wrong = Wrong::new(say!("`{id}` không phải là mã bản ghi", "`{id}` is no record ID"));
                return Err(wrong.help(say!("có phải `{slug}`?", "did you mean `{slug}`?")));
            }
            return Ok((id.clone(), self.site.get(self.kind, id)));
        }
        let same = |(_, _, known): &&(&Present, Option<Node>, Option<Identity>)| {
            known.as_ref().zip(identity).is_some_and(|(known, own)| known.is_same(own))
        };
        match self.present.iter().find(same) {
            Some((present, ..)) => Ok((present.id.clone(), Some(present))),
            None => Ok((self.new_id(&row.record), None)),
        }
    }

    fn new_id(&self, record: &Record) -> String {
        let text = |key: &str| match record.get(key) {
            Some(Draft::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let base = match self.kind {
            Kind::Document => id_from(&text("symbol")),
            Kind::Statistics => statistics_id(record).unwrap_or_default(),
            _ => id_from(&text("title")),
        };
        let base = if base.is_empty() { self.kind.word().to_owned() } else { base };
        let is_free = |id: &String| self.site.get(self.kind, id).is_none() && !self.taken.contains_key(id);
        let numbered = (2..).map(|number| format!("{}-{number}", base.chars().take(76).collect::<String>()));
        std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or_default()
    }

    /// The record laid over its file. Keys without a column stay as they are, and so does what is remembered of them.
    fn lay(&self, id: &str, present: Option<&Present>, record: &Record) -> Result<Laid, Wrong> {
        let Some(present) = present else { return Ok(lay::fresh(record)) };
        let remembered = self.memory.get(&self.name(id)).cloned().unwrap_or_default();
        let (mut own, others): (Hashes, Hashes) =
            remembered.into_iter().partition(|(key, _)| self.columns.contains(&key.as_str()));
        if self.overwrite {
            own = present.root().map(|root| hashes(&root, &self.columns)).unwrap_or_default();
        }
        let mut laid = lay::over(&present.text, present.form, record, &own).map_err(|_| {
            let path = present.path.strip_prefix(&self.root).unwrap_or(&present.path).display();
            Wrong::new(say!(
                "tệp {path} của bản ghi này có lỗi, không sửa được",
                "this record's file {path} is faulty and cannot be changed"
            ))
            .help(say!("sửa tệp trước (`minhbach check`)", "mend the file first (`minhbach check`)"))
        })?;
        laid.hashes.extend(others);
        // What was made up for the row, such as a title, is no value of the sheet.
        laid.kept.retain(|key| self.columns.contains(&key.as_str()));
        Ok(laid)
    }

    /// The name of a record in the memory.
    pub fn name(&self, id: &str) -> String {
        format!("{}:{id}", self.kind.word())
    }

    fn change(&self, row: &Row, id: String, present: Option<&Present>, laid: Laid) -> Change {
        let folder = self.root.join("content").join(self.kind.folder());
        let path = present.map_or_else(|| folder.join(format!("{id}.yaml")), |present| present.path.clone());
        let before = present.map(|present| present.text.clone()).unwrap_or_default();
        let node = present.and_then(Present::root);
        let changed = self.columns.iter().filter(|key| !laid.kept.iter().any(|kept| kept.as_str() == **key));
        let keys = changed.filter_map(|key| {
            let old = node.as_ref().and_then(|node| node.get(key)).map(written).unwrap_or_default();
            let new = row.record.get(key).map(told).unwrap_or_default();
            (old != new && present.is_some()).then(|| ((*key).to_owned(), old, new))
        });
        let keys = keys.collect();
        Change {
            row: row.number,
            path,
            form: present.map_or(Form::Yaml, |present| present.form),
            is_new: present.is_none(),
            before,
            after: laid.text,
            hashes: laid.hashes,
            keys,
            kept: laid.kept,
            id,
        }
    }
}

/// As the sample's: the category and the first month, or the days.
fn statistics_id(record: &Record) -> Option<String> {
    let Some(Draft::Text(category)) = record.get("category") else { return None };
    let word = match category.as_str() {
        "feedback" => "phan-anh",
        "complaint" => "khieu-nai",
        "denunciation" => "to-cao",
        other => other,
    };
    let (start, end) = row::period(record)?;
    let months = i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month()) + 1;
    let whole = start.day() == 1 && end == end.month_end();
    let span = match (whole, months) {
        (true, 1) => format!("{}-{:02}", start.year(), start.month()),
        (true, 3) if start.month() % 3 == 1 => format!("{}-quy-{}", start.year(), start.month() / 3 + 1),
        (true, 12) if start.month() == 1 => start.year().to_string(),
        _ => format!("{start}-{end}"),
    };
    Some(id_from(&format!("{word}-{span}")))
}

/// The hashes of what a file has under some keys.
fn hashes(root: &Node, keys: &[&str]) -> Hashes {
    keys.iter().filter_map(|key| Some(((*key).to_owned(), of_node(root.get(key)?)))).collect()
}

/// A value of a file, for people.
fn written(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Scalar(scalar) => scalar.text.trim_end().to_owned(),
        Value::List(items) => items.iter().map(written).collect::<Vec<_>>().join("; "),
        Value::Map(entries) => entries
            .iter()
            .map(|entry| format!("{} {}", entry.key.text, written(&entry.value)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// A value of a row, for people.
fn told(draft: &Draft) -> String {
    match draft {
        Draft::Text(text) => text.trim_end().to_owned(),
        Draft::Int(number) => number.to_string(),
        Draft::Number(number) => number.to_string(),
        Draft::Date(date) => date.to_string(),
        Draft::Bool(yes) => yes.to_string(),
        Draft::List(items) => items.iter().map(told).collect::<Vec<_>>().join("; "),
        Draft::Map(entries) => {
            entries.iter().map(|(key, value)| format!("{key} {}", told(value))).collect::<Vec<_>>().join(", ")
        }
    }
}
