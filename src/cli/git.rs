//! `updated_on` from version control: the day on which a record's text was last changed.
//!
//! A commit that touched nothing but `updated_on` does not count, so that to ask again tomorrow changes nothing.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::Failure;
use crate::disk;
use crate::edit::tree::{New, Step, Tree};
use crate::edit::yaml::Source;
use crate::mend::Changes;
use crate::say;
use crate::site;
use crate::source::Snapshot;

/// Sets `updated_on` of every record whose text was changed later than it says.
///
/// # Errors
/// Where git is not there, or the site is not under its control.
pub fn updated_on(root: &Path, snapshot: &Snapshot) -> Result<Changes, Failure> {
    let days = days(root)?;
    let mut changes = Changes::default();
    let key: [Step; 1] = ["updated_on".into()];
    for file in site::sort(snapshot).records.values().flat_map(BTreeMap::values).flat_map(|files| files.own.first()) {
        let path = &snapshot.file(*file).path;
        let (Some(day), Ok(text)) = (days.get(path.as_str()), snapshot.text(*file)) else { continue };
        let Some(source) = Source::open(text, path.as_str().ends_with(".md")) else { continue };
        let known = match source.tree().at(&key) {
            Some(Tree::Text(known)) => known.clone(),
            _ => String::new(),
        };
        // Days are written so that their order is that of texts.
        if known < *day
            && let Some(edit) = source.set(&key, &New::Bare(day.clone()))
        {
            changes.edit(*file, vec![edit]);
        }
    }
    Ok(changes)
}

/// The day of the last commit that changed a file, by the file's path below the root.
fn days(root: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let mut child = Command::new("git")
        .current_dir(root)
        .args(["-c", "core.quotePath=false", "log", "--relative", "--no-renames", "--no-color", "--no-ext-diff"])
        .args(["--format=%x01%cs", "--patch", "--unified=0", "--", "content"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| disk::Error::io(say!("không chạy được", "cannot run"), Path::new("git"), error))?;
    let out = child.stdout.take().expect("it was asked for");
    let mut log = Log::default();
    for line in BufReader::new(out).split(b'\n') {
        let line =
            line.map_err(|error| disk::Error::io(say!("không đọc được", "cannot read"), Path::new("git"), error))?;
        log.line(&String::from_utf8_lossy(&line));
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(log.days),
        _ => Err(Failure::usage(say!(
            "thư mục trang không nằm trong git, nên không biết ngày cập nhật",
            "the site's folder is not under git, so the days of its changes are not known"
        ))),
    }
}

/// Reads the log from the newest commit to the oldest.
#[derive(Default)]
struct Log {
    day: String,
    path: Option<String>,
    days: BTreeMap<String, String>,
    in_hunk: bool,
}

impl Log {
    fn line(&mut self, line: &str) {
        if let Some(day) = line.strip_prefix('\u{1}') {
            (self.day, self.path, self.in_hunk) = (day.to_owned(), None, false);
        } else if line.starts_with("diff --git ") {
            (self.path, self.in_hunk) = (None, false);
        } else if let Some(path) = line.strip_prefix("+++ b/").filter(|_| !self.in_hunk) {
            self.path = Some(path.trim_end_matches('\t').to_owned());
        } else if line.starts_with("@@ ") {
            self.in_hunk = true;
        } else if let Some(text) = line.strip_prefix(['+', '-']).filter(|_| self.in_hunk) {
            let counts = !text.trim().is_empty() && !text.starts_with("updated_on:");
            if let Some(path) = self.path.as_ref().filter(|_| counts) {
                self.days.entry(path.clone()).or_insert_with(|| self.day.clone());
            }
        }
    }
}
