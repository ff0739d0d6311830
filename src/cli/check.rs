//! `check`: everything that `build` checks, rendering in memory.

use clap::{ArgMatches, Command};

use crate::build;
use crate::cli::args::{Global, Help};
use crate::cli::build::{Call, status, with_options};
use crate::cli::{Failure, Status, print};
use crate::disk;

/// How it is called.
pub fn command(help: Help) -> Command {
    with_options(
        Command::new("check")
            .about(help.text("Kiểm tra toàn bộ nội dung, không ghi gì", "Check all content; writes nothing")),
        help,
    )
}

/// Checks the site.
///
/// # Errors
/// Where the call is wrong or the site cannot be read.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let call = Call::of(global, matches)?;
    let snapshot = disk::snapshot::read(&call.root)?;
    let progress = print::Progress::new(global);
    let outcome = build::check(&snapshot, &call.options, &|done, total| progress.pages(done, total));
    progress.finish();
    print::diagnostics(&outcome.diagnostics, &snapshot, outcome.records, outcome.page_count(), global)?;
    print::counts(&outcome.diagnostics, outcome.records, outcome.page_count(), global);
    Ok(status(outcome.verdict))
}
