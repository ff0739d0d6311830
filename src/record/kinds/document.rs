//! Legal and directing documents (văn bản). No law is compiled into the program: its state is content, here.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::macros::{shape, words};
use crate::record::reader::Reader;
use crate::record::value::{FilePath, Ref, Referable, Symbol, Text, Url};
use crate::say;
use crate::value::date::Date;

shape! {
    /// A legal or directing document.
    pub struct Document {
        symbol: R Symbol, "Số, ký hiệu", "Symbol";
        r#type: C Option<Text>, "Loại văn bản", "Type";
        issuer: C Option<Text>, "Cơ quan ban hành", "Issuer";
        issued_on: C Option<Date>, "Ngày ban hành", "Issued on";
        effective_on: O Option<Date>, "Ngày có hiệu lực", "Effective on";
        expires_on: O Option<Date>, "Ngày hết hiệu lực", "Expires on";
        force: O Option<Force>, "Hiệu lực", "Force";
        scope: O Option<Scope>, "Phạm vi", "Scope";
        replaces: O Vec<Ref<Document>>, "Thay thế", "Replaces";
        amends: O Vec<Ref<Document>>, "Sửa đổi, bổ sung", "Amends";
        implements: O Vec<Ref<Document>>, "Hướng dẫn, thi hành", "Implements";
        url: O Option<Url>, "Địa chỉ văn bản gốc", "Address of the original";
        file: O Option<FilePath>, "Tệp văn bản gốc", "File of the original";
        verified_on: O Option<Date>, "Ngày kiểm tra hiệu lực", "Verified on";
    }
}

impl Referable for Document {
    const WORD: &'static str = "document";
}

words! {
    /// Whether a document is in force.
    pub enum Force {
        InForce "in_force" "Còn hiệu lực" "In force",
        Partly "partly" "Hết hiệu lực một phần" "Partly in force",
        Expired "expired" "Hết hiệu lực" "No longer in force",
        NotYet "not_yet" "Chưa có hiệu lực" "Not yet in force",
        Unknown "unknown" "Chưa xác định" "Unknown",
    }
}

words! {
    /// What sort of document it is.
    pub enum Scope {
        Law "law" "Văn bản quy phạm pháp luật" "Law",
        Administrative "administrative" "Văn bản hành chính" "Administrative",
        Party "party" "Văn bản của Đảng" "Party",
        Internal "internal" "Văn bản nội bộ" "Internal",
    }
}

impl Document {
    /// Whether it is in force.
    pub fn force(&self) -> Force {
        self.force.unwrap_or(Force::Unknown)
    }

    /// Its dates are ordered: issued, effective, expired.
    pub fn check(&self, reader: &mut Reader<'_>, fields: &crate::record::reader::Fields<'_>) {
        let dates =
            [("issued_on", self.issued_on), ("effective_on", self.effective_on), ("expires_on", self.expires_on)];
        let known: Vec<_> = dates.iter().filter_map(|(key, date)| date.map(|date| (*key, date))).collect();
        for pair in known.windows(2) {
            let [(first, before), (key, date)] = pair else { continue };
            if let Some(entry) = fields.get(key).filter(|_| date < before) {
                let message = say!(
                    "`{key}` ({date}) trước `{first}` ({before})",
                    "`{key}` ({date}) is before `{first}` ({before})"
                );
                reader.fault(Diagnostic::new(Code::OutOfRange, entry.value.span, message));
            }
        }
    }
}
