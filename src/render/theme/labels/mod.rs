//! Labels: every word on a page that is not content, by language.
//!
//! A label may have places for values, `{n}`, and where a language tells one from many, two forms: `{n} page | {n} pages`.
//! A theme's labels are laid over the program's own, so that no sentence is ever missing in a language that the program
//! speaks; a theme may bring another language whole.

mod source;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::value::{Error, MapDeserializer};
use tera::Value;

use crate::diagnostic::Diagnostic;
use crate::plan::SectionNames;
use crate::render::theme::files::{Files, Origin, ThemeFile};
use crate::render::theme::labels::source::{Groups, Source};

/// The labels of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    /// The words of addresses.
    pub sections: SectionNames,
    groups: Groups,
}

/// The labels of every language that a theme has.
#[derive(Debug)]
pub struct Spoken {
    /// By language.
    pub labels: BTreeMap<String, Labels>,
    /// What each language lacks. It matters where a site uses the language.
    pub gaps: BTreeMap<String, Vec<Diagnostic>>,
}

/// The labels of every language that a theme has, laid over the program's own.
///
/// # Errors
/// Labels that cannot be read, or that have places which nothing fills.
pub fn load(files: &Files) -> Result<Spoken, Vec<Diagnostic>> {
    let own = own();
    let mut theirs = BTreeMap::new();
    let mut faults = Vec::new();
    for (language, file) in languages(files).filter(|(_, file)| matches!(file.origin, Origin::Site(_))) {
        match Source::read(file) {
            Ok(source) => drop(theirs.insert(language.to_owned(), source)),
            Err(more) => faults.extend(more),
        }
    }
    faults.extend(theirs.iter().flat_map(|(language, source)| source.unfilled(in_language(&own, language))));
    if faults.is_empty() { Ok(laid(own, &theirs)) } else { Err(faults) }
}

/// The program's own labels.
fn own() -> BTreeMap<String, Groups> {
    let built_in = Files::sound();
    languages(&built_in)
        .map(|(language, file)| {
            let source = Source::read(file).expect("the default theme's labels are sound");
            (language.to_owned(), source.groups)
        })
        .collect()
}

fn languages(files: &Files) -> impl Iterator<Item = (&str, &ThemeFile)> {
    files.below("labels").filter_map(|(name, file)| Some((name.strip_suffix(".yaml")?, file)))
}

/// The program's labels in a language; in English where it does not speak it.
fn in_language<'a>(own: &'a BTreeMap<String, Groups>, language: &str) -> &'a Groups {
    own.get(language).unwrap_or_else(|| &own["en"])
}

fn laid(own: BTreeMap<String, Groups>, theirs: &BTreeMap<String, Source>) -> Spoken {
    let all = all_names(&own, theirs);
    let mut spoken = Spoken { labels: BTreeMap::new(), gaps: BTreeMap::new() };
    let languages: Vec<&String> =
        own.keys().chain(theirs.keys().filter(|language| !own.contains_key(*language))).collect();
    for language in languages {
        let mut groups = own.get(language).cloned().unwrap_or_default();
        theirs.get(language).into_iter().for_each(|source| lay(&mut groups, &source.groups));
        let gaps = source::gaps(&all, &groups, language, theirs);
        // So that there is something to plan with; the gaps are told.
        let mut words = own["en"]["sections"].clone();
        words.extend(groups.get("sections").cloned().unwrap_or_default());
        if let Ok(sections) = section_names(&words) {
            spoken.labels.insert(language.clone(), Labels { sections, groups });
        }
        spoken.gaps.insert(language.clone(), gaps);
    }
    spoken
}

/// The names of all labels that any language has.
fn all_names(own: &BTreeMap<String, Groups>, theirs: &BTreeMap<String, Source>) -> Groups {
    let mut all = Groups::new();
    own.values().chain(theirs.values().map(|source| &source.groups)).for_each(|groups| lay(&mut all, groups));
    all
}

fn lay(below: &mut Groups, above: &Groups) {
    for (group, labels) in above {
        below.entry(group.clone()).or_default().extend(labels.clone());
    }
}

fn section_names(words: &BTreeMap<String, String>) -> Result<SectionNames, Error> {
    SectionNames::deserialize(MapDeserializer::new(words.iter().map(|(key, word)| (key.as_str(), word.as_str()))))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names of all labels with their places, plural forms counted once.
    fn names_and_places(groups: &Groups) -> BTreeSet<(String, BTreeSet<&str>)> {
        let labels =
            groups.iter().flat_map(|(group, labels)| labels.iter().map(move |(key, label)| (group, key, label)));
        labels.map(|(group, key, label)| (format!("{group}.{key}"), source::places(label).collect())).collect()
    }

    #[test]
    fn the_programs_languages_have_the_same_labels_with_the_same_places() {
        let own = own();
        let (vi, en) = (names_and_places(&own["vi"]), names_and_places(&own["en"]));
        let differing: Vec<_> = vi.symmetric_difference(&en).collect();
        assert!(own.len() == 2 && vi.len() > 300 && differing.is_empty(), "{differing:?}");
    }

    #[test]
    fn no_label_of_the_program_is_empty() {
        for (language, groups) in own() {
            for (name, labels) in groups {
                assert!(labels.values().all(|label| !label.trim().is_empty()), "{language}: {name}");
            }
        }
    }

    #[test]
    fn a_form_is_chosen_by_number() {
        let own = own();
        let [vi, en] = ["vi", "en"].map(|language| {
            let groups = own[language].clone();
            Labels { sections: section_names(&groups["sections"]).unwrap(), groups }
        });
        let counted = |labels: &Labels, n: i64| labels.count("list.document_n", n, &n.to_string());
        assert_eq!([0, 1, 2].map(|n| counted(&en, n)), ["0 documents", "1 document", "2 documents"]);
        assert_eq!([0, 1, 2].map(|n| counted(&vi, n)), ["0 văn bản", "1 văn bản", "2 văn bản"]);
    }
}
