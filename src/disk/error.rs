//! What the machine did to a build, as opposed to what an author wrote: the first one ends the run.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Message;
use crate::disk::output::Refusal;
use crate::say;

/// Why reading a site or publishing it ended early.
#[derive(Debug)]
pub enum Error {
    /// The system would not do something.
    System {
        /// What could not be done: "cannot read".
        action: Message,
        /// With what.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
    /// Another build is publishing to this folder.
    Locked(PathBuf),
    /// The folder to publish to is refused.
    Refused {
        /// The folder, as far as it could be resolved.
        target: PathBuf,
        /// Why.
        refusal: Refusal,
    },
    /// A path that cannot stand in the published folder, or not beside another one.
    BadPath(Message),
}

impl Error {
    /// A file that could not be written.
    pub fn writing(path: &Path, source: io::Error) -> Error {
        at(Action::Write, path)(source)
    }

    /// The system's word on something: what could not be done (`cannot write`), with what.
    pub fn io(action: Message, path: &Path, source: io::Error) -> Self {
        Error::System { action, path: path.to_owned(), source }
    }

    /// The error in both languages.
    pub fn message(&self) -> Message {
        match self {
            Error::System { action, path, source } => {
                let (Message { vi, en }, path) = (action, path.display());
                say!("{vi} `{path}`: {source}", "{en} `{path}`: {source}")
            }
            Error::Locked(target) => {
                let target = target.display();
                say!("một lượt dựng khác đang xuất bản vào `{target}`", "another build is publishing to `{target}`")
            }
            Error::Refused { target, refusal } => refusal.message(target),
            Error::BadPath(message) => message.clone(),
        }
    }

    /// The program's exit status: 2 for a refused folder, 4 for a held lock, else 3.
    pub fn exit_status(&self) -> u8 {
        match self {
            Error::Refused { .. } => 2,
            Error::System { .. } | Error::BadPath(_) => 3,
            Error::Locked(_) => 4,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::System { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// What was tried when the system said no.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Read,
    Write,
    Replace,
    Remove,
    /// Waiting until what was written is safe from a power cut.
    Flush,
    Lock,
}

impl Action {
    fn failed(self) -> Message {
        match self {
            Action::Read => say!("không đọc được", "cannot read"),
            Action::Write => say!("không ghi được", "cannot write"),
            Action::Replace => say!("không thay được", "cannot replace"),
            Action::Remove => say!("không xóa được", "cannot remove"),
            Action::Flush => say!("không ghi xuống đĩa được", "cannot flush to disk"),
            Action::Lock => say!("không khóa được", "cannot lock"),
        }
    }
}

/// Makes the system's word into an [`Error`]: `.map_err(at(Action::Read, path))`.
pub(super) fn at<E: Into<io::Error>>(action: Action, path: &Path) -> impl FnOnce(E) -> Error {
    move |source| Error::io(action.failed(), path, source.into())
}

/// Whether the system forbids making anything in a folder.
pub(super) fn forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}
