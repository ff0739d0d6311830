//! All files of a site at one moment.

use std::str::Utf8Error;
use std::sync::Arc;

use crate::source::{FileId, Position, SitePath, Span};

/// All files of a site at one moment, in the order of their paths.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Snapshot {
    files: Vec<File>,
    /// The number of each file, ascending.
    ids: Vec<FileId>,
}

/// One file of a [`Snapshot`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is, from the site's root.
    pub path: SitePath,
    /// What it holds.
    pub body: Body,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Its bytes.
    Bytes(Arc<[u8]>),
    /// An attachment, copied when the site is published and never held in memory; its size in bytes.
    Attachment(u64),
    /// Not a file that can be published.
    Irregular(Irregular),
}

/// Why something under `content/` is not a file that can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Irregular {
    /// A symbolic link, to wherever.
    Symlink,
    /// A named pipe, socket or device.
    Special,
    /// A name that is not UTF-8; the path shows it with replacement characters.
    NameNotUtf8,
    /// Larger than any record; its size in bytes.
    TooLarge(u64),
}

impl File {
    /// Whether this is the other file still: at its path, with its bytes. Bytes that are shared need not be compared.
    pub fn is_same(&self, other: &File) -> bool {
        let shared = match (&self.body, &other.body) {
            (Body::Bytes(a), Body::Bytes(b)) => Arc::ptr_eq(a, b),
            _ => false,
        };
        self.path == other.path && (shared || self.body == other.body)
    }
}

impl Snapshot {
    /// A snapshot of `files`, put into the order of their paths.
    pub fn new(mut files: Vec<File>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let ids = (0..files.len()).map(|index| FileId::spaced(index, files.len())).collect();
        Snapshot { files, ids }
    }

    /// The same without the files for which `is_stale` holds, and with others instead. A file that is there again with the
    /// same bytes is the one that was there.
    #[must_use]
    pub fn with_changes(&self, is_stale: impl Fn(&SitePath) -> bool, fresh: Vec<File>) -> Snapshot {
        let fresh = fresh.into_iter().map(|file| match self.find(file.path.as_str()) {
            Some((_, known)) if known.body == file.body => known.clone(),
            _ => file,
        });
        let kept = self.files.iter().filter(|file| !is_stale(&file.path)).cloned();
        let changed = Snapshot::new(kept.chain(fresh).collect());
        let ids = self.numbers_of(&changed.files);
        Snapshot { ids: ids.unwrap_or(changed.ids), ..changed }
    }

    /// The numbers of files, those that are here keeping theirs; none where there is no room between them. `files` are in the
    /// order of their paths.
    fn numbers_of(&self, files: &[File]) -> Option<Vec<FileId>> {
        let mut here = self.files().peekable();
        let number = |file: &File| {
            while here.next_if(|(_, known)| known.path < file.path).is_some() {}
            here.next_if(|(_, known)| known.path == file.path).map(|(id, _)| id)
        };
        let known: Vec<Option<FileId>> = files.iter().map(number).collect();
        let mut behind = None;
        let followed_by: Vec<Option<FileId>> = known
            .iter()
            .rev()
            .map(|id| {
                let followed_by = behind;
                behind = id.or(behind);
                followed_by
            })
            .collect();
        let mut ids: Vec<FileId> = Vec::with_capacity(files.len());
        for (known, behind) in known.iter().zip(followed_by.into_iter().rev()) {
            let id = match (known, ids.last()) {
                (Some(id), _) => Some(*id),
                (None, Some(before)) => FileId::between(*before, behind),
                // Nothing comes before the first number.
                (None, None) => None,
            };
            ids.push(id?);
        }
        Some(ids)
    }

    /// The paths of files that are in one of two snapshots only, or hold something else, in their order.
    pub fn differing(&self, other: &Snapshot) -> Vec<SitePath> {
        let (mut ours, mut theirs) = (self.files.iter().peekable(), other.files.iter().peekable());
        let mut differing = Vec::new();
        while let Some(path) = ours.peek().into_iter().chain(theirs.peek()).map(|file| &file.path).min().cloned() {
            let ours = ours.next_if(|file| file.path == path);
            let theirs = theirs.next_if(|file| file.path == path);
            if ours.zip(theirs).is_none_or(|(ours, theirs)| !ours.is_same(theirs)) {
                differing.push(path);
            }
        }
        differing
    }

    /// A snapshot of texts in memory, for tests and examples.
    pub fn from_texts<P: AsRef<str>, T: AsRef<[u8]>>(texts: impl IntoIterator<Item = (P, T)>) -> Self {
        let file = |(path, text): (P, T)| File { path: SitePath::new(path), body: Body::Bytes(text.as_ref().into()) };
        Snapshot::new(texts.into_iter().map(file).collect())
    }

    /// Every file with its number, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.ids.iter().copied().zip(&self.files)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file with this number; where there is none, the one that follows.
    pub fn file(&self, id: FileId) -> &File {
        let index = self.ids.binary_search(&id).unwrap_or_else(|index| index.min(self.files.len() - 1));
        &self.files[index]
    }

    /// The file at `path`.
    pub fn find(&self, path: &str) -> Option<(FileId, &File)> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((self.ids[index], &self.files[index]))
    }

    /// The bytes of a file; none for attachments and what is no regular file.
    pub fn bytes(&self, id: FileId) -> &[u8] {
        match &self.file(id).body {
            Body::Bytes(bytes) => bytes,
            Body::Attachment(_) | Body::Irregular(_) => &[],
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// Where the bytes are not UTF-8.
    pub fn text(&self, id: FileId) -> Result<&str, Utf8Error> {
        std::str::from_utf8(self.bytes(id))
    }

    /// Where a span starts and ends, in lines and columns that count from 1.
    pub fn locate(&self, span: Span) -> (Position, Position) {
        let bytes = self.bytes(span.file);
        (Position::of(bytes, span.start), Position::of(bytes, span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(paths: &[&str]) -> Snapshot {
        Snapshot::from_texts(paths.iter().map(|path| (*path, *path)))
    }

    fn changed(snapshot: &Snapshot, gone: &[&str], come: &[&str]) -> Snapshot {
        let come =
            come.iter().map(|path| File { path: SitePath::new(path), body: Body::Bytes(path.as_bytes().into()) });
        snapshot.with_changes(|path| gone.contains(&path.as_str()), come.collect())
    }

    #[test]
    fn files_keep_their_numbers_when_others_come_and_go() {
        let before = snapshot(&["a", "c", "e", "g"]);
        let after = changed(&before, &["c", "e"], &["b", "d", "e", "f", "h"]);
        let paths: Vec<&str> = after.files().map(|(_, file)| file.path.as_str()).collect();
        assert_eq!(paths, ["a", "b", "d", "e", "f", "g", "h"]);
        for path in ["a", "e", "g"] {
            assert_eq!(before.find(path).unwrap().0, after.find(path).unwrap().0, "{path}");
        }
        assert!(after.files().map(|(id, _)| id).is_sorted_by(|a, b| a < b));
        assert!(after.files().all(|(id, file)| after.file(id).path == file.path));
    }

    #[test]
    fn what_differs_is_what_came_went_or_changed() {
        let before = snapshot(&["a", "c", "e", "g"]);
        let after = changed(&before, &["c", "e"], &["b", "e", "h"]);
        let differing: Vec<String> = before.differing(&after).iter().map(SitePath::to_string).collect();
        assert_eq!(differing, ["b", "c", "h"]);
        assert!(after.differing(&after.clone()).is_empty());
        let other = Snapshot::from_texts([("a", "other"), ("c", "c"), ("e", "e"), ("g", "g")]);
        assert_eq!(before.differing(&other), [SitePath::new("a")]);
    }

    #[test]
    fn where_there_is_no_room_all_are_numbered_anew() {
        let mut site = snapshot(&["b", "z"]);
        for n in 0..40 {
            site = changed(&site, &[], &[&format!("m{:040b}", !n & ((1u64 << 40) - 1))]);
            site = changed(&site, &[], &[&format!("a{n}")]);
            assert!(site.files().map(|(id, _)| id).is_sorted_by(|a, b| a < b));
        }
        assert_eq!(site.len(), 82);
    }
}
