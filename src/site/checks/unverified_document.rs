//! `unverified-document`: nobody has checked for `limits.verify_document_months` whether a document is still in force.
//!
//! Law moves: a site that says "còn hiệu lực" without looking again is soon wrong.
//!
//! Triggers: `verified_on: 2025-01-10`, or none at all, where six months are the limit. Does not: a document that is known to
//! have expired, or a site without that limit.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::document::Document;
use crate::say;
use crate::site::Site;
use crate::site::checks::expired_legal_basis::Expired;
use crate::site::checks::{shown, told};

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let Some(months) = site.config.limits.as_ref().and_then(|limits| limits.verify_document_months) else {
        return Vec::new();
    };
    let expired = Expired::of(site);
    let unverified = |record: &&Record<Document>| {
        let verified = record.content.data.verified_on;
        record.is_sound(&["verified_on"])
            && verified.is_none_or(|day| day.plus_months(*months) < site.as_of)
            && expired.place(record).is_none()
    };
    shown(&site.documents).filter(unverified).map(|record| fault(record, *months)).collect()
}

fn fault(record: &Record<Document>, months: i64) -> Diagnostic {
    let message = match record.content.data.verified_on {
        Some(day) => say!(
            "hiệu lực kiểm tra lần cuối ngày {day}, đã quá {months} tháng",
            "its force was last checked on {day}, more than {months} months ago"
        ),
        None => say!("chưa ai kiểm tra hiệu lực của văn bản này", "nobody has checked whether it is in force"),
    };
    let help = say!(
        "tra văn bản ở cơ sở dữ liệu quốc gia về văn bản pháp luật, rồi ghi ngày tra vào `verified_on`",
        "look it up in the national database of legal documents, and write that day as `verified_on`"
    );
    told(record, Diagnostic::new(Code::UnverifiedDocument, record.place("verified_on"), message).help(help))
}
