//! Yes or no, and days; and what is said of a scalar that is of another type than was wanted.

use crate::diagnostic::{Code, Diagnostic, Fix, Message};
use crate::record::published::{Around, Json};
use crate::record::reader::Reader;
use crate::record::shape::Type;
use crate::record::suggest;
use crate::record::value::{Value, required_slot};
use crate::say;
use crate::syntax::yaml::{Node, Scalar, Style};
use crate::value::{date, number};

impl Value for bool {
    fn describe() -> Type {
        Type::Bool
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = || say!("`true` hoặc `false`", "`true` or `false`");
        let scalar = reader.scalar(node, wanted)?;
        match (scalar.style, scalar.text.as_str()) {
            (Style::Plain, "true") => Some(true),
            (Style::Plain, "false") => Some(false),
            (_, "true" | "false") => {
                unexpected(node, scalar, &wanted(), Some(suggest::did_you_mean(&scalar.text)), reader)
            }
            _ => unexpected(node, scalar, &wanted(), None, reader),
        }
    }

    fn absent() -> Self {
        false
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        Json::from(*self)
    }
}

/// A scalar that is not of the wanted type.
pub(super) fn unexpected<T>(
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
    // Nothing is wrong but the quotes.
    let bare = quoted && help.is_some() && number::ungrouped(&scalar.text) == scalar.text;
    let fix = bare.then(|| Fix::replace(node.span, scalar.text.clone()));
    reader.fault(Diagnostic::new(Code::WrongType, node.span, message).maybe_help(help).maybe_fix(fix));
    None
}

/// The help with the number that was meant, where that is one.
pub(super) fn meant(text: &str, is_number: impl Fn(&str) -> bool) -> Option<Message> {
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
        let wanted = || say!("một ngày dạng `2026-11-23`", "a date such as `2026-11-23`");
        let scalar = reader.scalar(node, wanted)?;
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

    fn publish(&self, _: &mut dyn Around) -> Json {
        Json::from(self.to_string())
    }
}

required_slot!(bool, date::Date);
