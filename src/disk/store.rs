//! One file on its way into the staging folder.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::retry_on_intr;

use crate::disk::Error;
use crate::disk::error::{Action, at};
use crate::disk::manifest::{Entry, describe};
use crate::source::SitePath;

/// How much of what a function writes goes to the disk at once.
const BUFFER: usize = 64 * 1024;

/// What a web server can read, whatever the umask.
pub(super) const FILE_MODE: u32 = 0o644;
/// The same of a folder.
pub(super) const FOLDER_MODE: u32 = 0o755;

/// Whether a file holds what it held before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Yes,
    No,
}

/// Makes `staged` a file with the bytes of `source`: the published file itself where that has the same bytes, which keeps
/// its date. `origin` is what to name where reading fails.
pub(super) fn store(
    staged: &Path,
    published: &Path,
    source: &mut (impl Read + Seek),
    origin: &Path,
) -> Result<(Entry, Kept), Error> {
    let old = compare(published, source, origin)?;
    if let Some(entry) = old.as_ref().filter(|_| fs::hard_link(published, staged).is_ok()) {
        return Ok((entry.clone(), Kept::Yes));
    }
    source.rewind().map_err(at(Action::Read, origin))?;
    let entry = write(staged, source, origin)?;
    let kept = if old.as_ref() == Some(&entry) { Kept::Yes } else { Kept::No };
    Ok((entry, kept))
}

/// Makes `staged` the published file, which is known to be `entry`.
pub(super) fn keep_as_is(staged: &Path, published: &Path, entry: Entry) -> Result<(Entry, Kept), Error> {
    if fs::hard_link(published, staged).is_ok() {
        return Ok((entry, Kept::Yes));
    }
    // A file system without second names. What is copied is read, so it can be held to what is known of it.
    let mut old = File::open(published).map_err(at(Action::Read, published))?;
    match write(staged, &mut old, published)? {
        copied if copied == entry => Ok((entry, Kept::Yes)),
        _ => Err(at(Action::Read, published)(io::Error::other("changed while it was read"))),
    }
}

/// The same for bytes that a function writes: they go to `staged` at once and are compared there, so that they never stand in
/// memory whole.
pub(super) fn store_stream(
    staged: &Path,
    published: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(Entry, Kept), Error> {
    let failed = |error: io::Error| at(Action::Write, staged)(error);
    let mut sink = BufWriter::with_capacity(BUFFER, create(staged)?);
    write(&mut sink).and_then(|()| sink.flush()).map_err(failed)?;
    drop(sink);
    let mut made = File::open(staged).map_err(at(Action::Read, staged))?;
    if let Some(entry) = compare(published, &mut made, staged)? {
        fs::remove_file(staged).map_err(failed)?;
        if fs::hard_link(published, staged).is_err() {
            fs::copy(published, staged).map_err(failed)?;
        }
        return Ok((entry, Kept::Yes));
    }
    made.rewind().map_err(at(Action::Read, staged))?;
    Ok((describe(&mut made, staged, |_| Ok(()))?, Kept::No))
}

/// What `source` holds, where the published file holds the same.
fn compare(published: &Path, source: &mut (impl Read + Seek), origin: &Path) -> Result<Option<Entry>, Error> {
    let size = source.seek(io::SeekFrom::End(0)).map_err(at(Action::Read, origin))?;
    source.rewind().map_err(at(Action::Read, origin))?;
    let Some(mut old) = open_published(published, size) else { return Ok(None) };
    let mut same = true;
    let mut there = [0; 16 * 1024];
    let entry = describe(source, origin, |piece| {
        let there = &mut there[..piece.len()];
        same = same && old.read_exact(there).is_ok() && there == piece;
        Ok(())
    })?;
    Ok((same && entry.size == size).then_some(entry))
}

/// The published file where it could be kept, were its bytes the same.
fn open_published(path: &Path, size: u64) -> Option<File> {
    let metadata = fs::symlink_metadata(path).ok()?;
    let alike = metadata.is_file() && metadata.len() == size && metadata.mode() & 0o7777 == FILE_MODE;
    alike.then(|| File::open(path).ok())?
}

fn write(staged: &Path, source: &mut impl Read, origin: &Path) -> Result<Entry, Error> {
    let failed = |error: io::Error| at(Action::Write, staged)(error);
    let mut file = create(staged)?;
    describe(source, origin, |piece| file.write_all(piece).map_err(failed))
}

/// Makes a file that everybody can read.
fn create(path: &Path) -> Result<File, Error> {
    let opened = File::options().write(true).create_new(true).mode(FILE_MODE).open(path);
    let file = opened.map_err(at(Action::Write, path))?;
    file.set_permissions(Permissions::from_mode(FILE_MODE)).map_err(at(Action::Write, path))?;
    Ok(file)
}

/// Makes a folder that everybody can read.
pub(super) fn make_folder(path: &Path) -> Result<(), Error> {
    let made = DirBuilder::new().mode(FOLDER_MODE).create(path);
    made.and_then(|()| fs::set_permissions(path, Permissions::from_mode(FOLDER_MODE))).map_err(at(Action::Write, path))
}

/// Waits until everything on the file system of `folder` is safe from a power cut: one call, where a call a file would take
/// longer than the rest of a build.
pub(super) fn flush(folder: &Path) -> Result<(), Error> {
    let opened = File::open(folder).map_err(at(Action::Flush, folder))?;
    retry_on_intr(|| rustix::fs::syncfs(&opened)).map_err(at(Action::Flush, folder))
}

/// Opens a file of the site without following a link on the way, but for the root's own folders, and without waiting for
/// whatever may have taken its place since it was checked.
pub(crate) fn open_attachment(root: &Path, path: &SitePath) -> io::Result<File> {
    let (top, below) = path.as_str().split_once('/').ok_or(io::ErrorKind::InvalidInput)?;
    let (folders, name) = below.rsplit_once('/').unwrap_or(("", below));
    let mut folder = open_at(CWD, &root.join(top), OFlags::PATH | OFlags::DIRECTORY)?;
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        folder = open_at(&folder, Path::new(part), OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW)?;
    }
    let file = File::from(open_at(&folder, Path::new(name), OFlags::NOFOLLOW | OFlags::NONBLOCK)?);
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file any more")),
    }
}

fn open_at(folder: impl std::os::fd::AsFd, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    Ok(retry_on_intr(|| openat(&folder, path, flags | OFlags::CLOEXEC, Mode::empty()))?)
}
