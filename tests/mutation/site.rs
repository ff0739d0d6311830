//! The sample's records, and around each only those that name it or that it names: enough to see every fault that breaking
//! it can cause, and small enough to be read many thousand times.

use std::collections::BTreeMap;
use std::path::Path;

use minhbach::diagnostic::Code;
use minhbach::site::{self, Day, Options};
use minhbach::source::Snapshot;
use minhbach::value::date::Date;

use super::outline::Place;

/// A fault: its file, its code, its place.
pub type Fault = (String, Code, Place);

/// The configuration for records: what the sample's own says, without what has nothing to do with them.
const CONFIG: &str = "title: Trang\nagency: x\nbase_url: https://example.gov.vn\nportal:\n  procedure_url: https://example.gov.vn/{code}\n";

/// Texts by path.
pub type Texts = BTreeMap<String, String>;

/// The records below a folder that holds `content/`, without overlays; attachments without their bytes.
pub fn records(folder: &Path) -> Texts {
    let entries = walkdir::WalkDir::new(folder.join("content")).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let named = files.map(|path| (path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), path));
    let own = named.filter(|(name, _)| !name.contains(".en.") && !name.contains("/."));
    own.map(|(name, path)| {
        let is_file = name.starts_with("content/files/");
        (name, if is_file { String::new() } else { std::fs::read_to_string(path).unwrap() })
    })
    .collect()
}

/// Which records stand around one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those that it names.
    Named,
    /// Those that name it, too: they may be told of what is wrong with it.
    Both,
}

/// The site around the record at `path`.
pub fn around(all: &Texts, path: &str, reach: Reach) -> Texts {
    let is_config = path == "content/site.yaml";
    let text = &all[path];
    let named_by = |other: &str, written: &str| names(path, text).any(|name| holds(written, &name)) && other != path;
    let beside = |other: &str, written: &str| match other.split('/').nth(1) {
        Some("site.yaml") => false,
        Some("files") => true,
        // The configuration names words of theirs, and its own change what is told of others.
        Some(folder) if is_config => matches!(folder, "agencies" | "contacts"),
        _ => names(other, written).any(|name| holds(text, &name)) || reach == Reach::Both && named_by(other, written),
    };
    let chosen = all.iter().filter(|(other, written)| beside(other, written));
    let mut site: Texts = chosen.map(|(other, written)| (other.clone(), written.clone())).collect();
    site.insert("content/agencies/x.yaml".to_owned(), "title: X\n".to_owned());
    site.insert("content/site.yaml".to_owned(), CONFIG.to_owned());
    site.insert(path.to_owned(), text.clone());
    site
}

/// What a record is called: its ID, and its code or symbol.
fn names<'a>(path: &'a str, text: &'a str) -> impl Iterator<Item = String> + 'a {
    let stem = path.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    let key = |line: &'a str| line.strip_prefix("code: ").or_else(|| line.strip_prefix("symbol: "));
    let keys = text.lines().filter_map(key).map(|value| value.trim_matches('"').to_owned());
    // The part of a code before its suffix is a name, too.
    keys.flat_map(|key| [key.chars().take(8).collect(), key]).chain([stem.to_owned()])
}

/// Whether a text holds a name as a whole word.
fn holds(text: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '_');
    text.match_indices(name)
        .any(|(at, _)| !text[..at].ends_with(is_word) && !text[at + name.len()..].starts_with(is_word))
}

/// Everything that is told of a site, in order.
pub fn faults(site: &Texts) -> Vec<Fault> {
    let snapshot = Snapshot::from_texts(site);
    let options = Options { as_of: Day::Of(Date::parse("2026-11-23").unwrap()), ..Options::default() };
    let loaded = site::load(&snapshot, &options);
    let told = loaded.diagnostics.iter().map(|fault| {
        let (start, _) = snapshot.locate(fault.place);
        let place = Place { line: start.line as usize - 1, column: start.column as usize - 1 };
        (snapshot.file(fault.place.file).path.to_string(), fault.code, place)
    });
    told.collect()
}
