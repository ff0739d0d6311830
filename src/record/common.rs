//! The keys that every record has.

use crate::diagnostic::Code;
use crate::record::macros::shape;
use crate::record::published::{Around, Json};
use crate::record::reader::Reader;
use crate::record::shape::{Form, Type};
use crate::record::value::{PagePath, SameKind, Text, Value, required_slot};
use crate::record::{suggest, value};
use crate::say;
use crate::syntax::yaml::Node;
use crate::value::date::Date;

shape! {
    /// The keys that every record has.
    pub struct Common {
        title: R Text, "Tên", "Title";
        summary: O Option<Text>, "Tóm tắt", "Summary";
        draft: O Option<bool>, "Bản nháp", "Draft", unpublished;
        publish_on: O Option<Date>, "Ngày đăng", "Publish on";
        expire_on: O Option<Date>, "Ngày gỡ", "Expire on";
        updated_on: O Option<Date>, "Ngày cập nhật", "Updated on";
        reviewed_on: O Option<Date>, "Ngày rà soát", "Reviewed on";
        next_review_on: O Option<Date>, "Ngày rà soát tiếp theo", "Next review on";
        change_note: O Option<Text>, "Nội dung thay đổi", "What changed";
        withdrawn: O Option<Withdrawn>, "Thu hồi", "Withdrawn";
        allow: O Vec<Allowance>, "Cho phép", "Allow", unpublished;
        banner: O Option<Text>, "Thông báo khẩn", "Banner";
        aliases: O Vec<PagePath>, "Địa chỉ cũ", "Aliases";
    }
}

shape! {
    /// A record whose page stays only to say that it is gone.
    pub struct Withdrawn {
        on: R Date, "Ngày thu hồi", "Withdrawn on";
        reason: R Text, "Lý do", "Reason";
        successor: O Option<SameKind>, "Thay bằng", "Successor";
    }
}

shape! {
    /// Silences one check for one record, until a day.
    pub struct Allowance {
        check: R CheckCode, "Kiểm tra", "Check";
        reason: R Text, "Lý do", "Reason";
        until: R Date, "Đến ngày", "Until";
    }
}

/// The code of a check that may be silenced.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckCode {
    /// The check.
    pub code: Code,
    /// Where it is named.
    pub place: crate::source::Span,
}

impl Value for CheckCode {
    fn describe() -> Type {
        Type::Formed(Form::CheckCode)
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = Text::read(node, reader)?;
        let adjustable = || Code::ALL.iter().filter(|code| code.group().is_adjustable()).map(|code| code.name());
        match Code::from_name(&text) {
            Some(code) if code.group().is_adjustable() => Some(CheckCode { code, place: node.span }),
            found => {
                let message = match found {
                    Some(_) => say!("kiểm tra `{0}` không tắt được", "the check `{0}` cannot be changed", &*text),
                    None => say!("không có kiểm tra nào là `{0}`", "there is no check `{0}`", &*text),
                };
                let help = suggest::nearest(&text, adjustable()).map(suggest::did_you_mean);
                reader
                    .fault(crate::diagnostic::Diagnostic::new(Code::InvalidValue, node.span, message).maybe_help(help));
                None
            }
        }
    }

    fn absent() -> Self {
        CheckCode { code: Code::IncompleteRecord, place: value::nowhere() }
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        Json::from(self.code.name())
    }
}

required_slot!(CheckCode);
