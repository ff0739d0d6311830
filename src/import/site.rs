//! The records that a site has before an import, found by what they are and not by their file's name; and writing files.
//!
//! Of a record it reads only what it is recognised by.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::import::Failure;
use crate::import::draft::Kind;
use crate::import::lay::Form;
use crate::source::FileId;
use crate::syntax::front_matter;
use crate::syntax::yaml::{Node, parse_at};
use crate::value::slug;
use crate::value::symbol;

/// A record that is there.
#[derive(Debug, Clone)]
pub struct Present {
    /// Its kind.
    pub kind: Kind,
    /// Its ID: the file's stem.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// How the file is written.
    pub form: Form,
    /// The file's text.
    pub text: String,
    /// What it is recognised by.
    pub key: Key,
}

/// What a record is recognised by; empty where its file cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Key {
    /// A procedure's code.
    pub code: Option<String>,
    /// A document's normalised symbol.
    pub symbol: Option<String>,
    /// A document's day, as written.
    pub issued_on: Option<String>,
    /// The slug of a document's issuer.
    pub issuer: Option<String>,
    /// The slug of its title.
    pub title: String,
    /// The slug of a contact's street.
    pub street: Option<String>,
}

/// Everything that is there, by kind and ID.
#[derive(Debug, Default)]
pub struct Site {
    records: BTreeMap<(Kind, String), Present>,
}

impl Site {
    /// Reads what a site has.
    ///
    /// # Errors
    /// Where a folder or a file is there and cannot be read.
    pub fn read(root: &Path) -> Result<Site, Failure> {
        let mut files = Vec::new();
        for kind in Kind::ALL.iter().copied() {
            let folder = root.join("content").join(kind.folder());
            if folder.is_dir() {
                files.extend(paths(&folder)?.into_iter().map(|path| (kind, path)));
            }
        }
        let present: Vec<Present> = files.into_par_iter().map(present).collect::<Result<_, _>>()?;
        Ok(Site { records: present.into_iter().map(|p| ((p.kind, p.id.clone()), p)).collect() })
    }

    /// The records of a kind, in the order of their IDs.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Present> {
        self.records.values().filter(move |present| present.kind == kind)
    }

    /// The record with an ID.
    pub fn get(&self, kind: Kind, id: &str) -> Option<&Present> {
        self.records.get(&(kind, id.to_owned()))
    }
}

fn paths(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    let mut paths = Vec::new();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name())) {
        let entry = entry.map_err(|error| Failure::at(folder)(error.into()))?;
        if entry.file_type().is_file() && stem_and_form(entry.path()).is_some() {
            paths.push(entry.into_path());
        }
    }
    Ok(paths)
}

/// The ID and the form of a record's file; none for overlays (`ID.en.yaml`) and other files.
fn stem_and_form(path: &Path) -> Option<(String, Form)> {
    let form = match path.extension()?.to_str()? {
        "yaml" | "yml" => Form::Yaml,
        "md" => Form::FrontMatter,
        _ => return None,
    };
    let stem = path.file_stem()?.to_str()?;
    (!stem.contains('.')).then(|| (stem.to_owned(), form))
}

fn present((kind, path): (Kind, PathBuf)) -> Result<Present, Failure> {
    let (id, form) = stem_and_form(&path).expect("only files with a stem and a form were listed");
    let bytes = fs::read(&path).map_err(Failure::at(&path))?;
    // Bytes that are no text make a key that fits nothing, and are never laid over.
    let text = String::from_utf8(bytes).unwrap_or_else(|_| "\u{0}".to_owned());
    let key = root(&text, form).map(|node| Key::of(&node)).unwrap_or_default();
    Ok(Present { kind, id, path, form, text, key })
}

impl Present {
    /// The record's keys; none where its file cannot be read.
    pub fn root(&self) -> Option<Node> {
        root(&self.text, self.form)
    }
}

fn root(text: &str, form: Form) -> Option<Node> {
    let yaml = match form {
        Form::Yaml => 0..text.len(),
        Form::FrontMatter => front_matter::split(FileId::new(0), text).ok()?.yaml,
    };
    parse_at(FileId::new(0), &text[yaml.clone()], yaml.start).ok()
}

impl Key {
    fn of(node: &Node) -> Key {
        let text = |key: &str| node.get(key).and_then(Node::text);
        Key {
            code: text("code").map(|code| code.trim().to_owned()),
            symbol: text("symbol").and_then(symbol::normalise),
            issued_on: text("issued_on").map(str::to_owned),
            issuer: text("issuer").map(slug),
            title: text("title").map(slug).unwrap_or_default(),
            street: node.get("address").and_then(|address| address.get("street")).and_then(Node::text).map(slug),
        }
    }
}

/// Writes a file whole or not at all, making its folders.
///
/// # Errors
/// Where the disk will not have it.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}.new", std::process::id()));
    let moved = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    moved.map_err(|error| {
        // The first error is the one to tell; a leftover is hidden from builds.
        let _ = fs::remove_file(&beside);
        Failure::at(path)(error)
    })
}
