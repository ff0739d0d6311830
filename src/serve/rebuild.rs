//! Builds anew whatever changed, shows it where it is sound, and says why where it is not.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::build::{self, Memo, Outcome, Prepared, Unobserved, Verdict};
use crate::diagnostic::{Diagnostic, Language, Level, human};
use crate::disk::{self, snapshot};
use crate::serve::live::Live;
use crate::serve::news::{Built, News};
use crate::serve::proof::Background;
use crate::serve::shown::Shown;
use crate::serve::watch::{self, Change};
use crate::serve::{AskOptions, Error, Reporter};
use crate::source::{SitePath, Snapshot};

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
    background: Background,
}

/// A fault wherever it stands in its file.
type Fault = (String, &'static str, String);

impl Workshop {
    /// Nothing is built yet.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn new(
        root: PathBuf,
        options: Arc<AskOptions>,
        language: Language,
        live: Arc<Live>,
        reporter: Arc<Reporter>,
    ) -> Result<Self, Error> {
        let snapshot = Snapshot::default();
        let (memo, told, background) = (Memo::default(), HashSet::new(), Background::new()?);
        Ok(Workshop { root, options, language, live, reporter, snapshot, memo, told, day: None, background })
    }

    /// The first build.
    ///
    /// # Errors
    /// Where the site cannot be read.
    pub fn first(&mut self) -> Result<(), Error> {
        let began = Instant::now();
        self.snapshot = snapshot::read(&self.root)?;
        self.build(began, Vec::new());
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
                None if self.is_another_day() => self.build(began, Vec::new()),
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
        let changed = self.snapshot.differing(&snapshot);
        if !changed.is_empty() {
            self.background.break_off();
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

    fn build(&mut self, began: Instant, changed: Vec<SitePath>) {
        self.live.read(self.snapshot.clone());
        let prepared = build::prepare(&self.snapshot, &(self.options)(), &self.memo, &Unobserved);
        self.day = prepared.ready().map(|ready| ready.site.as_of);
        let outcome = prepared.outcome(&self.snapshot, prepared.broken_anchors());
        if outcome.verdict == Verdict::Sound {
            self.show(prepared, &changed);
        } else {
            self.live.lay_over(&errors(&outcome, &self.snapshot, self.language));
        }
        self.told(&outcome, &changed, began.elapsed());
    }

    /// Shows a build, and only then looks whether all of its pages can be rendered.
    fn show(&mut self, prepared: Prepared, changed: &[SitePath]) {
        // Where the newest build is not the one that is shown, more than its style sheets differs.
        let styles = (self.live.faults().is_none() && only_styles(changed)).then(|| styles(&prepared)).flatten();
        let version = self.live.next_version();
        let shown = Arc::new(Shown::new(self.root.clone(), self.snapshot.clone(), prepared, version));
        let before = self.live.show(Arc::clone(&shown), styles);
        self.background.free(before);
        let (live, language) = (Arc::clone(&self.live), self.language);
        self.background.prove(shown, move |shown, outcome| {
            live.lay_over_build(shown.version, &errors(outcome, &shown.snapshot, language));
        });
    }

    fn told(&mut self, outcome: &Outcome, changed: &[SitePath], took: Duration) {
        let faults: Vec<(Fault, &Diagnostic)> =
            outcome.diagnostics.iter().map(|fault| (self.fault(fault), fault)).collect();
        let fresh = faults.iter().filter(|(name, _)| !self.told.contains(name)).map(|(_, fault)| *fault).collect();
        let changed = changed.iter().map(SitePath::to_string).collect();
        (self.reporter)(&News::Built(Built { outcome, snapshot: &self.snapshot, fresh, changed, took }));
        self.told = faults.into_iter().map(|(name, _)| name).collect();
    }

    fn fault(&self, fault: &Diagnostic) -> Fault {
        let path = self.snapshot.file(fault.place.file).path.to_string();
        (path, fault.code.name(), fault.message.en.clone())
    }
}

/// The errors as the terminal has them, without its colours.
fn errors(outcome: &Outcome, snapshot: &Snapshot, language: Language) -> String {
    let errors = outcome.diagnostics.iter().filter(|fault| fault.level == Level::Error);
    let shown: Vec<String> = errors.take(MOST_FAULTS).map(|fault| human::plain(fault, snapshot, language)).collect();
    let more = outcome.diagnostics.count(Level::Error) - shown.len();
    let rest = match language {
        _ if more == 0 => String::new(),
        Language::Vi => format!("\n\n… và {more} lỗi nữa"),
        Language::En => format!("\n\n… and {more} more errors"),
    };
    shown.join("\n\n") + &rest
}

fn only_styles(changed: &[SitePath]) -> bool {
    !changed.is_empty() && changed.iter().all(|path| path.below("themes").is_some() && path.as_str().ends_with(".css"))
}

/// The addresses of a theme's style sheets, by their names.
fn styles(prepared: &Prepared) -> Option<Value> {
    let ready = prepared.ready()?;
    let sheets =
        ready.theme.addresses.iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "css"));
    let address = |address: &String| Value::String(format!("{}{address}", ready.plan.base_path));
    Some(Value::Object(sheets.map(|(name, at)| (name.clone(), address(at))).collect()))
}
