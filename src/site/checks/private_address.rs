//! `private-address`: an official contact, or the site's feedback, is at a free mail service.
//!
//! Nobody can tell whether it is the agency's, and it leaves with whoever opened it.
//!
//! Triggers: `email: socongthuong@gmail.com` in a contact or in `feedback`. Does not: an address at the agency's domain, or a free
//! address in an answer, which is `personal-email`.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::reader::Noted;
use crate::record::sighting::What;
use crate::say;
use crate::site::Site;
use crate::site::checks::sightings;
use crate::value::address::email_domain;

const FREE: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "yahoo.com.vn",
    "ymail.com",
    "rocketmail.com",
    "outlook.com",
    "outlook.com.vn",
    "hotmail.com",
    "live.com",
    "msn.com",
    "icloud.com",
    "me.com",
    "aol.com",
    "mail.com",
    "mail.ru",
    "yandex.com",
    "gmx.com",
    "gmx.net",
    "proton.me",
    "protonmail.com",
    "zoho.com",
    "zohomail.com",
    "tutanota.com",
    "qq.com",
    "163.com",
];

pub fn check(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let official =
        |name: &str| name == "site" || name.strip_prefix("contact:").is_some_and(|id| site.contacts.get(id).is_some());
    let emails = sightings::all(findings).filter(|(name, seen)| seen.what == What::Email && official(name));
    let free = emails.filter(|(_, seen)| FREE.contains(&email_domain(&seen.text).as_str()));
    free.map(|(name, seen)| {
        let domain = email_domain(&seen.text);
        let message = say!(
            "địa chỉ chính thức dùng dịch vụ thư miễn phí `{domain}`",
            "an official address at the free mail service `{domain}`"
        );
        let help = say!("dùng hộp thư công vụ của cơ quan", "use a mailbox of the agency's own");
        Diagnostic {
            record: Some(name.to_owned()),
            ..Diagnostic::new(Code::PrivateAddress, seen.place, message).help(help)
        }
    })
    .collect()
}
