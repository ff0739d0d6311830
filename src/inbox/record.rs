//! The way back to the site: files under `content/`, written only where the ordinary checks find nothing wrong with them.

use std::path::Path;

use crate::build;
use crate::diagnostic::Level;
use crate::import;
use crate::inbox::agency;
use crate::inbox::error::Error;
use crate::say;
use crate::site::{Day, Options};
use crate::source::{Body, File, SitePath, Snapshot};

/// A file to be written.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// From the site's folder.
    pub path: String,
    /// What it will hold.
    pub text: String,
}

/// Writes files of one record.
///
/// # Errors
/// Where the checks find errors in them (then nothing is written), or the disk fails.
pub fn write(root: &Path, files: &[NewFile], now: i64) -> Result<(), Error> {
    let snapshot = with(&agency::snapshot(root)?, files);
    let options = Options { as_of: Day::At(now), ..Options::default() };
    let outcome = build::check(&snapshot, &options, &build::Unobserved);
    let ours = |path: &str| files.iter().any(|file| file.path == path);
    let faults = outcome.diagnostics.iter().filter(|fault| fault.level == Level::Error);
    let faults: Vec<_> = faults.filter(|fault| ours(snapshot.file(fault.place.file).path.as_str())).collect();
    if let Some(first) = faults.first() {
        let (code, count, message) = (first.code.name(), faults.len(), &first.message);
        let (vi, en) = (&message.vi, &message.en);
        return Err(Error::Refused(say!(
            "không ghi: kiểm tra thấy {count} lỗi, đầu tiên là `{code}`: {vi}",
            "not written: the checks find {count} faults, the first is `{code}`: {en}"
        )));
    }
    files.iter().try_for_each(|file| {
        import::site::write(&root.join(&file.path), &file.text).map_err(|failure| Error::Disk(failure.message()))
    })
}

/// The site as it will be.
fn with(snapshot: &Snapshot, files: &[NewFile]) -> Snapshot {
    let is_new = |path: &str| files.iter().any(|file| file.path == path);
    let old = snapshot.files().map(|(_, file)| file).filter(|file| !is_new(file.path.as_str())).cloned();
    let new = files
        .iter()
        .map(|file| File { path: SitePath::new(&file.path), body: Body::Bytes(file.text.as_bytes().into()) });
    Snapshot::new(old.chain(new).collect())
}
