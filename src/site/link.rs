//! Looks up what records name: other records, files, links.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kind::KindName;
use crate::record::reader::{Findings, Link, Noted, Reference};
use crate::record::suggest;
use crate::record::value::shortened;
use crate::say;
use crate::site::{Found, Site, attachments};
use crate::source::Span;
use crate::syntax::markdown::Target;

/// How many suggestions by edit distance one run computes; each compares with every name of a kind.
const MAX_SUGGESTIONS: usize = 300;

/// Tells what is named and not there. `findings` are those of each record, by its name.
pub fn check(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let mut linker = Linker { site, suggestions: HashMap::new() };
    let mut faults = Vec::new();
    let suspect: Vec<&Noted> = findings.par_iter().filter(|(_, found)| !is_sound(site, found)).collect();
    for (record, findings) in suspect {
        let references = findings.references.iter().filter_map(|reference| linker.reference(reference));
        let mut found: Vec<_> = references.collect();
        found.extend(findings.links.iter().filter_map(|link| linker.link(link)));
        found.extend(
            findings.files.iter().filter_map(|used| attachments::named(&used.path, used.place, &site.attachments)),
        );
        found.iter_mut().for_each(|fault| fault.record = Some(record.clone()));
        faults.extend(found);
    }
    faults
}

/// Whether all that a record names is there. Most records are sound, and this is quick.
fn is_sound(site: &Site, found: &Findings) -> bool {
    let leads = |kind: &str, key: &str| {
        let found = KindName::from_word(kind).map(|kind| site.table(kind).look_up(key));
        !matches!(found, Some(Found::Several(_) | Found::Nothing))
    };
    let is_there = |path: &str| site.attachments.contains_key(path);
    found.references.iter().all(|reference| leads(&reference.kind, &reference.key))
        && found.files.iter().all(|used| is_there(&used.path))
        && found.links.iter().all(|link| match &link.target {
            Target::Record { kind, key, .. } => leads(kind, key),
            Target::File { path, .. } => is_there(path),
            Target::Relative => false,
            _ => true,
        })
}

struct Linker<'a> {
    site: &'a Site,
    suggestions: HashMap<(KindName, String), Option<String>>,
}

impl Linker<'_> {
    fn reference(&mut self, Reference { kind, key, place }: &Reference) -> Option<Diagnostic> {
        let kind = KindName::from_word(kind)?;
        match self.site.table(kind).look_up(key) {
            Found::One(_) | Found::Unreadable | Found::Uncertain => None,
            Found::Several(ids) => Some(ambiguous(key, *place, &ids)),
            Found::Nothing => Some(self.unknown(kind, key, *place)),
        }
    }

    fn unknown(&mut self, kind: KindName, key: &str, place: Span) -> Diagnostic {
        let (shown, label, folder) = (shortened(key), kind.label(), kind.folder());
        let (vi, en) = (label.vi, label.en);
        let help = self.suggestion(kind, key).map(|name| suggest::did_you_mean(&name));
        Diagnostic::new(
            Code::UnknownReference,
            place,
            say!("không có {vi} nào là `{shown}`", "there is no {en} `{shown}`"),
        )
        .label(say!("không có trong content/{folder}", "not in content/{folder}"))
        .maybe_help(help)
    }

    fn suggestion(&mut self, kind: KindName, key: &str) -> Option<String> {
        if let Some(known) = self.suggestions.get(&(kind, key.to_owned())) {
            return known.clone();
        }
        let spare = self.suggestions.len() < MAX_SUGGESTIONS;
        let table = self.site.table(kind);
        let found = table
            .respelled(key)
            .or_else(|| spare.then(|| suggest::nearest(key, table.names())).flatten())
            .map(str::to_owned);
        self.suggestions.insert((kind, key.to_owned()), found.clone());
        found
    }

    fn link(&mut self, link: &Link) -> Option<Diagnostic> {
        let Link { target, raw, place } = link;
        match target {
            Target::Record { kind, key, .. } => {
                self.reference(&Reference { kind: kind.clone(), key: key.clone(), place: *place })
            }
            Target::File { path, .. } => attachments::named(path, *place, &self.site.attachments),
            Target::Relative => {
                let message = say!("liên kết `{raw}` không dẫn tới đâu", "the link `{raw}` leads nowhere");
                let help = say!(
                    "dùng đường dẫn từ gốc trang (`/thu-tuc/`), `files/…`, `procedure:ID` hoặc `https://…`",
                    "use a path from the site's root (`/thu-tuc/`), `files/…`, `procedure:ID` or `https://…`"
                );
                Some(Diagnostic::new(Code::BrokenLink, *place, message).help(help))
            }
            _ => None,
        }
    }
}

fn ambiguous(key: &str, place: Span, ids: &[String]) -> Diagnostic {
    let (shown, all) = (shortened(key), suggest::listed(ids.iter().map(String::as_str)));
    Diagnostic::new(
        Code::AmbiguousReference,
        place,
        say!("`{shown}` hợp với nhiều bản ghi", "`{shown}` fits several records"),
    )
    .help(say!("viết ID: {all}", "write the ID: {all}"))
}
