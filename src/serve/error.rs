//! Why serving could not begin, or ended.

use std::io;
use std::net::SocketAddr;

use crate::diagnostic::Message;
use crate::disk;
use crate::say;

/// Why serving could not begin, or ended.
#[derive(Debug)]
pub enum Error {
    /// The site cannot be read.
    Disk(disk::Error),
    /// Nothing can be listened at there.
    Listening(SocketAddr, io::Error),
    /// The site's folders cannot be watched.
    Watching(notify::Error),
    /// The server itself failed.
    Serving(io::Error),
}

impl Error {
    /// The error in both languages.
    pub fn message(&self) -> Message {
        match self {
            Error::Disk(error) => error.message(),
            Error::Listening(address, error) if error.kind() == io::ErrorKind::AddrInUse => say!(
                "cổng {address} đang có chương trình khác dùng\n  = gợi ý: bỏ `--port` để tự chọn cổng trống, hoặc chọn cổng khác",
                "{address} is in use by another program\n  = help: leave `--port` out to take a free one, or name another"
            ),
            Error::Listening(address, error) => {
                say!("không mở được {address}: {error}", "cannot listen at {address}: {error}")
            }
            Error::Watching(error) => {
                say!("không theo dõi được thư mục của trang: {error}", "cannot watch the site's folders: {error}")
            }
            Error::Serving(error) => say!("máy chủ dừng: {error}", "the server stopped: {error}"),
        }
    }
}

impl From<disk::Error> for Error {
    fn from(error: disk::Error) -> Self {
        Error::Disk(error)
    }
}
