//! `expired-legal-basis`: a procedure, or one of its fees, rests on a document that is no longer in force.
//!
//! Whoever reads the sheet on the wall can no longer rely on it, and an applicant may refuse the fee.
//!
//! A document has expired where it says so (`force: expired`, or `expires_on` has come), or where it says nothing about its
//! force and a document in force replaces it. Triggers: `legal_basis: [105/2017/NĐ-CP]` while that document has `force: expired`.
//! Does not: `force: partly`, or an abolished procedure.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::document::{Document, Force};
use crate::record::kinds::procedure::{Fee, Fees, Procedure};
use crate::record::suggest;
use crate::record::value::Ref;
use crate::say;
use crate::site::Site;
use crate::site::checks::{in_use, shown, told};
use crate::source::Span;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let expired = Expired::of(site);
    in_use(site).flat_map(|record| faults(site, &expired, record)).collect()
}

fn faults(site: &Site, expired: &Expired<'_>, record: &Record<Procedure>) -> Vec<Diagnostic> {
    let cited = record.content.data.legal_basis.iter().map(|basis| &basis.document);
    let all = cited.chain(fee_bases(&record.content.data));
    all.filter_map(|reference| {
        let document = site.documents.resolve(reference)?;
        let why = expired.place(document)?;
        Some(told(record, fault(reference, document, why, expired.replacement(document))))
    })
    .collect()
}

fn fee_bases(procedure: &Procedure) -> impl Iterator<Item = &Ref<Document>> {
    let payments = procedure.channels.iter().filter_map(|channel| match &channel.fees {
        Some(Fees::Payments(payments)) => Some(payments),
        _ => None,
    });
    payments.flatten().filter_map(|fee| match fee {
        Fee::Amount(amount) => amount.basis.as_ref(),
        Fee::InWords(_) => None,
    })
}

fn fault(
    reference: &Ref<Document>,
    document: &Record<Document>,
    why: Span,
    replacement: Option<&Record<Document>>,
) -> Diagnostic {
    let symbol: &str = &document.content.data.symbol;
    let message = say!("căn cứ `{symbol}` đã hết hiệu lực", "the legal basis `{symbol}` is no longer in force");
    let help = match replacement {
        Some(newer) => suggest::did_you_mean(&newer.content.data.symbol),
        None => say!("tìm văn bản thay thế, rồi sửa căn cứ này", "find what replaced it, and cite that"),
    };
    Diagnostic::new(Code::ExpiredLegalBasis, reference.key.place, message)
        .help(help)
        .related(why, say!("hết hiệu lực theo đây", "it says so here"))
}

/// Which documents are no longer in force.
pub struct Expired<'a> {
    site: &'a Site,
    /// Documents that replace others, by the ID of what they replace.
    newer: HashMap<&'a str, &'a Record<Document>>,
}

impl<'a> Expired<'a> {
    /// What the documents of a site say about one another.
    pub fn of(site: &'a Site) -> Expired<'a> {
        let replacing = shown(&site.documents).filter(|record| {
            let document = &record.content.data;
            document.force() != Force::NotYet && document.effective_on.is_none_or(|day| day <= site.as_of)
        });
        let pairs = replacing.flat_map(|newer| newer.content.data.replaces.iter().map(move |older| (older, newer)));
        let newer = pairs.filter_map(|(older, newer)| Some((site.documents.resolve(older)?.id.as_str(), newer)));
        Expired { site, newer: newer.collect() }
    }

    /// Where it stands that a document is no longer in force.
    pub fn place(&self, record: &Record<Document>) -> Option<Span> {
        let document = &record.content.data;
        if document.force() == Force::Expired {
            return Some(record.place("force"));
        }
        let sound =
            record.is_sound(&["expires_on"]) && document.expires_on >= document.effective_on.or(document.issued_on);
        if sound && document.expires_on.is_some_and(|day| day <= self.site.as_of) {
            return Some(record.place("expires_on"));
        }
        let replaced = self.replacement(record).filter(|_| document.force() == Force::Unknown);
        replaced.map(|newer| newer.place("replaces"))
    }

    /// The document in force that replaces another.
    pub fn replacement(&self, record: &Record<Document>) -> Option<&'a Record<Document>> {
        self.newer.get(record.id.as_str()).copied()
    }
}
