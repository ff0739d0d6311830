//! What is to be told to others, and how far that has come.

use serde::Serialize;

use crate::inbox::error::Error;
use crate::inbox::store::{Database, Row};

/// Something to be told to somebody.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its number, the same over all tries.
    pub id: i64,
    /// Of which feedback.
    pub feedback: i64,
    /// To whom.
    pub target: String,
    /// What.
    pub body: String,
    /// How often it was tried.
    pub attempts: i64,
}

/// What could not be told.
#[derive(Debug, Clone, Serialize)]
pub struct Undelivered {
    /// Its number.
    pub id: i64,
    /// Of which feedback.
    #[serde(rename = "ref")]
    pub feedback: i64,
    /// To whom.
    pub target: String,
    /// `waiting`, or `dead` after the last try.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong.
    pub error: String,
}

/// The letters that are due.
///
/// # Errors
/// What the database says.
pub fn letters(db: &mut dyn Database, now: i64) -> Result<Vec<Letter>, Error> {
    let sql = "SELECT id, feedback, target, body, attempts FROM outbox \
               WHERE state = 'waiting' AND next_at <= $1 ORDER BY next_at, id LIMIT 50";
    let letter = |row: &Row| Letter {
        id: row.int(0),
        feedback: row.int(1),
        target: row.text(2),
        body: row.text(3),
        attempts: row.int(4),
    };
    Ok(db.run(sql, &[now.into()])?.iter().map(letter).collect())
}

/// A letter was taken.
///
/// # Errors
/// What the database says.
pub fn letter_done(db: &mut dyn Database, id: i64) -> Result<(), Error> {
    db.run("DELETE FROM outbox WHERE id = $1", &[id.into()]).map(drop)
}

/// A letter was not taken: it is tried again at a moment, or never.
///
/// # Errors
/// What the database says.
pub fn letter_failed(db: &mut dyn Database, letter: &Letter, again: Option<i64>, error: &str) -> Result<(), Error> {
    let state = if again.is_some() { "waiting" } else { "dead" };
    let sql = "UPDATE outbox SET state = $1, attempts = $2, next_at = $3, error = $4 WHERE id = $5";
    let attempts = letter.attempts + 1;
    db.run(sql, &[state.into(), attempts.into(), again.unwrap_or(0).into(), error.into(), letter.id.into()]).map(drop)
}

/// What has failed at least once.
///
/// # Errors
/// What the database says.
pub fn undelivered(db: &mut dyn Database) -> Result<Vec<Undelivered>, Error> {
    let sql = "SELECT id, feedback, target, state, attempts, error FROM outbox WHERE attempts > 0 ORDER BY id";
    let row = |row: &Row| Undelivered {
        id: row.int(0),
        feedback: row.int(1),
        target: row.text(2),
        state: row.text(3),
        attempts: row.int(4),
        error: row.text(5),
    };
    Ok(db.run(sql, &[])?.iter().map(row).collect())
}
