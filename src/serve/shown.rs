//! One built site in memory: its pages are rendered when somebody looks at them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::build::Prepared;
use crate::diagnostic::Diagnostic;
use crate::disk::store::open_attachment;
use crate::render::artefact::ArtefactBody;
use crate::source::Snapshot;
use crate::value::percent;

/// A built site.
pub struct Shown {
    /// The site's root, from which attachments come.
    pub root: PathBuf,
    /// What it was built from.
    pub snapshot: Snapshot,
    /// What its pages are made from.
    pub prepared: Prepared,
    /// Goes up with every build that is shown.
    pub version: u64,
    /// What is published beside pages, made when the first of it is asked for.
    files: OnceLock<Result<HashMap<String, ArtefactBody<'static>>, Box<Diagnostic>>>,
}

/// What is at an address.
pub enum Found {
    /// A file: its path in the published folder, and its bytes.
    File(String, Vec<u8>),
    /// Something else stands for it.
    Elsewhere(String),
    /// Nothing.
    Nothing,
    /// A page whose template is faulty.
    Faulty(Box<Diagnostic>),
}

impl Shown {
    /// A site to show.
    pub fn new(root: PathBuf, snapshot: Snapshot, prepared: Prepared, version: u64) -> Self {
        Shown { root, snapshot, prepared, version, files: OnceLock::new() }
    }

    /// The path part of the site's base address.
    pub fn base_path(&self) -> &str {
        self.prepared.ready().map_or("", |ready| ready.plan.base_path.as_str())
    }

    /// What is at a path as a browser asks for it.
    pub fn find(&self, path: &str) -> Found {
        let Some(below) =
            path.strip_prefix(self.base_path()).filter(|below| below.is_empty() || below.starts_with('/'))
        else {
            return if path == "/" { Found::Elsewhere(format!("{}/", self.base_path())) } else { Found::Nothing };
        };
        if below.is_empty() {
            return Found::Elsewhere(format!("{path}/"));
        }
        let address = percent::decoded(below);
        let address = address.strip_suffix("/index.html").map(|folder| format!("{folder}/")).unwrap_or(address);
        match self.at(&address) {
            Found::Nothing if !address.ends_with('/') && !matches!(self.at(&format!("{address}/")), Found::Nothing) => {
                Found::Elsewhere(format!("{path}/"))
            }
            found => found,
        }
    }

    /// The page for addresses where nothing is, in the language of the address.
    pub fn not_found(&self, path: &str) -> Option<Vec<u8>> {
        let below = path.strip_prefix(self.base_path()).unwrap_or(path);
        let ready = self.prepared.ready()?;
        let in_language = ready.plan.languages().skip(1).find(|code| below.starts_with(&format!("/{code}/")));
        let address = in_language.map_or_else(|| "/404.html".to_owned(), |code| format!("/{code}/404.html"));
        self.prepared.page(&address)?.1.ok()
    }

    fn at(&self, address: &str) -> Found {
        match self.prepared.page(address) {
            Some((file, Ok(bytes))) => return Found::File(file, bytes),
            Some((_, Err(fault))) => return Found::Faulty(fault),
            None => {}
        }
        let path = address.trim_start_matches('/');
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if let Some(ready) = self.prepared.ready()
            && let Some(file) = ready.plan.files.iter().find(|file| file.path() == path)
        {
            return self.body(path, &ready.file(file).body);
        }
        match self.files() {
            Ok(files) => match files.get(&path) {
                Some(body) => self.body(path, body),
                None => Found::Nothing,
            },
            Err(fault) => Found::Faulty(fault.clone()),
        }
    }

    fn body(&self, path: String, body: &ArtefactBody<'_>) -> Found {
        match body {
            ArtefactBody::Bytes(bytes) => Found::File(path, bytes.clone()),
            ArtefactBody::Stream(stream) => Found::File(path, stream.to_bytes()),
            // What is shown here is neither compressed nor published.
            ArtefactBody::Packed(..) | ArtefactBody::Published(_) => Found::Nothing,
            ArtefactBody::Copy(source) => {
                let mut bytes = Vec::new();
                let read = open_attachment(&self.root, source)
                    .and_then(|mut file| std::io::Read::read_to_end(&mut file, &mut bytes));
                if read.is_ok() { Found::File(path, bytes) } else { Found::Nothing }
            }
        }
    }

    fn files(&self) -> &Result<HashMap<String, ArtefactBody<'static>>, Box<Diagnostic>> {
        self.files.get_or_init(|| {
            let files = self.prepared.files()?;
            Ok(files.into_iter().map(|artefact| (artefact.path, artefact.body)).collect())
        })
    }
}
