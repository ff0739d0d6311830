//! The cases under `tests/cases/`: whole small sites and what must come of them. The format is told in `tests/case/mod.rs`.
//!
//! `BLESS=1 cargo test --test cases` writes what was found into the files, for review.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

mod case;
#[path = "formats/cases.rs"]
mod formats;
mod hostile;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use case::Case;
use case::outcome::Outcome;
use minhbach::diagnostic::{Code, Diagnostic, Language, human, json};
use rayon::prelude::*;

/// A case's file, and the case with what came of it.
type Run = (PathBuf, Result<(Case, Outcome), String>);

/// All cases, each run once.
static RUNS: LazyLock<Vec<Run>> = LazyLock::new(|| {
    let run = |path: PathBuf| {
        let case = Case::read(&path);
        let run = case.map(|case| {
            let outcome = Outcome::of(&case);
            (case, outcome)
        });
        (path, run)
    };
    // Those of bad input are built on a disk, by `hostile`.
    case::all().into_par_iter().filter(|path| !case::classes::is_hostile(path)).map(run).collect()
});

#[test]
fn every_case_comes_out_as_it_says() {
    assert!(!RUNS.is_empty(), "there are no cases");
    let failures: Vec<String> = RUNS.par_iter().filter_map(|(path, run)| failure(path, run.as_ref())).collect();
    assert!(failures.is_empty(), "{}\n{} of {} cases failed", failures.join("\n"), failures.len(), RUNS.len());
    println!("{} cases", RUNS.len());
}

#[test]
fn every_code_has_a_case() {
    let outcomes = RUNS.iter().filter_map(|(_, run)| run.as_ref().ok()).map(|(_, outcome)| outcome);
    let found: BTreeSet<Code> = outcomes.flat_map(Outcome::codes).collect();
    let lacking: Vec<_> = told_by_content().filter(|code| !found.contains(code)).map(Code::name).collect();
    assert!(lacking.is_empty(), "no case shows: {}", lacking.join(", "));
}

/// Every code but those of what the last build published and of other sites: a case has neither.
fn told_by_content() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| !matches!(*code, Code::PageVanished | Code::DeadLink))
}

/// Why a case failed, if it did.
fn failure(path: &Path, run: Result<&(Case, Outcome), &String>) -> Option<String> {
    let name = path.strip_prefix(case::root()).unwrap_or(path).display();
    let (case, outcome) = match run {
        Ok(run) => run,
        Err(why) => return Some(format!("tests/{name}: {why}\n")),
    };
    if let Some(why) = unprintable(outcome) {
        return Some(format!("tests/{name}: {why}\n"));
    }
    if !outcome.differs_from(&case.expected) {
        return None;
    }
    let found = outcome.written(&case.expected);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, format!("{}{found}", case.head)).unwrap();
        return None;
    }
    let text = std::fs::read_to_string(path).unwrap();
    let expected = &text[case.head.len()..];
    let pages = outcome.wrong_pages(&case.expected).into_iter().map(|line| format!("does not hold: page {line}\n"));
    let explained: String = pages.chain([explained(outcome)]).collect();
    Some(format!("tests/{name}\n--- expected\n{expected}--- found\n{found}---\n{explained}"))
}

/// The faults as a person sees them.
fn explained(outcome: &Outcome) -> String {
    let text = human::render(&outcome.built.diagnostics, &outcome.snapshot, Language::En);
    anstream::adapter::strip_str(&text).to_string()
}

/// What is wrong with how the faults are printed, if anything is: each has words, in both languages, in every format.
fn unprintable(outcome: &Outcome) -> Option<String> {
    let (diagnostics, snapshot) = (&outcome.built.diagnostics, &outcome.snapshot);
    if let Some(fault) = diagnostics.iter().find(|fault| !is_worded(fault)) {
        return Some(format!("badly worded: {fault:?}"));
    }
    for language in [Language::Vi, Language::En] {
        let shown = human::render(diagnostics, snapshot, language);
        let data: serde_json::Value =
            serde_json::from_str(&json::render(diagnostics, snapshot, language, outcome.built.records, 0)).unwrap();
        let list = data["diagnostics"].as_array().unwrap();
        for (fault, written) in diagnostics.iter().zip(list) {
            let (start, end) = snapshot.locate(fault.place);
            let place = format!("{}:{}", snapshot.file(fault.place.file).path, start.line);
            if !shown.contains(fault.code.name()) || !shown.contains(&place) {
                return Some(format!("{place} is not in the human text"));
            }
            let same = written["code"] == fault.code.name()
                && written["message"] == fault.message.get(language)
                && written["line"] == start.line
                && written["column"] == start.column
                && (end < start || written["end_column"] == end.column);
            if !same || list.len() != diagnostics.iter().count() {
                return Some(format!("the JSON differs: {written}"));
            }
        }
    }
    None
}

/// Whether everything that a fault says is a sentence in both languages.
fn is_worded(fault: &Diagnostic) -> bool {
    let related = fault.related.iter().map(|related| &related.message);
    let mut said = [&fault.message].into_iter().chain(&fault.label).chain(&fault.help).chain(related);
    let whole = |text: &str| !text.trim().is_empty() && !has_placeholder(text);
    said.all(|message| whole(&message.vi) && whole(&message.en) && message.vi != message.en)
}

/// Whether a `{name}` was left in a text. `{code}` is what a site's own address may have.
fn has_placeholder(text: &str) -> bool {
    let inner = text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(inner, _)| inner);
    inner
        .filter(|inner| *inner != "code")
        .any(|inner| !inner.is_empty() && inner.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}
