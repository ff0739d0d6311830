//! `lich.ics`: the sessions in which citizens are received, for people's calendars (RFC 5545).
//!
//! Times are in UTC, worked out in the site's zone. A session keeps its UID, so that a calendar that knows it moves or strikes
//! it out when it was moved or cancelled.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

use crate::output::moment::Moment;
use crate::plan::{Plan, Source};
use crate::record::Record;
use crate::record::kinds::contact::{Address, Contact, Reception, Session, SessionStatus};
use crate::render::theme::Theme;
use crate::site::Site;

/// The rooms with a schedule.
fn rooms(site: &Site) -> impl Iterator<Item = &Record<Contact>> {
    site.contacts.iter().filter(|record| {
        let content = &record.content;
        content.common.withdrawn.is_none() && content.data.reception.as_ref().is_some_and(|r| !r.sessions.is_empty())
    })
}

/// The calendar of all rooms, in a language.
pub fn calendar(site: &Site, plan: &Plan, theme: &Theme, language: &str) -> Vec<u8> {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//minhbach//reception//EN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    let name = format!("{} – {}", theme.labels(language).get("reception.heading"), &*site.config(language).title);
    calendar.append_property(("NAME", name.as_str()));
    calendar.append_property(("X-WR-CALNAME", name.as_str()));
    calendar.append_property(("X-WR-TIMEZONE", site.config.time_zone()));
    for record in rooms(site) {
        let room = Room { site, plan, theme, language, record };
        let Some(reception) = record.content(language).data.reception.as_ref() else { continue };
        for session in &reception.sessions {
            calendar.push(room.event(reception, session));
        }
    }
    calendar.to_string().into_bytes()
}

/// A room and how it is written about.
struct Room<'a> {
    site: &'a Site,
    plan: &'a Plan,
    theme: &'a Theme,
    language: &'a str,
    record: &'a Record<Contact>,
}

impl Room<'_> {
    fn event(&self, reception: &Reception, session: &Session) -> Event {
        let content = self.record.content(self.language);
        let moved = session.moved_to.filter(|day| self.is_moved(session, *day, reception));
        let day = moved.unwrap_or(session.on);
        let labels = self.theme.labels(self.language);
        let (from, to): (&str, &str) = (&session.from, &session.to);
        let time = |time: &str| Moment::at(self.site, day, time).utc_basic();
        let (host, on) = (self.plan.host(), session.on);
        let mut event = Event::new();
        event.uid(&format!("{}-{on}-{}@{host}", self.record.id, from.replace(':', "")));
        // When this was said: the record's last change, else the session's own day. No clock is asked.
        let said = content.common.updated_on.unwrap_or(session.on);
        event.add_property("DTSTAMP", Moment::start(self.site, said).utc_basic());
        event.add_property("DTSTART", time(from));
        event.add_property("DTEND", time(to));
        event.summary(&format!("{}: {}", labels.get("reception.session"), &*session.chair));
        event.description(&self.description(reception, session));
        event.add_property("SEQUENCE", if is_changed(session) { "1" } else { "0" });
        event.status(if is_off(session, moved.is_some()) { EventStatus::Cancelled } else { EventStatus::Confirmed });
        let page = self.plan.routes(self.language).address(&Source::Reception);
        event.add_property("URL", self.plan.url(&page));
        if let Some(address) = &content.data.address {
            event.location(&line(address));
        }
        event.done()
    }

    /// Whether a session takes place on another day, and nothing in the schedule tells so already.
    fn is_moved(&self, session: &Session, day: crate::value::date::Date, reception: &Reception) -> bool {
        let told = |other: &Session| other.on == day && other.from == session.from && is_on(other);
        session.status == Some(SessionStatus::Moved) && !reception.sessions.iter().any(told)
    }

    fn description(&self, reception: &Reception, session: &Session) -> String {
        let language = crate::render::Language::of(self.language);
        let status = session.status.filter(|_| is_changed(session)).map(|status| language.word(status).to_owned());
        let moved = session.moved_to.map(|day| {
            let labels = self.theme.labels(self.language);
            let (old, new) = (language.long_date(session.on), language.long_date(day));
            labels.fill("reception.moved_from_to", &[("old", &old), ("new", &new)])
        });
        let parts = [moved.or(status), Some(reception.rule.to_string())];
        parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

fn is_changed(session: &Session) -> bool {
    matches!(session.status, Some(SessionStatus::Moved | SessionStatus::Cancelled))
}

fn is_on(session: &Session) -> bool {
    !is_changed(session)
}

/// Whether a session does not take place at the time that the calendar shows.
fn is_off(session: &Session, shown_elsewhere: bool) -> bool {
    match session.status {
        Some(SessionStatus::Cancelled) => true,
        Some(SessionStatus::Moved) => !shown_elsewhere,
        _ => false,
    }
}

/// An address in one line.
pub fn line(address: &Address) -> String {
    let parts = [Some(&address.street), Some(&address.commune), Some(&address.province), address.postal_code.as_ref()];
    parts.into_iter().flatten().map(|part| &**part).collect::<Vec<_>>().join(", ")
}
