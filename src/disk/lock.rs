//! One build at a time for a published folder.
//!
//! The lock is the kernel's (`flock`) on a file beside the folder, so a killed build lets go of it. Nobody waits: who comes
//! second is told so. Where nothing can be made beside the folder, the folder itself is locked; it is then published in
//! place and stays the same folder.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags};
use rustix::io::{Errno, retry_on_intr};

use crate::disk::Error;
use crate::disk::error::{Action, at, forbidden};
use crate::disk::staging::beside;

/// Held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    /// The lock file; none where the folder itself is locked.
    path: Option<PathBuf>,
    _file: File,
}

impl Lock {
    /// Takes the lock of the folder `target`, whose parent exists.
    ///
    /// # Errors
    /// [`Error::Locked`] where another build holds it; else what the system said.
    pub fn acquire(target: &Path) -> Result<Lock, Error> {
        let path = beside(target, "lock");
        loop {
            let file = match open(&path) {
                Err(error) if forbidden(&error) && target.is_dir() => return Lock::of_folder(target),
                opened => opened.map_err(at(Action::Lock, &path))?,
            };
            take(&file, target)?;
            if still_at(&file, &path) {
                return Ok(Lock { path: Some(path), _file: file });
            }
        }
    }

    fn of_folder(target: &Path) -> Result<Lock, Error> {
        let file = File::open(target).map_err(at(Action::Lock, target))?;
        take(&file, target)?;
        Ok(Lock { path: None, _file: file })
    }
}

impl Drop for Lock {
    /// Removes the file while it is still locked: whoever has opened it already finds, once the lock is theirs, that it is
    /// no longer the file at the path, and tries again.
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            let _ = fs::remove_file(path);
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(retry_on_intr(|| rustix::fs::open(path, flags, Mode::from_raw_mode(0o644)))?.into())
}

fn take(file: &File, target: &Path) -> Result<(), Error> {
    match retry_on_intr(|| rustix::fs::flock(file, FlockOperation::NonBlockingLockExclusive)) {
        Err(Errno::WOULDBLOCK) => Err(Error::Locked(target.to_owned())),
        taken => taken.map_err(at(Action::Lock, target)),
    }
}

fn still_at(file: &File, path: &Path) -> bool {
    let id = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata(), fs::symlink_metadata(path)), (Ok(ours), Ok(there)) if id(&ours) == id(&there))
}
