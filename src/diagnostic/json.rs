//! Faults for programs: one JSON object.

use serde::Serialize;

use crate::diagnostic::place::Place;
use crate::diagnostic::{Diagnostic, Diagnostics, Fix, Language, Level};
use crate::source::Snapshot;

/// What stands beside the faults.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Summary {
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// How many records were read.
    pub records: usize,
    /// How many pages were made.
    pub pages: usize,
}

/// The object that `--format json` prints.
pub fn render(
    diagnostics: &Diagnostics,
    snapshot: &Snapshot,
    language: Language,
    records: usize,
    pages: usize,
) -> String {
    let list: Vec<Fault<'_>> = diagnostics.iter().map(|diagnostic| Fault::of(diagnostic, snapshot, language)).collect();
    let (errors, warnings) = (diagnostics.count(Level::Error), diagnostics.count(Level::Warning));
    let report = Report { diagnostics: list, summary: Summary { errors, warnings, records, pages } };
    serde_json::to_string_pretty(&report).expect("the report holds only texts and numbers")
}

#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<Fault<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Fault<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Change<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    related: Vec<Other<'a>>,
}

/// A change that mends the fault.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Change<'a> {
    /// Other text at some places.
    Replacements(Vec<New<'a>>),
    /// Another name for the file, without its ending.
    RenameTo(&'a str),
}

#[derive(Serialize)]
struct New<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

impl<'a> Change<'a> {
    fn of(fix: &'a Fix, snapshot: &'a Snapshot) -> Self {
        match fix {
            Fix::Rename(stem) => Change::RenameTo(stem),
            Fix::Replace(all) => Change::Replacements(
                all.iter().map(|new| New { place: Place::of(snapshot, new.place), text: &new.text }).collect(),
            ),
        }
    }
}

#[derive(Serialize)]
struct Other<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

impl<'a> Fault<'a> {
    fn of(diagnostic: &'a Diagnostic, snapshot: &'a Snapshot, language: Language) -> Self {
        let other = |related: &'a crate::diagnostic::Related| Other {
            message: related.message.get(language),
            place: Place::of(snapshot, related.place),
        };
        Fault {
            code: diagnostic.code.name(),
            level: diagnostic.level.name(),
            message: diagnostic.message.get(language),
            place: Place::of(snapshot, diagnostic.place),
            help: diagnostic.help.as_ref().map(|help| help.get(language)),
            fix: diagnostic.fix.as_ref().map(|fix| Change::of(fix, snapshot)),
            record: diagnostic.record.as_deref(),
            related: diagnostic.related.iter().map(other).collect(),
        }
    }
}
