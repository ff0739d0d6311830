//! Reads a site's folder into a [`Snapshot`].
//!
//! Symbolic links are told, never followed; what is no regular file is never opened. Whether a file belongs where it is,
//! is not asked here: that is a diagnostic with a place, and comes later.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs::{self, File as DiskFile, FileType};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustix::fs::OFlags;
use walkdir::{DirEntry, WalkDir};

use crate::disk::Error;
use crate::disk::error::{Action, at};
use crate::source::{Body, File, Irregular, SitePath, Snapshot};

/// Larger than any record or template, in bytes.
const TOO_LARGE: u64 = 4 << 20;

/// Everything under `content/` and `themes/` of the site at `root`; either may itself be a link to a folder. A file that
/// vanishes meanwhile is left out.
///
/// # Errors
/// Where a folder cannot be listed or a file not read.
pub fn read(root: &Path) -> Result<Snapshot, Error> {
    let mut entries = list(root, WalkDir::new(root.join("content")).min_depth(1))?;
    entries.extend(list(root, WalkDir::new(root.join("themes")).min_depth(1))?);
    Ok(Snapshot::new(files(entries)?))
}

/// What [`read`] would give now, where only what is at `dirty` paths (files, or folders with all that is in them) may have
/// changed since `old` was read. They are relative to the root.
///
/// # Errors
/// As [`read`].
pub fn refresh(root: &Path, old: &Snapshot, dirty: &BTreeSet<PathBuf>) -> Result<Snapshot, Error> {
    let dirty: BTreeSet<PathBuf> = dirty.iter().filter_map(|path| seen_as(root, path)).collect();
    if dirty.iter().any(|path| path.components().count() < 2) {
        return read(root);
    }
    let is_below = |path: &Path| path.ancestors().any(|above| dirty.contains(above));
    let mut entries = Vec::new();
    for path in dirty.iter().filter(|path| !path.parent().is_some_and(is_below)) {
        entries.extend(list(root, WalkDir::new(root.join(path)).follow_root_links(false))?);
    }
    let dirty: HashSet<&str> = dirty.iter().filter_map(|path| path.to_str()).collect();
    Ok(old.with_changes(|path| is_at_or_below(path.as_str(), &dirty), files(entries)?))
}

/// Whether a path, or a folder above it, is one of these.
fn is_at_or_below(path: &str, folders: &HashSet<&str>) -> bool {
    let above = path.match_indices('/').map(|(end, _)| &path[..end]);
    above.chain([path]).any(|path| folders.contains(path))
}

/// What a path is seen as from the root: itself, or the link on the way that hides it. Nothing, where it
/// is left out.
fn seen_as(root: &Path, path: &Path) -> Option<PathBuf> {
    let mut seen = PathBuf::new();
    for (depth, part) in path.components().enumerate() {
        seen.push(part);
        if depth == 0 {
            continue;
        }
        if is_left_out(part.as_os_str()) {
            return None;
        }
        if part.as_os_str().to_str().is_none() {
            // Its path in the snapshot is not its path on the disk, so its folder is looked at anew.
            return seen.parent().map(Path::to_owned);
        }
        if fs::symlink_metadata(root.join(&seen)).is_ok_and(|metadata| metadata.is_symlink()) {
            return Some(seen);
        }
    }
    Some(seen)
}

fn files(entries: Vec<(SitePath, DirEntry)>) -> Result<Vec<File>, Error> {
    entries.into_par_iter().filter_map(|(path, entry)| file(path, &entry).transpose()).collect()
}

/// What a walk finds that is no folder. A folder without a UTF-8 name is told instead of what is in it.
fn list(root: &Path, walk: WalkDir) -> Result<Vec<(SitePath, DirEntry)>, Error> {
    let walk = walk.sort_by_file_name().into_iter();
    let mut walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_left_out(entry.file_name()));
    let mut found = Vec::new();
    while let Some(entry) = walk.next() {
        let Some(entry) = present(entry)? else { continue };
        let named = entry.file_name().to_str().is_some();
        if entry.file_type().is_dir() && named {
            continue;
        }
        if entry.file_type().is_dir() {
            walk.skip_current_dir();
        }
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy();
        found.push((SitePath::new(below), entry));
    }
    Ok(found)
}

/// Hidden files, and what editors and systems leave behind.
fn is_left_out(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let emacs_lock = name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#");
    let of_a_system = name.eq_ignore_ascii_case(b"Thumbs.db") || name.eq_ignore_ascii_case(b"desktop.ini");
    name.starts_with(b".") || name.ends_with(b"~") || name.ends_with(b".swp") || emacs_lock || of_a_system
}

fn present(entry: walkdir::Result<DirEntry>) -> Result<Option<DirEntry>, Error> {
    match entry {
        Ok(entry) => Ok(Some(entry)),
        Err(error) if error.io_error().is_some_and(is_gone) => Ok(None),
        Err(error) => {
            let path = error.path().unwrap_or(Path::new("")).to_owned();
            Err(at(Action::Read, &path)(io::Error::from(error)))
        }
    }
}

fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

fn file(path: SitePath, entry: &DirEntry) -> Result<Option<File>, Error> {
    match body(&path, entry) {
        Ok(body) => Ok(Some(File { path, body })),
        Err(error) if is_gone(&error) => Ok(None),
        Err(error) => Err(at(Action::Read, entry.path())(error)),
    }
}

fn body(path: &SitePath, entry: &DirEntry) -> io::Result<Body> {
    if entry.file_name().to_str().is_none() {
        return Ok(Body::Irregular(Irregular::NameNotUtf8));
    }
    if let Some(irregular) = irregular(entry.file_type()) {
        return Ok(Body::Irregular(irregular));
    }
    if path.below("content/files").is_some() && !path.name().to_ascii_lowercase().ends_with(".svg") {
        return Ok(Body::Attachment(fs::symlink_metadata(entry.path())?.len()));
    }
    bytes(entry.path())
}

fn irregular(kind: FileType) -> Option<Irregular> {
    match kind {
        kind if kind.is_symlink() => Some(Irregular::Symlink),
        kind if kind.is_file() => None,
        _ => Some(Irregular::Special),
    }
}

/// The bytes of a file that was regular when it was listed. It is opened so that whatever has taken its place since can
/// neither lead elsewhere nor keep us waiting.
fn bytes(path: &Path) -> io::Result<Body> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let file = DiskFile::options().read(true).custom_flags(flags).open(path)?;
    let metadata = file.metadata()?;
    if let Some(irregular) = irregular(metadata.file_type()) {
        return Ok(Body::Irregular(irregular));
    }
    let mut bytes = Vec::new();
    if metadata.len() <= TOO_LARGE {
        file.take(TOO_LARGE + 1).read_to_end(&mut bytes)?;
    }
    match metadata.len().max(bytes.len() as u64) {
        size if size > TOO_LARGE => Ok(Body::Irregular(Irregular::TooLarge(size))),
        _ => Ok(Body::Bytes(Arc::from(bytes))),
    }
}
