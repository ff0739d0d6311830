//! How each type of value is read: the leaves of every shape.

use std::marker::PhantomData;
use std::ops::Deref;

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::reader::{Description, Reader, describe};
use crate::record::shape::{Form, Type, Word};
use crate::record::suggest;
use crate::say;
use crate::source::Span;
use crate::syntax::yaml::{Entry, Node, Scalar, Style, Value as NodeValue};
use crate::value::address::{self, Scheme};
use crate::value::number;
use crate::value::text::irregularity;
use crate::value::{code, date, phone, symbol};

/// A type of value: what it may be, and how it is read.
pub trait Value: Sized {
    /// What it may be.
    fn describe() -> Type;
    /// Reads it; none where a fault was told.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;
    /// What stands for a required value that could not be read. Such a record is never published.
    fn absent() -> Self;
}

/// What a key of a map holds: a value, an optional value, or a list.
pub trait Slot: Sized {
    /// What the value may be.
    fn describe() -> Type;
    /// Reads the value of a key.
    fn fill(entry: &Entry, reader: &mut Reader<'_>) -> Self;
    /// What it holds where the key is absent.
    fn empty() -> Self;
}

impl<T: Value> Slot for Option<T> {
    fn describe() -> Type {
        T::describe()
    }

    fn fill(entry: &Entry, reader: &mut Reader<'_>) -> Self {
        T::read(&entry.value, reader)
    }

    fn empty() -> Self {
        None
    }
}

impl<T: Value> Slot for Vec<T> {
    fn describe() -> Type {
        Type::List(Box::new(T::describe()))
    }

    fn fill(entry: &Entry, reader: &mut Reader<'_>) -> Self {
        list(&entry.value, reader).unwrap_or_default()
    }

    fn empty() -> Self {
        Vec::new()
    }
}

/// Reads a list, item by item. An item with an error in it is left out, so that no check speaks of what stands in for the
/// faulty value.
pub fn list<T: Value>(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<T>> {
    let NodeValue::List(items) = &node.value else {
        let Description(vi, en) = describe(node);
        let message = say!(
            "cần một danh sách (mỗi mục một dòng, mở đầu bằng `- `), ở đây là {vi}",
            "expected a list (one item a line, each behind `- `), found {en}"
        );
        reader.wrong_type(node, message);
        return None;
    };
    let read = |(index, item): (usize, &Node)| {
        let before = reader.found.faults.len();
        let value = reader.below(index.to_string(), item.span, |reader| T::read(item, reader))?;
        (!reader.found.has_error_since(before)).then_some(value)
    };
    Some(items.iter().enumerate().filter_map(read).collect())
}

/// Makes a [`Value`] a [`Slot`] of its own: a required one.
macro_rules! required_slot {
    ($($ty:ty),* $(,)?) => { $(
        impl $crate::record::value::Slot for $ty {
            fn describe() -> $crate::record::shape::Type {
                <$ty as $crate::record::value::Value>::describe()
            }

            fn fill(entry: &$crate::syntax::yaml::Entry, reader: &mut $crate::record::reader::Reader<'_>) -> Self {
                let read = <$ty as $crate::record::value::Value>::read(&entry.value, reader);
                read.unwrap_or_else(<$ty as $crate::record::value::Value>::absent)
            }

            fn empty() -> Self {
                <$ty as $crate::record::value::Value>::absent()
            }
        }
    )* };
}
pub(crate) use required_slot;

/// A text of one paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    text: Box<str>,
    /// Where it is written; its file tells the language.
    pub place: Span,
}

/// A Markdown text.
#[derive(Debug, Clone, PartialEq)]
pub struct Markdown {
    text: Box<str>,
    /// Where it is written.
    pub place: Span,
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl Deref for Markdown {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl Text {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A text at a place.
    pub fn new(text: &str, place: Span) -> Self {
        Text { text: text.into(), place }
    }
}

impl Markdown {
    /// A Markdown text at a place.
    pub fn new(text: &str, place: Span) -> Self {
        Markdown { text: text.into(), place }
    }
}

/// A value and its place, for checks that speak of a whole item.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    value: T,
    /// Where it is written.
    pub place: Span,
}

impl<T> Deref for Placed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Value> Value for Placed<T> {
    fn describe() -> Type {
        T::describe()
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(|value| Placed { value, place: node.span })
    }

    fn absent() -> Self {
        Placed { value: T::absent(), place: nowhere() }
    }
}

/// The place of what stands nowhere.
pub fn nowhere() -> Span {
    Span::top(crate::source::FileId::new(0))
}

impl Value for Text {
    fn describe() -> Type {
        Type::Text
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text(node)?;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Text::new(&text, node.span))
    }

    fn absent() -> Self {
        Text::new("", nowhere())
    }
}

impl Value for Markdown {
    fn describe() -> Type {
        Type::Markdown
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        reader.text(node)?;
        let NodeValue::Scalar(scalar) = &node.value else { return None };
        Some(Markdown::new(&reader.markdown(node.span, scalar.style, &scalar.text), node.span))
    }

    fn absent() -> Self {
        Markdown::new("", nowhere())
    }
}

impl Value for bool {
    fn describe() -> Type {
        Type::Bool
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = say!("`true` hoặc `false`", "`true` or `false`");
        let scalar = reader.scalar(node, &wanted)?;
        match (scalar.style, scalar.text.as_str()) {
            (Style::Plain, "true") => Some(true),
            (Style::Plain, "false") => Some(false),
            _ => unexpected(node, scalar, &wanted, None, reader),
        }
    }

    fn absent() -> Self {
        false
    }
}

/// A scalar that is not of the wanted type.
fn unexpected<T>(
    node: &Node,
    scalar: &Scalar,
    wanted: &Message,
    help: Option<Message>,
    reader: &mut Reader<'_>,
) -> Option<T> {
    let (Message { vi, en }, shown) = (wanted, shortened(&scalar.text));
    let quoted = scalar.style == Style::Quoted;
    let (vi_quoted, en_quoted) =
        if quoted { (" trong dấu nháy (là chữ)", " in quotes (which makes it text)") } else { ("", "") };
    let message = say!("cần {vi}, ở đây là `{shown}`{vi_quoted}", "expected {en}, found `{shown}`{en_quoted}");
    reader.fault(Diagnostic::new(Code::WrongType, node.span, message).maybe_help(help));
    None
}

/// The help with the number that was meant, where that is one.
fn meant(text: &str, is_number: impl Fn(&str) -> bool) -> Option<Message> {
    let number = number::ungrouped(text);
    is_number(&number).then(|| suggest::did_you_mean(&number))
}

/// A text short enough for a message.
pub fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 60 { line } else { line.chars().take(59).chain(['…']).collect() }
}

impl Value for date::Date {
    fn describe() -> Type {
        Type::Date
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = say!("một ngày dạng `2026-11-23`", "a date such as `2026-11-23`");
        let scalar = reader.scalar(node, &wanted)?;
        date::Date::parse(&scalar.text).or_else(|| {
            let shown = shortened(&scalar.text);
            let message = say!(
                "`{shown}` không phải là một ngày; viết dạng `năm-tháng-ngày`",
                "`{shown}` is not a date; write `year-month-day`"
            );
            let meant = date::meant(&scalar.text).map(|date| suggest::did_you_mean(&date.to_string()));
            reader.fault(Diagnostic::new(Code::InvalidDate, node.span, message).maybe_help(meant));
            None
        })
    }

    fn absent() -> Self {
        date::Date::from_civil(jiff::civil::date(1900, 1, 1))
    }
}

/// A whole number of at least `MIN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Integer<const MIN: i64>(i64);

/// How many of something: 0 or more.
pub type Count = Integer<0>;

impl<const MIN: i64> Deref for Integer<MIN> {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}

impl<const MIN: i64> Value for Integer<MIN> {
    fn describe() -> Type {
        Type::Integer { min: MIN }
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = say!("một số nguyên", "a whole number");
        let scalar = reader.scalar(node, &wanted)?;
        let number = if scalar.style == Style::Plain { number::integer(&scalar.text) } else { None };
        match number {
            None => {
                unexpected(node, scalar, &wanted, meant(&scalar.text, |text| number::integer(text).is_some()), reader)
            }
            Some(Ok(number)) if number >= MIN => Some(Integer(number)),
            Some(_) => {
                let shown = shortened(&scalar.text);
                out_of_range(
                    node,
                    say!("`{shown}` ngoài khoảng cho phép (từ {MIN})", "`{shown}` is out of range (from {MIN})"),
                    reader,
                )
            }
        }
    }

    fn absent() -> Self {
        Integer(MIN)
    }
}

fn out_of_range<T>(node: &Node, message: Message, reader: &mut Reader<'_>) -> Option<T> {
    reader.fault(Diagnostic::new(Code::OutOfRange, node.span, message));
    None
}

/// A decimal number, 0 or more; where `POSITIVE`, more than 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Decimal<const POSITIVE: bool>(f64);

impl<const POSITIVE: bool> Deref for Decimal<POSITIVE> {
    type Target = f64;
    fn deref(&self) -> &f64 {
        &self.0
    }
}

impl<const POSITIVE: bool> Value for Decimal<POSITIVE> {
    fn describe() -> Type {
        Type::Decimal { positive: POSITIVE }
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = say!("một số", "a number");
        let scalar = reader.scalar(node, &wanted)?;
        let number = if scalar.style == Style::Plain { number::decimal(&scalar.text) } else { None };
        match number {
            None => {
                unexpected(node, scalar, &wanted, meant(&scalar.text, |text| number::decimal(text).is_some()), reader)
            }
            Some(number) if (number > 0.0 || (!POSITIVE && number == 0.0)) && number < 1e15 => Some(Decimal(number)),
            Some(_) => {
                let (shown, vi, en) = (
                    shortened(&scalar.text),
                    if POSITIVE { "lớn hơn 0" } else { "từ 0" },
                    if POSITIVE { "above 0" } else { "from 0" },
                );
                out_of_range(
                    node,
                    say!("`{shown}` ngoài khoảng cho phép ({vi})", "`{shown}` is out of range ({en})"),
                    reader,
                )
            }
        }
    }

    fn absent() -> Self {
        Decimal(1.0)
    }
}

/// A latitude or longitude in degrees (WGS 84), within ±`LIMIT`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees<const LIMIT: i64>(pub f64);

impl<const LIMIT: i64> Value for Degrees<LIMIT> {
    fn describe() -> Type {
        Type::Degrees { limit: LIMIT }
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = say!("một số độ, như `18.34`", "degrees, such as `18.34`");
        let scalar = reader.scalar(node, &wanted)?;
        let number = if scalar.style == Style::Plain { number::decimal(&scalar.text) } else { None };
        match number {
            None => {
                unexpected(node, scalar, &wanted, meant(&scalar.text, |text| number::decimal(text).is_some()), reader)
            }
            #[allow(clippy::cast_precision_loss)]
            Some(number) if number.abs() <= LIMIT as f64 => Some(Degrees(number)),
            Some(number) => {
                out_of_range(node, say!("{number} ngoài khoảng ±{LIMIT}", "{number} is beyond ±{LIMIT}"), reader)
            }
        }
    }

    fn absent() -> Self {
        Degrees(0.0)
    }
}

/// One of a list of words: made with [`words!`](crate::record::words).
pub trait Words: Sized + Copy + 'static {
    /// All of them, with what a person sees instead.
    const WORDS: &'static [Word];
    /// The variants in the same order.
    const ALL: &'static [Self];

    /// The word as written in a record.
    fn word(self) -> &'static str {
        Self::WORDS[self.index()].word
    }

    /// The position in the lists.
    fn index(self) -> usize;
}

/// Reads one of a list of words.
pub fn read_word<W: Words>(node: &Node, reader: &mut Reader<'_>) -> Option<W> {
    let scalar = reader.scalar(node, &say!("một từ", "a word"))?;
    let found = W::WORDS.iter().position(|word| word.word == scalar.text);
    found.map(|index| W::ALL[index]).or_else(|| {
        unknown_word(node, &scalar.text, W::WORDS, reader);
        None
    })
}

/// Tells that a word is none of those allowed.
pub fn unknown_word(node: &Node, written: &str, words: &'static [Word], reader: &mut Reader<'_>) {
    let (shown, all) = (shortened(written), suggest::listed(words.iter().map(|word| word.word)));
    let message = say!("`{shown}` không phải là một trong: {all}", "`{shown}` is none of: {all}");
    let help = suggest::word(written, words).map(suggest::did_you_mean);
    reader.fault(Diagnostic::new(Code::InvalidValue, node.span, message).maybe_help(help));
}

/// A reference to a record of one kind, by ID or natural key.
#[derive(Debug, Clone, PartialEq)]
pub struct Ref<K> {
    /// The ID or natural key, as written.
    pub key: Text,
    kind: PhantomData<fn() -> K>,
}

/// A kind that can be referred to.
pub trait Referable {
    /// The kind's word, such as `procedure`.
    const WORD: &'static str;
}

impl<K> Ref<K> {
    /// A reference written at a place.
    pub fn new(key: &str, place: Span) -> Self {
        Ref { key: Text::new(key, place), kind: PhantomData }
    }
}

impl<K: Referable> Value for Ref<K> {
    fn describe() -> Type {
        Type::Reference(K::WORD)
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let key = Text::read(node, reader)?;
        reader.reference(K::WORD, &key, node.span);
        Some(Ref { key, kind: PhantomData })
    }

    fn absent() -> Self {
        Ref::new("", nowhere())
    }
}

/// A reference to a record of the same kind as the one that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct SameKind(pub Text);

impl Value for SameKind {
    fn describe() -> Type {
        Type::Reference("")
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let key = Text::read(node, reader)?;
        reader.reference(reader.kind(), &key, node.span);
        Some(SameKind(key))
    }

    fn absent() -> Self {
        SameKind(Text::absent())
    }
}

/// A reference to a record of any kind, written `procedure:ID`.
#[derive(Debug, Clone, PartialEq)]
pub struct AnyRef {
    /// The kind's word.
    pub kind: Text,
    /// The ID or natural key.
    pub key: Text,
}

impl Value for AnyRef {
    fn describe() -> Type {
        Type::AnyReference
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = Text::read(node, reader)?;
        let parts = text.split_once(':').filter(|(kind, _)| crate::record::kind::KindName::from_word(kind).is_some());
        let Some((kind, key)) = parts else {
            let kinds = suggest::listed(crate::record::kind::KindName::ALL.iter().map(|kind| kind.word()));
            let message = say!(
                "viết dạng `loại:ID`, với loại là một trong: {kinds}",
                "write `kind:ID`, where the kind is one of: {kinds}"
            );
            reader.fault(Diagnostic::new(Code::InvalidValue, node.span, message));
            return None;
        };
        reader.reference(kind, key.trim(), node.span);
        Some(AnyRef { kind: Text::new(kind, node.span), key: Text::new(key.trim(), node.span) })
    }

    fn absent() -> Self {
        AnyRef { kind: Text::absent(), key: Text::absent() }
    }
}

/// A file under `content/files/`, by its path there.
#[derive(Debug, Clone, PartialEq)]
pub struct FilePath(pub Text);

impl Value for FilePath {
    fn describe() -> Type {
        Type::File
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let path = Text::read(node, reader)?;
        let below = path.strip_prefix("files/").unwrap_or(&path).to_owned();
        reader.file(&below, node.span);
        Some(FilePath(Text::new(&below, node.span)))
    }

    fn absent() -> Self {
        FilePath(Text::absent())
    }
}

/// Texts that have a form of their own: each is a text whose form has been checked.
macro_rules! formed {
    ($($(#[$doc:meta])* $name:ident $form:ident $check:expr;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name(pub Text);

        impl Deref for $name {
            type Target = Text;
            fn deref(&self) -> &Text {
                &self.0
            }
        }

        impl Value for $name {
            fn describe() -> Type {
                Type::Formed(Form::$form)
            }

            fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
                let text = Text::read(node, reader)?;
                let check: fn(&str) -> Result<Option<String>, Ill> = $check;
                match check(&text) {
                    Ok(None) => Some($name(text)),
                    Ok(Some(mended)) => Some($name(Text::new(&mended, node.span))),
                    Err(ill) => {
                        reader.fault(Diagnostic::new(ill.code, node.span, ill.message).maybe_help(ill.help));
                        None
                    }
                }
            }

            fn absent() -> Self {
                $name(Text::absent())
            }
        }
        required_slot!($name);
    )* };
}

/// Why a text does not have its form.
struct Ill {
    code: Code,
    message: Message,
    help: Option<Message>,
}

fn form(ok: bool, code: Code, message: Message, help: Option<Message>) -> Result<Option<String>, Ill> {
    if ok { Ok(None) } else { Err(Ill { code, message, help }) }
}

formed! {
    /// A procedure's code; unique.
    ProcedureCode Code |text| form(code::prefix(text).is_some(), Code::InvalidCode,
        say!("`{text}` không phải là mã thủ tục; mã có dạng `2.001620`", "`{text}` is no procedure code; one looks like `2.001620`"), None);
    /// A phone number.
    PhoneNumber Phone |text| form(phone::parse(text).is_some() || phone::parse_hotline(text).is_some(), Code::InvalidPhone,
        say!("`{text}` không phải là số điện thoại hợp lệ", "`{text}` is not a valid phone number"), None);
    /// An e-mail address.
    Email Email |text| form(address::is_email(text), Code::InvalidEmail,
        say!("`{text}` không phải là địa chỉ thư điện tử", "`{text}` is not an e-mail address"), None);
    /// A web address, `http` or `https`.
    Url Url |text| form(address::is_url(text, Scheme::Web), Code::InvalidUrl,
        say!("`{text}` không phải là địa chỉ web `https://…`", "`{text}` is not a web address `https://…`"), None);
    /// A web address, `https` only.
    HttpsUrl HttpsUrl |text| form(address::is_url(text, Scheme::Https), Code::InvalidUrl,
        say!("`{text}` không phải là địa chỉ web `https://…`", "`{text}` is not a web address `https://…`"),
        text.strip_prefix("http://").map(|rest| suggest::did_you_mean(&format!("https://{rest}"))));
    /// An ID chosen inside a record, such as a task's.
    LocalId Id |text| form(is_id(text), Code::InvalidId,
        say!("`{text}` không phải là ID: chỉ dùng chữ thường không dấu, số và `-`", "`{text}` is no ID: use lower-case letters without accents, digits and `-`"),
        Some(suggest::did_you_mean(&crate::value::slug(text))));
    /// A time of day such as `07:30`.
    Time Time |text| form(is_time(text), Code::InvalidValue,
        say!("`{text}` không phải là giờ dạng `07:30`", "`{text}` is not a time such as `07:30`"), None);
    /// A path of the site, from its root.
    PagePath SitePath |text| form(is_page_path(text), Code::InvalidUrl,
        say!("`{text}` không phải là đường dẫn của trang, dạng `/thu-muc/ten-cu/`", "`{text}` is no path of the site such as `/folder/old-name/`"), None);
    /// A language code such as `vi`.
    LanguageCode LanguageCode |text| form(is_language(text), Code::InvalidValue,
        say!("`{text}` không phải là mã ngôn ngữ như `vi`, `en`", "`{text}` is no language code such as `vi`, `en`"), None);
    /// A time zone's name.
    TimeZoneName TimeZone |text| form(jiff::tz::TimeZone::get(text).is_ok(), Code::InvalidValue,
        say!("`{text}` không phải là tên múi giờ như `Asia/Ho_Chi_Minh`", "`{text}` is no time zone such as `Asia/Ho_Chi_Minh`"), None);
}

/// Whether a text is an ID: `[a-z0-9][a-z0-9-]{0,79}`.
pub fn is_id(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=80).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-')
}

/// Whether a text is a language code as file names carry it: `en`, `zh-hant`.
pub fn is_language(text: &str) -> bool {
    let (language, region) = text.split_once('-').map_or((text, None), |(language, region)| (language, Some(region)));
    let letters = |part: &str, range: std::ops::RangeInclusive<usize>| {
        range.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    letters(language, 2..=3)
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|region| letters(region, 2..=4))
}

fn is_time(text: &str) -> bool {
    let number = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten();
    text.split_once(':')
        .is_some_and(|(hour, minute)| number(hour).is_some_and(|h| h < 24) && number(minute).is_some_and(|m| m < 60))
}

fn is_page_path(text: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~' | '%');
    text.starts_with('/')
        && text.len() > 1
        && text.chars().all(safe)
        && !text.contains("//")
        && !text.split('/').any(|part| part == ".." || part == ".")
}

/// A document's symbol, normalised.
#[derive(Debug, Clone, PartialEq)]
pub struct Symbol(pub Text);

impl Deref for Symbol {
    type Target = Text;
    fn deref(&self) -> &Text {
        &self.0
    }
}

impl Value for Symbol {
    fn describe() -> Type {
        Type::Formed(Form::Symbol)
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = Text::read(node, reader)?;
        let Some(symbol) = symbol::normalise(&text) else {
            let shown = shortened(&text);
            let message = say!(
                "`{shown}` không phải là số, ký hiệu văn bản, dạng `63/2010/NĐ-CP`",
                "`{shown}` is no document symbol such as `63/2010/NĐ-CP`"
            );
            reader.fault(Diagnostic::new(Code::InvalidSymbol, node.span, message));
            return None;
        };
        // `Text` has told irregular characters already; what is left is white space around and inside the symbol.
        let written = node.text().unwrap_or_default();
        if irregularity(written).is_none() && written != symbol {
            let message = say!("ký hiệu có dấu cách thừa", "the symbol has needless spaces");
            reader.fault(Diagnostic::new(Code::NotNormalised, node.span, message).help(suggest::did_you_mean(&symbol)));
        }
        Some(Symbol(Text::new(&symbol, node.span)))
    }

    fn absent() -> Self {
        Symbol(Text::absent())
    }
}

required_slot!(Text, Markdown, bool, date::Date, Count, Integer<1>, SameKind, AnyRef, FilePath, Symbol);
required_slot!(Decimal<true>, Decimal<false>, Degrees<90>, Degrees<180>);

impl<K: Referable> Slot for Ref<K> {
    fn describe() -> Type {
        <Self as Value>::describe()
    }

    fn fill(entry: &Entry, reader: &mut Reader<'_>) -> Self {
        <Self as Value>::read(&entry.value, reader).unwrap_or_else(<Self as Value>::absent)
    }

    fn empty() -> Self {
        <Self as Value>::absent()
    }
}
