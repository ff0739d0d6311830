//! What a record's references and files are called outside the content's folder.

use std::collections::BTreeSet;

use crate::plan::Plan;
use crate::record::kind::KindName;
use crate::record::published::{Around, Fields, Json};
use crate::site::Site;

/// The published site around one record. A reference becomes the ID of the record that it means, so that a key in one
/// file finds its row in another; one that is not published stays as it is written. A file becomes its whole address.
pub struct Published<'a> {
    site: &'a Site,
    plan: &'a Plan,
    kind: KindName,
    /// What the record refers to: the kind, and the place in its table.
    named: BTreeSet<(KindName, usize)>,
}

impl<'a> Published<'a> {
    /// The site around a record of a kind.
    pub fn new(site: &'a Site, plan: &'a Plan, kind: KindName) -> Self {
        Published { site, plan, kind, named: BTreeSet::new() }
    }

    /// What is said of the records that were referred to, by `kind:ID`: what people call them, and where they are.
    pub fn references(&self, language: &str) -> Fields {
        let routes = self.plan.routes(language);
        let about = |&(kind, index): &(KindName, usize)| {
            let table = self.site.table(kind);
            let id = table.outline(index).id;
            let mut about = Fields::new();
            about.extend(table.natural_key(index).map(|(key, text)| (key.to_owned(), Json::from(text))));
            about.insert("title".to_owned(), Json::from(&*table.common(index, language).title));
            about.insert("page".to_owned(), Json::from(self.plan.url(&routes.record(kind, id))));
            (format!("{}:{id}", kind.word()), Json::from(about))
        };
        self.named.iter().map(about).collect()
    }
}

impl Around for Published<'_> {
    fn kind(&self) -> &'static str {
        self.kind.word()
    }

    fn reference(&mut self, kind: &str, key: &str) -> String {
        let found =
            KindName::from_word(kind).and_then(|kind| self.site.published_index(kind, key).map(|index| (kind, index)));
        match found {
            Some((kind, index)) => {
                self.named.insert((kind, index));
                self.site.table(kind).outline(index).id.to_owned()
            }
            None => key.to_owned(),
        }
    }

    fn file(&mut self, path: &str) -> String {
        self.plan.url(&format!("/files/{path}"))
    }
}
