//! A site built in memory, and the tests of what is published.

mod addresses;
mod crawl;
mod dom;
mod facts;
mod forms;
mod handbook;
mod keys;
mod labels;
mod languages;
mod reference;
mod themes;
mod views;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use minhbach::build::{self, Day, Options};
use minhbach::diagnostic::{Language, human};
use minhbach::disk;
use minhbach::render::artefact::{Artefact, ArtefactBody};
use minhbach::source::Snapshot;
use minhbach::value::date::Date;

/// A site as it would be published.
pub struct Published {
    /// Every file by its path; attachments, which are only copied, hold nothing.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The sample site.
pub static SAMPLE: LazyLock<Published> = LazyLock::new(|| Published::of(&sample(), &options()));

/// The day for which the sample is written.
pub fn options() -> Options {
    Options { as_of: Day::Of(Date::parse("2026-11-23").unwrap()), strict: true, ..Options::default() }
}

/// The repository: the sample and its themes.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of the sample.
pub fn sample() -> Snapshot {
    disk::snapshot::read(root()).unwrap()
}

impl Published {
    /// Builds a site, which must be without a fault.
    pub fn of(snapshot: &Snapshot, options: &Options) -> Published {
        let files = Mutex::new(BTreeMap::new());
        let keep = |artefact: Artefact<'_>| -> Result<(), Infallible> {
            let bytes = match artefact.body {
                ArtefactBody::Bytes(bytes) => bytes,
                ArtefactBody::Stream(stream) => stream.to_bytes(),
                _ => Vec::new(),
            };
            let before = files.lock().unwrap().insert(artefact.path.clone(), bytes);
            assert!(before.is_none(), "{} is made twice", artefact.path);
            Ok(())
        };
        let outcome = build::build(snapshot, options, &keep, &build::Unobserved).unwrap();
        let faults = human::render(&outcome.diagnostics, snapshot, Language::En);
        assert!(outcome.diagnostics.iter().next().is_none(), "{}", anstream::adapter::strip_str(&faults));
        Published { files: files.into_inner().unwrap() }
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("{path} is not published"));
        std::str::from_utf8(bytes).unwrap()
    }

    /// Every page with its path.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.files.keys().filter(|path| path.ends_with(".html"));
        pages.map(|path| (path.as_str(), self.text(path)))
    }

    /// Whether something is published at an address of the site, such as `/thu-tuc/`.
    pub fn has(&self, address: &str) -> bool {
        self.files.contains_key(&file_at(address))
    }
}

/// The file that a web server hands out at an address.
pub fn file_at(address: &str) -> String {
    let path = address.strip_prefix('/').expect("an address of the site");
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
