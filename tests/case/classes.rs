//! `tests/cases/CLASSES.md`: what of bad input has to have a case, and which cases show it.
//!
//! A section a class, a row an item: what it is, and the cases that show it, as paths below `tests/cases/` without their
//! ending; `*` stands for the rest of a name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The cases of each class, in the order of the file.
pub fn read() -> Result<Vec<(String, Vec<PathBuf>)>, String> {
    let path = super::root().join("cases/CLASSES.md");
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let all: BTreeMap<String, PathBuf> = super::all().into_iter().map(|path| (name(&path), path)).collect();
    let mut classes: Vec<(String, Vec<PathBuf>)> = Vec::new();
    for line in text.lines() {
        if let Some(class) = line.strip_prefix("## ") {
            classes.push((class.to_owned(), Vec::new()));
        }
        let Some((_, cases)) = line.strip_prefix("| ").and_then(|row| row.trim_end_matches(" |").rsplit_once(" | "))
        else {
            continue;
        };
        let Some((_, found)) = classes.last_mut() else { continue };
        for pattern in cases.split('`').skip(1).step_by(2) {
            let fits: Vec<&PathBuf> =
                all.iter().filter(|(name, _)| fits(pattern, name)).map(|(_, path)| path).collect();
            if fits.is_empty() {
                return Err(format!("no case is called `{pattern}`"));
            }
            found.extend(fits.into_iter().cloned());
        }
    }
    for (_, cases) in &mut classes {
        cases.sort();
        cases.dedup();
    }
    Ok(classes)
}

/// A case's path below `tests/cases/`, without its ending.
pub fn name(path: &Path) -> String {
    path.strip_prefix(super::root().join("cases")).unwrap_or(path).with_extension("").display().to_string()
}

/// Whether a case is of bad input only: it is built on a disk.
pub fn is_hostile(path: &Path) -> bool {
    name(path).starts_with("hostile/")
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => name.len() >= pattern.len() - 1 && name.starts_with(start) && name.ends_with(end),
        None => pattern == name,
    }
}
