//! `review-overdue`: the day on which a record was to be reviewed is past.
//!
//! Triggers: `next_review_on: 2026-10-01` in November; or `reviewed_on: 2025-10-01` where `limits.review_months` is 12. Does not: a record
//! without either date.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kind::KindName;
use crate::say;
use crate::site::{Outline, Site};
use crate::value::date::Date;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    KindName::ALL.iter().flat_map(|kind| of_kind(site, *kind)).collect()
}

fn of_kind(site: &Site, kind: KindName) -> Vec<Diagnostic> {
    let table = site.table(kind);
    let outlines = (0..table.count()).map(|index| table.outline(index));
    let shown = outlines.filter(|outline| outline.is_published && outline.common.withdrawn.is_none());
    let overdue =
        shown.filter_map(|outline| due(site, &outline).filter(|(day, _)| *day < site.as_of).map(|due| (outline, due)));
    overdue
        .map(|(outline, (day, key))| {
            let message = say!("đáng lẽ được rà soát trước ngày {day}", "it was to be reviewed by {day}");
            let help = say!(
                "đọc lại, sửa nếu cần, rồi ghi `reviewed_on` và `next_review_on` mới",
                "read it again, mend it, and write a new `reviewed_on` and `next_review_on`"
            );
            let fault = Diagnostic::new(Code::ReviewOverdue, outline.common.at.of(key), message).help(help);
            Diagnostic { record: Some(format!("{}:{}", kind.word(), outline.id)), ..fault }
        })
        .collect()
}

/// The day by which a record is to be reviewed, and the key that says so.
pub fn due(site: &Site, outline: &Outline<'_>) -> Option<(Date, &'static str)> {
    let common = outline.common;
    let months = site.config.limits.as_ref().and_then(|limits| limits.review_months);
    let by_limit = || Some((common.reviewed_on?.plus_months(*months?), "reviewed_on"));
    common.next_review_on.map(|day| (day, "next_review_on")).or_else(by_limit)
}
