//! Labels: every word on a page that is not content, by language.
//!
//! A label may have places for values, `{n}`, and where a language tells one from many, two forms: `{n} page | {n} pages`.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, IntoDeserializer, value};
use tera::Value;

use crate::diagnostic::Diagnostic;
use crate::plan::SectionNames;
use crate::render::theme::files::{self, Files, ThemeFile};
use crate::say;

type Groups = BTreeMap<String, BTreeMap<String, String>>;

/// The labels of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    /// The words of addresses.
    pub sections: SectionNames,
    groups: Groups,
}

/// The labels of every language that a theme has, laid over the program's own.
pub fn load(files: &Files) -> Result<BTreeMap<String, Labels>, Vec<Diagnostic>> {
    let base = base();
    let mut labels = base.clone();
    let mut faults = Vec::new();
    for (name, file) in files.below("labels") {
        let Some(language) = name.strip_suffix(".yaml") else { continue };
        match read(file) {
            Err(fault) => faults.push(*fault),
            Ok(groups) => {
                faults.extend(gaps(&groups, language, &base, file));
                lay(labels.entry(language.to_owned()).or_default(), groups);
            }
        }
    }
    let sections = |groups: &Groups| sections(&groups["sections"]);
    if faults.is_empty() {
        let with_sections = labels.into_iter().filter_map(|(language, groups)| {
            sections(&groups).map(|sections| (language, Labels { sections, groups })).ok()
        });
        Ok(with_sections.collect())
    } else {
        Err(faults)
    }
}

/// The program's own labels.
fn base() -> BTreeMap<String, Groups> {
    let built_in = Files::built_in();
    let read = |(name, file): (&str, &ThemeFile)| {
        Some((name.strip_suffix(".yaml")?.to_owned(), read(file).expect("the default theme's labels are sound")))
    };
    built_in.below("labels").filter_map(read).collect()
}

fn read(file: &ThemeFile) -> Result<Groups, Box<Diagnostic>> {
    let groups: Groups =
        serde_yaml::from_str(file.text()?).map_err(|error| Box::new(files::yaml_fault(file, &error)))?;
    if let Some(words) = groups.get("sections") {
        let ill = words.values().find(|word| !crate::record::value::is_id(word));
        if let Some(word) = ill {
            let message = say!("`{word}` không dùng được trong địa chỉ", "`{word}` cannot stand in an address");
            return Err(Box::new(file.fault(0, message)));
        }
    }
    Ok(groups)
}

/// What a language that the program itself does not speak leaves out.
fn gaps(groups: &Groups, language: &str, base: &BTreeMap<String, Groups>, file: &ThemeFile) -> Option<Diagnostic> {
    let all = base.get("en").filter(|_| !base.contains_key(language))?;
    let missing: Vec<String> = all
        .iter()
        .flat_map(|(group, labels)| labels.keys().map(move |key| (group, key)))
        .filter(|(group, key)| groups.get(*group).is_none_or(|labels| !labels.contains_key(*key)))
        .map(|(group, key)| format!("`{group}.{key}`"))
        .collect();
    let (count, first) = (missing.len(), missing.first()?);
    Some(
        file.fault(
            0,
            say!("thiếu {count} nhãn, đầu tiên là {first}", "{count} labels are missing, the first is {first}"),
        ),
    )
}

fn lay(below: &mut Groups, above: Groups) {
    for (group, labels) in above {
        below.entry(group).or_default().extend(labels);
    }
}

fn sections<T: DeserializeOwned>(words: &BTreeMap<String, String>) -> Result<T, value::Error> {
    T::deserialize(words.clone().into_deserializer())
}

impl Labels {
    /// A label, by `group.key`. One that is not there shows its name: a test finds it long before.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        let (group, key) = name.split_once('.').unwrap_or(("", name));
        self.groups.get(group).and_then(|labels| labels.get(key)).map_or(name, String::as_str)
    }

    /// A label with values in its places.
    pub fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        filled(self.get(name), values)
    }

    /// A label for a number of things, `{n}` being the number as it is written.
    pub fn count(&self, name: &str, number: i64, written: &str) -> String {
        let label = self.get(name);
        let form = match label.split_once(" | ") {
            Some((one, _)) if number == 1 => one,
            Some((_, many)) => many,
            None => label,
        };
        filled(form, &[("n", written)])
    }

    /// All of them, as templates see them.
    pub fn value(&self) -> Value {
        Value::from_serializable(&self.groups)
    }

    /// The names of all of them.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.groups.iter().flat_map(|(group, labels)| labels.keys().map(move |key| format!("{group}.{key}")))
    }
}

fn filled(label: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(label.to_owned(), |text, (place, value)| text.replace(&format!("{{{place}}}"), value))
}
