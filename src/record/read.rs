//! From the files under `content/` to the records of a kind.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::common::Common;
use crate::record::config::Config;
use crate::record::kind::{Kind, KindName};
use crate::record::memo::{Memo, Reading};
use crate::record::overlay;
use crate::record::reader::{self, Fields, Findings, Noted, Reader};
use crate::record::shape::Shape;
use crate::record::value::{Markdown, Referable};
use crate::say;
use crate::source::{Body, File, FileId, Irregular, Snapshot, Span};
use crate::syntax::front_matter;
use crate::syntax::yaml::{self, Node, Value};
use crate::value::text;

/// The largest file that is read as a record, in bytes. The largest real procedure has 120 KB.
const MAX_BYTES: usize = 2 << 20;

/// One record: its ID and what it says, in every language. Cheap to clone.
#[derive(Debug)]
pub struct Record<T> {
    /// The file's stem; unique within the kind.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// What it says in the site's default language.
    pub content: Arc<Content<T>>,
    /// What it says in other languages, for those that have an overlay.
    pub overlays: Arc<BTreeMap<String, Content<T>>>,
    /// Top-level keys whose value could not be read, or that are missing. Empty on every published record.
    pub faulty: Vec<&'static str>,
    /// The keys that a complete publication needs and that it lacks: `fees` of `channels.0.fees`.
    pub incomplete: Vec<String>,
    /// Where the values of its top-level keys are written.
    places: Arc<[(&'static str, Span)]>,
    /// What [`Record::found_alone`] found.
    found_alone: Arc<OnceLock<Vec<Diagnostic>>>,
}

/// What a record says in one language.
#[derive(Debug, Clone)]
pub struct Content<T> {
    /// The keys that every record has.
    pub common: Common,
    /// The kind's own keys.
    pub data: T,
    /// The Markdown below the front matter, or the key `body`.
    pub body: Option<Markdown>,
}

impl<T> Clone for Record<T> {
    fn clone(&self) -> Self {
        Record {
            id: self.id.clone(),
            file: self.file,
            content: Arc::clone(&self.content),
            overlays: Arc::clone(&self.overlays),
            faulty: self.faulty.clone(),
            incomplete: self.incomplete.clone(),
            places: Arc::clone(&self.places),
            found_alone: Arc::clone(&self.found_alone),
        }
    }
}

impl<T> Record<T> {
    /// What it says in a language; in the default one where it has no overlay.
    pub fn content(&self, language: &str) -> &Content<T> {
        self.overlays.get(language).unwrap_or(&self.content)
    }

    /// Where the value of a top-level key is written; the record's first line where it has no such key.
    pub fn place(&self, key: &str) -> Span {
        self.places.iter().find(|(known, _)| *known == key).map_or(Span::top(self.file), |(_, place)| *place)
    }

    /// What is found in this record when nothing else is looked at. It is looked for once, however often the record is
    /// recalled, so all of a kind must be looked at in one way.
    pub fn found_alone(&self, look: impl FnOnce(&Self) -> Vec<Diagnostic>) -> &[Diagnostic] {
        self.found_alone.get_or_init(|| look(self))
    }

    /// Whether the values of these keys could be read.
    pub fn is_sound(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| !self.faulty.contains(key))
    }
}

impl<T: Referable> Record<T> {
    /// `procedure:ban-buon-ruou`
    pub fn name(&self) -> String {
        format!("{}:{}", T::WORD, self.id)
    }
}

/// The records of one kind, and what was found while reading them.
#[derive(Debug)]
pub struct Readings<T> {
    /// The records that could be read, in the order of their IDs; a doubled ID is not among them.
    pub records: Vec<Record<T>>,
    /// The IDs of all files of the kind, readable or not: a reference to one of them is never unknown.
    pub ids: BTreeMap<String, FileId>,
    /// Whether the natural key of some record is not known, because its file or the key is faulty.
    pub keys_unknown: bool,
    /// What was found, by record.
    pub findings: Vec<Noted>,
}

/// A record's files: its own, and its overlays by language.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The record's own file, or several where the ID is doubled.
    pub own: Vec<FileId>,
    /// Overlays by language.
    pub overlays: BTreeMap<String, FileId>,
}

/// Reads the records of one kind.
pub fn read<T: Kind>(snapshot: &Snapshot, files: &BTreeMap<String, Files>, memo: &Memo) -> Readings<T> {
    let mut readings =
        Readings { records: Vec::new(), ids: BTreeMap::new(), keys_unknown: false, findings: Vec::new() };
    let with_own = files.iter().filter(|(_, files)| !files.own.is_empty());
    readings.ids = with_own.clone().map(|(id, files)| (id.clone(), files.own[0])).collect();
    let read: Vec<_> = with_own
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(id, files)| (id, memo.recall(T::WORD, id, (snapshot, files), || read_record::<T>(snapshot, id, files))))
        .collect();
    for (id, (record, findings)) in read {
        let natural = record.as_ref().and_then(|record| record.content.data.natural_key());
        let key_faulty =
            record.as_ref().is_none_or(|record| natural.is_some_and(|(key, _)| record.faulty.contains(&key)));
        readings.keys_unknown |= key_faulty;
        readings.findings.push((format!("{}:{id}", T::WORD), findings));
        readings.records.extend(record.filter(|_| files[id].own.len() == 1));
    }
    readings
}

fn read_record<T: Kind>(snapshot: &Snapshot, id: &str, files: &Files) -> Reading<T> {
    let mut findings = doubled(id, files);
    let mut record = None;
    for (index, file) in files.own.iter().enumerate() {
        let (content, tree, found) = read_file::<T>(snapshot, *file);
        let (faulty, incomplete) = (found.faulty.clone(), found.incomplete.clone());
        merge(&mut findings, found);
        let (Some(content), Some(tree), 0) = (content, tree, index) else { continue };
        let overlays = read_overlays::<T>(snapshot, files, &tree, &mut findings);
        let places = places::<T>(&tree.root);
        let (content, overlays) = (Arc::new(content), Arc::new(overlays));
        let (id, file, found_alone) = (id.to_owned(), *file, Arc::default());
        record = Some(Record { id, file, content, overlays, faulty, incomplete, places, found_alone });
    }
    if files.own.len() > 1 {
        findings.shape_only();
    }
    let name = format!("{}:{id}", T::WORD);
    findings.faults.iter_mut().for_each(|fault| fault.record = Some(name.clone()));
    (record, Arc::new(findings))
}

/// Where the values of a map's keys are, for checks that look at numbers: those have no place of their own.
fn places<T: Kind>(root: &Node) -> Arc<[(&'static str, Span)]> {
    let Value::Map(entries) = &root.value else { return Arc::default() };
    let fields = T::full_shape().fields.iter().zip(reader::sorted(entries, T::full_shape()).0);
    fields.filter_map(|(field, entry)| Some((field.key, entry?.value.span))).collect()
}

/// What is wrong with the shape of a file whose ID is rejected. Nothing else about it is looked at.
pub fn read_nameless(snapshot: &Snapshot, kind: KindName, file: FileId) -> Findings {
    let mut findings = match load(snapshot, file) {
        Err(faults) => Findings { faults, ..Findings::default() },
        Ok(tree) => kind.read_findings(snapshot, &tree, file),
    };
    findings.shape_only();
    findings
}

/// Reads a tree for what is wrong with it alone.
pub fn findings_of<T: Kind>(snapshot: &Snapshot, tree: &Tree, file: FileId) -> Findings {
    read_tree::<T>(snapshot, tree, file).1
}

fn doubled(id: &str, files: &Files) -> Findings {
    let mut findings = Findings::default();
    for file in files.own.iter().skip(1) {
        let message = say!("ID `{id}` đã được dùng", "the ID `{id}` is taken");
        let fault = Diagnostic::new(Code::DuplicateId, Span::top(*file), message);
        let help = say!("đổi tên một trong hai tệp", "rename one of the two files");
        findings.faults.push(
            fault.help(help).related(Span::top(files.own[0]), say!("bản ghi kia ở đây", "the other record is here")),
        );
    }
    findings
}

fn read_overlays<T: Kind>(
    snapshot: &Snapshot,
    files: &Files,
    tree: &Tree,
    findings: &mut Findings,
) -> BTreeMap<String, Content<T>> {
    let mut contents = BTreeMap::new();
    for (language, file) in &files.overlays {
        let laid = load(snapshot, *file).and_then(|overlay| overlay::lay(&overlay, tree, T::full_shape()));
        match laid {
            Ok((merged, faults)) => {
                findings.faults.extend(faults);
                let (content, mut found) = read_tree::<T>(snapshot, &merged, *file);
                found.keep_only(*file);
                merge(findings, found);
                contents.extend(content.map(|content| (language.clone(), content)));
            }
            Err(faults) => findings.faults.extend(faults),
        }
    }
    contents
}

fn merge(findings: &mut Findings, more: Findings) {
    findings.faults.extend(more.faults);
    findings.references.extend(more.references);
    findings.links.extend(more.links);
    findings.files.extend(more.files);
    findings.incomplete.extend(more.incomplete);
    findings.faulty.extend(more.faulty);
    findings.sightings.extend(more.sightings);
}

/// A file's YAML, and the Markdown below it.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The keys.
    pub root: Node,
    /// Where the Markdown below the front matter is, and its text.
    pub body: Option<(Span, String)>,
    /// What is wrong with the file's characters, wherever they stand: in values, keys or comments.
    pub faults: Vec<Diagnostic>,
}

/// The tree of a record's file.
///
/// # Errors
/// What keeps the file from being read: bytes, fences, YAML.
pub fn load(snapshot: &Snapshot, file: FileId) -> Result<Tree, Vec<Diagnostic>> {
    if let Body::Irregular(irregular) = snapshot.file(file).body {
        return Err(vec![irregular_fault(file, irregular, snapshot.file(file))]);
    }
    let bytes = snapshot.bytes(file);
    let text = match snapshot.text(file) {
        Ok(text) => text,
        Err(error) => return Err(vec![not_utf8(file, bytes, error.valid_up_to())]),
    };
    if text.len() > MAX_BYTES {
        let (size, limit) = (text.len() >> 10, MAX_BYTES >> 10);
        let message = say!(
            "tệp lớn {size} KiB; mỗi bản ghi tối đa {limit} KiB",
            "the file has {size} KiB; a record has at most {limit} KiB"
        );
        return Err(vec![Diagnostic::new(Code::YamlLimit, Span::top(file), message)]);
    }
    let faults = direction_controls(file, text);
    if !snapshot.file(file).path.as_str().ends_with(".md") {
        return yaml::parse(file, text).map(|root| Tree { root, body: None, faults });
    }
    let parts = front_matter::split(file, text).map_err(|fault| vec![*fault])?;
    let root = yaml::parse_at(file, &text[parts.yaml.clone()], parts.yaml.start)?;
    let body = &text[parts.body.clone()];
    let span = Span::new(file, parts.body.start, parts.body.end);
    Ok(Tree { root, body: (!body.trim().is_empty()).then(|| (span, body.to_owned())), faults })
}

/// Controls that turn the direction of text, anywhere in a file.
fn direction_controls(file: FileId, text: &str) -> Vec<Diagnostic> {
    if text::is_ordinary(text) {
        return Vec::new();
    }
    let found = text.char_indices().filter(|(_, c)| text::is_bidi_control(*c));
    found.map(|(at, c)| reader::bidi(Span::new(file, at, at + c.len_utf8()), c)).collect()
}

/// The fault of what is no regular file.
pub fn irregular_fault(id: FileId, irregular: Irregular, file: &File) -> Diagnostic {
    let name = file.path.name();
    let (code, message) = match irregular {
        Irregular::Symlink => {
            (Code::ForbiddenFile, say!("`{name}` là liên kết tệp (symlink)", "`{name}` is a symbolic link"))
        }
        Irregular::Special => {
            (Code::ForbiddenFile, say!("`{name}` không phải là tệp thường", "`{name}` is no regular file"))
        }
        Irregular::NameNotUtf8 => {
            (Code::ForbiddenFile, say!("tên tệp `{name}` không phải là UTF-8", "the file name `{name}` is not UTF-8"))
        }
        Irregular::TooLarge(size) => {
            let mib = size >> 20;
            (
                Code::YamlLimit,
                say!(
                    "`{name}` lớn {mib} MiB, quá lớn cho một bản ghi hay một tệp giao diện",
                    "`{name}` has {mib} MiB, too large for a record or a theme's file"
                ),
            )
        }
    };
    let fault = Diagnostic::new(code, Span::top(id), message);
    match irregular {
        Irregular::TooLarge(_) if file.path.below("content/files").is_none() => fault.help(limit()),
        _ => fault,
    }
}

fn limit() -> Message {
    let limit = MAX_BYTES >> 10;
    say!(
        "mỗi bản ghi tối đa {limit} KiB; phần dài hơn để trong tệp đính kèm, ở `content/files/`",
        "a record has at most {limit} KiB; what is longer belongs into an attachment, in `content/files/`"
    )
}

fn not_utf8(file: FileId, bytes: &[u8], at: usize) -> Diagnostic {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let message =
        say!("tệp không phải là chữ UTF-8 (byte 0x{byte:02X})", "the file is not UTF-8 text (byte 0x{byte:02X})");
    let help = say!("mở tệp và lưu lại với bảng mã UTF-8", "open the file and save it as UTF-8");
    Diagnostic::new(Code::InvalidUtf8, Span::new(file, at, at + 1), message).help(help)
}

fn read_file<T: Kind>(snapshot: &Snapshot, file: FileId) -> (Option<Content<T>>, Option<Tree>, Findings) {
    match load(snapshot, file) {
        Err(faults) => (None, None, Findings { faults, ..Findings::default() }),
        Ok(tree) => {
            let (content, findings) = read_tree::<T>(snapshot, &tree, file);
            (content, Some(tree), findings)
        }
    }
}

/// Reads a record's tree. `file` is where what it lacks as a whole is told.
fn read_tree<T: Kind>(snapshot: &Snapshot, tree: &Tree, file: FileId) -> (Option<Content<T>>, Findings) {
    let mut reader = Reader::new(snapshot, T::WORD, file);
    reader.found.faults.extend(tree.faults.iter().cloned());
    let Some(fields) = reader.open(&tree.root, T::full_shape()) else {
        return (None, reader.found);
    };
    let common = Common::take(&fields, &mut reader);
    let data = T::take(&fields, &mut reader);
    let body = read_body(tree, &fields, &mut reader);
    data.check(&mut reader, &fields);
    (Some(Content { common, data, body }), reader.found)
}

fn read_body(tree: &Tree, fields: &Fields<'_>, reader: &mut Reader<'_>) -> Option<Markdown> {
    let key: Option<Markdown> = fields.take("body", reader);
    let Some((span, value)) = &tree.body else { return key };
    if let Some(entry) = fields.get("body") {
        let message = say!(
            "nội dung vừa ở khóa `body` vừa ở dưới phần đầu",
            "the text is both in the key `body` and below the front matter"
        );
        reader.fault(Diagnostic::new(Code::FrontMatter, entry.key.span, message));
    }
    Some(Markdown::new(&reader.body(*span, value), *span))
}

/// All keys of a kind whose own these are: those that every record has, its own, and the body.
pub fn full_shape_of(own: &Shape) -> Shape {
    let body = crate::record::shape::Field {
        key: "body",
        need: crate::record::shape::Need::Optional,
        ty: crate::record::shape::Type::Markdown,
        label: crate::record::shape::Label { vi: "Nội dung", en: "Text" },
        audience: crate::record::shape::Audience::Public,
    };
    Shape { fields: Common::shape().fields.iter().chain(&own.fields).cloned().chain([body]).collect() }
}

impl KindName {
    /// All keys of the kind: those that every record has, its own, and the body.
    pub fn full_shape(self) -> Shape {
        full_shape_of(self.shape())
    }
}

/// The normal form of an ID's text, for the help of `invalid-id`.
pub fn id_from(stem: &str) -> String {
    let slug = crate::value::slug(&text::nfc(stem));
    slug.chars().take(80).collect::<String>().trim_matches('-').to_owned()
}

/// Reads `content/site.yaml` or an overlay of it, already laid over it.
pub fn read_config(snapshot: &Snapshot, tree: &Tree, file: FileId) -> (Option<Config>, Findings) {
    let mut reader = Reader::new(snapshot, "site", file);
    reader.found.faults.extend(tree.faults.iter().cloned());
    let Some(fields) = reader.open(&tree.root, Config::shape()) else {
        return (None, reader.found);
    };
    let config = Config::take(&fields, &mut reader);
    config.check(&mut reader, &fields);
    (Some(config), reader.found)
}
