//! Two things that want one address.
//!
//! Addresses that differ only in letter case, or in how a letter is composed, are one: some file systems cannot tell them apart.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Names, Other, Page, Plan, Redirect, Source, file_of};
use crate::record::kind::KindName;
use crate::record::value::PagePath;
use crate::say;
use crate::site::Site;
use crate::site::attachments::is_allowed;
use crate::source::{FileId, Snapshot, Span};
use crate::value::{percent, text};

/// Files that every site has or may have beside its pages.
const FIXED: [&str; 8] = [
    "/sitemap.xml",
    "/robots.txt",
    "/manifest.json",
    "/atom.xml",
    "/index.json",
    "/_headers",
    "/.well-known/security.txt",
    "/.gitignore",
];

/// Folders at the root that are the program's own.
const FOLDERS: [&str; 2] = ["files", "assets"];

/// IDs that are words of addresses.
pub fn reserved(site: &Site, names: &Names) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for kind in KindName::ALL {
        let mut words: BTreeSet<&str> = names.values().flat_map(|names| names.beside(*kind)).collect();
        if *kind == KindName::Page {
            words.extend(FOLDERS);
            words.extend(names.keys().map(String::as_str));
            words.extend(site.config.languages());
        }
        let taken = site.published(*kind).filter(|outline| words.contains(outline.id));
        faults.extend(taken.map(|outline| reserved_id(*kind, outline.id, outline.file)));
    }
    faults
}

fn reserved_id(kind: KindName, id: &str, file: FileId) -> Diagnostic {
    let message = say!(
        "ID `{id}` trùng với một từ dành riêng cho địa chỉ của trang",
        "the ID `{id}` is a word that the site's own addresses use"
    );
    let help = say!("đổi tên tệp thành một ID khác", "give the file another name");
    let mut fault = Diagnostic::new(Code::RouteCollision, Span::top(file), message).help(help);
    fault.record = Some(format!("{}:{id}", kind.word()));
    fault
}

/// Who has an address.
#[derive(Debug, Clone)]
struct Owner {
    address: String,
    place: Option<Span>,
}

/// Owners by file, without regard to letter case.
type Owners = HashMap<String, Owner>;

impl Plan {
    /// Adds the attachments, and the files that every site has.
    pub(super) fn add_files(&mut self, site: &Site, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let mut folded: HashMap<String, &str> = HashMap::new();
        for path in site.attachments.keys() {
            // What is not published is in nobody's way.
            let twin = is_allowed(path).then(|| folded.insert(text::nfc(path).to_lowercase(), path)).flatten();
            let file = snapshot.find(&format!("content/files/{path}")).map(|(file, _)| file);
            faults.extend(twin.zip(file).map(|(twin, file)| twins(path, twin, file)));
            self.other.insert(format!("/files/{path}"), Other::File);
        }
        faults
    }

    /// Adds the old addresses of records.
    pub(super) fn add_aliases(&mut self, site: &Site) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        if KindName::ALL.iter().all(|kind| site.published(*kind).all(|outline| outline.common.aliases.is_empty())) {
            return faults;
        }
        let mut owners = self.owners(site);
        for kind in KindName::ALL {
            for outline in site.published(*kind) {
                for alias in &outline.common.aliases {
                    let record = format!("{}:{}", kind.word(), outline.id);
                    // An old address below `/en/` leads to the page in English.
                    let address = percent::decoded(alias);
                    let routes =
                        self.routes.iter().skip(1).find(|routes| routes.owns(&address)).unwrap_or(&self.routes[0]);
                    let (target, language) = (routes.record(*kind, outline.id), routes.language.clone());
                    let redirect = Redirect { address, target, language };
                    match claim(&mut owners, &redirect.address, alias) {
                        Err(fault) => faults.push(Diagnostic { record: Some(record), ..*fault }),
                        Ok(()) => self.add_redirect(redirect),
                    }
                }
            }
        }
        faults
    }

    fn add_redirect(&mut self, redirect: Redirect) {
        self.other.insert(redirect.address.clone(), Other::Redirect);
        self.redirects.push(redirect);
    }

    fn owners(&self, site: &Site) -> Owners {
        let files: HashMap<(KindName, &str), FileId> = KindName::ALL
            .iter()
            .flat_map(|kind| site.published(*kind).map(|outline| ((*kind, outline.id), outline.file)))
            .collect();
        let place = |page: &Page| match &page.source {
            Source::Record(kind, id) => files.get(&(*kind, id.as_str())).map(|file| Span::top(*file)),
            _ => None,
        };
        let pages = self.pages.iter().map(|page| (page.address.clone(), place(page)));
        let files = self.other.keys().map(|address| (address.clone(), None));
        let fixed = FIXED.iter().map(|address| ((*address).to_owned(), None));
        pages.chain(files).chain(fixed).map(|(address, place)| (folded(&address), Owner { address, place })).collect()
    }
}

fn folded(address: &str) -> String {
    file_of(address).to_lowercase()
}

/// Gives an address to an alias, unless it is somebody's, or lies below what is a file.
fn claim(owners: &mut Owners, address: &str, alias: &PagePath) -> Result<(), Box<Diagnostic>> {
    let file = folded(address);
    let above = file.match_indices('/').map(|(end, _)| &file[..end]);
    if let Some(owner) = owners.get(&file).or_else(|| above.clone().find_map(|folder| owners.get(folder))) {
        return Err(Box::new(taken(alias, owner)));
    }
    owners.insert(file, Owner { address: address.to_owned(), place: Some(alias.place) });
    Ok(())
}

fn taken(alias: &PagePath, owner: &Owner) -> Diagnostic {
    let (alias_path, address): (&str, _) = (alias, &owner.address);
    let message = say!(
        "địa chỉ cũ `{alias_path}` trùng với `{address}`, đang có trên trang",
        "the old address `{alias_path}` is that of `{address}`, which the site has"
    );
    let fault = Diagnostic::new(Code::RouteCollision, alias.place, message);
    match owner.place {
        Some(place) => fault.related(place, say!("`{address}` đến từ đây", "`{address}` comes from here")),
        None => fault,
    }
}

fn twins(path: &str, twin: &str, file: FileId) -> Diagnostic {
    let message = say!(
        "tệp `{path}` và `{twin}` chỉ khác nhau chữ hoa, chữ thường",
        "the files `{path}` and `{twin}` differ only in letter case"
    );
    Diagnostic::new(Code::RouteCollision, Span::top(file), message)
        .help(say!("đổi tên một trong hai tệp", "rename one of the two files"))
}
