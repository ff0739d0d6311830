//! A theme's files: those inside the binary, and those of the site.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::read::irregular_fault;
use crate::say;
use crate::source::{Body, FileId, Snapshot, Span};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme's files, by their path in the theme's folder.
#[derive(Debug, Default)]
pub struct Files {
    files: BTreeMap<String, ThemeFile>,
}

/// One file of a theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Its path in the theme's folder.
    pub path: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The binary. What is wrong with it together with a site's theme is told there.
    BuiltIn(Span),
    /// The site.
    Site(FileId),
}

impl Files {
    /// The default theme's, with the place of what is wrong with them.
    pub fn built_in(home: Span) -> Files {
        let mut files = Files::default();
        files.take(&DEFAULT, Origin::BuiltIn(home));
        files
    }

    /// The default theme's, where nobody lays anything over it.
    pub fn sound() -> Files {
        Files::built_in(Files::default().home())
    }

    /// Where a fault is told that has no place of its own: the top of the theme's `theme.yaml`, else of its first file.
    pub fn home(&self) -> Span {
        let first = self.get("theme.yaml").or_else(|| self.files.values().next());
        first.map_or(Span::top(FileId::new(0)), |file| file.origin.place())
    }

    fn take(&mut self, folder: &'static Dir<'static>, origin: Origin) {
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let bytes = file.contents().into();
            self.files.insert(path.clone(), ThemeFile { path, bytes, origin });
        }
        folder.dirs().for_each(|folder| self.take(folder, origin));
    }

    /// Those under a site's `themes/NAME/`.
    pub fn of_site(snapshot: &Snapshot, name: &str) -> Files {
        let folder = format!("themes/{name}");
        let own = snapshot.files().filter_map(|(id, file)| {
            let path = file.path.below(&folder)?.to_owned();
            let Body::Bytes(bytes) = &file.body else { return None };
            Some((path.clone(), ThemeFile { path, bytes: Arc::clone(bytes), origin: Origin::Site(id) }))
        });
        Files { files: own.collect() }
    }

    /// What of them cannot be read: links, pipes, giants.
    pub fn irregular(snapshot: &Snapshot, name: &str) -> Vec<Diagnostic> {
        let folder = format!("themes/{name}");
        let own = snapshot.files().filter(|(_, file)| file.path.below(&folder).is_some());
        own.filter_map(|(id, file)| match file.body {
            Body::Irregular(irregular) => Some(irregular_fault(id, irregular, file)),
            _ => None,
        })
        .collect()
    }

    /// These laid over others.
    #[must_use]
    pub fn over(self, mut base: Files) -> Files {
        base.files.extend(self.files);
        base
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&ThemeFile> {
        self.files.get(path)
    }

    /// The files in a folder, by their path below it.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &ThemeFile)> {
        let start = format!("{folder}/");
        self.files.iter().filter_map(move |(path, file)| path.strip_prefix(&start).map(|below| (below, file)))
    }
}

impl Origin {
    /// The top of the file.
    pub fn place(self) -> Span {
        match self {
            Origin::BuiltIn(home) => home,
            Origin::Site(file) => Span::top(file),
        }
    }
}

impl ThemeFile {
    /// Its text.
    ///
    /// # Errors
    /// Where the bytes are not UTF-8.
    pub fn text(&self) -> Result<&str, Box<Diagnostic>> {
        std::str::from_utf8(&self.bytes).map_err(|error| {
            Box::new(self.fault(error.valid_up_to(), say!("tệp không phải là chữ UTF-8", "the file is not UTF-8 text")))
        })
    }

    /// A fault at an offset. A file inside the binary has no place in the site, so the message names it.
    pub fn fault(&self, offset: usize, message: Message) -> Diagnostic {
        match self.origin {
            Origin::Site(file) => Diagnostic::new(Code::Theme, Span::new(file, offset, offset), message),
            Origin::BuiltIn(_) => {
                let (path, Message { vi, en }) = (&self.path, message);
                let message = say!("giao diện mặc định, {path}: {vi}", "default theme, {path}: {en}");
                Diagnostic::new(Code::Theme, self.origin.place(), message)
            }
        }
    }

    /// The offset of a line, from 1, and a column, from 0, in characters.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let text = std::str::from_utf8(&self.bytes).unwrap_or_default();
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &text[start.min(text.len())..];
        start + rest.char_indices().nth(column).map_or(rest.len(), |(offset, _)| offset)
    }
}
