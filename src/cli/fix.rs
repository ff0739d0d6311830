//! `check --fix` and `check --diff`: mends what has one clear meaning, or shows what would be mended.

use std::path::Path;

use crate::cli::args::Global;
use crate::cli::rename::tell_files;
use crate::cli::{Failure, git, print};
use crate::disk;
use crate::mend::{self, Rewrite, fix};
use crate::say;
use crate::site::Options;
use crate::source::Snapshot;

/// What to do with what can be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Mend it.
    Write,
    /// Show it.
    Diff,
}

/// Whether `updated_on` is brought up to date from version control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// It is.
    FromGit,
    /// It stays.
    AsWritten,
}

/// Mends the site at `root`; returns the site as it is then. What is only shown is not written, and the site stays.
///
/// # Errors
/// Where files cannot be written, or there is no version control to ask.
pub fn run(
    root: &Path,
    snapshot: Snapshot,
    options: &Options,
    (wanted, dates): (Wanted, Dates),
    global: &Global,
) -> Result<Snapshot, Failure> {
    let mended = fix::run(&snapshot, options);
    let (mut rewrites, mut after) = (mended.rewrites, mended.snapshot);
    if dates == Dates::FromGit {
        let changes = git::updated_on(root, &after)?;
        let more = changes.rewrites(&after);
        after = changes.apply(&after);
        rewrites = mend::merged(vec![rewrites, more]);
    }
    if wanted == Wanted::Diff {
        print::answer_part(&print::diff(&rewrites));
        summary(&rewrites, mended.faults, wanted, global);
        return Ok(snapshot);
    }
    disk::rewrite::rewrite(root, &rewrites)?;
    summary(&rewrites, mended.faults, wanted, global);
    Ok(after)
}

fn summary(rewrites: &[Rewrite], faults: usize, wanted: Wanted, global: &Global) {
    let files = rewrites.len();
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let (s, f) = (plural(faults), plural(files));
    let message = match (files, wanted) {
        (0, _) => say!("Không có gì sửa tự động được.", "There is nothing to mend by itself."),
        (_, Wanted::Write) => {
            say!("Đã sửa {faults} lỗi trong {files} tệp:", "Mended {faults} fault{s} in {files} file{f}:")
        }
        (_, Wanted::Diff) => say!(
            "Sửa được {faults} lỗi trong {files} tệp (chạy với --fix):",
            "{faults} fault{s} in {files} file{f} can be mended (run with --fix):"
        ),
    };
    print::info(&message, global);
    tell_files(rewrites, global);
}
