//! `personal-id`: a citizen's number (CCCD, CMND) in a text or a file's name.
//!
//! With it anybody can be impersonated, and what was once published cannot be taken back. The message does not repeat the number.
//!
//! Triggers: `question: Tôi là …, CCCD 001085123456`. Does not: an amount, a bank account or a tax number, or twelve digits that nobody
//! can have because of their province or year.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::reader::Noted;
use crate::record::sighting::{Sighting, What};
use crate::say;
use crate::site::Site;
use crate::site::checks::sightings;
use crate::value::citizen::birth_year;

pub fn check(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let seen = sightings::all(findings).filter(|(_, seen)| seen.what == What::CitizenNumber && is_born(site, seen));
    seen.map(|(name, seen)| {
        let message = say!("có số căn cước hoặc chứng minh nhân dân của một người", "a citizen's identity number");
        let help = say!(
            "xóa số này; nếu cần nhắc tới, chỉ ghi ba số cuối",
            "remove it; if need be, keep its last three digits"
        );
        sightings::fault(name, seen, Code::PersonalId, message, help)
    })
    .collect()
}

/// Whether its bearer can have been born by now.
fn is_born(site: &Site, seen: &Sighting) -> bool {
    let digits: String = seen.text.chars().filter(char::is_ascii_digit).collect();
    digits.len() != 12 || birth_year(&digits).is_some_and(|year| year <= site.as_of.year())
}
