//! Sentences about keys and values, for hover texts and comments.

use crate::diagnostic::Message;
use crate::record::shape::{Field, Form, Label, Need, Type, Word};
use crate::say;

/// What a key is and whether it must be there: `Mã thủ tục (bắt buộc)`.
pub fn field(field: &Field) -> Message {
    let Label { vi, en } = field.label;
    match field.need {
        Need::Required => say!("{vi} (bắt buộc)", "{en} (required)"),
        Need::Complete => say!("{vi} (nên có)", "{en} (should be there)"),
        Need::Optional => say!("{vi}", "{en}"),
    }
}

/// How a value is written, where that needs to be said.
pub fn hint(ty: &Type) -> Option<Message> {
    match ty {
        Type::Markdown => Some(say!("viết bằng Markdown", "Markdown")),
        Type::Bool => Some(say!("`true` hoặc `false`", "`true` or `false`")),
        Type::Date => Some(say!("ngày, dạng `2026-01-31`", "a day such as `2026-01-31`")),
        Type::Integer { min } => Some(say!("số nguyên từ {min}", "a whole number from {min}")),
        Type::Decimal { .. } => Some(say!("một số", "a number")),
        Type::Degrees { limit } => Some(say!("số độ, trong khoảng ±{limit}", "degrees, within ±{limit}")),
        Type::Word(words) => Some(one_of(words)),
        Type::Formed(form) => Some(formed(*form)),
        Type::Reference("") => Some(say!("ID của một bản ghi cùng loại", "the ID of another record of the same kind")),
        Type::Reference(kind) => Some(reference(kind)),
        Type::AnyReference => {
            Some(say!("viết `loại:ID`, như `procedure:cap-phep`", "`kind:ID`, such as `procedure:permit`"))
        }
        Type::File => Some(say!("tên tệp trong content/files", "the name of a file in content/files")),
        Type::List(item) => {
            hint(item).map(|Message { vi, en }| say!("danh sách; mỗi mục: {vi}", "a list; each item: {en}"))
        }
        Type::Either(types) => either(types),
        Type::Levels(words) => Some(one_of(words)),
        Type::Text | Type::Map(_) | Type::Translated(_) | Type::Counts(_) => None,
    }
}

fn either(types: &[Type]) -> Option<Message> {
    let hints = types.iter().filter_map(hint);
    hints.reduce(|a, b| Message { vi: format!("{}; hoặc {}", a.vi, b.vi), en: format!("{}; or {}", a.en, b.en) })
}

fn one_of(words: &[Word]) -> Message {
    let all = |pick: fn(&Label) -> &'static str| {
        words.iter().map(|word| format!("`{}` ({})", word.word, pick(&word.label))).collect::<Vec<_>>().join(", ")
    };
    let (vi, en) = (all(|label| label.vi), all(|label| label.en));
    if words.len() == 1 { say!("{vi}", "{en}") } else { say!("một trong: {vi}", "one of: {en}") }
}

fn reference(kind: &str) -> Message {
    match kind {
        "procedure" => say!("ID hoặc mã của một thủ tục", "the ID or code of a procedure"),
        "document" => say!("ID hoặc số, ký hiệu của một văn bản", "the ID or symbol of a document"),
        kind => {
            let label = crate::record::kind::KindName::from_word(kind).map(|kind| kind.label());
            let Label { vi, en } = label.unwrap_or(Label { vi: "bản ghi", en: "record" });
            say!("ID của một {vi}", "the ID of a record ({en})")
        }
    }
}

/// The form of a text, with an example.
fn formed(form: Form) -> Message {
    match form {
        Form::Code => say!("dạng `2.001620`", "such as `2.001620`"),
        Form::Symbol => say!("dạng `63/2010/NĐ-CP`", "such as `63/2010/NĐ-CP`"),
        Form::Phone => say!("số điện thoại, như `0239 3855 123`", "a phone number such as `0239 3855 123`"),
        Form::Email => {
            say!("thư điện tử, như `gopy@example.gov.vn`", "an e-mail address such as `gopy@example.gov.vn`")
        }
        Form::Url => say!("địa chỉ web `https://…`", "a web address `https://…`"),
        Form::HttpsUrl => say!("địa chỉ web, chỉ `https://…`", "a web address, `https://…` only"),
        Form::Id => say!("chữ thường không dấu, số và `-`", "lower-case letters without accents, digits and `-`"),
        Form::SitePath => {
            say!("đường dẫn của trang, như `/thu-tuc/ten-cu/`", "a path of the site such as `/procedures/old/`")
        }
        Form::Time => say!("giờ, dạng `07:30`", "a time such as `07:30`"),
        Form::CheckCode => say!("mã của một kiểm tra, như `review-overdue`", "a check's code such as `review-overdue`"),
        Form::LanguageCode => say!("mã ngôn ngữ, như `vi`, `en`", "a language code such as `vi`, `en`"),
        Form::TimeZone => say!("múi giờ, như `Asia/Ho_Chi_Minh`", "a time zone such as `Asia/Ho_Chi_Minh`"),
    }
}
