//! All files of a site at one moment.

use std::str::Utf8Error;
use std::sync::Arc;

use crate::source::{FileId, Position, SitePath, Span};

/// All files of a site at one moment, in the order of their paths.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Snapshot {
    files: Vec<File>,
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
        Snapshot { files }
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
        Snapshot::new(kept.chain(fresh).collect())
    }

    /// A snapshot of texts in memory, for tests and examples.
    pub fn from_texts<P: AsRef<str>, T: AsRef<[u8]>>(texts: impl IntoIterator<Item = (P, T)>) -> Self {
        let file = |(path, text): (P, T)| File { path: SitePath::new(path), body: Body::Bytes(text.as_ref().into()) };
        Snapshot::new(texts.into_iter().map(file).collect())
    }

    /// Every file with its number, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId::new(index), file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file with this number.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.index()]
    }

    /// The file at `path`.
    pub fn find(&self, path: &str) -> Option<(FileId, &File)> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((FileId::new(index), &self.files[index]))
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
