//! What staff read and do. Every change is an event, from which figures are counted; every read and change is in the audit.

use serde::Serialize;

use crate::inbox::error::Error;
use crate::inbox::store::{Database, Row, Value, transact};
use crate::say;
use crate::value::date::Date;

/// One feedback as staff see it.
#[derive(Debug, Clone, Serialize)]
pub struct Feedback {
    /// Its number, by which staff name it.
    #[serde(rename = "ref")]
    pub id: i64,
    /// The state it is in.
    pub state: String,
    /// The day on which it came.
    pub received_on: String,
    /// The day by which it is to be answered.
    pub due_on: String,
    /// A word of the form's topics.
    pub topic: String,
    /// The procedure as typed.
    pub procedure: String,
    /// The message.
    pub message: String,
    /// Name, where given.
    pub name: String,
    /// E-mail address, where given.
    pub email: String,
    /// Phone number, where given.
    pub phone: String,
    /// Whether it may be published.
    pub consent_publish: bool,
    /// The language of the form.
    pub language: String,
    /// Why it may be no person's.
    pub suspicion: Option<String>,
    /// The answer.
    pub answer: Option<String>,
    /// Why it was refused, or where it went.
    pub reason: Option<String>,
    /// When it was closed.
    pub closed_on: Option<String>,
    /// The answer's record on the site.
    pub published: Option<String>,
    /// When what the person wrote was erased.
    pub erased_on: Option<String>,
    #[serde(skip)]
    verifier: String,
}

const COLUMNS: &str = "id, state, received_on, due_on, topic, procedure, message, name, email, phone, consent, language, \
    suspicion, answer, reason, closed_on, published, erased_on, verifier";

impl Feedback {
    fn of(row: &Row) -> Self {
        Feedback {
            id: row.int(0),
            state: row.text(1),
            received_on: row.text(2),
            due_on: row.text(3),
            topic: row.text(4),
            procedure: row.text(5),
            message: row.text(6),
            name: row.text(7),
            email: row.text(8),
            phone: row.text(9),
            consent_publish: row.int(10) == 1,
            language: row.text(11),
            suspicion: row.maybe(12),
            answer: row.maybe(13),
            reason: row.maybe(14),
            closed_on: row.maybe(15),
            published: row.maybe(16),
            erased_on: row.maybe(17),
            verifier: row.text(18),
        }
    }

    /// What is kept of its tracking code.
    pub fn verifier(&self) -> &str {
        &self.verifier
    }

    /// The state it is in.
    pub fn state(&self) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == self.state)
    }
}

/// The states of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waiting for an answer.
    Open,
    /// It may be no person's: waiting for somebody to look.
    Quarantined,
    /// Answered.
    Answered,
    /// Given to another agency.
    Transferred,
    /// Not taken on.
    Refused,
    /// Taken back by its sender, or erased before it was answered.
    Withdrawn,
}

impl State {
    /// All of them.
    pub const ALL: [State; 6] =
        [State::Open, State::Quarantined, State::Answered, State::Transferred, State::Refused, State::Withdrawn];

    /// The word that is kept.
    pub fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Quarantined => "quarantined",
            State::Answered => "answered",
            State::Transferred => "transferred",
            State::Refused => "refused",
            State::Withdrawn => "withdrawn",
        }
    }
}

/// What happened to a feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// It came in and counts, or was let out of quarantine.
    Accepted,
    /// It was put aside.
    Quarantined,
    /// It was answered.
    Answered,
    /// It was given to another agency.
    Transferred,
    /// It was not taken on.
    Refused,
    /// Its sender took it back.
    Withdrawn,
    /// Its answer was published.
    Published,
}

impl EventKind {
    const ALL: [EventKind; 7] = [
        EventKind::Accepted,
        EventKind::Quarantined,
        EventKind::Answered,
        EventKind::Transferred,
        EventKind::Refused,
        EventKind::Withdrawn,
        EventKind::Published,
    ];

    /// The word that is kept.
    pub fn word(self) -> &'static str {
        match self {
            EventKind::Accepted => "accepted",
            EventKind::Quarantined => "quarantined",
            EventKind::Answered => "answered",
            EventKind::Transferred => "transferred",
            EventKind::Refused => "refused",
            EventKind::Withdrawn => "withdrawn",
            EventKind::Published => "published",
        }
    }
}

/// Something that happened, without anything personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number: events are counted in this order.
    pub id: i64,
    /// To which feedback.
    pub feedback: i64,
    /// On which day.
    pub day: Date,
    /// What.
    pub kind: EventKind,
    /// The feedback's topic.
    pub topic: String,
    /// The code of its procedure, or nothing.
    pub procedure: String,
    /// The day by which it was to be answered.
    pub due_on: Date,
}

/// Something that staff do to a feedback.
#[derive(Debug, Clone)]
pub enum Action {
    /// Answer it.
    Answer(String),
    /// Give it to another agency.
    Transfer(String),
    /// Do not take it on, for a reason.
    Refuse(String),
    /// Put it aside, for a reason.
    Quarantine(String),
    /// Let it out of quarantine, to be answered by a day.
    Release(Date),
}

impl Action {
    /// From which state, to which, and the event.
    fn step(&self) -> (State, State, EventKind) {
        match self {
            Action::Answer(_) => (State::Open, State::Answered, EventKind::Answered),
            Action::Transfer(_) => (State::Open, State::Transferred, EventKind::Transferred),
            Action::Refuse(_) => (State::Open, State::Refused, EventKind::Refused),
            Action::Quarantine(_) => (State::Open, State::Quarantined, EventKind::Quarantined),
            Action::Release(_) => (State::Quarantined, State::Open, EventKind::Accepted),
        }
    }

    /// What it changes beside the state: a column and its value.
    fn change(&self) -> (&'static str, Value) {
        match self {
            Action::Answer(text) => ("answer", text.as_str().into()),
            Action::Transfer(text) | Action::Refuse(text) => ("reason", text.as_str().into()),
            Action::Quarantine(text) => ("suspicion", text.as_str().into()),
            Action::Release(due) => ("due_on", due.to_string().into()),
        }
    }
}

/// Does something to a feedback.
///
/// # Errors
/// Where there is no such feedback, or it is in another state.
pub fn act(db: &mut dyn Database, id: i64, action: &Action, now: i64, today: Date, actor: &str) -> Result<(), Error> {
    let (from, to, kind) = action.step();
    let (column, value) = action.change();
    let closed = !matches!(to, State::Open | State::Quarantined);
    let sql = format!(
        "UPDATE feedback SET {column} = $1, state = $2, closed_on = $3 WHERE id = $4 AND state = $5 RETURNING id"
    );
    transact(db, |db| {
        let day = closed.then(|| today.to_string());
        let changed = db.run(&sql, &[value, to.word().into(), day.into(), id.into(), from.word().into()])?;
        if changed.is_empty() {
            return Err(not_in_state(get(db, id)?.as_ref(), id, from));
        }
        record_event(db, id, kind, now, today)?;
        audit(db, now, actor, kind.word(), Some(id), "")
    })
}

fn not_in_state(found: Option<&Feedback>, id: i64, wanted: State) -> Error {
    let (state, wanted) = (found.map(|feedback| feedback.state.clone()), wanted.word());
    Error::Refused(match state {
        None => say!("không có góp ý số {id}", "there is no feedback {id}"),
        Some(state) => say!(
            "góp ý số {id} đang ở trạng thái `{state}`; việc này cần `{wanted}`",
            "feedback {id} is `{state}`; this needs it `{wanted}`"
        ),
    })
}

fn record_event(db: &mut dyn Database, id: i64, kind: EventKind, now: i64, today: Date) -> Result<(), Error> {
    let first = "SELECT topic, procedure FROM event WHERE feedback = $1 ORDER BY id LIMIT 1";
    let first = db.run(first, &[id.into()])?;
    let (topic, procedure) = first.first().map_or_else(Default::default, |row| (row.text(0), row.text(1)));
    let due = get(db, id)?.map(|feedback| feedback.due_on).unwrap_or_default();
    let values = [
        id.into(),
        today.to_string().into(),
        now.into(),
        kind.word().into(),
        topic.into(),
        procedure.into(),
        due.into(),
    ];
    let sql =
        "INSERT INTO event (feedback, day, at, kind, topic, procedure, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    db.run(sql, &values).map(drop)
}

/// Writes into the audit who read or did what.
///
/// # Errors
/// What the database says.
pub fn audit(
    db: &mut dyn Database,
    now: i64,
    actor: &str,
    action: &str,
    id: Option<i64>,
    detail: &str,
) -> Result<(), Error> {
    let sql = "INSERT INTO audit (at, actor, action, feedback, detail) VALUES ($1, $2, $3, $4, $5)";
    db.run(sql, &[now.into(), actor.into(), action.into(), id.into(), detail.into()]).map(drop)
}

/// The audit: moment, actor, action, feedback, detail.
///
/// # Errors
/// What the database says.
pub fn audit_trail(db: &mut dyn Database) -> Result<Vec<Row>, Error> {
    db.run("SELECT at, actor, action, feedback, detail FROM audit ORDER BY id", &[])
}

/// The feedback with a number.
///
/// # Errors
/// What the database says.
pub fn get(db: &mut dyn Database, id: i64) -> Result<Option<Feedback>, Error> {
    Ok(db.run(&format!("SELECT {COLUMNS} FROM feedback WHERE id = $1"), &[id.into()])?.first().map(Feedback::of))
}

/// Those that the first part of a tracking code finds; the rest of the code tells which one it is.
///
/// # Errors
/// What the database says.
pub fn look_up(db: &mut dyn Database, selector: &str) -> Result<Vec<Feedback>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM feedback WHERE selector = $1 AND erased_on IS NULL");
    Ok(db.run(&sql, &[selector.into()])?.iter().map(Feedback::of).collect())
}

/// Those in a state, or all; the most urgent first.
///
/// # Errors
/// What the database says.
pub fn list(db: &mut dyn Database, state: Option<State>) -> Result<Vec<Feedback>, Error> {
    let rows = match state {
        Some(state) => {
            let sql = format!("SELECT {COLUMNS} FROM feedback WHERE state = $1 ORDER BY due_on, id");
            db.run(&sql, &[state.word().into()])?
        }
        None => db.run(&format!("SELECT {COLUMNS} FROM feedback ORDER BY due_on, id"), &[])?,
    };
    Ok(rows.iter().map(Feedback::of).collect())
}

/// All of one person, by e-mail address or phone number as they gave it.
///
/// # Errors
/// What the database says.
pub fn find(db: &mut dyn Database, person: &str) -> Result<Vec<Feedback>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM feedback WHERE lower(email) = lower($1) OR phone = $2 ORDER BY id");
    Ok(db.run(&sql, &[person.into(), person.into()])?.iter().map(Feedback::of).collect())
}

/// Those that were closed before a day and still hold what a person wrote. Open ones are never too old to be answered.
///
/// # Errors
/// What the database says.
pub fn expired(db: &mut dyn Database, before: Date) -> Result<Vec<i64>, Error> {
    let sql = "SELECT id FROM feedback WHERE erased_on IS NULL AND state <> 'open' \
               AND coalesce(closed_on, received_on) < $1 ORDER BY id";
    Ok(db.run(sql, &[before.to_string().into()])?.iter().map(|row| row.int(0)).collect())
}

/// Erases what the person wrote, for good. That it was there stays: published figures do not change.
///
/// # Errors
/// Where there is no such feedback.
pub fn erase(db: &mut dyn Database, id: i64, now: i64, today: Date, actor: &str) -> Result<(), Error> {
    transact(db, |db| {
        let found = get(db, id)?.ok_or_else(|| not_in_state(None, id, State::Open))?;
        let sql = "UPDATE feedback SET message = '', name = '', email = '', phone = '', procedure = '', answer = NULL, \
                   reason = NULL, verifier = '', selector = '', erased_on = $1 WHERE id = $2";
        db.run(sql, &[today.to_string().into(), id.into()])?;
        // What still waits to be told is told no more; it names nobody, but speaks of what is gone.
        db.run("DELETE FROM outbox WHERE feedback = $1", &[id.into()])?;
        if found.state() == Some(State::Open) {
            let sql = "UPDATE feedback SET state = $1, closed_on = $2 WHERE id = $3";
            db.run(sql, &[State::Withdrawn.word().into(), today.to_string().into(), id.into()])?;
            record_event(db, id, EventKind::Withdrawn, now, today)?;
        }
        audit(db, now, actor, "erased", Some(id), "")
    })
}

/// Remembers under which ID an answer was published.
///
/// # Errors
/// What the database says.
pub fn published(
    db: &mut dyn Database,
    id: i64,
    record: &str,
    now: i64,
    today: Date,
    actor: &str,
) -> Result<(), Error> {
    transact(db, |db| {
        let sql = "UPDATE feedback SET published = $1 WHERE id = $2 AND published IS NULL RETURNING id";
        let first = !db.run(sql, &[record.into(), id.into()])?.is_empty();
        if first {
            record_event(db, id, EventKind::Published, now, today)?;
        }
        audit(db, now, actor, "published", Some(id), record)
    })
}

/// Everything that happened up to a day, in order.
///
/// # Errors
/// What the database says.
pub fn events(db: &mut dyn Database, until: Date) -> Result<Vec<Event>, Error> {
    let sql = "SELECT id, feedback, day, kind, topic, procedure, due_on FROM event WHERE day <= $1 ORDER BY id";
    let rows = db.run(sql, &[until.to_string().into()])?;
    rows.iter().map(event_of).collect()
}

fn event_of(row: &Row) -> Result<Event, Error> {
    let ill = || Error::Database(format!("the event {} cannot be read", row.int(0)));
    Ok(Event {
        id: row.int(0),
        feedback: row.int(1),
        day: Date::parse(&row.text(2)).ok_or_else(ill)?,
        kind: EventKind::ALL.into_iter().find(|kind| kind.word() == row.text(3)).ok_or_else(ill)?,
        topic: row.text(4),
        procedure: row.text(5),
        due_on: Date::parse(&row.text(6)).ok_or_else(ill)?,
    })
}
