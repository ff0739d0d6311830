//! What forms do with a site: open a record's file, judge a text that is not saved yet, save it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::build::{self, Options, Unobserved};
use crate::diagnostic::{Code, Diagnostic, Level, Message};
use crate::disk::{self, snapshot};
use crate::edit::tree::Tree;
use crate::form::Sheet;
use crate::form::place;
use crate::form::state::State;
use crate::mend::Rewrite;
use crate::record::kind::KindName;
use crate::record::shape::Shape;
use crate::say;
use crate::schema::Subject;
use crate::schema::known::Known;
use crate::serve::edit::{Desk, MOST_PREVIEWS, ROOT};
use crate::serve::shown::Shown;
use crate::site;
use crate::source::{Body, File, SitePath, Snapshot};

/// A record's file as it is on the disk now.
pub struct Opened {
    /// What it is of.
    pub subject: Subject,
    /// The record's ID; empty for the site's configuration.
    pub id: String,
    /// Its file.
    pub path: SitePath,
    /// What it holds.
    pub text: String,
    /// The site's files.
    pub snapshot: Snapshot,
}

impl Opened {
    /// `procedure:ban-buon-ruou`, or `site`.
    pub fn name(&self) -> String {
        match self.subject {
            Subject::Site => "site".to_owned(),
            Subject::Record(kind) => format!("{}:{}", kind.word(), self.id),
        }
    }

    /// Its kind; none for the site's configuration.
    pub fn kind(&self) -> Option<KindName> {
        match self.subject {
            Subject::Site => None,
            Subject::Record(kind) => Some(kind),
        }
    }

    /// Whether its text stands below front matter.
    pub fn is_markdown(&self) -> bool {
        self.path.as_str().ends_with(".md")
    }

    /// A text of this file.
    pub fn sheet<'a>(&self, text: &'a str) -> Sheet<'a> {
        Sheet { text, is_markdown: self.is_markdown() }
    }

    /// Stands for the bytes of the file: who brings another one has seen another file.
    pub fn seal(&self) -> String {
        blake3::hash(self.text.as_bytes()).to_hex()[..32].to_owned()
    }
}

/// A fault of a record, and the field that it is about; empty where it is about the whole.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The field's name.
    pub field: String,
    /// What is wrong.
    pub fault: Diagnostic,
    /// The line in the file.
    pub line: u32,
}

impl Fault {
    /// Whether it keeps the site from being published.
    pub fn is_error(&self) -> bool {
        self.fault.level == Level::Error
    }
}

/// What the site would be with a text that is not saved yet.
pub struct Judged {
    /// What is wrong with the record.
    pub faults: Vec<Fault>,
    /// How many errors there are in other files.
    pub elsewhere: usize,
    /// What can be named.
    pub known: Known,
    /// Where the record's page can be looked at; none while it has errors, or where it has none.
    pub preview: Option<String>,
}

impl Judged {
    /// How many errors the record has.
    pub fn errors(&self) -> usize {
        self.faults.iter().filter(|fault| fault.is_error()).count()
    }
}

impl Desk {
    /// How the site is built for those who edit it: drafts show.
    pub fn build_options(&self) -> Options {
        Options { drafts: true, ..(self.options)() }
    }

    /// Opens the file of a record by its name, `procedure:ID` or `site`. Only what the site's own files have can be opened.
    ///
    /// # Errors
    /// Where there is no such record, or it is not in one readable file.
    pub fn open(&self, name: &str) -> Result<Opened, Message> {
        let latest = self.live.latest();
        let path = path_of(&latest, name)?;
        let snapshot = self.refreshed(&latest, &path)?;
        let path = path_of(&snapshot, name)?;
        let Some((_, File { body: Body::Bytes(bytes), .. })) = snapshot.find(path.as_str()) else {
            return Err(say!("`{path}` không phải là tệp thường", "`{path}` is no regular file"));
        };
        let text = std::str::from_utf8(bytes)
            .map_err(|_| say!("`{path}` không phải là chữ UTF-8", "`{path}` is not UTF-8 text"))?;
        let (subject, id) = subject_of(name).ok_or_else(|| nothing(name))?;
        Ok(Opened { subject, id: id.to_owned(), path, text: text.to_owned(), snapshot: snapshot.clone() })
    }

    /// The site's files with one read again.
    fn refreshed(&self, latest: &Snapshot, path: &SitePath) -> Result<Snapshot, Message> {
        let dirty = BTreeSet::from([PathBuf::from(path.as_str())]);
        snapshot::refresh(&self.root, latest, &dirty).map_err(|error| error.message())
    }

    /// Notes that files have changed on the disk.
    pub fn note(&self, paths: impl IntoIterator<Item = SitePath>) {
        let dirty = paths.into_iter().map(|path| PathBuf::from(path.as_str())).collect();
        if let Ok(snapshot) = snapshot::refresh(&self.root, &self.live.latest(), &dirty) {
            self.live.read(snapshot);
        }
    }

    /// What the site would be with another text in a file, and what the fields of its form are told.
    pub fn judge(&self, opened: &Opened, text: &str, shape: &Shape, state: &State) -> Judged {
        let fresh = File { path: opened.path.clone(), body: Body::Bytes(text.as_bytes().into()) };
        let snapshot = opened.snapshot.with_changes(|path| *path == opened.path, vec![fresh]);
        let name = opened.name().replace(':', "-");
        let base_url = host(&snapshot).map(|host| format!("{host}{ROOT}preview/{name}"));
        let options = Options { base_url, ..self.build_options() };
        let prepared = build::prepare(&snapshot, &options, &self.memo, &Unobserved);
        let outcome = prepared.outcome(&snapshot, prepared.broken_anchors());
        let path_of = |fault: &Diagnostic| &snapshot.file(fault.place.file).path;
        let (own, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            outcome.diagnostics.iter().partition(|fault| *path_of(fault) == opened.path);
        let sheet = opened.sheet(text);
        let line = |fault: &Diagnostic| snapshot.locate(fault.place).0.line;
        let faults: Vec<Fault> =
            own.into_iter().flat_map(|fault| told(sheet, shape, state, fault, line(fault))).collect();
        let elsewhere = others.iter().filter(|fault| fault.level == Level::Error).count();
        let known = prepared.ready().map(|ready| Known::of(&ready.site)).unwrap_or_default();
        let sound = faults.iter().all(|fault| !fault.is_error());
        let address = prepared.ready().filter(|_| sound).and_then(|ready| {
            let Some(kind) = opened.kind() else { return Some(ready.plan.href("/")) };
            let language = ready.plan.languages().next()?;
            let address = ready.plan.address_of(&ready.site, kind, &opened.id, language)?;
            let page = address.split('#').next().unwrap_or(&address);
            ready.plan.page_at(page).map(|_| ready.plan.href(&address))
        });
        if address.is_some() {
            self.keep(name, Shown::new(self.root.clone(), snapshot, prepared, 0));
        }
        Judged { faults, elsewhere, known, preview: address }
    }

    /// Keeps a site to look at; the one that was kept longest goes.
    fn keep(&self, name: String, shown: Shown) {
        let mut previews = self.previews.lock().expect("no holder of this lock panics");
        previews.retain(|(known, _)| *known != name);
        previews.push((name, Arc::new(shown)));
        if previews.len() > MOST_PREVIEWS {
            previews.remove(0);
        }
    }

    /// Writes changed files, each whole or not at all; what somebody changed meanwhile is not overwritten.
    ///
    /// # Errors
    /// Where somebody changed a file meanwhile, or the system would not write.
    pub fn write(&self, rewrites: &[Rewrite]) -> Result<(), Message> {
        disk::rewrite::rewrite(&self.root, rewrites).map_err(|error| error.message())?;
        self.note(rewrites.iter().flat_map(|rewrite| [rewrite.from.clone(), rewrite.to.clone()]));
        Ok(())
    }

    /// Writes another text into a record's file.
    ///
    /// # Errors
    /// As [`Desk::write`].
    pub fn save(&self, opened: &Opened, text: &str) -> Result<(), Message> {
        self.write(&[Rewrite {
            from: opened.path.clone(),
            to: opened.path.clone(),
            before: opened.text.as_bytes().into(),
            after: text.as_bytes().into(),
            places: 1,
        }])
    }

    /// Writes a new record's file.
    ///
    /// # Errors
    /// Where it is there meanwhile, or the system would not write.
    pub fn create(&self, path: &SitePath, text: &str) -> Result<(), Message> {
        disk::rewrite::create(&self.root, path, text.as_bytes()).map_err(|error| error.message())?;
        self.note([path.clone()]);
        Ok(())
    }
}

/// A fault as a form tells it: at its field, and where nothing is filled in, just that.
fn told(sheet: Sheet<'_>, shape: &Shape, state: &State, fault: &Diagnostic, line: u32) -> Vec<Fault> {
    if fault.code == Code::IncompleteRecord {
        let message = say!("nên điền, để công khai đầy đủ", "should be filled in, for a complete publication");
        let one = |field| Fault { field, fault: Diagnostic { message: message.clone(), ..fault.clone() }, line };
        return place::named_fields(sheet, shape, state, &fault.message.en).into_iter().map(one).collect();
    }
    let field = place::field(sheet, shape, state, fault);
    let mut fault = fault.clone();
    let is_blank = state.clone().at_mut(&field).is_none_or(|state| state.is_blank());
    if !field.is_empty() && is_blank && matches!(fault.code, Code::MissingKey | Code::WrongType) {
        fault.message = say!("chưa điền", "not filled in");
        fault.help = None;
    }
    vec![Fault { field, fault, line }]
}

/// `https://congkhai.example.gov.vn`: checks that ask whether an address is the site's own go on doing so in a preview.
fn host(snapshot: &Snapshot) -> Option<String> {
    let (file, _) = snapshot.find(site_file(snapshot)?.as_str())?;
    let tree = Sheet { text: snapshot.text(file).ok()?, is_markdown: false }.tree()?;
    let Tree::Text(base) = tree.at(&["base_url".into()])? else { return None };
    let (scheme, rest) = base.trim().split_once("://")?;
    Some(format!("{scheme}://{}", rest.split('/').next()?))
}

fn site_file(snapshot: &Snapshot) -> Option<SitePath> {
    path_of(snapshot, "site").ok()
}

fn subject_of(name: &str) -> Option<(Subject, &str)> {
    if name == "site" {
        return Some((Subject::Site, ""));
    }
    let (kind, id) = name.split_once(':')?;
    Some((Subject::Record(KindName::from_word(kind)?), id))
}

fn path_of(snapshot: &Snapshot, name: &str) -> Result<SitePath, Message> {
    let sorted = site::sort(snapshot);
    let files = match subject_of(name) {
        Some((Subject::Site, _)) => sorted.config.into_iter().collect(),
        Some((Subject::Record(kind), id)) => {
            sorted.records.get(&kind).and_then(|all| all.get(id)).map(|files| files.own.clone()).unwrap_or_default()
        }
        None => Vec::new(),
    };
    match files[..] {
        [file] => Ok(snapshot.file(file).path.clone()),
        [] => Err(nothing(name)),
        _ => {
            let all: Vec<String> = files.iter().map(|file| format!("`{}`", snapshot.file(*file).path)).collect();
            let all = all.join(", ");
            Err(say!(
                "có nhiều tệp cùng ID: {all}; đổi tên hoặc xóa bớt một tệp",
                "several files have this ID: {all}; rename or remove one"
            ))
        }
    }
}

fn nothing(name: &str) -> Message {
    say!("không có bản ghi `{name}`", "there is no record `{name}`")
}
