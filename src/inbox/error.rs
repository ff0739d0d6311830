//! What can go wrong outside of what people type.

use std::fmt;
use std::path::Path;

use crate::diagnostic::Message;
use crate::say;

/// Why something could not be done.
#[derive(Debug, Clone)]
pub enum Error {
    /// The database cannot be reached, is full, or does not do what it is told. Trying again may help.
    Database(String),
    /// The call or the configuration is wrong, or the feedback is not in a state for it.
    Refused(Message),
    /// Reading or writing a file failed.
    Disk(Message),
}

impl Error {
    /// A failure with a file.
    pub fn disk(path: &Path, error: &std::io::Error) -> Self {
        let path = path.display();
        Error::Disk(say!("{path}: không đọc hoặc ghi được: {error}", "{path}: cannot be read or written: {error}"))
    }

    /// What to tell people.
    pub fn message(&self) -> Message {
        match self {
            Error::Database(what) => say!("cơ sở dữ liệu: {what}", "database: {what}"),
            Error::Refused(message) | Error::Disk(message) => message.clone(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Error {}
