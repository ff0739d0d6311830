//! Where a database is, and opening it.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::inbox::error::Error;
use crate::inbox::store::postgres::Postgres;
use crate::inbox::store::sqlite::Sqlite;
use crate::inbox::store::{Database, migrate, schema};
use crate::say;

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A file.
    File(PathBuf),
    /// `postgres://…`
    Server(String),
}

impl Place {
    /// What stands in a configuration: an address, or a file's path from `root`.
    pub fn parse(text: &str, root: &Path) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Place::Server(text.to_owned())
        } else {
            Place::File(root.join(text))
        }
    }

    /// The folder whose disk fills up, where it is on this machine.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Place::File(path) => path.parent(),
            Place::Server(_) => None,
        }
    }
}

/// Without a server's address, which may hold a password.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File(path) => write!(f, "{}", path.display()),
            Place::Server(_) => f.write_str("PostgreSQL"),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn connect(place: &Place) -> Result<Box<dyn Database>, Error> {
    Ok(match place {
        Place::File(path) => Box::new(Sqlite::open(path)?),
        Place::Server(address) => Box::new(Postgres::open(address)?),
    })
}

/// Opens a database and brings its tables up to date.
///
/// # Errors
/// Where it cannot be reached, or was made by a newer program.
pub fn open(place: &Place) -> Result<Box<dyn Database>, Error> {
    let mut db = connect(place)?;
    migrate(db.as_mut())?;
    Ok(db)
}

/// Opens a database into which another one is copied.
///
/// # Errors
/// As [`open`], and where something is in it already.
pub fn open_empty(place: &Place) -> Result<Box<dyn Database>, Error> {
    let mut db = open(place)?;
    if !schema::is_empty(db.as_mut())? {
        return Err(Error::Refused(say!(
            "{place} đã có dữ liệu; chỉ chép được vào nơi còn trống",
            "{place} holds data already; only an empty one can be copied into"
        )));
    }
    Ok(db)
}
