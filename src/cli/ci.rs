//! Continuous integration: the services that the program finds by itself, and where they read annotations.
//!
//! In GitHub Actions and GitLab CI people read standard error, and the service reads what it understands: GitHub workflow
//! commands on standard output, GitLab a report file in the project's folder. Whoever gives `--format` gets just that.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::args::Global;
use crate::cli::{Failure, root};
use crate::diagnostic::{Diagnostics, gitlab};
use crate::disk;
use crate::source::Snapshot;

/// The report that GitLab's job keeps as `artifacts:reports:codequality`.
const REPORT: &str = "gl-code-quality-report.json";

/// A service that runs the program for a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
}

impl Service {
    /// The service in which the program runs.
    pub fn of_environment() -> Option<Service> {
        let is_set = |name: &str| std::env::var(name).is_ok_and(|value| value == "true");
        if is_set("GITHUB_ACTIONS") {
            Some(Service::Github)
        } else if is_set("GITLAB_CI") {
            Some(Service::Gitlab)
        } else {
            None
        }
    }
}

/// The repository's folder, where a service says which it is.
fn repository() -> Option<PathBuf> {
    ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].iter().find_map(std::env::var_os).map(PathBuf::from)
}

/// The site's folder in the repository: empty where it is the repository's own or nobody knows, else with `/` at its end.
pub fn base(global: &Global) -> String {
    let inside = || {
        let site = root::find(global.root.as_deref()).ok()?.canonicalize().ok()?;
        let below = site.strip_prefix(repository()?.canonicalize().ok()?).ok()?.to_owned();
        let names: Option<Vec<&str>> = below.iter().map(std::ffi::OsStr::to_str).collect();
        Some(names?.iter().map(|name| format!("{name}/")).collect())
    };
    inside().unwrap_or_default()
}

/// Writes the report that GitLab reads.
///
/// # Errors
/// Where it cannot be written.
pub fn write_gitlab_report(diagnostics: &Diagnostics, snapshot: &Snapshot, global: &Global) -> Result<(), Failure> {
    let folder = match repository() {
        Some(folder) => folder,
        None => root::find(global.root.as_deref())?,
    };
    let text = gitlab::render(diagnostics, snapshot, global.language, &base(global)) + "\n";
    write(&folder.join(REPORT), &text)
}

/// Adds Markdown to what GitHub shows as the summary of a run, where the run has one.
///
/// # Errors
/// Where it cannot be written.
pub fn add_to_summary(markdown: &str) -> Result<(), Failure> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return Ok(());
    };
    let file = std::fs::File::options().create(true).append(true).open(&path);
    let written = file.and_then(|mut file| file.write_all(markdown.as_bytes()));
    written.map_err(|source| Failure::from(disk::Error::writing(&path, source)))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|source| Failure::from(disk::Error::writing(path, source)))
}
