//! What the system says of a file beside its bytes. While it says the same, nobody has written to the file: every change
//! of a file sets its change time, and no program can set that back.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Longer than the finest step of any system's clock for files: two changes that are this far apart have different times.
pub const TICK: Duration = Duration::from_millis(20);

/// What the system says of a file: its size, inode, times of the last writing and the last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp(u64, u64, [i64; 2], [i64; 2]);

impl Stamp {
    /// The stamp of a regular file; none where the file system tells times in whole seconds, which say too little.
    pub fn of(metadata: &Metadata) -> Option<Stamp> {
        let written = [metadata.mtime(), metadata.mtime_nsec()];
        let changed = [metadata.ctime(), metadata.ctime_nsec()];
        let tells = metadata.is_file() && changed[1] != 0;
        tells.then(|| Stamp(metadata.len(), metadata.ino(), written, changed))
    }

    /// Whether the file was last written before the other one was, or at the same time.
    pub fn is_written_until(&self, other: &Stamp) -> bool {
        self.2 <= other.2
    }
}
