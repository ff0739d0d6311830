//! What cells can refer to: the records that the site has and those of the sheet itself, by ID, by code or symbol, or by title.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::draft::Kind;
use crate::import::sheet::fault::Wrong;
use crate::import::site::Site;
use crate::record::suggest;
use crate::say;
use crate::syntax::yaml::Node;
use crate::value::{code, slug, symbol};

/// What cells can refer to, by kind.
#[derive(Debug, Default)]
pub struct References {
    ids: BTreeMap<Kind, BTreeSet<String>>,
    /// Codes and symbols, normalised.
    natural: BTreeMap<Kind, BTreeSet<String>>,
    /// IDs by the slug of the title.
    titles: BTreeMap<Kind, BTreeMap<String, Vec<String>>>,
    /// What a drop-down shows: titles, or codes and symbols.
    shown: BTreeMap<Kind, BTreeSet<String>>,
}

impl References {
    /// What the records of a site can be called by.
    pub fn of(site: &Site) -> References {
        let mut references = References::default();
        for present in Kind::ALL.iter().flat_map(|kind| site.of(*kind)) {
            references.ids.entry(present.kind).or_default().insert(present.id.clone());
            let Some(root) = present.root() else { continue };
            let text = |key: &str| root.get(key).and_then(Node::text);
            if let Some(title) = text("title") {
                let named = references.titles.entry(present.kind).or_default();
                named.entry(slug(title)).or_default().push(present.id.clone());
            }
            let natural = text("code").or_else(|| text("symbol")).filter(|_| has_natural(present.kind));
            natural.into_iter().for_each(|key| references.add(present.kind, key));
            let shown = natural.or_else(|| text("title")).unwrap_or(&present.id).to_owned();
            references.shown.entry(present.kind).or_default().insert(shown);
        }
        references
    }

    /// Also a record of the sheet, by its code or symbol.
    pub fn add(&mut self, kind: Kind, natural: &str) {
        self.natural.entry(kind).or_default().extend(normalised(kind, natural));
    }

    /// What a drop-down of a kind offers.
    pub fn offered(&self, kind: &str) -> Vec<&str> {
        let kind = Kind::from_word(kind);
        kind.and_then(|kind| self.shown.get(&kind)).into_iter().flatten().map(String::as_str).collect()
    }

    /// The reference as a record writes it.
    ///
    /// # Errors
    /// Where there is no such record, or several have this title.
    pub fn resolve(&self, word: &str, text: &str) -> Result<String, Wrong> {
        let Some(kind) = Kind::from_word(word) else { return Ok(text.to_owned()) };
        if self.ids.get(&kind).is_some_and(|ids| ids.contains(text)) {
            return Ok(text.to_owned());
        }
        let natural = normalised(kind, text);
        if natural.is_some_and(|key| self.natural.get(&kind).is_some_and(|keys| keys.contains(&key))) {
            return Ok(text.to_owned());
        }
        match self.titles.get(&kind).and_then(|titles| titles.get(&slug(text))).map(Vec::as_slice) {
            Some([id]) => Ok(id.clone()),
            Some(several) => {
                let all = suggest::listed(several.iter().map(String::as_str));
                let wrong = Wrong::new(say!("`{text}` hợp với nhiều bản ghi", "`{text}` fits several records"));
                Err(wrong.help(say!("viết ID: {all}", "write the ID: {all}")))
            }
            None => Err(self.unknown(kind, text)),
        }
    }

    fn unknown(&self, kind: Kind, text: &str) -> Wrong {
        let label = kind.label();
        let (vi, en, folder) = (label.vi, label.en, kind.folder());
        let wrong = Wrong::new(say!(
            "không có {vi} nào là `{text}` trong content/{folder}",
            "there is no {en} `{text}` in content/{folder}"
        ));
        let known = self.shown.get(&kind).into_iter().chain(self.ids.get(&kind)).flatten().map(String::as_str);
        wrong.help(suggest::nearest(text, known).map(suggest::did_you_mean))
    }
}

fn has_natural(kind: Kind) -> bool {
    matches!(kind, Kind::Procedure | Kind::Document)
}

fn normalised(kind: Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Procedure => code::prefix(text.trim()).map(str::to_owned),
        Kind::Document => symbol::normalise(text),
        _ => None,
    }
}
