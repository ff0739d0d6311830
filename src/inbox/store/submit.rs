//! Keeping what came in.

use crate::inbox::error::Error;
use crate::inbox::form::Answers;
use crate::inbox::store::{Database, EventKind, Row, Value, transact};
use crate::value::date::Date;

/// One checked and sent feedback, ready to be kept.
#[derive(Debug, Clone)]
pub struct Submission {
    /// What tells its page from all others.
    pub nonce: String,
    /// The part of its tracking code that finds it.
    pub selector: String,
    /// What is kept of its tracking code.
    pub verifier: String,
    /// When it came, in seconds.
    pub received_at: i64,
    /// The site's day on which it came.
    pub received_on: Date,
    /// The day by which it is to be answered.
    pub due_on: Date,
    /// What was typed.
    pub answers: Answers,
    /// Why it may be no person's; then staff must look before it counts.
    pub suspicion: Option<&'static str>,
    /// What is told to whom: target and body.
    pub outbox: Vec<(String, String)>,
}

/// What came of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It was kept.
    New(i64),
    /// It had been kept before: the same page was sent twice.
    Before(i64),
}

const INSERT: &str = "INSERT INTO feedback (nonce, selector, verifier, received_at, received_on, due_on, topic, procedure, \
    message, name, email, phone, consent, language, state, suspicion) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
    ON CONFLICT (nonce) DO NOTHING RETURNING id";

/// Keeps several submissions in one commit. When it returns, they are on the disk.
///
/// # Errors
/// What the database says; then none was kept.
pub fn submit(db: &mut dyn Database, submissions: &[&Submission]) -> Result<Vec<Kept>, Error> {
    transact(db, |db| submissions.iter().map(|submission| keep(db, submission)).collect())
}

fn keep(db: &mut dyn Database, submission: &Submission) -> Result<Kept, Error> {
    let id = |rows: Vec<Row>| rows.first().map(|row| row.int(0));
    let Some(new) = id(db.run(INSERT, &columns(submission))?) else {
        let before = db.run("SELECT id FROM feedback WHERE nonce = $1", &[submission.nonce.as_str().into()])?;
        let gone = || Error::Database("a nonce is neither new nor kept".to_owned());
        return id(before).map(Kept::Before).ok_or_else(gone);
    };
    let kind = if submission.suspicion.is_some() { EventKind::Quarantined } else { EventKind::Accepted };
    event(db, new, kind, submission)?;
    for (target, body) in &submission.outbox {
        let body = body.replace("{ref}", &new.to_string());
        let values = [new.into(), target.as_str().into(), body.into(), submission.received_at.into()];
        let sql = "INSERT INTO outbox (feedback, target, body, state, attempts, next_at) VALUES ($1, $2, $3, 'waiting', 0, $4)";
        db.run(sql, &values)?;
    }
    Ok(Kept::New(new))
}

fn columns(submission: &Submission) -> [Value; 16] {
    let Submission { answers, .. } = submission;
    let state = if submission.suspicion.is_some() { "quarantined" } else { "open" };
    [
        submission.nonce.as_str().into(),
        submission.selector.as_str().into(),
        submission.verifier.as_str().into(),
        submission.received_at.into(),
        submission.received_on.to_string().into(),
        submission.due_on.to_string().into(),
        answers.topic.as_str().into(),
        answers.procedure.as_str().into(),
        answers.message.as_str().into(),
        answers.name.as_str().into(),
        answers.email.as_str().into(),
        answers.phone.as_str().into(),
        i64::from(answers.consents()).into(),
        answers.language.as_str().into(),
        state.into(),
        submission.suspicion.into(),
    ]
}

fn event(db: &mut dyn Database, id: i64, kind: EventKind, submission: &Submission) -> Result<(), Error> {
    let code = submission.answers.procedure_code().unwrap_or_default();
    let values = [
        id.into(),
        submission.received_on.to_string().into(),
        submission.received_at.into(),
        kind.word().into(),
        submission.answers.topic.as_str().into(),
        code.into(),
        submission.due_on.to_string().into(),
    ];
    let sql =
        "INSERT INTO event (feedback, day, at, kind, topic, procedure, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    db.run(sql, &values).map(drop)
}
