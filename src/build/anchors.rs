//! Links to a place on a page: whether the page has it is known only once it is rendered.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{AnchorUse, Page};
use crate::record::suggest;
use crate::say;

const NO_PANIC: &str = "no holder of this lock panics";

/// The links with an anchor, and the ids of the pages to which they lead as far as those are rendered.
pub struct Anchors<'a> {
    uses: &'a [AnchorUse],
    targets: HashSet<&'a str>,
    ids: Mutex<HashMap<String, HashSet<String>>>,
}

impl<'a> Anchors<'a> {
    pub fn new(uses: &'a [AnchorUse]) -> Self {
        let targets = uses.iter().map(|anchor| anchor.address.as_str()).collect();
        Anchors { uses, targets, ids: Mutex::default() }
    }

    /// Whether a link leads to a place on this page.
    pub fn lead_to(&self, page: &Page) -> bool {
        self.targets.contains(page.address.as_str())
    }

    /// Notes the places that a rendered page has.
    pub fn note(&self, page: &Page, bytes: &[u8]) {
        if self.lead_to(page) {
            let ids = ids(&String::from_utf8_lossy(bytes));
            self.ids.lock().expect(NO_PANIC).insert(page.address.clone(), ids);
        }
    }

    /// The links to places that a rendered page does not have.
    pub fn broken(self) -> Vec<Diagnostic> {
        let ids = self.ids.into_inner().expect(NO_PANIC);
        let missing = |anchor: &&AnchorUse| {
            ids.get(&anchor.address).filter(|ids| !ids.contains(&anchor.anchor)).map(|ids| broken(anchor, ids))
        };
        self.uses.iter().filter_map(|anchor| missing(&anchor)).collect()
    }
}

fn broken(AnchorUse { address, anchor, place, record }: &AnchorUse, ids: &HashSet<String>) -> Diagnostic {
    let near = suggest::nearest(anchor, ids.iter().map(String::as_str));
    let help = near.map(|id| suggest::did_you_mean(&format!("#{id}")));
    let message = say!("trang `{address}` không có mục `#{anchor}`", "the page `{address}` has no `#{anchor}`");
    Diagnostic { record: Some(record.clone()), ..Diagnostic::new(Code::BrokenAnchor, *place, message).maybe_help(help) }
}

/// The values of all `id` attributes of a page, quoted or not.
fn ids(html: &str) -> HashSet<String> {
    let values = html.split(" id=").skip(1).map(|rest| match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().unwrap_or(""),
        _ => rest.split([' ', '>', '\n']).next().unwrap_or(""),
    });
    values.map(str::to_owned).collect()
}
