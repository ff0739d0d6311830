//! Labels: none is unused. That every language has all of them is a test beside the code that reads them.

use std::collections::BTreeSet;
use std::path::Path;

use minhbach::render::theme::Theme;
use regex::Regex;

use super::{SAMPLE, root, sample};

/// Labels that pages of the sample have no occasion to show, and whose names are put together in the code.
const NO_OCCASION: &[&str] = &[];

#[test]
fn every_label_is_used() {
    let theme = Theme::load(&sample(), "default").unwrap();
    let labels = theme.labels("vi");
    let named = named_in_full();
    let patterns: Vec<Regex> = named_in_part();
    let seen: String = SAMPLE.pages().map(|(_, page)| page.to_lowercase()).collect();
    let is_seen = |name: &str| parts(labels.get(name)).all(|part| seen.contains(&part.to_lowercase()));
    let composed = |name: &str| patterns.iter().any(|pattern| pattern.is_match(name)) && is_seen(name);
    let unused: Vec<String> = labels
        .names()
        .filter(|name| !name.starts_with("sections.") && !named.contains(name) && !composed(name))
        .filter(|name| !NO_OCCASION.contains(&name.as_str()))
        .collect();
    assert!(unused.is_empty(), "unused labels: {}", unused.join(", "));
}

/// What stands around a label's places, as a page shows it.
fn parts(label: &str) -> impl Iterator<Item = &str> {
    let form = label.split(" | ").last().unwrap_or(label);
    form.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).filter(|part| part.len() > 3)
}

/// Labels that a template or the code names.
fn named_in_full() -> BTreeSet<String> {
    let in_templates = Regex::new(r"\blabels\.([a-z_]+\.[a-z_0-9]+)").unwrap();
    let in_code = Regex::new(r#""([a-z_]+\.[a-z_0-9]+)""#).unwrap();
    let templates = captured(&in_templates, &texts(&root().join("themes/default/templates"), "html"));
    let code = captured(&in_code, &texts(&root().join("src"), "rs"));
    templates.into_iter().chain(code).collect()
}

/// Names of labels that the code puts together: `"statistics.means_{key}"`.
fn named_in_part() -> Vec<Regex> {
    let composed = Regex::new(r#""([a-z_]+\.[a-z_]*\{[^"]*)""#).unwrap();
    let place = Regex::new(r"\\\{[^}]*\\\}").unwrap();
    let names = captured(&composed, &texts(&root().join("src"), "rs"));
    let pattern = |name: &String| format!("^{}$", place.replace_all(&regex::escape(name), "[a-z_]+"));
    names.iter().map(|name| Regex::new(&pattern(name)).unwrap()).collect()
}

fn captured(pattern: &Regex, text: &str) -> BTreeSet<String> {
    pattern.captures_iter(text).map(|captures| captures[1].to_owned()).collect()
}

/// All files below a folder, one after the other.
fn texts(folder: &Path, extension: &str) -> String {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let files = entries.filter(|path| path.extension().is_some_and(|found| found == extension));
    files.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}
