//! What was seen in texts, for the checks that judge it.

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::reader::Noted;
use crate::record::sighting::Sighting;

/// Everything seen, with the name of its record; it is empty for a file that is no record's.
pub fn all(findings: &[Noted]) -> impl Iterator<Item = (&str, &Sighting)> {
    findings.iter().flat_map(|(name, found)| found.sightings.iter().map(move |sighting| (name.as_str(), sighting)))
}

/// Whether a record speaks about people: an answer, a notice or a report.
pub fn is_about_people(name: &str) -> bool {
    ["answer:", "update:", "report:"].iter().any(|kind| name.starts_with(kind))
}

/// A fault at something seen.
pub fn fault(name: &str, sighting: &Sighting, code: Code, message: Message, help: Message) -> Diagnostic {
    let record = Some(name.to_owned()).filter(|name| !name.is_empty());
    Diagnostic { record, ..Diagnostic::new(code, sighting.place, message).help(help) }
}
