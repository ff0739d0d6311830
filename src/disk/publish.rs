//! Puts a built site in the place of the one before, in one step: a reader finds the old site or the new one, whole.
//!
//! Every file is written to a staging folder as it is rendered, or hard-linked from the published folder where nothing
//! changed, so that its date stays. Then the two folders change places. A build that dies before that has changed nothing;
//! what it leaves is removed by the next one. Old files are compared byte by byte: no manifest or date is believed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Permissions};
use std::io::{self, Cursor, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::{Errno, retry_on_intr};

use crate::diagnostic::Message;
use crate::disk::Error;
use crate::disk::error::{Action, at};
use crate::disk::in_place::InPlace;
use crate::disk::lock::Lock;
use crate::disk::manifest::{self, Entry, Manifest};
use crate::disk::names::Names;
use crate::disk::output::{GITIGNORE, check_files, check_place, old_files, resolve};
use crate::disk::staging::{Place, Staging};
use crate::disk::store::{FOLDER_MODE, Kept, flush, keep_as_is, make_folder, open_attachment, store, store_stream};
use crate::render::artefact::{Artefact, ArtefactBody, Published};
use crate::say;

const NO_PANIC: &str = "no thread panics while it holds the ledger";

/// One publication under way. Dropped unfinished, it leaves everything as it was.
#[derive(Debug)]
pub struct Publisher {
    root: PathBuf,
    target: PathBuf,
    ledger: Mutex<Ledger>,
    // Dropped in this order: the lock outlives the staging folder.
    staging: Staging,
    _lock: Lock,
}

/// What has been put so far.
#[derive(Debug, Default)]
struct Ledger {
    names: Names,
    files: BTreeMap<String, Entry>,
    /// Those that hold what they held before.
    kept: BTreeSet<String>,
    /// The addresses of pages that the public may keep.
    pages: BTreeSet<String>,
}

/// What a publication came to. The manifest is not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Files that are new or hold something new.
    pub written: usize,
    /// Files that hold what they held before.
    pub unchanged: usize,
    /// Files of the old site that the new one does not have.
    pub removed: usize,
    /// A word about what could not be done in the usual way.
    pub fallback: Option<Message>,
}

impl Publisher {
    /// Begins to publish the site at `root` to the folder `target`, which is made with its parents where it does not
    /// exist.
    ///
    /// # Errors
    /// Where the folder is refused, another build is publishing to it, or nothing can be written there.
    pub fn begin(root: &Path, target: &Path) -> Result<Publisher, Error> {
        let target = resolve(target)?;
        check_place(root, &target)?;
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(at(Action::Write, parent))?;
        }
        let lock = Lock::acquire(&target)?;
        check_files(&target)?;
        let staging = Staging::new(&target)?;
        Ok(Publisher { root: root.to_owned(), target, ledger: Mutex::default(), staging, _lock: lock })
    }

    /// Puts one file of the new site into the staging folder. Several threads may do so at once.
    ///
    /// # Errors
    /// Where its path is not possible beside the others, the file to be copied is no regular file any more, or it cannot
    /// be written.
    pub fn put(&self, artefact: Artefact<'_>) -> Result<(), Error> {
        let Artefact { path, body } = artefact;
        self.claim(&path)?;
        let (staged, published) = (self.staging.path.join(&path), self.target.join(&path));
        let (entry, kept) = match body {
            ArtefactBody::Bytes(bytes) => store(&staged, &published, &mut Cursor::new(&bytes), &staged)?,
            ArtefactBody::Copy(source) => {
                let origin = self.root.join(source.as_str());
                let mut file = open_attachment(&self.root, &source).map_err(at(Action::Read, &origin))?;
                store(&staged, &published, &mut file, &origin)?
            }
            ArtefactBody::Stream(stream) => store_stream(&staged, &published, |sink| stream.write_to(sink))?,
            ArtefactBody::Published(Published { sha256, size }) => {
                keep_as_is(&staged, &published, Entry { sha256, size })?
            }
            ArtefactBody::Packed(source, coding) => {
                let origin = self.root.join(source.as_str());
                let mut file = open_attachment(&self.root, &source).map_err(at(Action::Read, &origin))?;
                let copy = |sink: &mut dyn Write| io::copy(&mut file, sink).map(drop);
                store_stream(&staged, &published, |sink| coding.pack(sink, copy))?
            }
        };
        self.ledger().enter(path, entry, kept);
        Ok(())
    }

    /// Names the pages that the public may keep the addresses of.
    pub fn promise(&self, pages: BTreeSet<String>) {
        self.ledger().pages = pages;
    }

    /// Takes a path and makes the folders that it needs, so that they are there before another thread finds them taken.
    fn claim(&self, path: &str) -> Result<(), Error> {
        let mut ledger = self.ledger();
        ledger.names.claim(path)?.into_iter().try_for_each(|folder| make_folder(&self.staging.path.join(folder)))
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().expect(NO_PANIC)
    }

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    /// Where that cannot be done; the old site then stands as it was. Only where a file system can do no better than
    /// replace file by file may it stand half replaced, and then the next publication completes it.
    pub fn finish(self) -> Result<Publication, Error> {
        let Publisher { target, ledger, staging, _lock, .. } = self;
        let Ledger { files, kept, pages, .. } = ledger.into_inner().expect(NO_PANIC);
        let manifest = Manifest::new(files, pages);
        let removed = old_files(&target)?.iter().filter(|path| !manifest.files.contains_key(*path)).count();
        complete(&staging.path, &target, &manifest)?;
        let fallback = replace(&staging, &target, &manifest, &kept)?;
        Ok(Publication { written: manifest.files.len() - kept.len(), unchanged: kept.len(), removed, fallback })
    }
}

impl Ledger {
    fn enter(&mut self, path: String, entry: Entry, kept: Kept) {
        if kept == Kept::Yes {
            self.kept.insert(path.clone());
        }
        self.files.insert(path, entry);
    }
}

/// Adds what is no artefact, opens the folder to readers, and makes it safe from a power cut.
fn complete(staging: &Path, target: &Path, manifest: &Manifest) -> Result<(), Error> {
    let (new, old) = (staging.join(manifest::NAME), target.join(manifest::NAME));
    store(&new, &old, &mut Cursor::new(manifest.to_bytes()), &new)?;
    keep(&target.join(GITIGNORE), &staging.join(GITIGNORE))?;
    fs::set_permissions(staging, Permissions::from_mode(FOLDER_MODE)).map_err(at(Action::Write, staging))?;
    flush(staging)
}

fn keep(old: &Path, new: &Path) -> Result<(), Error> {
    if old.symlink_metadata().is_ok() && fs::hard_link(old, new).is_err() {
        fs::copy(old, new).map_err(at(Action::Write, new))?;
    }
    Ok(())
}

fn replace(
    staging: &Staging,
    target: &Path,
    manifest: &Manifest,
    kept: &BTreeSet<String>,
) -> Result<Option<Message>, Error> {
    let exchanged = match staging.place {
        Place::Beside => exchange(&staging.path, target),
        Place::Within => Err(Errno::XDEV.into()),
    };
    match exchanged {
        Ok(()) => Ok(clear_away(&staging.path, target)),
        Err(error) if has_no_exchange(&error) => {
            InPlace { staging: &staging.path, target, manifest, kept }.replace()?;
            Ok(Some(not_at_once(target)))
        }
        Err(error) => Err(at(Action::Replace, target)(error)),
    }
}

/// One step, whichever it is: where nothing is published yet, a rename, which replaces an empty folder at most.
fn exchange(staging: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(staging, target);
    }
    Ok(retry_on_intr(|| renameat_with(CWD, staging, CWD, target, RenameFlags::EXCHANGE))?)
}

/// Whether the file system cannot exchange folders, or not this one: a mount point, a layer of a container's image, or in a
/// folder where others' entries may not be renamed.
fn has_no_exchange(error: &io::Error) -> bool {
    let impossible =
        [Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::BUSY, Errno::XDEV, Errno::PERM, Errno::ACCESS];
    Errno::from_io_error(error).is_some_and(|errno| impossible.contains(&errno))
}

/// Removes the old site, which the staging folder now holds, once the exchange itself is safe from a power cut. The new
/// site is published by then, so what fails here is only told.
fn clear_away(old: &Path, target: &Path) -> Option<Message> {
    let flushed = target.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all());
    let removed = flushed.and_then(|()| fs::remove_dir_all(old));
    let error = removed.err().filter(|error| error.kind() != io::ErrorKind::NotFound)?;
    let old = old.display();
    Some(say!("bản cũ còn lại ở `{old}`: {error}", "the old site is left at `{old}`: {error}"))
}

fn not_at_once(target: &Path) -> Message {
    let target = target.display();
    say!(
        "không thể đổi cả thư mục `{target}` trong một bước ở hệ tệp này, nên các tệp được thay lần lượt",
        "this file system cannot exchange `{target}` in one step, so its files were replaced one after another"
    )
}
