//! Notices, changes, closures and corrections.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::macros::{shape, words};
use crate::record::reader::Reader;
use crate::record::value::{AnyRef, Referable};
use crate::say;
use crate::source::Span;
use crate::value::date::Date;

shape! {
    /// A notice to the public.
    pub struct Update {
        kind: R UpdateKind, "Loại thông báo", "Kind";
        date: R Date, "Ngày", "Date";
        affects: O Vec<AnyRef>, "Liên quan đến", "Affects";
        effective_on: O Option<Date>, "Ngày có hiệu lực", "Effective on";
        corrects: O Option<AnyRef>, "Đính chính cho", "Corrects";
    }
}

impl Referable for Update {
    const WORD: &'static str = "update";
}

words! {
    /// What a notice is.
    pub enum UpdateKind {
        Notice "notice" "Thông báo" "Notice",
        Change "change" "Thay đổi" "Change",
        Closure "closure" "Tạm nghỉ" "Closure",
        Correction "correction" "Đính chính" "Correction",
    }
}

impl Update {
    /// A correction names what it corrects.
    pub fn check(&self, reader: &mut Reader<'_>, top: Span) {
        let faulty = ["kind", "corrects"].iter().any(|key| reader.found.faulty.contains(key));
        if self.kind == UpdateKind::Correction && self.corrects.is_none() && !faulty {
            let message =
                say!("đính chính thì phải có `corrects` (đính chính cho gì)", "a correction needs `corrects`");
            reader.fault(Diagnostic::new(Code::MissingKey, top, message));
        }
    }
}
