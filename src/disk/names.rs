//! The paths of one published folder, held to what every file system can store: no two that differ only in case or in the
//! composition of letters, and none that is both file and folder.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Message;
use crate::disk::output::{GITIGNORE, OURS};
use crate::disk::{Error, manifest};
use crate::say;

/// The paths so far, by how a file system that cares least would spell them.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_spelling: HashMap<String, (Kind, String)>,
    /// The folders so far, as they are written: nearly every path is in one of them.
    folders: HashSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

impl Names {
    /// Takes a file's path; the folders that it is the first to need, outermost first.
    pub fn claim<'a>(&mut self, path: &'a str) -> Result<Vec<&'a str>, Error> {
        if !is_plain(path) {
            return Err(Error::BadPath(say!(
                "`{path}` không thể là đường dẫn của tệp",
                "`{path}` cannot be a file's path"
            )));
        }
        let mut folders = Vec::new();
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if self.folders.contains(folder) {
                continue;
            }
            match self.enter(Kind::Folder, folder) {
                None => {
                    self.folders.insert(folder.to_owned());
                    folders.push(folder);
                }
                Some((Kind::Folder, other)) if other == folder => {}
                Some((_, other)) => return Err(Error::BadPath(clash(path, other))),
            }
        }
        match self.enter(Kind::File, path) {
            None => Ok(folders),
            Some((_, other)) => Err(Error::BadPath(clash(path, other))),
        }
    }

    /// Enters a name, or gives the one that stands there.
    fn enter(&mut self, kind: Kind, path: &str) -> Option<(Kind, &str)> {
        let spelling =
            if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfc().collect::<String>().to_lowercase() };
        let mut free = false;
        let entry = self.by_spelling.entry(spelling).or_insert_with(|| {
            free = true;
            (kind, path.to_owned())
        });
        (!free).then_some((entry.0, &entry.1))
    }
}

fn clash(path: &str, other: &str) -> Message {
    say!(
        "`{path}` và `{other}` không thể cùng nằm trong thư mục xuất bản",
        "`{path}` and `{other}` cannot both stand in the published folder"
    )
}

/// Whether a path is relative, without `.` and `..`, and leaves alone the names that publishing needs.
fn is_plain(path: &str) -> bool {
    let parts = path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains('\0'));
    parts && path != manifest::NAME && path != GITIGNORE && !path.starts_with(OURS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(paths: &[&str]) -> Result<usize, Error> {
        let mut names = Names::default();
        paths.iter().try_fold(0, |folders, path| Ok(folders + names.claim(path)?.len()))
    }

    #[test]
    fn a_folder_is_made_once() {
        assert_eq!(claims(&["a/b/c", "a/b/d", "a/e"]).unwrap(), 2);
    }

    #[test]
    fn clashes_are_errors_wherever_the_build_runs() {
        let clashes =
            [["A.pdf", "a.pdf"], ["a", "a/b"], ["a/b", "a"], ["A/x", "a/y"], ["\u{e1}", "a\u{301}"], ["x", "x"]];
        assert!(clashes.iter().all(|paths| claims(paths).is_err()));
    }

    #[test]
    fn a_path_stays_in_the_folder_and_off_our_own_names() {
        let bad = ["", "/a", "a//b", "../a", "a/./b", "a/", "a\0", "manifest.json", ".gitignore", ".minhbach-journal"];
        assert!(bad.iter().all(|path| claims(&[path]).is_err()));
    }
}
