//! Which folders are refused as a place to publish to, because publishing replaces the folder whole.
//!
//! Nothing is changed here, and nothing is asked: the way out is always to name another folder.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::Message;
use crate::disk::error::{Action, at};
use crate::disk::manifest::{self, Manifest};
use crate::disk::{Error, in_place};
use crate::say;

/// A file of the published folder that is its owner's, not ours: it is kept as it is.
pub const GITIGNORE: &str = ".gitignore";

/// How the names begin of what publishing needs for a while, at the top of the published folder.
pub(super) const OURS: &str = ".minhbach-";

/// Why a folder is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is the root of the file system.
    FileSystemRoot,
    /// It is the site's folder or holds it.
    Site,
    /// It is one of the site's sources, in one or holds one; `content` or `themes`.
    Source(&'static str),
    /// It is the user's home folder.
    Home,
    /// It is something else than a folder.
    NotFolder,
    /// It holds files that no build of this program put there.
    Foreign {
        /// The first of them.
        first: String,
        /// How many there are.
        count: usize,
    },
}

impl Refusal {
    /// The refusal of `target` in both languages.
    pub fn message(&self, target: &Path) -> Message {
        let target = target.display();
        let Message { vi, en } = self.reason();
        say!(
            "không xuất bản vào `{target}`: {vi}; hãy chọn một thư mục riêng cho bản xuất bản",
            "will not publish to `{target}`: {en}; name a folder that is for the published site only"
        )
    }

    fn reason(&self) -> Message {
        match self {
            Refusal::FileSystemRoot => say!("đó là gốc của hệ tệp", "it is the root of the file system"),
            Refusal::Site => say!("thư mục của trang nằm ở đó", "the site's own folder is there"),
            Refusal::Source(name) => say!("nguồn `{name}` của trang nằm ở đó", "the site's source `{name}` is there"),
            Refusal::Home => say!("đó là thư mục riêng của người dùng", "it is the home folder"),
            Refusal::NotFolder => say!("đó không phải là thư mục", "it is not a folder"),
            Refusal::Foreign { first, count } => say!(
                "ở đó có {count} tệp không do minhbach tạo ra, chẳng hạn `{first}`",
                "{count} of the files there were not made by minhbach, such as `{first}`"
            ),
        }
    }
}

/// Refuses a folder that publishing must not replace. Neither it nor its parent need exist.
///
/// # Errors
/// [`Error::Refused`], or what the system said on looking.
pub fn check_target(root: &Path, target: &Path) -> Result<(), Error> {
    let target = resolve(target)?;
    check_place(root, &target)?;
    check_files(&target)
}

/// The folder that a path leads to, through links and `..`, also where its last parts do not exist yet.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Error> {
    let refuse = |target: &Path| Err(refused(target, Refusal::NotFolder));
    if path.as_os_str().is_empty() {
        return refuse(path);
    }
    let mut resolved = PathBuf::new();
    for part in std::path::absolute(path).map_err(at(Action::Read, path))?.components() {
        match part {
            Component::ParentDir => drop(resolved.pop()),
            part => resolved.push(part),
        }
        match fs::canonicalize(&resolved) {
            Ok(real) => resolved = real,
            Err(error) if error.kind() == ErrorKind::NotADirectory => return refuse(&resolved),
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(at(Action::Read, &resolved)(error)),
            Err(_) if resolved.is_symlink() => return refuse(&resolved),
            Err(_) => {}
        }
    }
    Ok(resolved)
}

/// Refuses by where the folder is.
pub(super) fn check_place(root: &Path, target: &Path) -> Result<(), Error> {
    match refusal_of_place(root, target)? {
        Some(refusal) => Err(refused(target, refusal)),
        None => Ok(()),
    }
}

fn refusal_of_place(root: &Path, target: &Path) -> Result<Option<Refusal>, Error> {
    let root = fs::canonicalize(root).map_err(at(Action::Read, root))?;
    if target.parent().is_none() {
        return Ok(Some(Refusal::FileSystemRoot));
    }
    if is_within(&root, target) {
        return Ok(Some(Refusal::Site));
    }
    for name in ["content", "themes"] {
        let named = root.join(name);
        let real = fs::canonicalize(&named).unwrap_or_else(|_| named.clone());
        if is_within(target, &named) || is_within(target, &real) || is_within(&real, target) {
            return Ok(Some(Refusal::Source(name)));
        }
    }
    let home = std::env::home_dir().is_some_and(|home| is_same(&home, target));
    let file = fs::symlink_metadata(target).is_ok_and(|metadata| !metadata.is_dir());
    Ok(if home { Some(Refusal::Home) } else { file.then_some(Refusal::NotFolder) })
}

fn is_within(below: &Path, above: &Path) -> bool {
    below.ancestors().any(|path| is_same(path, above))
}

/// By path, and by what the system says: two spellings or mounts of one folder are the same.
fn is_same(a: &Path, b: &Path) -> bool {
    let id = |metadata: &Metadata| (metadata.dev(), metadata.ino());
    a == b || matches!((fs::metadata(a), fs::metadata(b)), (Ok(a), Ok(b)) if id(&a) == id(&b))
}

/// Refuses by what is in the folder.
pub(super) fn check_files(target: &Path) -> Result<(), Error> {
    if !target.exists() {
        return Ok(());
    }
    let manifest = Manifest::read(target)?;
    let journal = in_place::journal(target)?;
    let known = |found: &Found| match &*found.path {
        GITIGNORE => true,
        manifest::NAME => manifest.is_some() && found.regular,
        path => found.regular && (manifest.iter().any(|m| m.files.contains_key(path)) || journal.contains(path)),
    };
    let mut foreign = files(target)?.into_iter().filter(|found| !known(found));
    match foreign.next() {
        Some(Found { path: first, .. }) => Err(refused(target, Refusal::Foreign { first, count: foreign.count() + 1 })),
        None => Ok(()),
    }
}

fn refused(target: &Path, refusal: Refusal) -> Error {
    Error::Refused { target: target.to_owned(), refusal }
}

/// Something in a published folder that is no folder.
pub(super) struct Found {
    /// From the published folder; replacement characters stand for what is not UTF-8.
    pub path: String,
    /// Whether it is a regular file with a name in UTF-8, so that a build may have put it there.
    pub regular: bool,
}

/// What is in a published folder, in order, but for what publishing itself needs for a while.
pub(super) fn files(target: &Path) -> Result<Vec<Found>, Error> {
    let walk = WalkDir::new(target).min_depth(1).sort_by_file_name().into_iter();
    let entries = walk.filter_entry(|entry| entry.depth() != 1 || !is_passed_over(entry));
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(target).to_owned();
            at(Action::Read, &path)(io::Error::from(error))
        })?;
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(target).unwrap_or(entry.path());
            let regular = entry.file_type().is_file() && path.to_str().is_some();
            found.push(Found { path: path.to_string_lossy().into_owned(), regular });
        }
    }
    Ok(found)
}

/// Besides our own: the folder that a file system of its own has for its repairs, which only its owner can read.
fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    name.starts_with(OURS.as_bytes()) || (name == b"lost+found" && entry.file_type().is_dir())
}

/// The files in a published folder that a build put there, where it exists.
pub(super) fn old_files(target: &Path) -> Result<Vec<String>, Error> {
    let paths = if target.exists() { files(target)? } else { Vec::new() };
    let paths = paths.into_iter().map(|found| found.path);
    Ok(paths.filter(|path| path != manifest::NAME && path != GITIGNORE).collect())
}

/// The bytes of a small file of ours, where there is a regular file at `path`: a pipe is not waited for, a link not followed.
pub(super) fn read_own(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => fs::read(path).map(Some).map_err(at(Action::Read, path)),
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(at(Action::Read, path)(error))
        }
        _ => Ok(None),
    }
}
