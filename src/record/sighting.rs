//! What stands in a text and only the whole site can judge: numbers and addresses that may be a person's, and figures.
//!
//! Looked for while a record is read, because only then the way from a spot in a text back to the file is known; and kept
//! instead of the texts themselves, because there are few of them.

use std::ops::Range;

use crate::source::Span;
use crate::value::figure::{self, Figure};
use crate::value::phone::{self, Landlines};
use crate::value::{address, citizen, dossier};

/// Something seen in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// What it may be.
    pub what: What,
    /// As written.
    pub text: String,
    /// Where.
    pub place: Span,
}

/// What something in a text may be.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A citizen's number.
    CitizenNumber,
    /// The code of a dossier.
    DossierCode,
    /// A person's phone number, in the form of `tel:` links.
    Phone(String),
    /// An e-mail address.
    Email,
    /// A figure of feedback.
    Figure(Figure),
}

/// What can be seen in a text of a record of the kind with this word.
pub fn look(text: &str, kind: &str) -> Vec<(What, Range<usize>)> {
    let mut seen: Vec<(What, Range<usize>)> = Vec::new();
    seen.extend(citizen::find(text).into_iter().map(|range| (What::CitizenNumber, range)));
    seen.extend(dossier::find(text).into_iter().map(|range| (What::DossierCode, range)));
    seen.extend(address::emails(text).into_iter().map(|range| (What::Email, range)));
    if matches!(kind, "answer" | "update" | "report") {
        let landlines = if kind == "answer" { Landlines::Peoples } else { Landlines::Agencies };
        seen.extend(phone::find_personal(text, landlines).into_iter().map(|(range, e164)| (What::Phone(e164), range)));
    }
    if kind == "report" {
        seen.extend(figure::find(text).into_iter().map(|(figure, range)| (What::Figure(figure), range)));
    }
    seen
}

#[cfg(test)]
mod tests;
