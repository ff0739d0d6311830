//! Breaks every field of every sample record in every way that its type knows, and expects the fault's code at exactly
//! that line and column. Lines and columns are computed here from the text alone.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

use std::collections::BTreeMap;
use std::path::Path;

use minhbach::diagnostic::Code;
use minhbach::record::config::Config;
use minhbach::record::kind::KindName;
use minhbach::record::shape::{Field, Form, Need, Shape, Type};
use minhbach::site::{self, Day, Options};
use minhbach::source::Snapshot;
use minhbach::value::date::Date;
use rayon::prelude::*;

/// A line `key: value` of a block-style record.
#[derive(Debug, Clone)]
struct Line {
    /// From 0.
    number: usize,
    /// Of the key, from 0, in characters.
    column: usize,
    /// The keys above, then its own.
    path: Vec<String>,
    key: String,
    value: String,
    /// Of what lacks the key where the line is taken away: a key, a list item, or the top of the file.
    owner: (usize, usize),
}

struct Mutation {
    name: &'static str,
    text: String,
    code: Code,
    line: usize,
    column: usize,
}

/// The lines of a record that hold a key; those inside block texts are passed over.
fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut block: Option<usize> = None;
    let mut open: Vec<(usize, String, (usize, usize))> = Vec::new();
    let fenced = text.starts_with("---");
    for (number, raw) in text.lines().enumerate() {
        if fenced && number > 0 && raw == "---" {
            break;
        }
        let indent = raw.len() - raw.trim_start().len();
        if raw.trim().is_empty() || block.is_some_and(|at| indent > at) {
            continue;
        }
        block = None;
        let (mut column, mut rest) = (indent, raw.trim_start());
        let mut item = None;
        while let Some(inner) = rest.strip_prefix("- ") {
            column += 2;
            rest = inner;
            item = Some((number, column));
        }
        let Some((key, value)) =
            rest.split_once(':').filter(|(key, value)| is_key(key) && (value.is_empty() || value.starts_with(' ')))
        else {
            continue;
        };
        open.retain(|(at, ..)| *at < column);
        let mut same_map = found.iter().rev().take_while(|line: &&Line| line.column >= column);
        let siblings_owner = same_map.find(|line| line.column == column && item.is_none());
        let owner = item
            .or(siblings_owner.map(|line| line.owner))
            .unwrap_or_else(|| open.last().map_or((0, 0), |(_, _, at)| *at));
        let path: Vec<String> = open.iter().map(|(_, key, _)| key.clone()).chain([key.to_owned()]).collect();
        let value = value.trim().to_owned();
        if value.starts_with(['|', '>']) {
            block = Some(column);
        }
        found.push(Line { number, column, path, key: key.to_owned(), value, owner });
        open.push((column, key.to_owned(), (number, column)));
    }
    found
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// The field that a path of keys leads to.
fn field<'a>(shape: &'a Shape, path: &[String]) -> Option<&'a Field> {
    let (first, rest) = path.split_first()?;
    let found = shape.field(first)?;
    if rest.is_empty() { Some(found) } else { maps(&found.ty).into_iter().find_map(|shape| field(shape, rest)) }
}

fn maps(ty: &Type) -> Vec<&Shape> {
    match ty {
        Type::Map(shape) => vec![shape],
        Type::List(item) => maps(item),
        Type::Either(types) => types.iter().flat_map(maps).collect(),
        _ => Vec::new(),
    }
}

/// What can be wrong with a value of a type: a name, what is written, the code, and how far into the value its place is.
fn wrong_values(ty: &Type) -> Vec<(&'static str, &'static str, Code, usize)> {
    let form = |code| vec![("ill-formed", "\"@ @\"", code, 0), ("map", "{zz: 1}", Code::WrongType, 0)];
    match ty {
        Type::Text => vec![
            ("map", "{zz: 1}", Code::WrongType, 0),
            ("list", "[x]", Code::WrongType, 0),
            ("empty", "\"\"", Code::InvalidValue, 0),
            ("bidi", "\"a\u{202e}b\"", Code::BidiControl, 2),
            ("escaped bidi", "\"a\\u202eb\"", Code::BidiControl, 2),
            ("decomposed", "tie\u{302}\u{301}ng", Code::NotNormalised, 0),
            ("look-alike", "\u{421}hung", Code::NotNormalised, 0),
        ],
        Type::Markdown => vec![
            ("map", "{zz: 1}", Code::WrongType, 0),
            ("html", "\"xem <b>đây</b>\"", Code::RawHtml, 5),
            ("script", "'a <script>x</script>'", Code::RawHtml, 3),
            ("unsafe", "\"xem [a](javascript:x)\"", Code::UnsafeLink, 5),
            ("record", "\"xem [a](procedure:khong-co)\"", Code::UnknownReference, 5),
            ("file", "\"xem [a](files/khong-co.pdf)\"", Code::MissingFile, 5),
            ("relative", "\"xem [a](../b)\"", Code::BrokenLink, 5),
        ],
        Type::Bool => vec![
            ("quoted", "\"true\"", Code::WrongType, 0),
            ("word", "yes", Code::WrongType, 0),
            ("list", "[true]", Code::WrongType, 0),
        ],
        Type::Date => vec![
            ("no such day", "2026-02-30", Code::InvalidDate, 0),
            ("other notation", "25/12/2026", Code::InvalidDate, 0),
            ("map", "{zz: 1}", Code::WrongType, 0),
        ],
        Type::Integer { .. } => vec![
            ("negative", "-1", Code::OutOfRange, 0),
            ("huge", "99999999999999999999", Code::OutOfRange, 0),
            ("fraction", "4.0", Code::WrongType, 0),
            ("quoted", "\"4\"", Code::WrongType, 0),
            ("exponent", "1e3", Code::WrongType, 0),
            ("octal-looking", "012", Code::WrongType, 0),
        ],
        Type::Decimal { .. } => vec![
            ("quoted", "\"4\"", Code::WrongType, 0),
            ("exponent", "1e3", Code::WrongType, 0),
            ("far", "-999", Code::OutOfRange, 0),
        ],
        Type::Word(_) => vec![("unknown word", "zzz", Code::InvalidValue, 0), ("map", "{zz: 1}", Code::WrongType, 0)],
        Type::Formed(Form::Code) => form(Code::InvalidCode),
        Type::Formed(Form::Symbol) => form(Code::InvalidSymbol),
        Type::Formed(Form::Phone) => form(Code::InvalidPhone),
        Type::Formed(Form::Email) => form(Code::InvalidEmail),
        Type::Formed(Form::Url | Form::HttpsUrl | Form::SitePath) => form(Code::InvalidUrl),
        Type::Formed(Form::Id) => form(Code::InvalidId),
        Type::Formed(Form::Time | Form::LanguageCode | Form::TimeZone | Form::CheckCode) => form(Code::InvalidValue),
        Type::Reference(_) => {
            vec![("unknown", "khong-co-gi", Code::UnknownReference, 0), ("map", "{zz: 1}", Code::WrongType, 0)]
        }
        Type::AnyReference => vec![
            ("unknown kind", "zzz:a", Code::InvalidValue, 0),
            ("unknown", "page:khong-co", Code::UnknownReference, 0),
        ],
        Type::File => vec![
            ("missing", "khong-co.pdf", Code::MissingFile, 0),
            ("leaves", "../x.pdf", Code::ForbiddenFile, 0),
            ("type", "x.exe", Code::ForbiddenFile, 0),
        ],
        Type::List(_) => vec![("scalar", "zzz", Code::WrongType, 0), ("map", "{zz: 1}", Code::WrongType, 0)],
        Type::Map(_) | Type::Counts(_) => Vec::new(),
        Type::Either(_) => Vec::new(),
    }
}

/// The text with one line replaced by others.
fn with_line(text: &str, number: usize, lines: &[String]) -> String {
    let replaced = text
        .lines()
        .enumerate()
        .flat_map(|(at, line)| if at == number { lines.to_vec() } else { vec![line.to_owned()] });
    replaced.collect::<Vec<_>>().join("\n") + "\n"
}

fn mutations(text: &str, line: &Line, field: Option<&Field>) -> Vec<Mutation> {
    let original = text.lines().nth(line.number).unwrap();
    let head: String = original.chars().take(line.column).collect();
    let value_column = line.column + line.key.chars().count() + 2;
    let one_line = !line.value.is_empty() && !line.value.starts_with(['|', '>']) && !line.value.contains(" #");
    let value = |value: &str| with_line(text, line.number, &[format!("{head}{}: {value}", line.key)]);
    let at = |name, text, code, column| Mutation { name, text, code, line: line.number, column };
    let is_own_word = field.is_none() && line.path.iter().any(|key| key == "by_channel");
    if is_own_word {
        return Vec::new();
    }
    let mut all = vec![at(
        "misspelt key",
        with_line(
            text,
            line.number,
            &[format!("{head}zz{}:{}", line.key, &original[original.find(':').unwrap() + 1..])],
        ),
        Code::UnknownKey,
        line.column,
    )];
    if !one_line {
        return all;
    }
    let blank = " ".repeat(line.column);
    let doubled = with_line(text, line.number, &[original.to_owned(), format!("{blank}{}: {}", line.key, line.value)]);
    all.push(Mutation { line: line.number + 1, ..at("doubled key", doubled, Code::YamlDuplicateKey, line.column) });
    all.push(at(
        "null",
        with_line(text, line.number, &[format!("{head}{}:", line.key)]),
        Code::WrongType,
        value_column,
    ));
    all.push(at("tilde", value("~"), Code::WrongType, value_column));
    all.push(at("anchor", value(&format!("&a {}", line.value)), Code::YamlAlias, value_column));
    all.push(at("tag", value(&format!("!x {}", line.value)), Code::YamlAlias, value_column));
    let Some(field) = field else { return all };
    let wrong = wrong_values(&field.ty).into_iter();
    all.extend(wrong.map(|(name, wrong, code, offset)| at(name, value(wrong), code, value_column + offset)));
    let alone = !original.trim_start().starts_with("- ");
    // Without its only key `processing_time` would be empty, which is another fault.
    let only = line.path.ends_with(&["processing_time".to_owned(), "text".to_owned()]);
    if field.need == Need::Required && alone && !only {
        let without = with_line(text, line.number, &[]);
        let (line, column) = line.owner;
        all.push(Mutation { name: "taken away", text: without, code: Code::MissingKey, line, column });
    }
    all
}

/// The codes and places that reading `text` as `path` gives, in a site that holds little else.
fn found(path: &str, text: &str, around: &[(String, String)]) -> Vec<(Code, usize, usize)> {
    let others = around.iter().filter(|(other, _)| other != path).cloned();
    let snapshot = Snapshot::from_texts(others.chain([(path.to_owned(), text.to_owned())]));
    let options = Options { as_of: Day::Of(Date::parse("2026-11-23").unwrap()), ..Options::default() };
    let loaded = site::load(&snapshot, &options);
    let (file, _) = snapshot.find(path).unwrap();
    let own = loaded.diagnostics.iter().filter(|fault| fault.place.file == file);
    own.map(|fault| {
        let (start, _) = snapshot.locate(fault.place);
        (fault.code, start.line as usize, start.column as usize)
    })
    .collect()
}

/// The sample's records, without overlays and attachments.
fn sample() -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new("content")
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    let paths = entries.map(|entry| entry.path().to_str().unwrap().to_owned());
    let own = paths.filter(|path| {
        !path.starts_with("content/files/")
            && !path.contains(".en.")
            && !Path::new(path).components().any(|part| part.as_os_str().to_str().unwrap().starts_with('.'))
    });
    own.map(|path| (path.clone(), std::fs::read_to_string(&path).unwrap())).collect()
}

fn shape_of(path: &str) -> Shape {
    let folder = path.split('/').nth(1).unwrap();
    KindName::from_folder(folder).map_or_else(|| Config::shape().clone(), KindName::full_shape)
}

#[test]
fn every_fault_of_every_field_is_told_at_its_place() {
    let sample = sample();
    let config = sample["content/site.yaml"].clone();
    let around =
        [("content/site.yaml".to_owned(), config), ("content/agencies/x.yaml".to_owned(), "title: X\n".to_owned())];
    let results: Vec<(usize, Vec<String>)> = sample
        .par_iter()
        .map(|(path, text)| {
            let shape = shape_of(path);
            let mut wrong = Vec::new();
            let mut count = 0;
            for line in lines(text) {
                for mutation in mutations(text, &line, field(&shape, &line.path)) {
                    count += 1;
                    let found = found(path, &mutation.text, &around);
                    let expected = (mutation.code, mutation.line + 1, mutation.column + 1);
                    if !found.contains(&expected) {
                        wrong.push(format!(
                            "{path}: {} of `{}`: expected {expected:?}, found {found:?}",
                            mutation.name,
                            line.path.join(".")
                        ));
                    }
                }
            }
            (count, wrong)
        })
        .collect();
    let count: usize = results.iter().map(|(count, _)| count).sum();
    let wrong: Vec<String> = results.into_iter().flat_map(|(_, wrong)| wrong).collect();
    println!("{count} mutations, {} not told as expected", wrong.len());
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    assert!(count > 5_000, "only {count} mutations");
}
