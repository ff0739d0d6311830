//! The open data: each table with its formats, and what every key of it means.

use serde::Serialize;

use crate::output::data::{Table, entries, title};
use crate::plan::{CATALOG, PACKAGE, TableFormat, table_address};
use crate::record::kind::KindName;
use crate::record::shape::{CountKey, Form, Need, Type, Word};
use crate::render::lens::Lens;
use crate::render::view::Made;
use crate::render::words::Words;

#[derive(Debug, Serialize)]
struct DataView {
    /// One for each kind of record, those without records included.
    tables: Vec<TableView>,
    /// The address of `datapackage.json`, which describes the tables for software.
    package: String,
    /// The address of `catalog.jsonld`, the same as a DCAT catalogue.
    catalog: String,
}

#[derive(Debug, Serialize)]
struct TableView {
    /// What its files are called, such as `procedures`; also its section's anchor.
    id: &'static str,
    /// What it is a table of, in words: "Administrative procedures".
    title: &'static str,
    /// How many records it has: "219 records".
    rows: String,
    /// The table as CSV, as CSV for Excel and as JSON.
    files: Vec<FileView>,
    /// The data dictionary: every key that is published.
    keys: Vec<KeyView>,
}

#[derive(Debug, Serialize)]
struct FileView {
    /// Where the file is.
    href: String,
    /// Its name, such as `procedures.csv`.
    name: String,
    /// Its size, such as "32 KB".
    size: String,
    /// What it is good for.
    hint: String,
}

/// A row of the data dictionary.
#[derive(Debug, Serialize)]
struct KeyView {
    /// The key; one inside another as `address.street`, one inside a list as `channels[].method`.
    key: String,
    /// Whether it is a column of its own.
    is_column: bool,
    /// What it is called in words, such as "Procedure code".
    label: &'static str,
    /// What its values are, in words: "text", "date, such as 2026-03-01", "list: …".
    holds: String,
    /// "required", "needed for a complete publication" or "optional".
    need: String,
    /// The words that it may be, and what they mean.
    words: Vec<Meaning>,
}

#[derive(Debug, Serialize)]
struct Meaning {
    /// The word as the files have it, such as `in_force`.
    word: &'static str,
    /// What it means, such as "In force".
    label: &'static str,
}

/// The page of the open data.
pub fn view(lens: &Lens<'_>) -> Made {
    let view = DataView {
        tables: lens.tables().iter().map(|measured| table(lens, measured)).collect(),
        package: lens.plan().href(PACKAGE),
        catalog: lens.plan().href(CATALOG),
    };
    let intro = Words::own(lens.label("data.intro"));
    Made::new("data.html", "data", Words::own(lens.label("data.heading")), &view).described(Some(&intro))
}

fn table(lens: &Lens<'_>, table: &Table) -> TableView {
    let kind = table.kind;
    let file = |format: TableFormat| FileView {
        href: lens.plan().href(&table_address(kind, format)),
        name: format!("{}.{}", kind.folder(), format.ending()),
        size: lens.language.size(table.bytes(format)),
        hint: lens.label(match format {
            TableFormat::Csv => "data.csv",
            TableFormat::Excel => "data.excel",
            TableFormat::Json => "data.json",
        }),
    };
    TableView {
        id: kind.folder(),
        title: lens.language.label(title(kind)),
        rows: lens.count("data.rows_n", table.rows),
        files: TableFormat::ALL.map(file).into_iter().collect(),
        keys: keys(lens, kind),
    }
}

fn keys(lens: &Lens<'_>, kind: KindName) -> Vec<KeyView> {
    let key = |entry: crate::output::data::Entry| KeyView {
        label: lens.language.label(entry.label),
        holds: holds(lens, kind, &entry.ty),
        need: lens.label(match entry.need {
            Need::Required => "data.required",
            Need::Complete => "data.complete",
            Need::Optional => "data.optional",
        }),
        words: words(&entry.ty).iter().map(|word| meaning(lens, word)).collect(),
        key: entry.key,
        is_column: entry.is_column,
    };
    entries(kind).into_iter().map(key).collect()
}

fn meaning(lens: &Lens<'_>, word: &Word) -> Meaning {
    Meaning { word: word.word, label: lens.language.label(word.label) }
}

/// The words that a value may be, also inside a list.
fn words(ty: &Type) -> Vec<Word> {
    match ty {
        Type::Word(words) | Type::Counts(CountKey::Word(words)) => words.to_vec(),
        Type::List(item) => words(item),
        Type::Either(types) => types.iter().flat_map(words).collect(),
        _ => Vec::new(),
    }
}

/// What a value holds, in words.
fn holds(lens: &Lens<'_>, kind: KindName, ty: &Type) -> String {
    let name = match ty {
        Type::List(item) => return lens.labels.fill("data.list", &[("item", &holds(lens, kind, item))]),
        Type::Either(types) => {
            let names: Vec<String> = types.iter().map(|ty| holds(lens, kind, ty)).collect();
            return names.join(&lens.label("data.or"));
        }
        Type::Reference(word) => {
            let kind = KindName::from_word(word).unwrap_or(kind);
            return lens.labels.fill("data.reference", &[("table", kind.folder())]);
        }
        Type::Text => "data.text",
        Type::Markdown => "data.markdown",
        Type::Bool => "data.bool",
        Type::Date => "data.date",
        Type::Integer { .. } => "data.integer",
        Type::Decimal { .. } | Type::Degrees { .. } => "data.number",
        Type::Word(_) => "data.word",
        Type::AnyReference => "data.any_reference",
        Type::File => "data.file",
        Type::Map(_) | Type::Levels(_) | Type::Translated(_) => "data.map",
        Type::Counts(_) => "data.counts",
        Type::Formed(form) => formed(*form),
    };
    lens.label(name)
}

fn formed(form: Form) -> &'static str {
    match form {
        Form::Code => "data.form_code",
        Form::Symbol => "data.form_symbol",
        Form::Phone => "data.form_phone",
        Form::Email => "data.form_email",
        Form::Url | Form::HttpsUrl => "data.form_url",
        Form::SitePath => "data.form_path",
        Form::Time => "data.form_time",
        Form::Id | Form::CheckCode | Form::LanguageCode | Form::TimeZone => "data.form_id",
    }
}
