//! A file of labels, and what is wrong with it at which place.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::suggest::listed;
use crate::record::value::is_id;
use crate::render::theme::files::ThemeFile;
use crate::say;
use crate::source::Span;
use crate::syntax::yaml::{self, Entry, Node, Value};

/// Labels by group and key.
pub type Groups = BTreeMap<String, BTreeMap<String, String>>;

/// How many missing labels one message names.
const NAMED: usize = 5;

/// A file of labels.
#[derive(Debug)]
pub struct Source {
    /// What it says.
    pub groups: Groups,
    /// Where each label's text stands, by `group.key`.
    labels: BTreeMap<String, Span>,
    /// Where each group's key stands.
    headings: BTreeMap<String, Span>,
    top: Span,
}

impl Source {
    /// Reads a file of labels.
    ///
    /// # Errors
    /// What cannot be read: its YAML, what is no text, a word of an address that can be none.
    pub fn read(file: &ThemeFile) -> Result<Source, Vec<Diagnostic>> {
        let top = file.origin.place();
        let text = file.text().map_err(|fault| vec![*fault])?;
        let root = yaml::parse(top.file, text)?;
        let mut source = Source { groups: Groups::new(), labels: BTreeMap::new(), headings: BTreeMap::new(), top };
        let mut faults = Vec::new();
        for group in entries(&root, &mut faults) {
            source.headings.insert(group.key.text.clone(), group.key.span);
            for label in entries(&group.value, &mut faults) {
                faults.extend(source.take(&group.key.text, label));
            }
        }
        if faults.is_empty() { Ok(source) } else { Err(faults) }
    }

    fn take(&mut self, group: &str, label: &Entry) -> Option<Diagnostic> {
        let (key, place) = (&label.key.text, label.value.span);
        let Some(text) = label.value.text().filter(|text| !text.is_empty()) else {
            return Some(told(
                place,
                say!("nhãn `{group}.{key}` cần một dòng chữ", "the label `{group}.{key}` needs a text"),
            ));
        };
        self.labels.insert(format!("{group}.{key}"), place);
        self.groups.entry(group.to_owned()).or_default().insert(key.clone(), text.to_owned());
        let ill = group == "sections" && !is_id(text);
        ill.then(|| told(place, say!("`{text}` không dùng được trong địa chỉ", "`{text}` cannot stand in an address")))
    }

    /// Labels with a place that nothing fills: the program's own label of that name has none of that name.
    pub fn unfilled(&self, own: &Groups) -> Vec<Diagnostic> {
        let known = |name: &str| -> Option<&String> {
            let (group, key) = name.split_once('.')?;
            own.get(group)?.get(key)
        };
        let mut faults = Vec::new();
        for (name, place) in &self.labels {
            let (Some(own), Some((group, key))) = (known(name), name.split_once('.')) else { continue };
            let unknown = places(&self.groups[group][key]).find(|used| places(own).all(|filled| filled != *used));
            faults.extend(unknown.map(|used| unfilled(name, used, own, *place)));
        }
        faults
    }
}

fn unfilled(name: &str, used: &str, own: &str, place: Span) -> Diagnostic {
    let message = say!(
        "không có gì để điền vào chỗ `{used}` của nhãn `{name}`",
        "nothing fills the place `{used}` of the label `{name}`"
    );
    let filled = listed(places(own));
    let help = (!filled.is_empty()).then(|| say!("nhãn này có các chỗ {filled}", "this label has the places {filled}"));
    told(place, message).maybe_help(help)
}

/// The names of a label's places: `n` of `{n} pages`.
pub fn places(label: &str) -> impl Iterator<Item = &str> {
    let inner = label.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(inner, _)| inner);
    inner.filter(|inner| !inner.is_empty() && inner.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}

/// Which of all labels a language lacks: a group's at its heading in the language's own file, whole groups at the file's
/// top; and where the language has no file, at the label that another language has.
pub fn gaps(all: &Groups, have: &Groups, language: &str, theirs: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    let mut missing: BTreeMap<Span, Vec<String>> = BTreeMap::new();
    for (group, labels) in all {
        for key in labels.keys().filter(|key| have.get(group).is_none_or(|labels| !labels.contains_key(*key))) {
            let name = format!("{group}.{key}");
            let own = theirs.get(language).map(|source| source.headings.get(group).copied().unwrap_or(source.top));
            let elsewhere = || theirs.values().find_map(|source| source.labels.get(&name)).copied();
            own.or_else(elsewhere).into_iter().for_each(|place| missing.entry(place).or_default().push(name.clone()));
        }
    }
    missing.iter().map(|(place, names)| gap(names, language, *place)).collect()
}

fn gap(missing: &[String], language: &str, place: Span) -> Diagnostic {
    let (count, names) = (missing.len(), listed(missing.iter().take(NAMED).map(String::as_str)));
    let message = if count > NAMED {
        say!(
            "ngôn ngữ `{language}` thiếu {count} nhãn, trong đó có {names}",
            "the language `{language}` lacks {count} labels, among them {names}"
        )
    } else {
        say!("ngôn ngữ `{language}` thiếu nhãn {names}", "the language `{language}` lacks the labels {names}")
    };
    let help = say!("thêm vào labels/{language}.yaml của giao diện", "add them to the theme's labels/{language}.yaml");
    told(place, message).help(help)
}

fn entries<'a>(node: &'a Node, faults: &mut Vec<Diagnostic>) -> &'a [Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        Value::Null => &[],
        _ => {
            faults.push(told(node.span, say!("cần các dòng `khóa: giá trị`", "expected lines `key: value`")));
            &[]
        }
    }
}

fn told(place: Span, message: Message) -> Diagnostic {
    Diagnostic::new(Code::Theme, place, message)
}
