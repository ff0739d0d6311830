//! `reception-missing`: a month in which the head of the agency does not receive citizens.
//!
//! The law on receiving citizens asks heads to do it themselves every month, and to publish when.
//!
//! Looked at from the first session of the list to this month. A session that was cancelled, or that a deputy chairs, does not count; one
//! that was moved counts where it was moved to. Triggers: sessions in September and November, none in October. Does not: a rule of one day
//! "mỗi quý".

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kinds::contact::{Reception, Session, SessionStatus};
use crate::say;
use crate::site::Site;
use crate::site::checks::{shown, told};
use crate::value::date::Date;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let sound = shown(&site.contacts).filter(|record| record.is_sound(&["reception"]));
    sound
        .filter_map(|record| {
            let reception =
                record.content.data.reception.as_ref().filter(|reception| !is_quarterly(&reception.rule))?;
            let missing = missing(reception, site.as_of);
            (!missing.is_empty()).then(|| told(record, fault(reception, &missing)))
        })
        .collect()
}

fn is_quarterly(rule: &str) -> bool {
    let rule = rule.to_lowercase();
    ["mỗi quý", "hằng quý", "hàng quý", "một quý"].iter().any(|words| rule.contains(words))
}

/// The months, as their first days, without a session of the head.
fn missing(reception: &Reception, today: Date) -> Vec<Date> {
    let month = |day: Date| day.month_end();
    let held: Vec<Date> = reception.sessions.iter().filter_map(day_of_head).map(month).collect();
    let Some(first) = reception.sessions.iter().map(|session| session.on).min() else { return Vec::new() };
    let months = (0..).map(|count| Date::new(first.year(), first.month(), 1).map(|day| month(day.plus_months(count))));
    months.map_while(|end| end).take_while(|end| *end <= month(today)).filter(|end| !held.contains(end)).collect()
}

/// The day on which the head receives, if he or she does.
fn day_of_head(session: &Session) -> Option<Date> {
    let chair = session.chair.to_lowercase();
    let deputy = ["phó", "deputy", "vice"].iter().any(|word| chair.starts_with(word));
    match session.status {
        _ if deputy => None,
        Some(SessionStatus::Cancelled) => None,
        Some(SessionStatus::Moved) => session.moved_to,
        _ => Some(session.on),
    }
}

fn fault(reception: &Reception, missing: &[Date]) -> Diagnostic {
    let months: Vec<String> = missing.iter().map(|end| format!("{:04}-{:02}", end.year(), end.month())).collect();
    let months = months.join(", ");
    let message = say!(
        "người đứng đầu không có buổi tiếp công dân trong tháng: {months}",
        "the head does not receive citizens in: {months}"
    );
    let help = say!("thêm buổi tiếp của người đứng đầu vào `sessions`", "add a session of the head to `sessions`");
    Diagnostic::new(Code::ReceptionMissing, reception.at.of("sessions"), message).help(help)
}
