//! Faults as a GitLab Code Quality report, which is a part of Code Climate's format: a JSON list.
//!
//! GitLab reads the text, the fingerprint, the severity, the path and the line; the rest is what Code Climate's own
//! specification asks of an issue, so that other readers take it too.

use serde::Serialize;

use crate::diagnostic::place::Place;
use crate::diagnostic::{Diagnostic, Diagnostics, Group, Language, Level, fingerprint};
use crate::source::Snapshot;

/// The report. `base` is the site's folder in the project, empty or with `/` at its end.
pub fn render(diagnostics: &Diagnostics, snapshot: &Snapshot, language: Language, base: &str) -> String {
    let prints = fingerprint::all(diagnostics, snapshot);
    let issues: Vec<Issue<'_>> = diagnostics
        .iter()
        .zip(prints)
        .map(|(diagnostic, print)| Issue::of(diagnostic, print, snapshot, language, base))
        .collect();
    serde_json::to_string_pretty(&issues).expect("the report holds only texts and numbers")
}

#[derive(Serialize)]
struct Issue<'a> {
    r#type: &'static str,
    check_name: &'static str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content<'a>>,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: String,
    location: Location,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_locations: Vec<Location>,
}

/// More to read: how to mend it.
#[derive(Serialize)]
struct Content<'a> {
    body: &'a str,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl<'a> Issue<'a> {
    fn of(fault: &'a Diagnostic, fingerprint: String, snapshot: &Snapshot, language: Language, base: &str) -> Self {
        let location = |span| {
            let Place { file, line: begin, end_line: end, .. } = Place::of(snapshot, span);
            Location { path: format!("{base}{file}"), lines: Lines { begin, end } }
        };
        Issue {
            r#type: "issue",
            check_name: fault.code.name(),
            description: fault.message.get(language),
            content: fault.help.as_ref().map(|help| Content { body: help.get(language) }),
            categories: [category(fault.code.group())],
            severity: severity(fault),
            fingerprint,
            location: location(fault.place),
            other_locations: fault.related.iter().map(|related| location(related.place)).collect(),
        }
    }
}

/// An error keeps the site from being published; people's data must not be seen at all.
fn severity(fault: &Diagnostic) -> &'static str {
    match (fault.level, fault.code.group()) {
        (Level::Error, Group::Privacy) => "blocker",
        (Level::Error, _) => "critical",
        (Level::Warning, _) => "minor",
    }
}

/// The nearest of Code Climate's eight categories.
fn category(group: Group) -> &'static str {
    match group {
        Group::Privacy => "Security",
        Group::Syntax | Group::Reference | Group::Theme => "Bug Risk",
        Group::Procedure | Group::Statistics | Group::Report | Group::Contact | Group::Freshness => "Clarity",
    }
}
