//! The text of a new record: the required keys to fill in, each explained, and the others as comments to take from.
//!
//! A line `## …` explains, a line `# key: …` is a key that may be used: taking `# ` away gives YAML, also with an editor's
//! own shortcut for comments.

use crate::diagnostic::Language;
use crate::record::common::Common;
use crate::record::kind::KindName;
use crate::record::shape::{CountKey, Field, Label, Need, Shape, Type};
use crate::say;
use crate::schema::words;

/// A record of a kind is written as Markdown where its text is what it is for.
pub fn ending(kind: KindName) -> &'static str {
    match kind {
        KindName::Answer | KindName::Page | KindName::Report | KindName::Update => "md",
        _ => "yaml",
    }
}

/// The text of a new record, with its title where that is known.
pub fn record(kind: KindName, title: Option<&str>, language: Language) -> String {
    let as_markdown = ending(kind) == "md";
    let mut writer = Writer { out: String::new(), language, title: title.map(str::to_owned) };
    if as_markdown {
        writer.out.push_str("---\n");
    }
    writer.head(kind);
    let shape = kind.full_shape();
    let fields: Vec<&Field> = shape.fields.iter().filter(|field| !is_left_out(field, as_markdown)).collect();
    let (required, other): (Vec<&&Field>, Vec<_>) = fields.iter().partition(|field| field.need == Need::Required);
    required.iter().for_each(|field| writer.field(field, 0, Mode::Live));
    writer.line("", Mode::Live);
    let optional = say!(
        "Các khóa khác: bỏ dấu `# ` ở đầu dòng để dùng.",
        "Other keys: take the `# ` at the line's start away to use one."
    );
    writer.explain(optional.get(language), 0);
    let mut other = other;
    other.sort_by_key(|field| (field.need != Need::Complete, Common::shape().field(field.key).is_some()));
    other.iter().for_each(|field| writer.field(field, 0, Mode::Commented));
    if as_markdown {
        writer.out.push_str("---\n");
    }
    writer.out
}

/// `draft` stands at the head; the body of a Markdown file is below its keys.
fn is_left_out(field: &Field, as_markdown: bool) -> bool {
    field.key == "draft" || (field.key == "body" && as_markdown)
}

/// Whether a line is YAML or a comment that could become it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Live,
    Commented,
}

struct Writer {
    out: String,
    language: Language,
    title: Option<String>,
}

impl Writer {
    fn head(&mut self, kind: KindName) {
        let Label { vi, en } = kind.label();
        let first = say!(
            "Một {vi} mới. Điền các khóa dưới đây, rồi chạy `minhbach check`.",
            "A new record ({en}). Fill in the keys below, then run `minhbach check`."
        );
        let draft = say!(
            "Bản nháp chưa được đăng. Điền xong thì bỏ dòng `draft`.",
            "A draft is not published. Remove the line `draft` when all is filled in."
        );
        self.explain(first.get(self.language), 0);
        self.line("", Mode::Live);
        self.explain(draft.get(self.language), 0);
        self.line("draft: true", Mode::Live);
    }

    fn line(&mut self, text: &str, mode: Mode) {
        if mode == Mode::Commented {
            self.out.push_str("# ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn explain(&mut self, text: &str, indent: usize) {
        self.out.push_str(&format!("{:indent$}## {text}\n", ""));
    }

    fn field(&mut self, field: &Field, indent: usize, mode: Mode) {
        let explained = self.explained(field);
        // A comment inside a commented-out value would be in the way when that is taken into use.
        match (mode, indent) {
            (Mode::Live, _) | (Mode::Commented, 0) => self.explain(&explained, indent),
            (Mode::Commented, _) => {}
        }
        let lead = format!("{:indent$}{}:", "", field.key);
        self.value(&lead, field, indent, mode);
    }

    fn explained(&self, field: &Field) -> String {
        let what = words::field(field);
        let mut text = what.get(self.language).to_owned();
        if let Some(hint) = words::hint(&field.ty) {
            text = format!("{text}: {}", hint.get(self.language));
        }
        if text.chars().count() > 200 { shortened_to(&text, 200) } else { text }
    }

    fn value(&mut self, lead: &str, field: &Field, indent: usize, mode: Mode) {
        if field.key == "title"
            && indent == 0
            && let Some(title) = &self.title
        {
            let line = format!("{lead} {}", quoted(title));
            return self.line(&line, mode);
        }
        match chosen(&field.ty) {
            Type::Map(shape) | Type::Translated(shape) => {
                self.line(lead, mode);
                self.map(shape, indent + 2, "", mode);
            }
            Type::List(item) => {
                self.line(lead, mode);
                match chosen(item) {
                    Type::Map(shape) | Type::Translated(shape) => self.map(shape, indent + 4, "- ", mode),
                    item => {
                        let line = format!("{:indent$}  - {}", "", sample(item, mode));
                        self.line(line.trim_end(), mode);
                    }
                }
            }
            Type::Counts(key) => {
                self.line(lead, mode);
                let line = format!("{:indent$}  {}: 0", "", count_key(*key));
                self.line(&line, mode);
            }
            ty => {
                let line = format!("{lead} {}", sample(ty, mode));
                self.line(line.trim_end(), mode);
            }
        }
    }

    /// A map's keys. `dash` stands before the first where the map is an item of a list.
    fn map(&mut self, shape: &Shape, indent: usize, dash: &str, mode: Mode) {
        let (required, other): (Vec<&Field>, Vec<&Field>) =
            shape.fields.iter().partition(|field| field.need == Need::Required);
        let first = if required.is_empty() { other.first().copied() } else { None };
        for (index, field) in required.iter().copied().chain(first).enumerate() {
            let start = self.out.len();
            self.field(field, indent, mode);
            if index == 0 && !dash.is_empty() {
                self.put_dash(start, indent, field.key);
            }
        }
        if mode == Mode::Live {
            let rest = other.into_iter().filter(|field| Some(field.key) != first.map(|first| first.key));
            rest.for_each(|field| self.field(field, indent, Mode::Commented));
        }
    }

    /// Writes the dash of a list's item before its first key.
    fn put_dash(&mut self, start: usize, indent: usize, key: &str) {
        let lead = format!("{:indent$}{key}:", "");
        let at = self.out[start..].find(&lead).map(|at| start + at).expect("the key was written here");
        self.out.replace_range(at + indent - 2..at + indent, "- ");
    }
}

/// Of several types the one that a person would fill in.
fn chosen(ty: &Type) -> &Type {
    match ty {
        Type::Either(types) => {
            let structured = types.iter().find(|ty| matches!(ty, Type::Map(_) | Type::List(_)));
            let first = types.first().expect("there are several");
            chosen(if matches!(first, Type::Reference(_) | Type::Text) { first } else { structured.unwrap_or(first) })
        }
        ty => ty,
    }
}

/// What stands for a value: nothing where it must be filled in, an example where it may.
fn sample(ty: &Type, mode: Mode) -> String {
    if mode == Mode::Live {
        return String::new();
    }
    match ty {
        Type::Bool => "false".to_owned(),
        Type::Date => "2026-01-31".to_owned(),
        Type::Integer { min } => min.to_string(),
        Type::Decimal { .. } | Type::Degrees { .. } => "1".to_owned(),
        Type::Word(words) => words.first().map_or_else(String::new, |word| word.word.to_owned()),
        _ => "…".to_owned(),
    }
}

fn count_key(key: CountKey) -> &'static str {
    match key {
        CountKey::Word(words) => words.first().map_or("…", |word| word.word),
        CountKey::Any => "online",
        CountKey::Code => "\"2.001620\"",
    }
}

fn quoted(text: &str) -> String {
    crate::edit::scalar::inline(text)
}

fn shortened_to(text: &str, limit: usize) -> String {
    text.chars().take(limit - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::record::read;
    use crate::source::Snapshot;

    fn faults(kind: KindName, text: &str) -> Vec<(Code, String)> {
        let path = format!("content/{}/moi.{}", kind.folder(), ending(kind));
        let snapshot = Snapshot::from_texts([(path.as_str(), text)]);
        let (file, _) = snapshot.find(&path).unwrap();
        let tree = read::load(&snapshot, file).unwrap_or_else(|faults| panic!("{text}\n{faults:?}"));
        let found = kind.read_findings(&snapshot, &tree, file);
        found.faults.into_iter().map(|fault| (fault.code, fault.message.en)).collect()
    }

    #[test]
    fn a_new_record_lacks_only_what_must_be_filled_in() {
        for (kind, language) in KindName::ALL.iter().flat_map(|kind| [(*kind, Language::Vi), (*kind, Language::En)]) {
            let text = record(kind, Some("Tên: có dấu hai chấm"), language);
            for (code, message) in faults(kind, &text) {
                assert!(
                    code == Code::WrongType && message.ends_with("found nothing"),
                    "{kind:?} {code}: {message}\n{text}"
                );
            }
        }
    }

    #[test]
    fn every_commented_key_can_be_taken_into_use() {
        for kind in KindName::ALL {
            let text = record(*kind, None, Language::Vi);
            let used: String =
                text.lines().map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line))).collect();
            let told = faults(*kind, &used);
            let wrong: Vec<_> = told
                .iter()
                .filter(|(code, _)| {
                    matches!(code, Code::UnknownKey | Code::MissingKey | Code::YamlSyntax | Code::FrontMatter)
                })
                .collect();
            assert!(wrong.is_empty(), "{kind:?} {wrong:?}\n{used}");
        }
    }

    #[test]
    fn every_key_is_named() {
        for kind in KindName::ALL {
            let text = record(*kind, None, Language::En);
            for field in kind.full_shape().fields.iter().filter(|field| !is_left_out(field, ending(*kind) == "md")) {
                assert!(text.contains(&format!("{}:", field.key)), "{kind:?} {}", field.key);
            }
        }
    }
}
