//! `import portal FILE…`: records from elsewhere.

use clap::ArgMatches;

use crate::cli::args::Global;
use crate::cli::{Failure, Status};
use crate::say;

/// Brings in records.
///
/// # Errors
/// Where the files cannot be read or the site cannot be written.
pub fn run(_global: &Global, _matches: &ArgMatches) -> Result<Status, Failure> {
    Err(Failure::usage(say!("lệnh này đang được viết", "this command is being written")))
}
