//! Reads a spanned tree into typed values and collects every fault on the way.
//!
//! A faulty value never stops the reading of its neighbours. What a record names elsewhere (references, links, files) is
//! collected here and looked up when all records are known.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Fix, Level, Message, Replacement};
use crate::edit::scalar;
use crate::record::places::Places;
use crate::record::shape::{Field, Need, Shape};
use crate::record::sighting::{self, Sighting};
use crate::record::suggest;
use crate::say;
use crate::source::{FileId, Snapshot, Span};
use crate::syntax::yaml::{Entry, Key, Node, Scalar, Style, Value};
use crate::syntax::{markdown, place};
use crate::value::text::{self, Irregularity, is_bidi_control};

/// What one record names elsewhere, and what is wrong with it by itself.
#[derive(Debug, Default, Clone)]
pub struct Findings {
    /// Faults.
    pub faults: Vec<Diagnostic>,
    /// References to records.
    pub references: Vec<Reference>,
    /// Links and images in Markdown.
    pub links: Vec<Link>,
    /// Files named in fields.
    pub files: Vec<FileUse>,
    /// Keys that a complete publication needs and that are absent, such as `channels[0].fees`.
    pub incomplete: Vec<String>,
    /// Top-level keys whose value could not be read, or that are missing.
    pub faulty: Vec<&'static str>,
    /// What texts hold that may be a person's, and figures: the whole site tells what they are.
    pub sightings: Vec<Sighting>,
}

impl Findings {
    /// Forgets all but the faults: what the record names elsewhere is not looked at.
    pub fn shape_only(&mut self) {
        *self = Findings { faults: std::mem::take(&mut self.faults), ..Findings::default() };
    }

    /// Whether an error was found since there were `before` faults.
    pub fn has_error_since(&self, before: usize) -> bool {
        self.faults[before..].iter().any(|fault| fault.level == Level::Error)
    }

    /// Forgets what was found in other files than `file`: it is told where those are read for themselves.
    pub fn keep_only(&mut self, file: FileId) {
        self.faults.retain(|fault| fault.place.file == file && fault.place != Span::top(file));
        self.references.retain(|reference| reference.place.file == file);
        self.links.retain(|link| link.place.file == file);
        self.files.retain(|used| used.place.file == file);
        self.sightings.retain(|sighting| sighting.place.file == file);
        self.incomplete.clear();
        self.faulty.clear();
    }
}

/// What was found in a record, with the record's name; it is empty for a file that is no record's.
pub type Noted = (String, Arc<Findings>);

/// A reference to a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The word of the kind that it names.
    pub kind: String,
    /// The ID or natural key, as written.
    pub key: String,
    /// Where.
    pub place: Span,
}

/// A link or image in a Markdown text.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it leads.
    pub target: markdown::Target,
    /// The destination as written.
    pub raw: String,
    /// Where.
    pub place: Span,
}

/// A file named in a field.
#[derive(Debug, Clone, PartialEq)]
pub struct FileUse {
    /// The path below `content/files/`.
    pub path: String,
    /// Where.
    pub place: Span,
}

/// A step of the way from a record to a value.
#[derive(Debug, Clone)]
pub enum Step {
    /// A key.
    Key(&'static str),
    /// A key that is an author's own word.
    Word(String),
    /// An item of a list.
    Item(usize),
}

/// Reads one record.
pub struct Reader<'a> {
    snapshot: &'a Snapshot,
    kind: &'static str,
    path: Vec<Step>,
    /// The key or list item whose value is read: the place of what a map lacks.
    owner: Span,
    /// What was found so far.
    pub found: Findings,
}

/// An open map: its entries are known keys of a shape.
pub struct Fields<'n> {
    shape: &'n Shape,
    /// The entry of each field of the shape.
    found: Vec<Option<&'n Entry>>,
    /// The field behind the one that was taken last: they are taken in the shape's order.
    next: Cell<usize>,
    /// The place of the map as a whole, for what it lacks.
    pub place: Span,
}

impl<'a> Reader<'a> {
    /// A reader for a record of the kind with this word.
    /// What the record as a whole lacks is told at the top of `file`.
    pub fn new(snapshot: &'a Snapshot, kind: &'static str, file: FileId) -> Self {
        Reader { snapshot, kind, path: Vec::new(), owner: Span::top(file), found: Findings::default() }
    }

    /// The word of the kind that is read.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Tells a fault.
    pub fn fault(&mut self, fault: Diagnostic) {
        self.found.faults.push(fault);
    }

    /// Opens a map: tells unknown and missing keys.
    pub fn open<'n>(&mut self, node: &'n Node, shape: &'n Shape) -> Option<Fields<'n>> {
        let Value::Map(entries) = &node.value else {
            let first = shape.fields.first().map_or("…", |field| field.key);
            let Description(vi, en) = describe(node);
            let message = say!(
                "cần một nhóm khóa (như `{first}: …`), ở đây là {vi}",
                "expected a group of keys (such as `{first}: …`), found {en}"
            );
            self.wrong_type(node, message);
            return None;
        };
        let (found, unknown) = sorted(entries, shape);
        let meant = self.unknown_keys(entries, &unknown, shape);
        meant.iter().for_each(|key| self.mark_faulty(key));
        self.missing_keys(&found, shape, &meant);
        Some(Fields { shape, found, next: Cell::new(0), place: self.owner })
    }

    /// Tells keys that the shape does not have; returns the keys that were probably meant.
    fn unknown_keys(&mut self, entries: &[Entry], unknown: &[&Entry], shape: &Shape) -> Vec<&'static str> {
        let mut meant = Vec::new();
        for Entry { key, .. } in unknown {
            // One that holds a directional control was told for that when the file was opened.
            if self.written_at(key.span).contains(is_bidi_control) {
                continue;
            }
            let name = &key.text;
            let suggestion = suggest::key(name, shape).filter(|key| !entries.iter().any(|e| e.key.text == *key));
            let fault = Diagnostic::new(
                Code::UnknownKey,
                key.span,
                say!("không có khóa `{name}` ở đây", "there is no key `{name}` here"),
            );
            // Two keys that may both be meant as the third are for a person to tell apart.
            let is_clear = !meant.iter().any(|known| Some(*known) == suggestion);
            let only = suggest::only_key(name, shape).filter(|only| is_clear && suggestion == Some(*only));
            meant.extend(suggestion);
            let fix = only.map(|only| Fix::replace(key.span, only));
            self.fault(fault.help(suggest::keys_help(suggestion, shape)).maybe_fix(fix));
        }
        meant
    }

    fn missing_keys(&mut self, found: &[Option<&Entry>], shape: &Shape, meant: &[&str]) {
        let fields = shape.fields.iter().zip(found.iter().copied());
        for (Field { key, need, label, .. }, entry) in fields.filter(|(field, _)| !meant.contains(&field.key)) {
            let empty_list = entry.filter(|entry| entry.value.value == Value::List(Vec::new()));
            match need {
                Need::Required if empty_list.is_some() => {
                    let place = empty_list.map_or(self.owner, |entry| entry.value.span);
                    self.fault(Diagnostic::new(
                        Code::OutOfRange,
                        place,
                        say!("`{key}` cần ít nhất một mục", "`{key}` needs at least one item"),
                    ));
                    self.mark_faulty(key);
                }
                _ if entry.is_some() && empty_list.is_none() => {}
                Need::Optional => {}
                Need::Complete => {
                    let path = self.path_of(key);
                    self.found.incomplete.push(path);
                }
                Need::Required => {
                    let (vi, en) = (label.vi, label.en);
                    let fault = Diagnostic::new(
                        Code::MissingKey,
                        self.owner,
                        say!("thiếu khóa `{key}` ({vi})", "the key `{key}` ({en}) is missing"),
                    );
                    self.fault(fault);
                    self.mark_faulty(key);
                }
            }
        }
    }

    fn path_of(&self, key: &str) -> String {
        let step = |step: &Step| match step {
            Step::Key(word) => format!("{word}."),
            Step::Word(word) => format!("{word}."),
            Step::Item(index) => format!("{index}."),
        };
        self.path.iter().map(step).collect::<String>() + key
    }

    fn mark_faulty(&mut self, key: &'static str) {
        if self.path.is_empty() {
            self.found.faulty.push(key);
        }
    }

    /// Reads what stands below a key, with the key in the path.
    pub fn below<T>(&mut self, step: Step, owner: Span, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let above = std::mem::replace(&mut self.owner, owner);
        let value = read(self);
        self.owner = above;
        self.path.pop();
        value
    }

    /// Tells that a value has the wrong type.
    pub fn wrong_type(&mut self, node: &Node, message: Message) {
        self.fault(Diagnostic::new(Code::WrongType, node.span, message));
    }

    /// The scalar of a node, or a told fault.
    pub fn scalar<'n>(&mut self, node: &'n Node, wanted: impl FnOnce() -> Message) -> Option<&'n Scalar> {
        match &node.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => {
                let (Description(is_vi, is_en), Message { vi, en }) = (describe(node), wanted());
                self.wrong_type(node, say!("cần {vi}, ở đây là {is_vi}", "expected {en}, found {is_en}"));
                None
            }
        }
    }

    /// A text, normalised; what is wrong with its characters is told.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        let scalar = self.scalar(node, || say!("chữ", "text"))?;
        if text::is_blank(&scalar.text) {
            let message = match scalar.text.trim() {
                "" => say!("giá trị để trống", "the value is empty"),
                _ => say!("giá trị chỉ có ký tự ẩn", "the value holds nothing that can be seen"),
            };
            let help = say!("điền nội dung, hoặc bỏ cả dòng khóa này", "write a value, or remove the key");
            self.fault(Diagnostic::new(Code::InvalidValue, node.span, message).help(help));
            return None;
        }
        self.characters(node.span, &scalar.text, scalar.style);
        let normal = text::nfc(&scalar.text);
        self.look(node.span, scalar.style, &normal);
        Some(normal)
    }

    /// Notes what a text holds that only the whole site can judge.
    fn look(&mut self, span: Span, style: Style, value: &str) {
        for (what, range) in sighting::look(value, self.kind) {
            let text = value[range.clone()].to_owned();
            let place = self.inside(span, style, value, range);
            self.found.sightings.push(Sighting { what, text, place });
        }
    }

    /// A key that is an author's own word, normalised.
    pub fn key(&mut self, key: &Key) -> Option<String> {
        let bytes = self.snapshot.bytes(key.span.file);
        let quoted = matches!(bytes.get(key.span.start as usize), Some(b'"' | b'\''));
        let style = if quoted { Style::Quoted } else { Style::Plain };
        self.text(&Node { span: key.span, value: Value::Scalar(Scalar { text: key.text.clone(), style }) })
    }

    /// Tells what is wrong with the characters of a text.
    fn characters(&mut self, span: Span, value: &str, style: Style) {
        if text::is_ordinary(value) {
            return;
        }
        // Those written as they are were told when the file was opened; escapes such as "\u202e" show only here.
        for (at, c) in value.char_indices().filter(|(_, c)| is_bidi_control(*c)) {
            let place = self.inside(span, style, value, at..at + c.len_utf8());
            if (place.end - place.start) as usize != c.len_utf8() {
                self.fault(bidi(place, c));
            }
        }
        if let Some(irregularity) = text::irregularity(value) {
            let fix = self.mended(span, style);
            self.fault(not_normalised(span, irregularity).maybe_fix(fix));
        }
    }

    /// The value as it should be written, in the quotes that it has. What is irregular by an escape alone stays.
    fn mended(&self, span: Span, style: Style) -> Option<Fix> {
        let bytes = self.snapshot.bytes(span.file).get(span.start as usize..span.end as usize)?;
        let mended = text::mended(std::str::from_utf8(bytes).ok()?)?;
        let mended = if style == Style::Plain { scalar::plain_or_quoted(mended) } else { mended };
        Some(Fix::replace(span, mended))
    }

    /// Another text for a value, in the quotes that it has.
    pub fn written_like(&self, span: Span, style: Style, text: &str) -> String {
        scalar::like(self.written_at(span), style, text)
    }

    /// The text of the file at a place.
    fn written_at(&self, span: Span) -> &'a str {
        let bytes = &self.snapshot.bytes(span.file)[span.start as usize..span.end as usize];
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Takes back what was told of a value's characters: an error at the same place says it, and why.
    pub fn take_irregularity(&mut self, place: Span) -> Option<Diagnostic> {
        let of_value = |fault: &Diagnostic| fault.code == Code::NotNormalised && fault.place == place;
        let at = self.found.faults.iter().rposition(of_value)?;
        Some(self.found.faults.remove(at))
    }

    /// The place in the file of a part of a value.
    pub fn inside(&self, span: Span, style: Style, value: &str, part: Range<usize>) -> Span {
        place::within(span, self.written_at(span), style, value, part)
    }

    /// A Markdown text: its characters, raw HTML and links are looked at.
    pub fn markdown(&mut self, span: Span, style: Style, value: &str) -> String {
        let normal = text::nfc(value);
        let outline = markdown::outline(&normal);
        for fault in &outline.faults {
            let fault = self.markdown_fault(span, style, &normal, fault);
            self.fault(fault);
        }
        for link in outline.links {
            let place = self.inside(span, style, &normal, link.range.clone());
            self.link(link, place);
        }
        normal
    }

    fn markdown_fault(&self, span: Span, style: Style, value: &str, fault: &markdown::Fault) -> Diagnostic {
        match fault {
            markdown::Fault::RawHtml { range } => {
                let place = self.inside(span, style, value, range.clone());
                Diagnostic::new(
                    Code::RawHtml,
                    place,
                    say!("không dùng thẻ HTML trong nội dung", "HTML is not accepted in content"),
                )
                .help(say!(
                    "viết bằng Markdown; nếu là dấu nhỏ hơn thì viết `\\<`",
                    "write Markdown; write `\\<` for a less-than sign"
                ))
            }
            markdown::Fault::TooLarge { range, .. } => {
                let place = self.inside(span, style, value, range.clone());
                Diagnostic::new(
                    Code::YamlLimit,
                    place,
                    say!("bảng hoặc đoạn lồng nhau quá lớn", "this table or nesting is too large"),
                )
            }
        }
    }

    fn link(&mut self, link: markdown::LinkUse, place: Span) {
        let raw = &link.raw;
        if matches!(link.target, markdown::Target::Unsafe) {
            self.fault(
                Diagnostic::new(Code::UnsafeLink, place, say!("liên kết không an toàn `{raw}`", "unsafe link `{raw}`"))
                    .help(suggest::safe_link(raw, link.is_image)),
            );
        } else if link.is_image && !link.has_alt {
            let help = say!(
                "viết lời mô tả trong ngoặc vuông: `![mô tả](…)`",
                "describe it in the brackets: `![description](…)`"
            );
            self.fault(
                Diagnostic::new(
                    Code::ImageWithoutAlt,
                    place,
                    say!("ảnh không có lời mô tả", "the image has no description"),
                )
                .help(help),
            );
        }
        self.found.links.push(Link { target: link.target, raw: link.raw, place });
    }

    /// The body below the front matter of `file`, which is `value`, written at `span`.
    pub fn body(&mut self, span: Span, value: &str) -> String {
        let offending = value.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        if let Some((start, irregularity)) =
            offending.filter_map(|(start, line)| text::irregularity(line).map(|i| (start, i))).next()
        {
            let at = span.start as usize + start;
            let fix = mended_lines(span, value);
            self.fault(not_normalised(Span::new(span.file, at, at), irregularity).maybe_fix(fix));
        }
        let normal = self.markdown(span, Style::Plain, value);
        self.look(span, Style::Plain, &normal);
        normal
    }

    /// Notes a reference for the time when all records are known.
    pub fn reference(&mut self, kind: &str, key: &str, place: Span) {
        self.found.references.push(Reference { kind: kind.to_owned(), key: key.to_owned(), place });
    }

    /// Notes a file named in a field.
    pub fn file(&mut self, path: &str, place: Span) {
        self.found.files.push(FileUse { path: path.to_owned(), place });
    }
}

impl<'n> Fields<'n> {
    /// Where the map and its values are written. The shape is a part of the one that the map was opened with, in a row.
    pub fn places(&self, shape: &Shape) -> Places {
        let start = self.shape.fields.iter().position(|field| field.key == shape.fields[0].key).unwrap_or_default();
        let own = self.shape.fields.iter().zip(&self.found).skip(start).take(shape.fields.len());
        Places::new(self.place, own.filter_map(|(field, entry)| Some((field, entry.as_ref()?.value.span))))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'n Entry> {
        let fields = &self.shape.fields;
        let next = self.next.get();
        let index = match fields.get(next).is_some_and(|field| field.key == key) {
            true => next,
            false => fields.iter().position(|field| field.key == key)?,
        };
        self.next.set(index + 1);
        self.found[index]
    }

    /// Whether a key is not there, nor misspelt.
    pub fn lacks(&self, key: &str, reader: &Reader<'_>) -> bool {
        self.get(key).is_none() && !reader.found.faulty.contains(&key)
    }

    /// Reads the value of a key, noting whether that worked.
    pub fn take<T: crate::record::value::Slot>(&self, key: &'static str, reader: &mut Reader<'_>) -> T {
        let Some(entry) = self.get(key) else { return T::empty() };
        let before = reader.found.faults.len();
        let value = reader.below(Step::Key(key), entry.key.span, |reader| T::fill(entry, reader));
        if reader.found.has_error_since(before) {
            reader.mark_faulty(key);
        }
        value
    }
}

/// The entries of a map by the fields of its shape, and those that are none of them. People write keys in the shape's order,
/// so each is looked for behind the one before.
pub(super) fn sorted<'n>(entries: &'n [Entry], shape: &Shape) -> (Vec<Option<&'n Entry>>, Vec<&'n Entry>) {
    let fields = &shape.fields;
    let (mut found, mut unknown, mut next) = (vec![None; fields.len()], Vec::new(), 0);
    for entry in entries {
        let mut order = (next..fields.len()).chain(0..next);
        match order.find(|index| fields[*index].key == entry.key.text) {
            Some(index) => {
                found[index].get_or_insert(entry);
                next = index + 1;
            }
            None => unknown.push(entry),
        }
    }
    (found, unknown)
}

/// The fault for a control that turns the direction of text.
pub fn bidi(place: Span, c: char) -> Diagnostic {
    let code = u32::from(c);
    let message = say!(
        "ký tự điều khiển chiều chữ U+{code:04X} làm chữ hiện ra khác với nội dung",
        "the control U+{code:04X} makes text read differently from what it is"
    );
    let is_written = (place.end - place.start) as usize == c.len_utf8();
    Diagnostic::new(Code::BidiControl, place, message)
        .maybe_fix(is_written.then(|| Fix::replace(place, "")))
        .help(say!("xóa ký tự ẩn này (gõ lại đoạn chữ)", "remove the invisible character (type the text again)"))
}

/// The warning for text that is not written as it should be.
pub fn not_normalised(place: Span, irregularity: Irregularity) -> Diagnostic {
    let message = match irregularity {
        Irregularity::Control(c) => {
            let code = u32::from(c);
            say!("có ký tự ẩn U+{code:04X} trong chữ", "an invisible character U+{code:04X} is in the text")
        }
        Irregularity::Lost => {
            say!("có chữ đã mất khi chuyển mã (U+FFFD)", "a letter was lost in a conversion (U+FFFD)")
        }
        Irregularity::LookAlike(c, latin) => {
            let code = u32::from(c);
            say!(
                "chữ `{c}` (U+{code:04X}) chỉ giống chữ `{latin}`",
                "the letter `{c}` (U+{code:04X}) only looks like `{latin}`"
            )
        }
        Irregularity::Decomposed => say!(
            "dấu tiếng Việt gõ tách rời khỏi chữ (không phải NFC)",
            "letters and their marks are written apart (not NFC)"
        ),
    };
    Diagnostic::new(Code::NotNormalised, place, message).help(say!("gõ lại đoạn chữ này", "type the text again"))
}

/// Every irregular line of a body as it should be written.
fn mended_lines(span: Span, body: &str) -> Option<Fix> {
    let mut at = span.start as usize;
    let mut replacements = Vec::new();
    for line in body.split_inclusive('\n') {
        if let Some(mended) = text::mended(line) {
            replacements.push(Replacement { place: Span::new(span.file, at, at + line.len()), text: mended });
        }
        at += line.len();
    }
    (!replacements.is_empty()).then_some(Fix::Replace(replacements))
}

/// What a node is, in words.
pub fn describe(node: &Node) -> Description {
    match &node.value {
        Value::Null => Description("giá trị trống", "nothing"),
        Value::Scalar(_) => Description("một giá trị đơn", "a single value"),
        Value::List(_) => Description("một danh sách", "a list"),
        Value::Map(_) => Description("một nhóm khóa", "a group of keys"),
    }
}

/// Words for what a node is: Vietnamese, English.
#[derive(Debug, Clone, Copy)]
pub struct Description(pub &'static str, pub &'static str);
