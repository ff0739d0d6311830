//! The files that are no pages and that the program makes itself: the data of records, and what is for machines.

use crate::plan::{List, Other, Plan, Routes, Source};
use crate::record::config::Outputs;
use crate::record::kind::KindName;
use crate::site::Site;

/// A file that is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// From the site's root, such as `/thu-tuc/ban-buon-ruou/index.json`.
    pub address: String,
    /// The language of what it says.
    pub language: String,
    /// What it is made from.
    pub source: FileSource,
}

/// What a file that is no page is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    /// The published fields of one record.
    Record(KindName, String),
    /// All records of a kind.
    Table(KindName, TableFormat),
    /// What describes the tables, as a data package.
    Package,
    /// What describes the tables, for catalogues of data.
    Catalog,
    /// What is new in a section, or on the whole site.
    Feed(Option<KindName>),
    /// The sessions in which citizens are received.
    Calendar,
    /// A contact for address books.
    Card(String),
    /// To whom a fault in the site's security is told.
    Security,
    /// What a web server says beside each file.
    Headers,
    /// What search engines may visit.
    Robots,
    /// Every page that search engines may find.
    Sitemap,
}

/// A format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableFormat {
    /// CSV, without a loss.
    Csv,
    /// CSV for spreadsheet programs.
    Excel,
    /// JSON.
    Json,
}

impl TableFormat {
    /// All of them.
    pub const ALL: [TableFormat; 3] = [TableFormat::Csv, TableFormat::Excel, TableFormat::Json];

    /// How the names of its files end.
    pub fn ending(self) -> &'static str {
        match self {
            TableFormat::Csv => "csv",
            TableFormat::Excel => "excel.csv",
            TableFormat::Json => "json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            TableFormat::Csv | TableFormat::Excel => "text/csv",
            TableFormat::Json => "application/json",
        }
    }
}

/// The address of a kind's table.
pub fn table_address(kind: KindName, format: TableFormat) -> String {
    format!("/data/{}.{}", kind.folder(), format.ending())
}

/// The kinds that have news, in the order of the site's feed.
pub const NEWS: [KindName; 5] =
    [KindName::Update, KindName::Procedure, KindName::Document, KindName::Report, KindName::Answer];

/// The address of what a web server says beside each file.
const HEADERS: &str = "/_headers";
/// The address of what says to whom a fault in the site's security is told.
pub const SECURITY: &str = "/.well-known/security.txt";
/// The address of what describes the tables as a data package.
pub const PACKAGE: &str = "/data/datapackage.json";
/// The address of what describes the tables for catalogues of data.
pub const CATALOG: &str = "/data/catalog.jsonld";

impl Plan {
    /// Adds what the program makes beside pages.
    pub(super) fn add_outputs(&mut self, site: &Site) {
        let default = &self.routes[0];
        let mut files =
            vec![file(default, "/robots.txt", FileSource::Robots), file(default, HEADERS, FileSource::Headers)];
        files.extend(site.config.security.as_ref().map(|_| file(default, SECURITY, FileSource::Security)));
        if site.config.staging != Some(true) {
            files.push(file(default, "/sitemap.xml", FileSource::Sitemap));
        }
        if site.config.makes(|outputs| outputs.open_data) {
            files.extend(open_data(default));
        }
        for routes in &self.routes {
            files.extend(records(site, routes));
            files.extend(cards(site, routes));
            if site.config.makes(|outputs| outputs.feeds) {
                files.extend(feeds(routes));
            }
            if has_sessions(site) {
                files.push(file(routes, &routes.calendar(), FileSource::Calendar));
            }
        }
        self.other.extend(files.iter().map(|file| (file.address.clone(), Other::File)));
        self.files = files;
    }
}

fn file(routes: &Routes, address: &str, source: FileSource) -> File {
    File { address: address.to_owned(), language: routes.language.clone(), source }
}

fn open_data(routes: &Routes) -> Vec<File> {
    let formats = |kind: &KindName| {
        TableFormat::ALL.map(|format| file(routes, &table_address(*kind, format), FileSource::Table(*kind, format)))
    };
    let about = [file(routes, PACKAGE, FileSource::Package), file(routes, CATALOG, FileSource::Catalog)];
    KindName::ALL.iter().flat_map(formats).chain(about).collect()
}

fn records<'a>(site: &'a Site, routes: &'a Routes) -> impl Iterator<Item = File> + 'a {
    let kinds = KindName::ALL.iter().filter(|_| site.config.makes(|outputs| outputs.record_json));
    kinds.flat_map(move |kind| {
        let record = |id: &str| FileSource::Record(*kind, id.to_owned());
        site.published(*kind).map(move |outline| file(routes, &routes.data(*kind, outline.id), record(outline.id)))
    })
}

/// Every contact that people can still turn to.
fn cards<'a>(site: &'a Site, routes: &'a Routes) -> impl Iterator<Item = File> + 'a {
    let living = site.living(KindName::Contact);
    living.map(|outline| file(routes, &routes.card(outline.id), FileSource::Card(outline.id.to_owned())))
}

fn feeds(routes: &Routes) -> impl Iterator<Item = File> + '_ {
    let sections = std::iter::once(None).chain(NEWS.iter().copied().map(Some));
    sections.map(|section| file(routes, &routes.feed(section), FileSource::Feed(section)))
}

/// Whether there is anything to put into a calendar: an empty one is none.
fn has_sessions(site: &Site) -> bool {
    let mut living = site.contacts.iter().filter(|record| record.content.common.withdrawn.is_none());
    living.any(|record| record.content.data.reception.as_ref().is_some_and(|reception| !reception.sessions.is_empty()))
}

impl Routes {
    /// The address of a feed: of a section, or of the whole site.
    pub fn feed(&self, section: Option<KindName>) -> String {
        let page = section.map_or(Source::Home, |kind| Source::List(List::Kind(kind), 1));
        format!("{}atom.xml", self.address(&page))
    }

    /// The address of the calendar of sessions in which citizens are received.
    pub fn calendar(&self) -> String {
        format!("{}lich.ics", self.address(&Source::Reception))
    }

    /// The address of a contact's card.
    pub fn card(&self, id: &str) -> String {
        format!("{}{id}.vcf", self.address(&Source::Contacts))
    }

    /// The address of a record's data: beside its page, or, where it shares one, beside that.
    pub fn data(&self, kind: KindName, id: &str) -> String {
        let address = self.record(kind, id);
        match address.split_once('#') {
            Some((page, id)) => format!("{page}{id}.json"),
            None => format!("{address}index.json"),
        }
    }
}

impl crate::record::config::Config {
    /// Whether the site has a sort of output; it has, unless it says otherwise.
    pub fn makes(&self, output: impl Fn(&Outputs) -> Option<bool>) -> bool {
        self.outputs.as_ref().and_then(output) != Some(false)
    }
}
