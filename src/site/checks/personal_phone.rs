//! `personal-phone`: a phone number in an answer, a notice or a report that no published contact has.
//!
//! It is probably a person's. An agency's own numbers belong into contacts, where they are tried and kept current.
//!
//! Triggers: `Liên hệ ông A, 0912 345 678`. Does not: a hotline, a landline given with its agency, a tax number.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::reader::Noted;
use crate::record::sighting::What;
use crate::say;
use crate::site::Site;
use crate::site::checks::sightings;
use crate::value::phone;

pub fn check(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let published = published(site);
    let about = sightings::all(findings).filter(|(name, _)| sightings::is_about_people(name));
    let unknown = about.filter(|(_, seen)| matches!(&seen.what, What::Phone(number) if !published.contains(number)));
    unknown
        .map(|(name, seen)| {
            let message = say!(
                "có số điện thoại không thuộc đầu mối nào đã công khai",
                "a phone number that no published contact has"
            );
            let help = say!(
                "xóa số này; nếu là số của cơ quan thì đưa vào một bản ghi trong content/contacts",
                "remove it; if it is an agency's, put it into a record in content/contacts"
            );
            sightings::fault(name, seen, Code::PersonalPhone, message, help)
        })
        .collect()
}

fn published(site: &Site) -> HashSet<String> {
    let lines = site.contacts.iter().flat_map(|record| &record.content.data.phones);
    lines.filter_map(|line| phone::parse_hotline(&line.number)).map(|number| number.e164).collect()
}
