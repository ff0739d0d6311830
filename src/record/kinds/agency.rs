//! Agencies: bodies that carry out or decide procedures. They group and filter other pages.

use crate::record::kinds::contact::Contact;
use crate::record::macros::shape;
use crate::record::value::{Ref, Referable, SameKind, Text};
use crate::value::date::Date;

shape! {
    /// A body that carries out or decides procedures.
    pub struct Agency {
        short_title: O Option<Text>, "Tên gọi tắt", "Short title";
        code: O Option<Text>, "Mã cơ quan", "Code";
        parent: O Option<SameKind>, "Cơ quan chủ quản", "Parent";
        contact: O Option<Ref<Contact>>, "Đầu mối liên hệ", "Contact";
        dissolved_on: O Option<Date>, "Ngày giải thể", "Dissolved on";
        successor: O Option<SameKind>, "Cơ quan kế thừa", "Successor";
    }
}

impl Referable for Agency {
    const WORD: &'static str = "agency";
}
