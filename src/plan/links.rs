//! Where a link in a Markdown text leads.

use crate::plan::Plan;
use crate::record::kind::KindName;
use crate::site::Site;
use crate::syntax::markdown::Target;
use crate::value::percent;

impl Plan {
    /// The address of a link's target, as it stands on a page in `language`; none where nothing is published there. A
    /// path of the site leads to the same page in the language of the text's reader.
    pub fn link(&self, site: &Site, target: &Target, language: &str) -> Option<String> {
        match target {
            Target::File { path, anchor } => {
                let address = format!("/files/{path}");
                self.exists(&address).then(|| with_anchor(self.href(&address), anchor.as_deref()))
            }
            Target::Site { path, query, anchor } => {
                let address = self.in_language(path, language)?;
                let query = query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
                Some(with_anchor(format!("{}{query}", self.href(&address)), anchor.as_deref()))
            }
            Target::Record { kind, key, anchor } => self.record_link(site, kind, key, anchor.as_deref(), language),
            _ => None,
        }
    }

    fn in_language(&self, path: &str, language: &str) -> Option<String> {
        match self.page_at(path) {
            Some(page) => Some(self.address(&page.source, language)),
            None => self.exists(path).then(|| path.to_owned()),
        }
    }

    fn record_link(&self, site: &Site, kind: &str, key: &str, anchor: Option<&str>, language: &str) -> Option<String> {
        let kind = KindName::from_word(kind)?;
        let id = site.published_id(kind, key)?;
        let address = self.routes(language).record(kind, id);
        let anchor = anchor.filter(|_| !address.contains('#'));
        Some(with_anchor(self.href(&address), anchor))
    }
}

fn with_anchor(address: String, anchor: Option<&str>) -> String {
    match anchor {
        Some(anchor) => format!("{address}#{}", percent::encoded(anchor)),
        None => address,
    }
}
