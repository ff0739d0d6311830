//! Bad input, built by the program itself on a disk: every case of `tests/cases/CLASSES.md`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::case::built::Built;
use crate::case::{self, Case, classes};

#[test]
fn bad_input_is_told_and_touches_nothing() {
    let classes = classes::read().unwrap();
    let mut failures = Vec::new();
    for (class, cases) in &classes {
        // The others are held in memory, with everything that they say.
        let cases: Vec<&PathBuf> =
            cases.iter().filter(|path| classes::is_hostile(path) && is_asked_for(path)).collect();
        let wrong: Vec<String> = cases.par_iter().filter_map(|path| failure(path)).collect();
        println!("TABLE\t{class}\t{}\t{}", cases.len(), cases.len() - wrong.len());
        failures.extend(wrong);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let distinct: BTreeSet<&PathBuf> = classes.iter().flat_map(|(_, cases)| cases).collect();
    assert!(distinct.len() >= 400, "only {} cases of bad input", distinct.len());
}

#[test]
fn every_case_of_bad_input_is_listed() {
    let classes = classes::read().unwrap();
    let listed: BTreeSet<&PathBuf> = classes.iter().flat_map(|(_, cases)| cases).collect();
    let hostile = case::all().into_iter().filter(|path| classes::name(path).starts_with("hostile/"));
    let forgotten: Vec<String> =
        hostile.filter(|path| !listed.contains(path)).map(|path| classes::name(&path)).collect();
    assert!(forgotten.is_empty(), "in no class of CLASSES.md: {forgotten:?}");
}

/// `CASE=templates` builds only the cases whose name has that.
fn is_asked_for(path: &Path) -> bool {
    std::env::var("CASE").map_or(true, |part| classes::name(path).contains(&part))
}

/// What is wrong with how a case was built, if anything is.
fn failure(path: &Path) -> Option<String> {
    let name = classes::name(path);
    let case = Case::read(path).unwrap_or_else(|why| panic!("{name}: {why}"));
    let mut built = Built::of(&case);
    if std::env::var_os("BLESS").is_some() && classes::is_hostile(path) {
        bless(path, &case, &built);
        built.wrong.retain(|why| !why.starts_with("told:") && !why.starts_with("ended with"));
    }
    (!built.wrong.is_empty()).then(|| format!("{name}: {}", built.wrong.join("; ")))
}

/// Writes what was found into a case, for review.
fn bless(path: &Path, case: &Case, built: &Built) {
    let faults: String = built.told.iter().map(|line| format!("{line}\n")).collect();
    let pages: String = case.expected.pages.iter().map(|line| format!("page {line}\n")).collect();
    let text = format!("{}status {}\n{faults}{pages}", case.head, built.status.unwrap_or(-1));
    std::fs::write(path, text).unwrap();
}
