//! Open data: each kind as CSV, as CSV for spreadsheet programs and as JSON, with what describes them.
//!
//! What a table holds is what the records' own JSON holds, in the site's default language, a record a row, in the order of
//! IDs. Columns come from the kind's shape. Tables are written record by record: they never stand in memory whole.

mod catalog;
mod columns;
mod dictionary;
mod excel;
mod measure;
mod package;
mod tables;

pub use catalog::catalog;
pub use columns::{Cell, Column, columns};
pub use dictionary::{Entry, entries};
pub use measure::{Measured, Table, measure};
pub use package::package;
pub use tables::{rows, write};

use crate::record::kind::KindName;
use crate::record::shape::Label;
use crate::site::Site;
use crate::value::date::Date;

/// The latest day of a change that any record of some kinds tells; no clock is asked.
pub fn modified(site: &Site, kinds: &[KindName]) -> Option<Date> {
    let of = |kind: &KindName| {
        let kind = *kind;
        site.published(kind).filter_map(move |outline| site.changed_on(kind, &outline)).max()
    };
    kinds.iter().filter_map(of).max()
}

/// What a table of a kind is called.
pub fn title(kind: KindName) -> Label {
    match kind {
        KindName::Agency => Label { vi: "Cơ quan", en: "Agencies" },
        KindName::Answer => Label { vi: "Hỏi đáp và đối thoại", en: "Questions, answers and dialogues" },
        KindName::Contact => Label { vi: "Địa chỉ tiếp nhận", en: "Contacts" },
        KindName::Document => Label { vi: "Văn bản", en: "Documents" },
        KindName::Page => Label { vi: "Trang giới thiệu", en: "Pages" },
        KindName::Procedure => Label { vi: "Thủ tục hành chính", en: "Administrative procedures" },
        KindName::Report => Label { vi: "Báo cáo dân vận", en: "Mobilization reports" },
        KindName::Statistics => Label {
            vi: "Thống kê phản ánh, kiến nghị, khiếu nại, tố cáo",
            en: "Statistics of feedback and complaints",
        },
        KindName::Update => Label { vi: "Thông báo", en: "Notices" },
    }
}
