//! Every case in the formats of the services: as many results as there are faults, each with its code, place and a fingerprint of
//! its own.
//!
//! With `FORMATS_DIR` set, the reports are written there, one a case and format; `tests/formats/run` holds them to the schemas.

use std::collections::BTreeSet;
use std::path::Path;

use minhbach::diagnostic::github::Extent;
use minhbach::diagnostic::{Language, Level, github, gitlab, sarif};
use rayon::prelude::*;
use serde_json::Value;

use crate::RUNS;
use crate::case::outcome::Outcome;

#[test]
fn every_case_is_told_whole_in_the_formats_of_the_services() {
    let folder = std::env::var_os("FORMATS_DIR");
    RUNS.par_iter().filter_map(|(path, run)| Some((path, run.as_ref().ok()?))).for_each(|(path, (_, outcome))| {
        let (stem, group) = (path.file_stem().unwrap(), path.parent().and_then(Path::file_name).unwrap());
        let reports = [
            ("sarif", checked_sarif(outcome)),
            ("gitlab.json", checked_gitlab(outcome)),
            ("github", checked_github(outcome)),
        ];
        for (ending, text) in reports.iter().filter(|_| folder.is_some()) {
            let file = format!("{}-{}.{ending}", group.display(), stem.display());
            std::fs::write(Path::new(folder.as_ref().unwrap()).join(file), text).unwrap();
        }
    });
}

fn checked_sarif(outcome: &Outcome) -> String {
    let (diagnostics, snapshot) = (&outcome.built.diagnostics, &outcome.snapshot);
    let text = sarif::render(diagnostics, snapshot, Language::Vi, "", &minhbach::explain::rule);
    let log: Value = serde_json::from_str(&text).unwrap();
    let run = &log["runs"][0];
    let (rules, results) = (&run["tool"]["driver"]["rules"], run["results"].as_array().unwrap());
    assert_eq!(results.len(), diagnostics.iter().count());
    for (fault, result) in diagnostics.iter().zip(results) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], fault.code.name());
        assert_eq!(result["level"], fault.level.name());
        let (start, _) = snapshot.locate(fault.place);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), pair(start.line, start.column));
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        assert_eq!(related, fault.related.len());
    }
    let prints = results.iter().map(|result| &result["partialFingerprints"]["minhbachIdentity/v1"]);
    assert_eq!(prints.map(Value::to_string).collect::<BTreeSet<_>>().len(), results.len());
    text
}

fn pair(line: u32, column: u32) -> (Option<u64>, Option<u64>) {
    (Some(line.into()), Some(column.into()))
}

fn checked_gitlab(outcome: &Outcome) -> String {
    let (diagnostics, snapshot) = (&outcome.built.diagnostics, &outcome.snapshot);
    let text = gitlab::render(diagnostics, snapshot, Language::Vi, "");
    let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
    for (fault, issue) in diagnostics.iter().zip(&issues) {
        assert_eq!(issue["check_name"], fault.code.name());
        assert_eq!(issue["location"]["path"], snapshot.file(fault.place.file).path.as_str());
        assert_eq!(issue["location"]["lines"]["begin"], snapshot.locate(fault.place).0.line);
    }
    let prints: BTreeSet<String> = issues.iter().map(|issue| issue["fingerprint"].to_string()).collect();
    assert_eq!(prints.len(), diagnostics.iter().count());
    text
}

/// Reads the commands as the runner of GitHub does: a line that begins with `::`, properties apart by commas.
fn checked_github(outcome: &Outcome) -> String {
    let (diagnostics, snapshot) = (&outcome.built.diagnostics, &outcome.snapshot);
    let text = github::render(diagnostics, snapshot, Language::Vi, "", Extent::All);
    let mut counts = [0, 0];
    for line in text.lines() {
        let (head, data) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (command, properties) = head.split_once(' ').unwrap();
        assert!(!data.is_empty() && !data.contains('\r'), "{line}");
        match command {
            "error" => counts[0] += 1,
            "warning" => counts[1] += 1,
            _ => assert_eq!((command, properties), ("notice", "title=minhbach")),
        }
        assert!(properties.split(',').all(|property| property.split_once('=').is_some()), "{line}");
        assert!(!properties.contains(':'), "{line}");
    }
    assert_eq!(counts, [diagnostics.count(Level::Error), diagnostics.count(Level::Warning)]);
    text
}
