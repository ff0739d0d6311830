//! Holds the table of layers in ARCHITECTURE.md and the code together.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The layers of ARCHITECTURE.md by module name.
fn layers() -> BTreeMap<String, u8> {
    let text = std::fs::read_to_string("ARCHITECTURE.md").unwrap();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let layer = cells.get(1)?.parse().ok()?;
        let path = cells.get(2)?.trim_matches('`').strip_prefix("src/")?;
        Some((path.trim_end_matches(".rs").to_owned(), layer))
    });
    rows.collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect()
}

/// The first part of a file's path below `src/`: `site` of `src/site/table.rs`.
fn module_of(file: &Path) -> String {
    let below = file.strip_prefix("src").unwrap();
    let first = below.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a source text names after `crate::`.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
}

#[test]
fn every_module_has_its_layer() {
    let layers = layers();
    for file in rust_files(Path::new("src")) {
        let module = module_of(&file);
        assert!(
            module == "lib" || layers.contains_key(&module),
            "{} is in no layer of ARCHITECTURE.md",
            file.display()
        );
    }
    for module in layers.keys() {
        assert!(
            Path::new("src").join(module).exists() || Path::new("src").join(format!("{module}.rs")).exists(),
            "no module `{module}`"
        );
    }
}

#[test]
fn modules_import_only_from_their_own_layer_and_below() {
    let layers = layers();
    let mut wrong = Vec::new();
    for file in rust_files(Path::new("src")) {
        let Some(layer) = layers.get(&module_of(&file)) else { continue };
        let text = std::fs::read_to_string(&file).unwrap();
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
        for import in imports(&code) {
            if layers.get(import).is_some_and(|other| other > layer) {
                wrong.push(format!("{} imports `{import}` from a layer above", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_outer_layers_lift_the_ban_on_disk_and_clock() {
    let layers = layers();
    for file in rust_files(Path::new("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let lifts = text.contains("clippy::disallowed_") && !file.ends_with("tests.rs");
        let outer = layers.get(&module_of(&file)).is_some_and(|layer| *layer >= 5);
        assert!(!lifts || outer, "{} lifts the ban on disk and clock", file.display());
    }
}

#[test]
fn every_path_that_the_architecture_names_is_there() {
    let text = std::fs::read_to_string("ARCHITECTURE.md").unwrap();
    let named = text.split('`').skip(1).step_by(2).filter(|name| name.contains('/') && !name.contains(' '));
    for path in named {
        assert!(Path::new(path).exists(), "ARCHITECTURE.md names `{path}`, which is not there");
    }
}
