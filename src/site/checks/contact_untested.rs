//! `contact-untested`: nobody has tried a published address for `limits.test_contact_months`.
//!
//! A dead phone number on the wall is worse than none.
//!
//! Triggers: `tested_on: 2026-01-10`, or none, where three months are the limit and it is May. Does not: a site without that limit.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::contact::Contact;
use crate::say;
use crate::site::Site;
use crate::site::checks::{shown, told};

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let Some(months) = site.config.limits.as_ref().and_then(|limits| limits.test_contact_months) else {
        return Vec::new();
    };
    let untested = |record: &&Record<Contact>| {
        let tested = record.content.data.tested_on;
        record.is_sound(&["tested_on"]) && tested.is_none_or(|day| day.plus_months(*months) < site.as_of)
    };
    shown(&site.contacts).filter(untested).map(|record| fault(record, *months)).collect()
}

fn fault(record: &Record<Contact>, months: i64) -> Diagnostic {
    let message = match record.content.data.tested_on {
        Some(day) => say!(
            "đầu mối được thử lần cuối ngày {day}, đã quá {months} tháng",
            "this contact was last tried on {day}, more than {months} months ago"
        ),
        None => say!("chưa ai thử đầu mối này", "nobody has tried this contact"),
    };
    let help = say!(
        "gọi, gửi thư hoặc đến tận nơi, rồi ghi ngày thử vào `tested_on`",
        "call, write or go there, and write that day as `tested_on`"
    );
    told(record, Diagnostic::new(Code::ContactUntested, record.place("tested_on"), message).help(help))
}
