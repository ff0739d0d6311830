//! Builds anew whatever changed, shows it where it is sound, and says why where it is not.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::build::{self, Forgotten, Memo, Outcome, Prepared, Unobserved, Verdict};
use crate::diagnostic::{Diagnostic, Language, Level, human};
use crate::disk::{self, snapshot};
use crate::serve::live::Live;
use crate::serve::news::{Built, News};
use crate::serve::shown::Shown;
use crate::serve::watch::{self, Change};
use crate::serve::{AskOptions, Error, Reporter};
use crate::source::Snapshot;

/// How often it is asked whether another day has begun.
const DAYBREAK: Duration = Duration::from_secs(30);
/// So many faults are laid over a page; the terminal has all of them.
const MOST_FAULTS: usize = 20;

/// Builds anew whatever changed.
pub struct Workshop {
    root: PathBuf,
    options: Arc<AskOptions>,
    language: Language,
    live: Arc<Live>,
    reporter: Arc<Reporter>,
    snapshot: Snapshot,
    memo: Memo,
    /// The faults of the last build.
    told: HashSet<Fault>,
    day: Option<crate::value::date::Date>,
    /// Whether the newest build is the one that is shown.
    is_sound: bool,
}

/// A fault wherever it stands in its file.
type Fault = (String, &'static str, String);

impl Workshop {
    /// Nothing is built yet.
    pub fn new(
        root: PathBuf,
        options: Arc<AskOptions>,
        language: Language,
        live: Arc<Live>,
        reporter: Arc<Reporter>,
    ) -> Self {
        let snapshot = Snapshot::default();
        let (memo, told) = (Memo::default(), HashSet::new());
        Workshop { root, options, language, live, reporter, snapshot, memo, told, day: None, is_sound: false }
    }

    /// The first build.
    ///
    /// # Errors
    /// Where the site cannot be read.
    pub fn first(&mut self) -> Result<(), Error> {
        let began = Instant::now();
        self.snapshot = snapshot::read(&self.root)?;
        self.build(began, BTreeSet::new());
        Ok(())
    }

    /// Builds anew with every change, until nobody watches any more.
    pub fn work(&mut self, changes: &Receiver<Change>) {
        while let Ok(change) = watch::next(changes, DAYBREAK) {
            let began = Instant::now();
            match change {
                Some(change) => match self.look(&change) {
                    Ok(snapshot) => self.take(snapshot, began),
                    Err(error) => (self.reporter)(&News::Trouble(error.message())),
                },
                None if self.is_another_day() => self.build(began, BTreeSet::new()),
                None => {}
            }
        }
    }

    fn look(&self, change: &Change) -> Result<Snapshot, disk::Error> {
        match change {
            Change::Dirty(paths) => snapshot::refresh(&self.root, &self.snapshot, paths),
            Change::Everything => snapshot::read(&self.root),
        }
    }

    fn take(&mut self, snapshot: Snapshot, began: Instant) {
        let changed = differing(&self.snapshot, &snapshot);
        if !changed.is_empty() {
            self.snapshot = snapshot;
            self.build(began, changed);
        }
    }

    fn is_another_day(&self) -> bool {
        let today = crate::site::day((self.options)().as_of, self.zone().as_deref().unwrap_or("Asia/Ho_Chi_Minh"));
        self.day.is_some_and(|day| day != today)
    }

    fn zone(&self) -> Option<String> {
        let shown = self.live.shown()?;
        Some(shown.prepared.ready()?.site.config.time_zone().to_owned())
    }

    fn build(&mut self, began: Instant, changed: BTreeSet<String>) {
        self.live.read(self.snapshot.clone());
        let prepared = build::prepare(&self.snapshot, &(self.options)(), &self.memo, &Unobserved);
        self.day = prepared.ready().map(|ready| ready.site.as_of);
        let outcome = prepared.outcome(&self.snapshot, prepared.broken_anchors());
        let version = self.live.next_version();
        if outcome.verdict == Verdict::Sound {
            let styles = (self.is_sound && only_styles(&changed)).then(|| styles(&prepared)).flatten();
            let shown = Shown::new(self.root.clone(), self.snapshot.clone(), prepared, version);
            self.live.show(shown, styles);
            self.told(&outcome, &changed, began.elapsed());
            self.is_sound = self.render_all(version);
        } else {
            self.live.lay_over(&self.faults(&outcome));
            self.told(&outcome, &changed, began.elapsed());
            self.is_sound = false;
        }
    }

    /// Pages are rendered when they are looked at; what is wrong with templates shows only when all of them are. So that is
    /// done as soon as the browser has been told.
    fn render_all(&self, version: u64) -> bool {
        let Some(shown) = self.live.shown().filter(|shown| shown.version == version) else { return true };
        let rendered: Result<_, std::convert::Infallible> = shown.prepared.render(&Forgotten, &|_| Ok(()), &Unobserved);
        let faults = rendered.unwrap_or_else(|never| match never {});
        let outcome = shown.prepared.outcome(&shown.snapshot, faults);
        if outcome.verdict == Verdict::Sound {
            return true;
        }
        self.live.lay_over(&self.faults(&outcome));
        false
    }

    fn told(&mut self, outcome: &Outcome, changed: &BTreeSet<String>, took: Duration) {
        let faults: Vec<(Fault, &Diagnostic)> =
            outcome.diagnostics.iter().map(|fault| (self.fault(fault), fault)).collect();
        let fresh = faults.iter().filter(|(name, _)| !self.told.contains(name)).map(|(_, fault)| *fault).collect();
        let changed = changed.iter().cloned().collect();
        (self.reporter)(&News::Built(Built { outcome, snapshot: &self.snapshot, fresh, changed, took }));
        self.told = faults.into_iter().map(|(name, _)| name).collect();
    }

    fn fault(&self, fault: &Diagnostic) -> Fault {
        let path = self.snapshot.file(fault.place.file).path.to_string();
        (path, fault.code.name(), fault.message.en.clone())
    }

    /// The errors as the terminal has them, without its colours.
    fn faults(&self, outcome: &Outcome) -> String {
        let errors = outcome.diagnostics.iter().filter(|fault| fault.level == Level::Error);
        let shown: Vec<String> =
            errors.take(MOST_FAULTS).map(|fault| human::plain(fault, &self.snapshot, self.language)).collect();
        let more = outcome.diagnostics.count(Level::Error) - shown.len();
        let rest = match self.language {
            _ if more == 0 => String::new(),
            Language::Vi => format!("\n\n… và {more} lỗi nữa"),
            Language::En => format!("\n\n… and {more} more errors"),
        };
        shown.join("\n\n") + &rest
    }
}

/// The paths of files that are in one of two snapshots only, or hold something else.
fn differing(old: &Snapshot, new: &Snapshot) -> BTreeSet<String> {
    let lost = old.files().filter(|(_, file)| new.find(file.path.as_str()).is_none());
    let changed =
        new.files().filter(|(_, file)| old.find(file.path.as_str()).is_none_or(|(_, known)| !known.is_same(file)));
    lost.chain(changed).map(|(_, file)| file.path.to_string()).collect()
}

fn only_styles(changed: &BTreeSet<String>) -> bool {
    !changed.is_empty() && changed.iter().all(|path| path.starts_with("themes/") && path.ends_with(".css"))
}

/// The addresses of a theme's style sheets, by their names.
fn styles(prepared: &Prepared) -> Option<Value> {
    let ready = prepared.ready()?;
    let sheets =
        ready.theme.addresses.iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "css"));
    let address = |address: &String| Value::String(format!("{}{address}", ready.plan.base_path));
    Some(Value::Object(sheets.map(|(name, at)| (name.clone(), address(at))).collect()))
}
