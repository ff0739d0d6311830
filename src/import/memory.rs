//! What the last import wrote, as short hashes: how an import tells its own values from those that staff changed.
//!
//! Kept in `content/.import/`, under version control and out of every build. A lost memory loses no work: values that are
//! as the import would write them are taken for its own again, all others for the staff's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest, Sha256};

use crate::import::Failure;
use crate::import::draft::Draft;
use crate::syntax::yaml::{Node, Value};

/// The hashes of one record's values, by key.
pub type Hashes = BTreeMap<String, String>;

/// The hashes of everything that an importer wrote, by record.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Memory {
    records: BTreeMap<String, Hashes>,
}

impl Memory {
    /// The memory of one importer, in a site.
    pub fn path(root: &Path, importer: &str) -> PathBuf {
        root.join("content/.import").join(format!("{importer}.json"))
    }

    /// Reads a memory. One that is missing or garbled is empty.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    pub fn load(path: &Path) -> Result<Memory, Failure> {
        match fs::read(path) {
            Ok(bytes) => Ok(Memory { records: serde_json::from_slice(&bytes).unwrap_or_default() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Memory::default()),
            Err(error) => Err(Failure::at(path)(error)),
        }
    }

    /// The memory as text: one record a line, so that versions compare well.
    pub fn text(&self) -> String {
        let line = |(name, hashes)| format!("  {}: {}", json(name), json(hashes));
        let lines: Vec<String> = self.records.iter().map(line).collect();
        format!("{{\n{}\n}}\n", lines.join(",\n"))
    }

    /// What was written of a record.
    pub fn get(&self, record: &str) -> Option<&Hashes> {
        self.records.get(record)
    }

    /// Remembers a record.
    pub fn set(&mut self, record: String, hashes: Hashes) {
        self.records.insert(record, hashes);
    }
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("texts and maps of texts can be written as JSON")
}

/// A short hash of a text.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of a value, however it is written.
pub fn of_node(node: &Node) -> String {
    let mut canon = String::new();
    write_node(node, &mut canon);
    hash(&canon)
}

/// The hash that a draft's value will have in the file.
pub fn of_draft(draft: &Draft) -> String {
    let mut canon = String::new();
    write_draft(draft, &mut canon);
    hash(&canon)
}

fn write_node(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push('~'),
        Value::Scalar(scalar) => write_text(&scalar.text, out),
        Value::List(items) => {
            out.push('[');
            items.iter().for_each(|item| write_node(item, out));
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for entry in entries {
                write_text(&entry.key.text, out);
                write_node(&entry.value, out);
            }
            out.push('}');
        }
    }
}

fn write_draft(draft: &Draft, out: &mut String) {
    match draft {
        Draft::Text(text) => write_text(text, out),
        Draft::Int(number) => write_text(&number.to_string(), out),
        Draft::Number(number) => write_text(&number.to_string(), out),
        Draft::Date(date) => write_text(&date.to_string(), out),
        Draft::Bool(yes) => write_text(&yes.to_string(), out),
        Draft::List(items) => {
            out.push('[');
            items.iter().for_each(|item| write_draft(item, out));
            out.push(']');
        }
        Draft::Map(entries) => {
            out.push('{');
            for (key, value) in entries {
                write_text(key, out);
                write_draft(value, out);
            }
            out.push('}');
        }
    }
}

/// A text with its length, so that no two values have one form.
fn write_text(text: &str, out: &mut String) {
    let text = text.trim_end_matches('\n');
    out.push_str(&format!("{}:{text}", text.len()));
}
