//! What a mapping could not do as the portal has it, said where it happened: nothing is left out in silence.

use crate::diagnostic::Message;
use crate::say;

/// A value that was left out or changed, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// Why.
    pub reason: Reason,
    /// The portal's value.
    pub value: String,
}

macro_rules! reasons {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident $word:literal $vi:literal $en:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(
            #[doc = concat!("`", $word, "`: ", $en)]
            $variant,
        )* }

        impl $name {
            /// The reason's name in machine-readable reports.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The reason in words.
            pub fn message(self) -> Message {
                match self { $($name::$variant => say!($vi, $en),)* }
            }
        }
    };
}

reasons! {
    /// Why a value of an imported procedure is not there as the portal has it.
    pub enum Reason {
        NoSymbol "no-symbol"
            "căn cứ pháp lý bị bỏ: số, ký hiệu phải có chữ số và dấu `/` hoặc `-`"
            "legal basis left out: a symbol has a digit and a `/` or `-`",
        TitleAsSymbol "title-as-symbol"
            "căn cứ pháp lý bị bỏ: ô số, ký hiệu ghi cả tên văn bản"
            "legal basis left out: its symbol is a whole title",
        SeveralSymbols "several-symbols"
            "căn cứ pháp lý bị bỏ: ô số, ký hiệu ghi nhiều văn bản"
            "legal basis left out: its symbol names several documents",
        SymbolFits "symbol-fits-several"
            "căn cứ pháp lý bị bỏ: nhiều văn bản cùng số, ký hiệu này, không rõ của cơ quan nào"
            "legal basis left out: several agencies have a document of this symbol",
        NoDecision "no-decision-symbol"
            "quyết định công bố bị bỏ: giá trị này không phải số, ký hiệu"
            "publishing decision left out: this is no symbol",
        NoUnit "time-without-unit"
            "thời hạn giải quyết bị bỏ: con số không có đơn vị, hoặc là 0, và không có diễn giải"
            "processing time left out: a number without a unit, or 0, and no words",
        SmallAmount "amount-from-note"
            "mức phí lấy theo lời ghi chú: con số của Cổng nhỏ hơn 1.000 đồng"
            "fee taken from its note: the portal's number is below 1,000 VND",
        UnknownMethod "unknown-method"
            "cách thức nộp bị bỏ: không phải trực tiếp, trực tuyến hay bưu chính"
            "way to submit left out: not in person, online or by post",
        SameChannel "same-channel"
            "cách thức nộp ghi lặp, giữ một"
            "way to submit written twice, kept once",
        EmptyCase "case-without-papers"
            "trường hợp hồ sơ bị bỏ: không có giấy tờ nào"
            "case left out: it has no papers",
        NamelessPaper "nameless-paper"
            "giấy tờ bị bỏ: không có tên"
            "paper left out: it has no name",
        SecondField "second-field"
            "lĩnh vực thứ hai bị bỏ: mỗi thủ tục có một lĩnh vực"
            "second field left out: a procedure has one",
    }
}

/// Why a line of the input did not become a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// Not JSON.
    NotJson(String),
    /// JSON, but nothing with a portal procedure's shape.
    NoProcedure,
    /// The code, after trimming, is none.
    InvalidCode(String),
    /// A key that every procedure has to have.
    Missing(&'static str),
}

impl Rejection {
    /// The reason's name in machine-readable reports.
    pub fn word(&self) -> &'static str {
        match self {
            Rejection::NotJson(_) => "not-json",
            Rejection::NoProcedure => "no-procedure",
            Rejection::InvalidCode(_) => "invalid-code",
            Rejection::Missing(_) => "missing-key",
        }
    }

    /// The reason in words.
    pub fn message(&self) -> Message {
        match self {
            Rejection::NotJson(detail) => say!("dòng không phải JSON: {detail}", "the line is no JSON: {detail}"),
            Rejection::NoProcedure => {
                say!("dòng không phải thủ tục của Cổng", "the line is no procedure of the portal")
            }
            Rejection::InvalidCode(code) => say!(
                "`{code}` không phải mã thủ tục (một chữ số, dấu chấm, sáu chữ số)",
                "`{code}` is no procedure code (one digit, a dot, six digits)"
            ),
            Rejection::Missing(key) => say!("Cổng không ghi `{key}`", "the portal has no `{key}`"),
        }
    }
}
