//! Changes across a site's files: a new record, one renamed with all that names it, faults mended where that is safe.
//!
//! Everything is planned on a snapshot and proven there; `crate::disk::rewrite` writes it.

pub mod create;
pub mod fix;
pub mod rename;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::edit::{Edit, Edits};
use crate::source::{Body, File, FileId, SitePath, Snapshot};

/// Changes of a snapshot.
#[derive(Debug, Default)]
pub struct Changes {
    edits: BTreeMap<FileId, Edits>,
    moves: BTreeMap<FileId, SitePath>,
}

impl Changes {
    /// Adds changes of one file that belong together; tells whether they could be taken.
    pub fn edit(&mut self, file: FileId, edits: Vec<Edit>) -> bool {
        self.edits.entry(file).or_default().add_all(edits)
    }

    /// Gives a file another path.
    pub fn relocate(&mut self, file: FileId, path: SitePath) {
        self.moves.insert(file, path);
    }

    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.edits.values().all(Edits::is_empty)
    }

    /// The snapshot with the changes made.
    pub fn apply(&self, snapshot: &Snapshot) -> Snapshot {
        let file = |(id, file): (FileId, &File)| File {
            path: self.moves.get(&id).unwrap_or(&file.path).clone(),
            body: self.body(snapshot, id).unwrap_or_else(|| file.body.clone()),
        };
        Snapshot::new(snapshot.files().map(file).collect())
    }

    fn body(&self, snapshot: &Snapshot, id: FileId) -> Option<Body> {
        let edits = self.edits.get(&id).filter(|edits| !edits.is_empty())?;
        let text = edits.apply(snapshot.text(id).ok()?);
        Some(Body::Bytes(Arc::from(text.into_bytes())))
    }

    /// What is to be written: every file that changes, with its path before and after.
    pub fn rewrites(&self, snapshot: &Snapshot) -> Vec<Rewrite> {
        let changed = snapshot
            .files()
            .filter(|(id, _)| self.moves.contains_key(id) || self.edits.get(id).is_some_and(|edits| !edits.is_empty()));
        let rewrite = |(id, file): (FileId, &File)| Rewrite {
            from: file.path.clone(),
            to: self.moves.get(&id).unwrap_or(&file.path).clone(),
            before: snapshot.bytes(id).into(),
            after: match self.body(snapshot, id) {
                Some(Body::Bytes(bytes)) => bytes,
                _ => snapshot.bytes(id).into(),
            },
            places: self.edits.get(&id).map_or(0, Edits::len),
        };
        changed.map(rewrite).collect()
    }
}

/// A file that changes.
#[derive(Debug, Clone)]
pub struct Rewrite {
    /// Where it is.
    pub from: SitePath,
    /// Where it will be.
    pub to: SitePath,
    /// What it holds.
    pub before: Arc<[u8]>,
    /// What it will hold.
    pub after: Arc<[u8]>,
    /// At how many places its text changes.
    pub places: usize,
}

/// Several rounds of changes as one: what changes between the first snapshot and the last.
pub fn merged(rounds: Vec<Vec<Rewrite>>) -> Vec<Rewrite> {
    let mut all: Vec<Rewrite> = Vec::new();
    for rewrite in rounds.into_iter().flatten() {
        match all.iter_mut().find(|earlier| earlier.to == rewrite.from) {
            Some(earlier) => {
                earlier.to = rewrite.to;
                earlier.after = rewrite.after;
                earlier.places += rewrite.places;
            }
            None => all.push(rewrite),
        }
    }
    all.retain(|rewrite| rewrite.from != rewrite.to || rewrite.before != rewrite.after);
    all.sort_by(|a, b| a.from.cmp(&b.from));
    all
}
