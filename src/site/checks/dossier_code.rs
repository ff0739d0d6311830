//! `dossier-code`: the code of one person's dossier in a text or a file's name.
//!
//! With it anybody can look the dossier up on the portal, and with it the person.
//!
//! Triggers: `Hồ sơ H27.12-240101-0001 đã xong`. Does not: a procedure's code, or "12 hồ sơ".

use crate::diagnostic::{Code, Diagnostic};
use crate::record::reader::Noted;
use crate::record::sighting::What;
use crate::say;
use crate::site::Site;
use crate::site::checks::sightings;

pub fn check(_: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let seen = sightings::all(findings).filter(|(_, seen)| seen.what == What::DossierCode);
    seen.map(|(name, seen)| {
        let message = say!("có mã hồ sơ của một người", "the code of one person's dossier");
        let help = say!("xóa mã này; trả lời riêng cho người nộp", "remove it; answer the applicant in private");
        sightings::fault(name, seen, Code::DossierCode, message, help)
    })
    .collect()
}
