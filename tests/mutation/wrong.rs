//! Values that are wrong for a type: what is written, the fault, and how far into the value its place is.

use minhbach::diagnostic::Code;
use minhbach::record::shape::{Form, Type};

/// A name, what is written, its fault, and how many characters into the value its place is.
pub type Wrong = (&'static str, &'static str, Code, usize);

const TEXT: &[Wrong] = &[
    ("empty", "\"\"", Code::InvalidValue, 0),
    ("blank", "'  '", Code::InvalidValue, 0),
    ("bidi", "\"a\u{202e}b\"", Code::BidiControl, 2),
    ("escaped bidi", "\"a\\u202eb\"", Code::BidiControl, 2),
    ("decomposed", "tie\u{302}\u{301}ng", Code::NotNormalised, 0),
    ("look-alike", "\u{421}hung", Code::NotNormalised, 0),
    ("zero width", "'a\u{200b}b'", Code::NotNormalised, 0),
];
const MARKDOWN: &[Wrong] = &[
    ("empty", "\"\"", Code::InvalidValue, 0),
    ("bidi", "a \u{2067}b", Code::BidiControl, 2),
    ("tag", "\"xem <br> đây\"", Code::RawHtml, 5),
    ("tag after quotes", "'xem ''kỹ'' <br> đây'", Code::RawHtml, 12),
    ("comment", "xem <!-- đây -->", Code::RawHtml, 4),
    ("script", "'a <script>'", Code::RawHtml, 3),
    ("javascript", "\"xem [a](javascript:x)\"", Code::UnsafeLink, 5),
    ("data", "đọc [a](data:text/html,x)", Code::UnsafeLink, 4),
    ("other host", "\"\\u0111\\u1ecdc [a](//x.vn)\"", Code::UnsafeLink, 15),
    ("no record", "xem [a](procedure:khong-co)", Code::UnknownReference, 4),
    ("no file", "xem [a](files/khong-co.pdf)", Code::MissingFile, 4),
    ("forbidden file", "xem [a](files/khong-co.exe)", Code::ForbiddenFile, 4),
    ("relative", "xem [a](../b)", Code::BrokenLink, 4),
    ("image elsewhere", "xem ![a](https://example.com/a.png)", Code::UnsafeLink, 4),
];
const BOOL: &[Wrong] = &[
    ("quoted", "\"true\"", Code::WrongType, 0),
    ("yes", "yes", Code::WrongType, 0),
    ("off", "off", Code::WrongType, 0),
    ("number", "1", Code::WrongType, 0),
];
const DATE: &[Wrong] = &[
    ("no such day", "2026-02-30", Code::InvalidDate, 0),
    ("quoted, no such day", "'2026-13-01'", Code::InvalidDate, 0),
    ("other notation", "25/12/2026", Code::InvalidDate, 0),
    ("with a time", "2026-12-25T00:00:00", Code::InvalidDate, 0),
    ("word", "mai", Code::InvalidDate, 0),
];
const INTEGER: &[Wrong] = &[
    ("negative", "-1", Code::OutOfRange, 0),
    ("huge", "99999999999999999999", Code::OutOfRange, 0),
    ("fraction", "4.0", Code::WrongType, 0),
    ("quoted", "\"4\"", Code::WrongType, 0),
    ("exponent", "1e3", Code::WrongType, 0),
    ("octal-looking", "012", Code::WrongType, 0),
    ("hexadecimal", "0x10", Code::WrongType, 0),
    ("word", "ba", Code::WrongType, 0),
];
const DECIMAL: &[Wrong] = &[
    ("quoted", "\"4\"", Code::WrongType, 0),
    ("exponent", "1e3", Code::WrongType, 0),
    ("infinite", ".inf", Code::WrongType, 0),
    ("far below", "-999", Code::OutOfRange, 0),
    ("far above", "99999999999999999999", Code::OutOfRange, 0),
];
const REFERENCE: &[Wrong] = &[
    ("unknown ID", "khong-co-gi", Code::UnknownReference, 0),
    ("unknown key", "\"999/2999/XX-YY\"", Code::UnknownReference, 0),
    ("empty", "\"\"", Code::InvalidValue, 0),
];
const ANY_REFERENCE: &[Wrong] = &[
    ("no kind", "khong-co", Code::InvalidValue, 0),
    ("unknown kind", "thutuc:a", Code::InvalidValue, 0),
    ("unknown", "'page:khong-co'", Code::UnknownReference, 0),
];
const FILE: &[Wrong] = &[
    ("missing", "khong-co.pdf", Code::MissingFile, 0),
    ("leaving", "../x.pdf", Code::ForbiddenFile, 0),
    ("absolute", "/x.pdf", Code::ForbiddenFile, 0),
    ("of another type", "\"x.exe\"", Code::ForbiddenFile, 0),
];

/// Single values that are wrong for a type.
pub fn scalars(ty: &Type) -> Vec<Wrong> {
    let mut wrong = match ty {
        Type::Text => TEXT,
        Type::Markdown => MARKDOWN,
        Type::Bool => BOOL,
        Type::Date => DATE,
        Type::Integer { .. } => INTEGER,
        Type::Decimal { .. } | Type::Degrees { .. } => DECIMAL,
        Type::Reference(_) => REFERENCE,
        Type::AnyReference => ANY_REFERENCE,
        Type::File => FILE,
        Type::Word(_) => &[("no such word", "zzz", Code::InvalidValue, 0), ("empty", "''", Code::InvalidValue, 0)],
        Type::Formed(form) => return formed(*form),
        _ => &[],
    }
    .to_vec();
    match ty {
        Type::Integer { min: 1 } => wrong.push(("zero", "0", Code::OutOfRange, 0)),
        Type::Decimal { positive: true } => wrong.push(("zero", "0", Code::OutOfRange, 0)),
        _ => {}
    }
    wrong
}

/// What is wrong for a text with a form of its own.
fn formed(form: Form) -> Vec<Wrong> {
    let (written, code): (&[&'static str], _) = match form {
        Form::Code => (&["2.00162", "2,001620", "'2.001620.H27'", "\"@ @\""], Code::InvalidCode),
        Form::Symbol => (&["Luật", "63 2010", "\"a/b\""], Code::InvalidSymbol),
        Form::Phone => (&["0239 385", "'không'", "0239 3855 12345"], Code::InvalidPhone),
        Form::Email => (&["gopy", "gopy@x", "\"a b@example.vn\""], Code::InvalidEmail),
        Form::Url => (&["example.gov.vn", "javascript:alert(1)", "\"https://a b.vn\"", "//a.vn"], Code::InvalidUrl),
        Form::HttpsUrl => (&["http://example.gov.vn", "'data:x'"], Code::InvalidUrl),
        Form::SitePath => (&["trang-cu", "/../x", "https://example.gov.vn/"], Code::InvalidUrl),
        Form::Id => (&["Một hai", "'a_b'", "-a"], Code::InvalidId),
        Form::Time => (&["7:30", "\"24:00\"", "sáng"], Code::InvalidValue),
        Form::LanguageCode => (&["Tiếng Anh", "\"e\""], Code::InvalidValue),
        Form::TimeZone => (&["Asia/Hue", "'+07:00'"], Code::InvalidValue),
        Form::CheckCode => (&["zzz", "'unknown-key'"], Code::InvalidValue),
    };
    let ill = written.iter().map(|written| ("ill-formed", *written, code, 0));
    ill.chain([("empty", "\"\"", Code::InvalidValue, 0)]).collect()
}
