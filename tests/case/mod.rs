//! A case: a whole small site and what must come of it, in one text file.
//!
//! ```text
//! # One or two sentences: what this shows and why it matters.
//! use base                                     starts from tests/base/; without it, from nothing
//! >>> content/procedures/a.yaml                a new or replaced file: all lines up to the next directive
//! ~~~ content/procedures/mau.yaml              an edit: lines `-old`, `+new` and ` context`, hunks apart by empty lines;
//!                                              the old lines occur exactly once; a hunk of `+` alone goes to the end
//! !!! content/contacts/x.yaml                  a removed file
//! === --as-of 2026-11-23 [--strict] [--drafts]
//! status 1
//! error unknown-key content/procedures/mau.yaml:3:1 «titel»
//!   help `title`                               a part of the help, in either language
//!   says …                                     a part of the message, in either language
//!   related content/…:1:1
//! page thu-tuc/mau/index.html contains TEXT    or `lacks TEXT`, or `is absent`
//! ```
//!
//! Words in parentheses behind a path: `(escapes)` reads `\t`, `\r`, `\n`, `\s` (a space), `\\`, `\u{202e}` and
//! `\repeat{N}{…}` in the body, for what is invisible or long; `(crlf)` ends lines as Windows does; `(hex)` is bytes;
//! `(symlink)` or `(symlink TARGET)`, `(fifo)`, `(device)`, `(socket)`, `(not-utf8)`, `(large N)` and `(attachment N)` have no body.
//! With `--output-dir DIR` a case is only built, on a disk; `HOME` is the user's home, `EMPTY` no name at all.
//!
//! The faults listed are exactly those found, in order. What stands in `«»` is the first line of the text at the place; it
//! may be left out, and so may `help` and `says`. `BLESS=1` writes what was found into the files, for review.

pub mod built;
pub mod classes;
pub mod escape;
pub mod expect;
pub mod outcome;
pub mod site;
mod small;

use std::path::{Path, PathBuf};

use expect::Expected;
use minhbach::site::{Day, Options};
use minhbach::source::Snapshot;
use minhbach::value::date::Date;
use site::Files;

/// A case, as its file says it.
pub struct Case {
    /// All lines above the expectation.
    pub head: String,
    /// The site.
    pub files: Files,
    /// How it is built.
    pub options: Options,
    /// The same as words of a call.
    pub words: Vec<String>,
    /// What must come of it.
    pub expected: Expected,
}

impl Case {
    /// Reads a case's file.
    pub fn read(path: &Path) -> Result<Case, String> {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        let start = text.find("\n=== --").ok_or("there is no line `=== --as-of DATE`")? + 1;
        let (head, tail) = text.split_at(start);
        let (arguments, expected) = tail.split_once('\n').unwrap_or((tail, ""));
        if !head.starts_with("# ") {
            return Err("the first line says what the case shows: `# …`".to_owned());
        }
        Ok(Case {
            head: format!("{head}{arguments}\n"),
            files: Files::read(head)?,
            options: options(arguments)?,
            words: arguments.trim_start_matches("=== ").split_whitespace().map(str::to_owned).collect(),
            expected: Expected::read(expected)?,
        })
    }

    /// The site in memory.
    pub fn snapshot(&self) -> Snapshot {
        self.files.snapshot()
    }
}

/// Every case's file under `tests/cases/`, in order.
pub fn all() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("cases")];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let (inner, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        folders.extend(inner);
        found.extend(files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "case")));
    }
    found.sort();
    found
}

/// The folder `tests/`.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// `=== --as-of 2026-11-23 --strict`
fn options(line: &str) -> Result<Options, String> {
    let mut words = line.trim_start_matches("=== ").split_whitespace();
    let mut options = Options::default();
    while let Some(word) = words.next() {
        match word {
            "--as-of" => options.as_of = Day::Of(words.next().and_then(Date::parse).ok_or("`--as-of` needs a date")?),
            "--strict" => options.strict = true,
            "--drafts" => options.drafts = true,
            "--output-dir" => drop(words.next().ok_or("`--output-dir` needs a folder")?),
            _ => return Err(format!("unknown option `{word}`")),
        }
    }
    Ok(options)
}
