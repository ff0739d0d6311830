//! `personal-email`: an e-mail address in an answer, a notice or a report that is not the agency's.
//!
//! Triggers: `gửi về nguyenvana@gmail.com`. Does not: an address that a published contact has, or one at the site's own domain.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::reader::Noted;
use crate::record::sighting::What;
use crate::say;
use crate::site::Site;
use crate::site::checks::sightings;
use crate::value::address::{email_domain, host, same_owner};

pub fn check(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let seen = sightings::all(findings)
        .filter(|(name, seen)| seen.what == What::Email && sightings::is_about_people(name))
        .filter(|(_, seen)| !is_published(site, &seen.text) && !is_own(site, &seen.text));
    seen.map(|(name, seen)| {
        let message = say!(
            "có địa chỉ thư điện tử không thuộc đầu mối nào đã công khai",
            "an e-mail address that no published contact has"
        );
        let help = say!(
            "xóa địa chỉ này; nếu là của cơ quan thì đưa vào một bản ghi trong content/contacts",
            "remove it; if it is an agency's, put it into a record in content/contacts"
        );
        sightings::fault(name, seen, Code::PersonalEmail, message, help)
    })
    .collect()
}

fn is_published(site: &Site, address: &str) -> bool {
    let contacts = site.contacts.iter().filter_map(|record| record.content.data.email.as_ref());
    let feedback = site.config.feedback.as_ref().and_then(|feedback| feedback.email.as_ref());
    contacts.chain(feedback).any(|email| email.eq_ignore_ascii_case(address))
}

fn is_own(site: &Site, address: &str) -> bool {
    same_owner(host(&site.config.base_url), &email_domain(address))
}
