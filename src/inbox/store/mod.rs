//! Where feedback is kept: one contract over SQLite and PostgreSQL.
//!
//! [`Database`] is the whole difference between the two: run a statement, get rows. All that feedback needs is written once
//! on top of it, in SQL that both understand, and one suite of tests holds both to it.

mod copy;
mod letters;
mod open;
mod postgres;
mod row;
mod schema;
mod sqlite;
mod staff;
mod submit;
#[cfg(test)]
mod tests;

pub use copy::copy;
pub use letters::{Letter, Undelivered, letter_done, letter_failed, letters, undelivered};
pub use open::{Place, open, open_empty};
pub use row::{Row, Value};
pub use schema::migrate;
pub use staff::{
    Action, Event, EventKind, Feedback, State, act, audit, audit_trail, erase, events, expired, find, get, list,
    look_up, published,
};
pub use submit::{Kept, Submission, submit};

use crate::inbox::error::Error;

/// A connection to a database.
pub trait Database: Send {
    /// Runs one statement; its places for values are `$1`, `$2` and so on, first met in that order.
    ///
    /// # Errors
    /// What the database says.
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error>;

    /// Runs several statements without values.
    ///
    /// # Errors
    /// What the database says.
    fn script(&mut self, sql: &str) -> Result<(), Error>;

    /// Where the two dialects differ.
    fn dialect(&self) -> Dialect;
}

/// Where the two dialects differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// Does all of the work or none of it; when this returns, what was done is on the disk.
///
/// # Errors
/// The work's own, or the database's.
pub fn transact<T>(
    db: &mut dyn Database,
    work: impl FnOnce(&mut dyn Database) -> Result<T, Error>,
) -> Result<T, Error> {
    let begin = match db.dialect() {
        // A later upgrade from reading to writing could fail where another process writes.
        Dialect::Sqlite => "BEGIN IMMEDIATE",
        Dialect::Postgres => "BEGIN",
    };
    db.script(begin)?;
    let done = work(db).and_then(|value| db.script("COMMIT").map(|()| value));
    if done.is_err() {
        // The first error is the one to tell; a connection that cannot roll back is opened anew by its holder.
        let _ = db.script("ROLLBACK");
    }
    done
}
