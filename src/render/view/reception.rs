//! The reception schedule: sessions to come first, then what came of the past ones.

use serde::Serialize;

use crate::plan::Source;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::contact::{Contact, Reception, Session, SessionStatus, Weekday};
use crate::record::value::Words as WordList;
use crate::render::language::weekday;
use crate::render::lens::{Citation, Lens};
use crate::render::view::Made;
use crate::render::words::{Day, Link, Words};

#[derive(Debug, Serialize)]
struct ReceptionView {
    /// Contacts in use that have a schedule; may be empty.
    rooms: Vec<Room>,
    /// The address of the page of all contacts.
    contacts: String,
    /// The same for people's own calendars.
    calendar: Option<String>,
}

#[derive(Debug, Serialize)]
struct Room {
    /// The contact's ID.
    id: String,
    /// The contact, with its card among all contacts.
    contact: Option<Link>,
    /// When citizens are received, as a rule.
    rule: Words,
    /// The document with the rules of the room; none where the record names none.
    rules: Option<Citation>,
    /// What came of it so far: "12 visits, 15 persons, 9 cases received so far."; none where the record does not say.
    outcome: Option<String>,
    /// The sessions of the day of the build and later, the next one first; may be empty.
    coming: Vec<SessionView>,
    /// The sessions before that day, the latest first; may be empty.
    past: Vec<SessionView>,
}

#[derive(Debug, Serialize)]
struct SessionView {
    /// The day of the week of `on`, in words.
    weekday: &'static str,
    /// The day for which it was planned.
    on: Day,
    /// "07:30–11:00"
    hours: String,
    /// Who receives citizens.
    chair: Words,
    /// What became of it, in words, such as "Cancelled"; none where the record does not say.
    status: Option<&'static str>,
    /// The day to which it was moved; none where it was not.
    moved_to: Option<Day>,
    /// Whether it does not take place on its day.
    off: bool,
}

/// The page of the reception schedule.
pub fn view(lens: &Lens<'_>) -> Made {
    let rooms = lens.contacts().iter().filter(|record| record.content.common.withdrawn.is_none());
    let view = ReceptionView {
        rooms: rooms.filter_map(|record| room(lens, record)).collect(),
        contacts: lens.href(&Source::Contacts),
        calendar: lens.published(&lens.plan().routes(lens.code).calendar()),
    };
    let intro = Words::own(lens.label("reception.intro"));
    Made::new("reception.html", "reception", Words::own(lens.label("reception.heading")), &view).described(Some(&intro))
}

fn room(lens: &Lens<'_>, record: &Record<Contact>) -> Option<Room> {
    let reception = record.content(lens.code).data.reception.as_ref()?;
    let mut sessions: Vec<&Session> = reception.sessions.iter().collect();
    sessions.sort_by_key(|session| session.on);
    let (coming, past): (Vec<_>, Vec<_>) = sessions.into_iter().partition(|session| session.on >= lens.today());
    let view = |session: &Session| session_view(lens, session);
    Some(Room {
        id: record.id.clone(),
        contact: lens.link(KindName::Contact, &record.id),
        rule: lens.text(&reception.rule),
        rules: reception.rules_document.as_ref().map(|document| lens.cite(document)),
        outcome: outcome(lens, reception),
        coming: coming.into_iter().map(view).collect(),
        past: past.into_iter().rev().map(view).collect(),
    })
}

fn outcome(lens: &Lens<'_>, reception: &Reception) -> Option<String> {
    let outcome = reception.outcome.as_ref()?;
    let number = |count: i64| lens.language.number(count);
    let values =
        [("visits", number(*outcome.visits)), ("persons", number(*outcome.persons)), ("cases", number(*outcome.cases))];
    let values: Vec<(&str, &str)> = values.iter().map(|(place, value)| (*place, value.as_str())).collect();
    Some(lens.labels.fill("reception.outcome", &values))
}

fn session_view(lens: &Lens<'_>, session: &Session) -> SessionView {
    SessionView {
        weekday: lens.language.word(Weekday::ALL[weekday(session.on)]),
        on: lens.day(session.on),
        hours: format!("{}–{}", &**session.from, &**session.to),
        chair: lens.text(&session.chair),
        status: session.status.map(|status| lens.language.word(status)),
        moved_to: session.moved_to.map(|day| lens.day(day)),
        off: matches!(session.status, Some(SessionStatus::Moved | SessionStatus::Cancelled)),
    }
}
