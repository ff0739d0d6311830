//! `incomplete-record`: keys that a complete publication needs and that a record lacks, one warning a record.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kind::KindName;
use crate::record::reader::Noted;
use crate::record::suggest;
use crate::say;
use crate::site::Site;
use crate::site::checks::no_limitations;
use crate::source::{FileId, Span};

pub fn check(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let published = published(site);
    let incomplete = findings.iter().filter(|(_, found)| !found.incomplete.is_empty());
    incomplete
        .filter_map(|(record, found)| {
            let file = published.get(record)?;
            // `no-limitations` stands for that key.
            let told = |key: &&String| key.as_str() != no_limitations::KEY;
            let lacking: Vec<&str> = found.incomplete.iter().filter(told).map(String::as_str).collect();
            if lacking.is_empty() {
                return None;
            }
            let keys = suggest::listed(lacking);
            let message = say!("bản ghi còn thiếu: {keys}", "the record still lacks: {keys}");
            let fault = Diagnostic::new(Code::IncompleteRecord, Span::top(*file), message);
            Some(Diagnostic { record: Some(record.clone()), ..fault })
        })
        .collect()
}

/// The files of the records that the public sees as they are, by the record's name.
fn published(site: &Site) -> HashMap<String, FileId> {
    let of_kind = |kind: &KindName| {
        let word = kind.word();
        let shown = site.published(*kind).filter(|outline| outline.common.withdrawn.is_none());
        shown.map(move |outline| (format!("{word}:{}", outline.id), outline.file))
    };
    KindName::ALL.iter().flat_map(of_kind).collect()
}
