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
    rooms: Vec<Room>,
    contacts: String,
    /// The same for people's own calendars.
    calendar: Option<String>,
}

#[derive(Debug, Serialize)]
struct Room {
    id: String,
    contact: Option<Link>,
    rule: Words,
    rules: Option<Citation>,
    outcome: Option<String>,
    coming: Vec<SessionView>,
    past: Vec<SessionView>,
}

#[derive(Debug, Serialize)]
struct SessionView {
    weekday: &'static str,
    on: Day,
    hours: String,
    chair: Words,
    status: Option<&'static str>,
    moved_to: Option<Day>,
    /// Whether it does not take place on its day.
    off: bool,
}

/// The page of the reception schedule.
pub fn view(lens: &Lens<'_>) -> Made {
    let rooms = lens.site.contacts.iter().filter(|record| record.content.common.withdrawn.is_none());
    let view = ReceptionView {
        rooms: rooms.filter_map(|record| room(lens, record)).collect(),
        contacts: lens.href(&Source::Contacts),
        calendar: lens.published(&lens.plan.routes(lens.code).calendar()),
    };
    let intro = Words::own(lens.label("reception.intro"));
    Made::new("reception.html", "reception", Words::own(lens.label("reception.heading")), &view).described(Some(&intro))
}

fn room(lens: &Lens<'_>, record: &Record<Contact>) -> Option<Room> {
    let reception = record.content(lens.code).data.reception.as_ref()?;
    let mut sessions: Vec<&Session> = reception.sessions.iter().collect();
    sessions.sort_by_key(|session| session.on);
    let (coming, past): (Vec<_>, Vec<_>) = sessions.into_iter().partition(|session| session.on >= lens.site.as_of);
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
