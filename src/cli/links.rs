//! `check --external-links`: tries links to other sites.

use std::time::Duration;

use clap::ArgMatches;

use crate::build::Observer;
use crate::cli::args::Global;
use crate::cli::progress::Progress;
use crate::cli::{Failure, Status, print};
use crate::diagnostic::Diagnostic;
use crate::probe::{self, Options as Trying};
use crate::say;
use crate::site::{self, Options};
use crate::source::Snapshot;

/// What is dead, as the site's own settings see it.
///
/// # Errors
/// Where this machine is not connected.
pub fn run(
    snapshot: &Snapshot,
    options: &Options,
    matches: &ArgMatches,
    global: &Global,
) -> Result<Vec<Diagnostic>, Failure> {
    let timeout = Duration::from_secs(*matches.get_one::<u64>("link-timeout").expect("it has a default"));
    let loaded = site::load(snapshot, options);
    let progress = Progress::new(global);
    let tried = probe::run(snapshot, &loaded, &Trying { timeout, ..Trying::default() }, &|done, all| {
        Observer::pages(&progress, done, all)
    });
    progress.finish();
    if tried.is_offline {
        return Err(Failure {
            status: Status::Machine,
            message: say!(
                "không tìm thấy máy chủ nào; máy này có nối mạng không?",
                "no host could be found; is this machine connected?"
            ),
        });
    }
    let (count, dead) = (tried.count, tried.faults.len());
    print::info(
        &say!(
            "Đã thử {count} liên kết ra ngoài, {dead} chỗ không mở được.",
            "Tried {count} links to other sites; {dead} places do not open."
        ),
        global,
    );
    Ok(match &loaded.site {
        Some(site) => site::settle(site, tried.faults).iter().cloned().collect(),
        None => tried.faults,
    })
}
