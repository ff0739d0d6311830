//! Texts of a form of their own: codes, symbols, phone numbers, addresses, times.

use std::ops::Deref;

use crate::diagnostic::{Code, Diagnostic, Fix, Message};
use crate::record::published::{Around, Json};
use crate::record::reader::Reader;
use crate::record::shape::{Form, Type};
use crate::record::suggest;
use crate::record::value::{Text, Value, required_slot, shortened};
use crate::say;
use crate::source::Span;
use crate::syntax::yaml::{Node, Value as NodeValue};
use crate::value::address::{self, Scheme};
use crate::value::text::{irregularity, is_bidi_control};
use crate::value::{code, percent, phone, symbol};

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
                        let irregular = reader.take_irregularity(node.span);
                        reader.fault(ill.told(node.span, irregular));
                        None
                    }
                }
            }

            fn absent() -> Self {
                $name(Text::absent())
            }

            fn publish(&self, around: &mut dyn Around) -> Json {
                Value::publish(&self.0, around)
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

impl Ill {
    /// The fault. An irregular character is why a text looks well and is not, so that is its help, with what mends it.
    fn told(self, place: Span, irregular: Option<Diagnostic>) -> Diagnostic {
        let (why, fix) = irregular.map_or((None, None), |fault| (Some(fault.message), fault.fix));
        Diagnostic::new(self.code, place, self.message).maybe_help(self.help.or(why)).maybe_fix(fix)
    }
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

/// As it is written, and as it is published: without its percent-encoding, as folders that a disk takes, none of them hidden but
/// `.well-known`.
fn is_page_path(text: &str) -> bool {
    const LONGEST: usize = 1000;
    const LONGEST_PART: usize = 200;
    let written = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~' | '%');
    let published = |c: char| !c.is_control() && !matches!(c, '\\' | '%') && !is_bidi_control(c);
    let part = |part: &str| part.len() <= LONGEST_PART && (!part.starts_with('.') || part == ".well-known");
    let decoded = percent::decoded(text);
    text.chars().all(written)
        && decoded.starts_with('/')
        && decoded.len() <= LONGEST
        && decoded.chars().all(published)
        && !decoded.contains("//")
        && decoded.split('/').all(part)
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
            let ill = Ill { code: Code::InvalidSymbol, message, help: None };
            let irregular = reader.take_irregularity(node.span);
            reader.fault(ill.told(node.span, irregular));
            return None;
        };
        // `Text` has told irregular characters already; what is left is white space around and inside the symbol.
        let written = node.text().unwrap_or_default();
        if irregularity(written).is_none() && written != symbol {
            let message = say!("ký hiệu có dấu cách thừa", "the symbol has needless spaces");
            let fix = match &node.value {
                NodeValue::Scalar(scalar) => {
                    Some(Fix::replace(node.span, reader.written_like(node.span, scalar.style, &symbol)))
                }
                _ => None,
            };
            let fault = Diagnostic::new(Code::NotNormalised, node.span, message);
            reader.fault(fault.help(suggest::did_you_mean(&symbol)).maybe_fix(fix));
        }
        Some(Symbol(Text::new(&symbol, node.span)))
    }

    fn absent() -> Self {
        Symbol(Text::absent())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        Value::publish(&self.0, around)
    }
}

required_slot!(Symbol);
