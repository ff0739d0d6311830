//! Publishing file by file into the published folder, where the file system cannot exchange it whole.
//!
//! It is not one step, and does not pretend to be: each file is replaced whole, what pages load comes before the pages, and
//! the old files go last. A journal names every file that may be there meanwhile, so that the next build after a power cut
//! or a kill knows them for the program's own and completes the work.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::disk::Error;
use crate::disk::error::{Action, at};
use crate::disk::manifest::{self, Manifest};
use crate::disk::output::{old_files, read_own};
use crate::disk::staging::within;
use crate::disk::store::{flush, make_folder};

/// A complete staging folder and the published folder on the same file system.
pub(super) struct InPlace<'a> {
    pub staging: &'a Path,
    pub target: &'a Path,
    pub manifest: &'a Manifest,
    /// The files that hold what they held before.
    pub kept: &'a BTreeSet<String>,
}

/// The files that an unfinished publication in place may have left in `target`.
pub(super) fn journal(target: &Path) -> Result<BTreeSet<String>, Error> {
    let bytes = read_own(&within(target, "journal"))?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
}

impl InPlace<'_> {
    /// Replaces what is published.
    pub fn replace(&self) -> Result<(), Error> {
        let old = old_files(self.target)?;
        self.begin_journal(&old)?;
        let (pages, assets): (Vec<_>, Vec<_>) = self.manifest.files.keys().partition(|path| path.contains(".html"));
        let changed = assets.into_iter().chain(pages).filter(|path| !self.kept.contains(*path));
        changed.into_iter().try_for_each(|path| self.place(path))?;
        flush(self.target)?;
        self.place(manifest::NAME)?;
        old.iter().filter(|path| !self.manifest.files.contains_key(*path)).try_for_each(|path| self.remove(path))?;
        flush(self.target)?;
        let journal = within(self.target, "journal");
        fs::remove_file(&journal).map_err(at(Action::Remove, &journal))
    }

    fn begin_journal(&self, old: &[String]) -> Result<(), Error> {
        let names: BTreeSet<_> = old.iter().chain(self.manifest.files.keys()).collect();
        let bytes = serde_json::to_vec(&names).expect("a list of texts can be written as JSON");
        let (new, journal) = (within(self.target, "journal.new"), within(self.target, "journal"));
        fs::write(&new, bytes).map_err(at(Action::Write, &new))?;
        flush(self.target)?;
        fs::rename(&new, &journal).map_err(at(Action::Write, &journal))?;
        flush(self.target)
    }

    /// Moves one file from the staging folder to its place.
    fn place(&self, path: &str) -> Result<(), Error> {
        for (end, _) in path.match_indices('/') {
            self.make_way_for_folder(&self.target.join(&path[..end]))?;
        }
        let place = self.target.join(path);
        if place.is_dir() {
            fs::remove_dir_all(&place).map_err(at(Action::Remove, &place))?;
        }
        fs::rename(self.staging.join(path), &place).map_err(at(Action::Replace, &place))
    }

    fn make_way_for_folder(&self, folder: &Path) -> Result<(), Error> {
        match fs::symlink_metadata(folder) {
            Ok(metadata) if metadata.is_dir() => return Ok(()),
            Ok(_) => fs::remove_file(folder).map_err(at(Action::Remove, folder))?,
            Err(_) => {}
        }
        make_folder(folder)
    }

    /// Removes an old file, if it is still there, and the folders that are empty without it.
    fn remove(&self, path: &str) -> Result<(), Error> {
        let old = self.target.join(path);
        if fs::symlink_metadata(&old).is_ok_and(|metadata| metadata.is_file()) {
            fs::remove_file(&old).map_err(at(Action::Remove, &old))?;
        }
        let mut folders = old.ancestors().skip(1).take_while(|folder| *folder != self.target);
        while folders.next().is_some_and(|folder| fs::remove_dir(folder).is_ok()) {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::disk::manifest::verify;
    use crate::disk::output::check_files;
    use crate::disk::publish::Publisher;
    use crate::render::artefact::{Artefact, ArtefactBody};

    const OLD: [(&str, &str); 5] = [("a", "1"), ("b/c", "2"), ("index.html", "3"), ("gone/x.html", "4"), ("same", "5")];
    const NEW: [(&str, &str); 5] = [("a/b", "6"), ("b", "7"), ("index.html", "8"), ("x.html", "9"), ("same", "5")];

    fn publish(folder: &Path, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let publisher = Publisher::begin(folder, &folder.join(name)).unwrap();
        for (path, text) in files {
            let body = ArtefactBody::Bytes(text.as_bytes().into());
            publisher.put(Artefact { path: (*path).to_owned(), body }).unwrap();
        }
        publisher.finish().unwrap();
        folder.join(name)
    }

    #[test]
    fn the_new_site_replaces_the_old_one_also_where_files_and_folders_trade_names() {
        let folder = tempfile::tempdir().unwrap();
        let (staging, target) = (publish(folder.path(), "new", &NEW), publish(folder.path(), "public", &OLD));
        let manifest = Manifest::read(&staging).unwrap().unwrap();
        let kept = BTreeSet::from(["same".to_owned()]);
        InPlace { staging: &staging, target: &target, manifest: &manifest, kept: &kept }.replace().unwrap();
        assert_eq!(verify(&target).unwrap(), []);
        assert_eq!(Manifest::read(&target).unwrap().unwrap(), manifest);
        assert!(!target.join("gone").exists());
    }

    #[test]
    fn what_was_left_half_done_is_still_known_as_ours() {
        let folder = tempfile::tempdir().unwrap();
        let (staging, target) = (publish(folder.path(), "new", &NEW), publish(folder.path(), "public", &OLD));
        let manifest = Manifest::read(&staging).unwrap().unwrap();
        let work = InPlace { staging: &staging, target: &target, manifest: &manifest, kept: &BTreeSet::new() };
        work.begin_journal(&old_files(&target).unwrap()).unwrap();
        work.place("a/b").unwrap();
        check_files(&target).unwrap();
        publish(folder.path(), "public", &NEW);
        assert_eq!(verify(&target).unwrap(), []);
    }
}
