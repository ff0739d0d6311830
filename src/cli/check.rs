//! `check`: everything that `build` checks, rendering in memory.

use clap::ArgMatches;

use crate::build;
use crate::cli::args::Global;
use crate::cli::build::{Call, status};
use crate::cli::{Failure, Status, print};
use crate::disk;

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
    print::diagnostics(&outcome.diagnostics, &snapshot, outcome.records, outcome.page_count(), global);
    print::counts(&outcome.diagnostics, outcome.records, outcome.page_count(), global);
    Ok(status(outcome.verdict))
}
