//! What a fault is known by from one run to the next: services show only what is new, so a fault must keep its name while
//! lines around it move.
//!
//! A fingerprint rests on the code, the record (else the file), the keys that lead to the place, the text at the place and the
//! keys that the message names; not on the line, nor on figures and days in the message. Faults that agree in all of
//! it are told apart by their order. The keys are read from indentation, not by a parser: also a file that is no YAML has faults.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Snapshot;

/// Longest text at a place that counts, in characters.
const LONGEST: usize = 200;
/// How much of the hash is shown, in bytes.
const LENGTH: usize = 16;

/// The fingerprint of each fault, in their order; no two are the same.
pub fn all(diagnostics: &Diagnostics, snapshot: &Snapshot) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let numbered = |diagnostic| {
        let identity = identity(diagnostic, snapshot);
        let count = seen.entry(identity.clone()).or_default();
        *count += 1;
        hash(&format!("{identity}\0{count}"))
    };
    diagnostics.iter().map(numbered).collect()
}

/// All that stays when lines move.
fn identity(diagnostic: &Diagnostic, snapshot: &Snapshot) -> String {
    let place = diagnostic.place;
    let file = snapshot.file(place.file).path.as_str();
    let text = String::from_utf8_lossy(snapshot.bytes(place.file));
    // A file that is no UTF-8 has other offsets as text; only its name counts then.
    let (start, end) = match snapshot.text(place.file) {
        Ok(text) => ((place.start as usize).min(text.len()), (place.end as usize).min(text.len())),
        Err(_) => (0, 0),
    };
    let marked = text.get(start..end.max(start)).unwrap_or_default();
    let first: String = marked.lines().next().unwrap_or_default().trim_end().chars().take(LONGEST).collect();
    let of = diagnostic.record.as_deref().unwrap_or(file);
    let keys = keys_above(&text, start).join("/");
    [diagnostic.code.name(), of, &keys, &first, &keys_named(&diagnostic.message.en).join("/")].join("\0")
}

/// The keys that lead to a place, the innermost first.
fn keys_above(text: &str, offset: usize) -> Vec<&str> {
    let Some(before) = text.get(..offset) else { return Vec::new() };
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let (mut keys, mut limit) = (Vec::new(), usize::MAX);
    for line in text[..end].lines().rev().map(Line::of) {
        if line.is_fence {
            break;
        }
        if line.is_blank || line.indent > limit || (line.indent == limit && line.dash.is_none()) {
            continue;
        }
        if line.indent < limit {
            keys.extend(line.key);
        }
        // Above an item is its list's key, which may stand as far left as the item's dash.
        limit = line.dash.map_or(line.indent, |dash| dash + 1);
        if line.dash.is_none() && line.indent == 0 {
            break;
        }
    }
    keys
}

/// A line of YAML, as far as its indentation tells.
struct Line<'a> {
    is_blank: bool,
    is_fence: bool,
    /// Where the first dash of an item stands.
    dash: Option<usize>,
    /// Where the text behind the dashes stands.
    indent: usize,
    key: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let mut rest = line.trim_start_matches(' ');
        let (mut indent, mut dash) = (line.len() - rest.len(), None);
        while let Some(item) = rest.strip_prefix("- ") {
            dash = dash.or(Some(indent));
            rest = item.trim_start_matches(' ');
            indent = line.len() - rest.len();
        }
        let rest = rest.trim_end();
        let is_word = |key: &&str| key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-'\"/".contains(&b));
        let key = rest.split_once(": ").map(|(key, _)| key).or(rest.strip_suffix(':')).filter(is_word);
        Line { is_blank: rest.is_empty() || rest.starts_with('#'), is_fence: rest == "---", dash, indent, key }
    }
}

/// The keys that a message names: its words in code marks that could be keys.
fn keys_named(message: &str) -> Vec<&str> {
    let is_key = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    message.split('`').skip(1).step_by(2).filter(is_key).collect()
}

fn hash(identity: &str) -> String {
    let digest = Sha256::digest(identity.as_bytes());
    digest[..LENGTH].iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::say;
    use crate::source::{FileId, Span};

    const PATH: &str = "content/procedures/a.yaml";

    /// The fingerprints of faults at every `needle` of a text.
    fn prints(text: &str, needle: &str, message: &str) -> Vec<String> {
        let snapshot = Snapshot::from_texts([(PATH, text)]);
        let fault = |(at, _)| {
            let place = Span::new(FileId::new(0), at, at + needle.len());
            let fault = Diagnostic::new(Code::UnknownReference, place, say!("{message}", "{message}"));
            Diagnostic { record: Some("procedure:a".into()), ..fault }
        };
        all(&Diagnostics::new(text.match_indices(needle).map(fault).collect()), &snapshot)
    }

    #[test]
    fn moved_lines_and_other_items_change_nothing() {
        let before = prints("decision: x\nlegal_basis:\n  - a\n  - 9/QĐ\n", "9/QĐ", "`9/QĐ`");
        let after =
            prints("# new\n\ntitle: T\ndecision: x\nlegal_basis:\n- b\n- a\n\n- 9/QĐ # why\n", "9/QĐ", "`9/QĐ`");
        assert_eq!(before, after);
    }

    #[test]
    fn another_key_text_or_named_key_is_another_fault() {
        let here = prints("decision: 9/QĐ\n", "9/QĐ", "x");
        assert_ne!(here, prints("related: 9/QĐ\n", "9/QĐ", "x"));
        assert_ne!(here, prints("decision: 8/QĐ\n", "8/QĐ", "x"));
        assert_ne!(here, prints("decision: 9/QĐ\n", "9/QĐ", "no `title`"));
    }

    #[test]
    fn days_and_figures_in_a_message_are_not_part_of_it() {
        let one = prints("decision: 9/QĐ\n", "9/QĐ", "for 12 days, since `2026-01-01`");
        assert_eq!(one, prints("decision: 9/QĐ\n", "9/QĐ", "for 13 days, since `2026-01-02`"));
    }

    #[test]
    fn doubled_faults_are_told_apart() {
        let both = prints("legal_basis: [9/QĐ, 9/QĐ]\n", "9/QĐ", "x");
        assert_eq!(both.len(), 2);
        assert_ne!(both[0], both[1]);
    }

    #[test]
    fn keys_lead_through_lists_and_maps() {
        let text = "title: T\nchannels:\n- method: direct\n  fees:\n    - kind: fee\n      amount: 7\n";
        assert_eq!(keys_above(text, text.find('7').unwrap()), ["amount", "fees", "channels"]);
        let front = "---\ntitle: T\n---\nNote: x\n";
        assert_eq!(keys_above(front, front.find('x').unwrap()), ["Note"]);
    }

    #[test]
    fn a_file_that_is_no_text_has_a_fingerprint() {
        let snapshot = Snapshot::from_texts([(PATH, &b"a: \xff\xfe"[..])]);
        let place = Span::new(FileId::new(0), 3, 5);
        let faults = Diagnostics::new(vec![Diagnostic::new(Code::InvalidUtf8, place, say!("x", "x"))]);
        assert_eq!(all(&faults, &snapshot).len(), 1);
    }
}
