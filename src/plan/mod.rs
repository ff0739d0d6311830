//! Which pages and files there are, at which address, and what each is made from.
//!
//! Everything that is published is planned before anything is rendered, so that an address is known before its page is,
//! and two things that want one address are told. What a page says is decided in `crate::render`.

mod check_links;
mod collision;
pub mod fields;
mod links;
mod lists;
mod names;
pub mod order;
mod outputs;
mod routes;
mod vanished;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::record::kind::KindName;
use crate::site::Site;
use crate::source::Snapshot;
use crate::value::percent;

pub use check_links::AnchorUse;
pub use fields::Field;
pub use names::{Names, SectionNames};
pub use outputs::{CATALOG, File, FileSource, NEWS, PACKAGE, SECURITY, TableFormat, table_address};
pub use routes::{Routes, base_path};

/// The IDs of every list.
type Lists = BTreeMap<List, Vec<String>>;

/// How many items a list shows on one page.
pub const PER_PAGE: usize = 50;

/// Every page and file of a site.
#[derive(Debug)]
pub struct Plan {
    /// The pages, by language and address.
    pub pages: Vec<Page>,
    /// The files that the program makes beside pages.
    pub files: Vec<File>,
    /// Old addresses, and where they lead.
    pub redirects: Vec<Redirect>,
    /// The fields of work, in the order in which they are shown.
    pub fields: Vec<Field>,
    /// The site's whole address, without a slash at its end.
    base_url: String,
    /// The path part of the base address, such as `/cong-khai`; empty for a site at its host's root.
    pub base_path: String,
    routes: Vec<Routes>,
    /// By language, the default one first.
    lists: Vec<(String, Lists)>,
    by_address: HashMap<String, usize>,
    other: HashMap<String, Other>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// From the site's root, such as `/thu-tuc/ban-buon-ruou/`.
    pub address: String,
    /// Its language.
    pub language: String,
    /// What it is made from.
    pub source: Source,
}

/// What a page is made from. Its address is told in [`Routes::address`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The site as a whole.
    Home,
    /// A part of a list, counted from 1.
    List(List, usize),
    /// One record.
    Record(KindName, String),
    /// All contacts.
    Contacts,
    /// The reception schedule.
    Reception,
    /// The feedback form.
    Feedback,
    /// The open data.
    Data,
    /// The state of publication.
    State,
    /// The search, and all that can be found.
    Search,
    /// What is shown where there is nothing.
    NotFound,
    /// The posting sheet of a procedure, by its ID.
    Sheet(String),
    /// The posting sheet of a field of work, by its slug.
    FieldSheet(String),
    /// The poster with the addresses that receive feedback.
    Poster,
}

impl Source {
    /// Whether it is for a notice board: printed, in the default language only, and nothing to be found by searching.
    pub fn is_for_print(&self) -> bool {
        matches!(self, Source::Sheet(_) | Source::FieldSheet(_) | Source::Poster)
    }
}

/// A list that is shown in parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum List {
    /// The records of a kind.
    Kind(KindName),
    /// The procedures of a field of work, by its slug.
    Field(String),
    /// The procedures of an agency, by its ID.
    Agency(String),
    /// The procedures that were cut, made simpler or abolished.
    Simplified,
}

/// An old address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address, from the site's root.
    pub address: String,
    /// The new one.
    pub target: String,
    /// The language of the page there.
    pub language: String,
}

/// What is published beside pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Other {
    Redirect,
    File,
}

impl Plan {
    /// Plans a site. What claims an address that something else has is told.
    pub fn new(site: &Site, names: &Names, snapshot: &Snapshot) -> (Plan, Vec<Diagnostic>) {
        let (routes, mut faults) = routes::of_site(site, names);
        let fields = fields::of_site(site);
        let lists_of = |routes: &Routes| {
            let language = routes.language.clone();
            (language.clone(), lists::of_site(site, &fields, &language))
        };
        let lists: Vec<(String, Lists)> = routes.iter().map(lists_of).collect();
        let sources = sources(site, &lists[0].1);
        let mut pages: Vec<Page> =
            routes.iter().flat_map(|routes| sources.iter().map(|source| routes.page(source))).collect();
        pages.extend(sheets(site, &fields, &lists[0].1).iter().map(|source| routes[0].page(source)));
        let by_address = pages.iter().enumerate().map(|(index, page)| (page.address.clone(), index)).collect();
        let base_path = base_path(&site.config.base_url).to_owned();
        let base_url = site.config.base_url.trim_end_matches('/').to_owned();
        let (files, redirects, other) = (Vec::new(), Vec::new(), HashMap::new());
        let mut plan = Plan { pages, files, redirects, fields, base_url, base_path, routes, lists, by_address, other };
        faults.extend(collision::reserved(site, names));
        faults.extend(plan.add_files(site, snapshot));
        plan.add_outputs(site);
        faults.extend(plan.add_aliases(site));
        (plan, faults)
    }

    /// The routes of a language.
    pub fn routes(&self, language: &str) -> &Routes {
        self.routes.iter().find(|routes| routes.language == language).unwrap_or(&self.routes[0])
    }

    /// The languages that have pages, the default one first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.routes.iter().map(|routes| routes.language.as_str())
    }

    /// The same page in every language that has it.
    pub fn alternates<'a>(&'a self, source: &'a Source) -> impl Iterator<Item = (&'a str, String)> {
        let languages = if source.is_for_print() { 1 } else { self.routes.len() };
        self.routes.iter().take(languages).map(|routes| (routes.language.as_str(), routes.address(source)))
    }

    /// The address of what is made from a source: in a language, or in the default one where no other has it.
    pub fn address(&self, source: &Source, language: &str) -> String {
        let routes = if source.is_for_print() { &self.routes[0] } else { self.routes(language) };
        routes.address(source)
    }

    /// The page at an address.
    pub fn page_at(&self, address: &str) -> Option<&Page> {
        self.by_address.get(address).map(|index| &self.pages[*index])
    }

    /// Whether a page in a language is made from a source.
    pub fn has(&self, source: &Source, language: &str) -> bool {
        self.by_address.contains_key(&self.routes(language).address(source))
    }

    /// Whether something is published at a path of the site.
    pub fn exists(&self, path: &str) -> bool {
        let path = percent::decoded(path);
        self.by_address.contains_key(&path) || self.other.contains_key(&path)
    }

    /// Every address at which something is published.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.by_address.keys().chain(self.other.keys()).map(String::as_str)
    }

    /// The IDs of a list, in the order in which the default language shows them.
    pub fn list(&self, list: &List) -> &[String] {
        self.lists[0].1.get(list).map_or(&[], Vec::as_slice)
    }

    /// The IDs of a list, in the order in which a language shows them.
    pub fn list_in(&self, language: &str, list: &List) -> &[String] {
        let own = self.lists.iter().find(|(of, _)| of == language);
        own.and_then(|(_, lists)| lists.get(list)).map_or(&[], Vec::as_slice)
    }

    /// The lists of one sort, such as those of all agencies.
    pub fn lists(&self) -> impl Iterator<Item = (&List, &[String])> {
        self.lists[0].1.iter().map(|(list, ids)| (list, ids.as_slice()))
    }

    /// Where a published record is shown; it may be meant by its ID or its natural key.
    pub fn address_of(&self, site: &Site, kind: KindName, id: &str, language: &str) -> Option<String> {
        site.published_id(kind, id).map(|id| self.routes(language).record(kind, id))
    }

    /// An address as it stands in a link: below the base address, encoded.
    pub fn href(&self, address: &str) -> String {
        let (path, anchor) = address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor)));
        let path = percent::encoded(path);
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        format!("{}{path}{anchor}", self.base_path)
    }

    /// The site's host.
    pub fn host(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or(&*self.base_url, |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or(rest)
    }

    /// The whole address, with the site's host.
    pub fn url(&self, address: &str) -> String {
        let href = self.href(address);
        format!("{}{}", self.base_url, href.strip_prefix(&self.base_path).unwrap_or(&href))
    }
}

impl Page {
    /// The file that holds it, below the published folder.
    pub fn file(&self) -> String {
        file_of(&self.address)
    }
}

impl File {
    /// Where it stands in the published folder.
    pub fn path(&self) -> &str {
        self.address.trim_start_matches('/')
    }
}

impl Redirect {
    /// The file that holds it, below the published folder.
    pub fn file(&self) -> String {
        file_of(&self.address)
    }
}

/// The file at an address: a folder's is its `index.html`, as is that of a name without an extension.
fn file_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    match name {
        "" => format!("{path}index.html"),
        name if name.contains('.') => path.to_owned(),
        _ => format!("{path}/index.html"),
    }
}

/// What the pages of one language are made from.
fn sources(site: &Site, lists: &Lists) -> Vec<Source> {
    let mut sources = vec![Source::Home, Source::Contacts, Source::Reception, Source::Feedback, Source::State];
    sources.extend(site.config.makes(|outputs| outputs.open_data).then_some(Source::Data));
    sources.push(Source::NotFound);
    sources.extend(site.config.makes(|outputs| outputs.search).then_some(Source::Search));
    for (list, ids) in lists {
        let parts = ids.len().div_ceil(PER_PAGE).max(1);
        sources.extend((1..=parts).map(|part| Source::List(list.clone(), part)));
    }
    let with_page = KindName::ALL.iter().filter(|kind| !matches!(kind, KindName::Agency | KindName::Contact));
    for kind in with_page {
        sources.extend(site.published(*kind).map(|outline| Source::Record(*kind, outline.id.to_owned())));
    }
    sources
}

/// What is printed for notice boards, unless the site wants none: what is withdrawn is in no list and has no sheet.
fn sheets(site: &Site, fields: &[Field], lists: &BTreeMap<List, Vec<String>>) -> Vec<Source> {
    if site.config.outputs.as_ref().and_then(|outputs| outputs.posting_sheets) == Some(false) {
        return Vec::new();
    }
    let ids = |list: &List| lists.get(list).map_or(&[][..], Vec::as_slice);
    let procedures = ids(&List::Kind(KindName::Procedure)).iter().map(|id| Source::Sheet(id.clone()));
    let with_procedures = fields.iter().filter(|field| !ids(&List::Field(field.slug.clone())).is_empty());
    let fields = with_procedures.map(|field| Source::FieldSheet(field.slug.clone()));
    procedures.chain(fields).chain([Source::Poster]).collect()
}

#[cfg(test)]
mod tests;
