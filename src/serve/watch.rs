//! Hears of changed files. What changed is not believed, only where: "this path is dirty".
//!
//! One save comes through at once; a storm (a branch changed, ten thousand files copied) is waited for until it is over.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{EventKind, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};

use crate::serve::Error;

/// Long enough for an editor to write, rename and be done; short enough not to be felt.
const SETTLING: Duration = Duration::from_millis(10);
const TICK: Duration = Duration::from_millis(5);
/// More dirty paths than one save makes.
const STORM: usize = 12;
/// A storm is over when nothing was heard for so long …
const CALM: Duration = Duration::from_millis(250);
/// … or has lasted so long that a person wants to see something.
const LONGEST_STORM: Duration = Duration::from_secs(20);

/// What was heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These paths, from the root, may hold something else than before.
    Dirty(BTreeSet<PathBuf>),
    /// Something was missed: everything may.
    Everything,
}

/// Watches for as long as it is kept.
pub struct Watcher {
    _debouncer: Debouncer<notify::RecommendedWatcher, RecommendedCache>,
}

/// Watches the folders that a site is made from.
pub fn watch(root: &Path, changes: Sender<Change>) -> Result<Watcher, Error> {
    let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let places = Places::of(&real);
    let hear = {
        let places = places.clone();
        move |result: DebounceEventResult| {
            let change = match result {
                Ok(events) => places.change(&events),
                Err(_) => Some(Change::Everything),
            };
            // Nobody listens any more only when the program ends.
            let _ = change.map(|change| changes.send(change));
        }
    };
    let mut debouncer = new_debouncer(SETTLING, Some(TICK), hear).map_err(Error::Watching)?;
    // The root itself is watched for a `themes` folder that comes later.
    debouncer.watch(&real, RecursiveMode::NonRecursive).map_err(Error::Watching)?;
    for (_, place) in places.0.iter().filter(|(_, place)| place.is_dir()) {
        debouncer.watch(place, RecursiveMode::Recursive).map_err(Error::Watching)?;
    }
    Ok(Watcher { _debouncer: debouncer })
}

/// The site's folders: the name from the root, and the real place, which a link may put elsewhere.
#[derive(Debug, Clone)]
struct Places(Vec<(&'static str, PathBuf)>);

impl Places {
    fn of(root: &Path) -> Self {
        let place = |name: &'static str| (name, std::fs::canonicalize(root.join(name)).unwrap_or(root.join(name)));
        Places(["content", "themes"].map(place).into())
    }

    fn change(&self, events: &[DebouncedEvent]) -> Option<Change> {
        if events.iter().any(|event| event.need_rescan()) {
            return Some(Change::Everything);
        }
        let changing = events.iter().filter(|event| !matches!(event.kind, EventKind::Access(_)));
        let paths: BTreeSet<PathBuf> =
            changing.flat_map(|event| &event.paths).filter_map(|path| self.below_root(path)).collect();
        (!paths.is_empty()).then_some(Change::Dirty(paths))
    }

    fn below_root(&self, path: &Path) -> Option<PathBuf> {
        let below = |(name, place): &(&str, PathBuf)| Some(Path::new(name).join(path.strip_prefix(place).ok()?));
        self.0.iter().find_map(below)
    }
}

/// The next change, with all that comes while a storm lasts. Nothing where none came for `patience`.
///
/// # Errors
/// Where nobody watches any more.
pub fn next(changes: &Receiver<Change>, patience: Duration) -> Result<Option<Change>, RecvTimeoutError> {
    // What came while a build was under way is from somebody who is faster than builds are: a storm, however small it looks.
    let waiting = changes.try_recv().ok();
    let is_hurried = waiting.is_some();
    let mut change = match waiting.map_or_else(|| changes.recv_timeout(patience), Ok) {
        Err(RecvTimeoutError::Timeout) => return Ok(None),
        received => received?,
    };
    let began = Instant::now();
    loop {
        changes.try_iter().for_each(|more| change.add(more));
        let calm = if is_hurried || change.is_storm() { CALM } else { Duration::ZERO };
        match changes.recv_timeout(calm) {
            Ok(more) if began.elapsed() < LONGEST_STORM => change.add(more),
            _ => return Ok(Some(change)),
        }
    }
}

impl Change {
    fn is_storm(&self) -> bool {
        match self {
            Change::Dirty(paths) => paths.len() > STORM,
            Change::Everything => true,
        }
    }

    fn add(&mut self, more: Change) {
        match (&mut *self, more) {
            (Change::Dirty(paths), Change::Dirty(more)) => paths.extend(more),
            _ => *self = Change::Everything,
        }
    }
}
