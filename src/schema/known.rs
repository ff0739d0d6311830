//! What a schema knows of one site: the records and files that can be named.

use std::collections::BTreeMap;

use crate::record::kind::KindName;
use crate::site::Site;

/// The records and files that can be named. Empty where there is no site to look at.
#[derive(Debug, Default)]
pub struct Known {
    /// By kind: what a record may be called by, and its title. An ID comes before the natural key.
    pub records: BTreeMap<KindName, Vec<(String, String)>>,
    /// Paths below `content/files/`.
    pub files: Vec<String>,
    /// The fields of work that `site.yaml` lists.
    pub fields: Vec<String>,
}

impl Known {
    /// What a site has, drafts included: a new record names them, too.
    pub fn of(site: &Site) -> Known {
        let records = KindName::ALL.iter().map(|kind| (*kind, names(site, *kind))).collect();
        let fields = site.config.fields.iter().map(|field| field.name.to_string()).collect();
        Known { records, files: site.attachments.keys().cloned().collect(), fields }
    }
}

fn names(site: &Site, kind: KindName) -> Vec<(String, String)> {
    let table = site.table(kind);
    let outlines = (0..table.count()).map(|index| table.outline(index));
    let own = outlines.map(|outline| (outline.id.to_owned(), outline.common.title.to_string()));
    own.chain(natural(site, kind)).collect()
}

/// The records that people call by a code or a symbol. One that several share is no name of any.
fn natural(site: &Site, kind: KindName) -> Vec<(String, String)> {
    let all: Vec<(String, String)> = match kind {
        KindName::Procedure => site
            .procedures
            .all()
            .iter()
            .map(|record| pair(&record.content.data.code, &record.content.common.title))
            .collect(),
        KindName::Document => site
            .documents
            .all()
            .iter()
            .map(|record| pair(&record.content.data.symbol, &record.content.common.title))
            .collect(),
        _ => Vec::new(),
    };
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|(key, _)| *count.entry(key).or_default() += 1);
    let single: Vec<_> = all.iter().filter(|(key, _)| !key.is_empty() && count[key.as_str()] == 1).cloned().collect();
    single
}

fn pair(key: &str, title: &str) -> (String, String) {
    (key.to_owned(), title.to_owned())
}
