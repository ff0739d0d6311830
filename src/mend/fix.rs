//! Makes the changes that diagnostics carry.
//!
//! A round makes every change that overlaps no other; mending one fault may show the next, so rounds follow until there is
//! nothing left to do. A round that would make something worse is not made.

use std::collections::{BTreeMap, BTreeSet};

use crate::build;
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::edit::Edit;
use crate::mend::rename::{Renamed, references};
use crate::mend::{Changes, Rewrite, merged};
use crate::record::kind::KindName;
use crate::record::value::{is_id, is_language};
use crate::site::{self, Options};
use crate::source::{FileId, SitePath, Snapshot};

/// How many rounds there are at most; each mends at least one fault, and three have been enough for every case.
const MAX_ROUNDS: usize = 12;

/// What mending came to.
#[derive(Debug)]
pub struct Mended {
    /// Every file that changes.
    pub rewrites: Vec<Rewrite>,
    /// How many faults were mended.
    pub faults: usize,
    /// The site as it is then.
    pub snapshot: Snapshot,
}

/// Mends what can be mended.
pub fn run(snapshot: &Snapshot, options: &Options) -> Mended {
    let mut mended = Mended { rewrites: Vec::new(), faults: 0, snapshot: snapshot.clone() };
    let mut rounds = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let found = check(&mended.snapshot, options);
        let Some((changes, next, faults)) = round(&mended.snapshot, &found, options) else { break };
        rounds.push(changes.rewrites(&mended.snapshot));
        mended.faults += faults;
        mended.snapshot = next;
    }
    mended.rewrites = merged(rounds);
    mended
}

fn check(snapshot: &Snapshot, options: &Options) -> Vec<Diagnostic> {
    site::load(snapshot, options).diagnostics.iter().cloned().collect()
}

/// One round: its changes, the site after it, and how many faults it mends. None where there is nothing to do.
fn round(snapshot: &Snapshot, found: &[Diagnostic], options: &Options) -> Option<(Changes, Snapshot, usize)> {
    let all: Vec<&Diagnostic> = found.iter().filter(|fault| fault.fix.is_some()).collect();
    let unreadable = unreadable(snapshot);
    if let Some(done) = attempt(snapshot, &all, &unreadable, options) {
        return Some(done);
    }
    // Something in it makes a file worse: each file by itself then, and those alone that come out well.
    let files: BTreeSet<FileId> = all.iter().map(|fault| fault.place.file).collect();
    let sound = files.into_iter().filter(|file| {
        let own: Vec<&Diagnostic> = all.iter().copied().filter(|fault| fault.place.file == *file).collect();
        attempt(snapshot, &own, &unreadable, options).is_some()
    });
    let sound: BTreeSet<FileId> = sound.collect();
    let kept: Vec<&Diagnostic> = all.into_iter().filter(|fault| sound.contains(&fault.place.file)).collect();
    attempt(snapshot, &kept, &unreadable, options)
}

fn attempt(
    snapshot: &Snapshot,
    faults: &[&Diagnostic],
    unreadable: &BTreeSet<SitePath>,
    options: &Options,
) -> Option<(Changes, Snapshot, usize)> {
    let mut changes = Changes::default();
    let mut taken = 0;
    for fault in faults {
        if let Some(Fix::Replace(replacements)) = &fault.fix {
            let edit = |r: &crate::diagnostic::Replacement| {
                Edit::new(r.place.start as usize..r.place.end as usize, r.text.clone())
            };
            let file = fault.place.file;
            let in_one_file = replacements.iter().all(|r| r.place.file == file);
            taken += usize::from(in_one_file && changes.edit(file, replacements.iter().map(edit).collect()));
        }
    }
    taken += renames(snapshot, faults, &mut changes, options);
    if taken == 0 || changes.is_empty() {
        return None;
    }
    let next = changes.apply(snapshot);
    let worse = self::unreadable(&next).difference(unreadable).next().is_some();
    (!worse).then_some((changes, next, taken))
}

/// The records' files that cannot be read as YAML, by the path that they have.
fn unreadable(snapshot: &Snapshot) -> BTreeSet<SitePath> {
    let is_record = |path: &SitePath| {
        let below = path.below("content").is_some_and(|path| !path.starts_with("files/"));
        below && [".yaml", ".yml", ".md"].iter().any(|ending| path.as_str().ends_with(ending))
    };
    let files = snapshot.files().filter(|(_, file)| is_record(&file.path));
    files
        .filter(|(id, _)| crate::record::read::load(snapshot, *id).is_err())
        .map(|(_, file)| file.path.clone())
        .collect()
}

/// Files that get a name which is an ID, with what names them.
fn renames(snapshot: &Snapshot, faults: &[&Diagnostic], changes: &mut Changes, options: &Options) -> usize {
    let wanted: BTreeMap<FileId, &String> = faults
        .iter()
        .filter_map(|fault| match &fault.fix {
            Some(Fix::Rename(stem)) => Some((fault.place.file, stem)),
            _ => None,
        })
        .collect();
    if wanted.is_empty() {
        return 0;
    }
    let mut taken = taken_ids(snapshot);
    let mut done = 0;
    let mut findings = None;
    for (file, stem) in wanted {
        let path = &snapshot.file(file).path;
        let Some((folder, name)) = path.as_str().rsplit_once('/') else { continue };
        let Some((old, ending)) = name.rsplit_once('.') else { continue };
        let Some(kind) = path.as_str().split('/').nth(1).and_then(KindName::from_folder) else { continue };
        let id = stem.rsplit_once('.').filter(|(_, l)| is_language(l)).map_or(stem.as_str(), |(id, _)| id);
        if !is_id(id) || !taken.insert((kind, stem.clone())) {
            continue;
        }
        changes.relocate(file, SitePath::new(format!("{folder}/{stem}.{ending}")));
        let findings = findings.get_or_insert_with(|| site::load(snapshot, options).findings);
        let mut renamed = Renamed { changes: std::mem::take(changes), ..Renamed::default() };
        if id == stem {
            references(snapshot, findings, kind.word(), old, id, &mut renamed);
        }
        *changes = renamed.changes;
        done += 1;
    }
    done
}

/// The stems that files of a kind have, overlays included.
fn taken_ids(snapshot: &Snapshot) -> BTreeSet<(KindName, String)> {
    let sorted = site::sort(snapshot);
    let mut taken = BTreeSet::new();
    for (kind, records) in &sorted.records {
        for (id, files) in records {
            taken.extend((!files.own.is_empty()).then(|| (*kind, id.clone())));
            taken.extend(files.overlays.keys().map(|language| (*kind, format!("{id}.{language}"))));
        }
    }
    taken
}

/// How many errors and warnings a site has, to say what is left.
pub fn left(snapshot: &Snapshot, options: &Options) -> (usize, usize) {
    let outcome = build::check(snapshot, options, &build::Unobserved);
    (outcome.diagnostics.count(Level::Error), outcome.diagnostics.count(Level::Warning))
}
