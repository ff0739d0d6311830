//! `broken-link`: links to addresses that the site does not have; and which pages must have an anchor.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Plan;
use crate::record::kind::KindName;
use crate::record::reader::{Link, Noted};
use crate::record::suggest;
use crate::say;
use crate::site::Site;
use crate::source::Span;
use crate::syntax::markdown::Target;
use crate::value::percent;

/// A link with an anchor, whose page has to be rendered before it is known whether it has that anchor.
#[derive(Debug, Clone)]
pub struct AnchorUse {
    /// The address of the page, such as `/thu-tuc/ban-buon-ruou/`.
    pub address: String,
    /// The anchor, without the `#`.
    pub anchor: String,
    /// Where the link is written.
    pub place: Span,
    /// The record that it is written in, as `page:gioi-thieu`.
    pub record: String,
}

impl Plan {
    /// Tells links to addresses that the site does not have, and lists the links to anchors.
    pub fn check_links(&self, site: &Site, findings: &[Noted]) -> (Vec<Diagnostic>, Vec<AnchorUse>) {
        let mut faults = Vec::new();
        let mut anchors = Vec::new();
        for (record, found) in findings {
            for link in &found.links {
                match self.follow(site, record, link) {
                    Ok(Some((address, anchor))) => {
                        anchors.push(AnchorUse { address, anchor, place: link.place, record: record.clone() })
                    }
                    Ok(None) => {}
                    Err(fault) => faults.push(Diagnostic { record: Some(record.clone()), ..*fault }),
                }
            }
        }
        (faults, anchors)
    }

    /// The address and anchor of a link that has an anchor; a fault where its page is not there.
    fn follow(&self, site: &Site, record: &str, link: &Link) -> Result<Option<(String, String)>, Box<Diagnostic>> {
        let language = site.language_of(link.place.file);
        match &link.target {
            Target::Site { path, anchor, .. } => {
                if !self.exists(path) {
                    return Err(Box::new(self.broken(path, link)));
                }
                Ok(anchor.clone().filter(|anchor| !anchor.is_empty()).map(|anchor| (percent::decoded(path), anchor)))
            }
            Target::Anchor(anchor) if !anchor.is_empty() => {
                let own = record.split_once(':').and_then(|(kind, id)| Some((KindName::from_word(kind)?, id)));
                // The text of a withdrawn record is shown nowhere, so its own anchors are not either.
                let address = own
                    .filter(|(kind, id)| !site.is_withdrawn(*kind, id))
                    .and_then(|(kind, id)| self.address_of(site, kind, id, language))
                    .map(|address| page_of(&address));
                Ok(address.map(|address| (address, anchor.clone())))
            }
            Target::Record { kind, key, anchor: Some(anchor) } if !anchor.is_empty() => {
                let address = KindName::from_word(kind)
                    .and_then(|kind| self.address_of(site, kind, key, language))
                    .map(|address| page_of(&address));
                Ok(address.map(|address| (address, anchor.clone())))
            }
            _ => Ok(None),
        }
    }

    fn broken(&self, path: &str, link: &Link) -> Diagnostic {
        let slashed = format!("{path}/");
        let near =
            if self.exists(&slashed) { Some(slashed.as_str()) } else { suggest::nearest(path, self.addresses()) };
        let message = say!("trang không có địa chỉ `{path}`", "the site has no address `{path}`");
        Diagnostic::new(Code::BrokenLink, link.place, message).maybe_help(near.map(suggest::did_you_mean))
    }
}

/// The page of an address: `/dia-chi/` of `/dia-chi/#mot-cua`.
fn page_of(address: &str) -> String {
    address.split('#').next().unwrap_or(address).to_owned()
}
