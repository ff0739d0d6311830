//! The folder in which a site is put together before it takes the published one's place.
//!
//! It stands beside the published folder, or in it where nothing can be made beside it or moved from there. Only the build that holds the lock
//! has one, so any other is a dead build's and is removed.

use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::hash::{BuildHasher, RandomState};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};

use crate::disk::Error;
use crate::disk::error::{Action, at, forbidden};
use crate::disk::output::OURS;

/// A folder that goes when this is dropped, with whatever is in it by then.
#[derive(Debug)]
pub(super) struct Staging {
    pub path: PathBuf,
    pub place: Place,
}

/// Where a staging folder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Beside,
    Within,
}

impl Staging {
    /// Removes what dead builds left and makes a new, empty folder, closed to others until it is published.
    pub fn new(target: &Path) -> Result<Staging, Error> {
        let (beside, within) = (beside(target, "staging-"), within(target, "staging-"));
        remove_stale(&beside);
        remove_stale(&within);
        if is_mount(target) {
            return Staging::create(&within, Place::Within);
        }
        match Staging::create(&beside, Place::Beside) {
            Err(Error::System { source, .. }) if forbidden(&source) && target.is_dir() => {
                Staging::create(&within, Place::Within)
            }
            created => created,
        }
    }

    fn create(prefix: &Path, place: Place) -> Result<Staging, Error> {
        let mut path = prefix.as_os_str().to_owned();
        path.push(format!("{:08x}", RandomState::new().hash_one(0) as u32));
        let path = PathBuf::from(path);
        DirBuilder::new().mode(0o700).create(&path).map_err(at(Action::Write, &path))?;
        Ok(Staging { path, place })
    }
}

/// Whether a folder is where a file system is mounted, as containers do: it cannot be renamed then, nor a file moved into it
/// from beside it.
fn is_mount(folder: &Path) -> bool {
    let asked = statx(CWD, folder, AtFlags::empty(), StatxFlags::empty());
    asked.is_ok_and(|answer| answer.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// What cannot be removed stays for a build that may.
fn remove_stale(prefix: &Path) {
    let (Some(folder), Some(name)) = (prefix.parent(), prefix.file_name()) else { return };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(name.as_encoded_bytes()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// The path of something of ours beside the published folder: `.NAME.minhbach-WHAT`.
pub(super) fn beside(target: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(OURS);
    name.push(what);
    target.with_file_name(name)
}

/// The path of something of ours in the published folder.
pub(super) fn within(target: &Path, what: &str) -> PathBuf {
    target.join(format!("{OURS}{what}"))
}
