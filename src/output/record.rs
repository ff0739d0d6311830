//! `index.json`: the published fields of one record, beside its page.
//!
//! Before the fields stands which record it is, behind them what its references mean: by `kind:ID` the title, natural key
//! and page of each record that it names.

use crate::output::around::Published;
use crate::plan::Plan;
use crate::record::kind::KindName;
use crate::record::published::{Fields, Json};
use crate::site::Site;

/// The keys that stand around a record's own.
pub const FRAME: [&str; 5] = ["record", "id", "language", "page", "references"];

/// The data of a published record in a language.
pub fn json(site: &Site, plan: &Plan, language: &str, kind: KindName, id: &str) -> Vec<u8> {
    let index = site.published_index(kind, id).expect("a planned record is published");
    let mut around = Published::new(site, plan, kind);
    let own = site.table(kind).published(index, language, &mut around);
    let references = around.references(language);
    let page = plan.url(&plan.routes(language).record(kind, id));
    let [record_key, id_key, language_key, page_key, references_key] = FRAME.map(str::to_owned);
    let mut fields = Fields::new();
    fields.insert(record_key, Json::from(format!("{}:{id}", kind.word())));
    fields.insert(id_key, Json::from(id));
    fields.insert(language_key, Json::from(language));
    fields.insert(page_key, Json::from(page));
    fields.extend(own);
    if !references.is_empty() {
        fields.insert(references_key, references.into());
    }
    let mut bytes = serde_json::to_vec(&fields).expect("maps with text as keys can be written as JSON");
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::FRAME;
    use crate::record::kind::KindName;

    #[test]
    fn no_kind_has_a_key_of_the_frame() {
        for kind in KindName::ALL {
            let shape = kind.full_shape();
            assert!(FRAME.iter().all(|key| shape.field(key).is_none()), "{kind:?}");
        }
    }
}
