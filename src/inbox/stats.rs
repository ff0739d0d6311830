//! Figures from events. Pure: the same events give the same figures and the same digest, whenever they are counted, and also
//! after what people wrote was erased.

use std::collections::{BTreeMap, HashSet};

use sha2::{Digest, Sha256};

use crate::inbox::key::hex;
use crate::inbox::store::{Event, EventKind};
use crate::value::date::Date;

/// With fewer than this, people may know who it was.
const SMALL: i64 = 3;

/// The figures of a period, by the names of the content model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Figures {
    pub opening: i64,
    pub received: i64,
    pub resolved_on_time: i64,
    pub resolved_late: i64,
    pub refused: i64,
    pub transferred: i64,
    pub withdrawn_by_sender: i64,
    pub closing: i64,
    pub regulation: i64,
    pub conduct: i64,
    pub other: i64,
    /// By the procedures' codes; small numbers are left out.
    pub by_procedure: BTreeMap<String, i64>,
    pub answers_published: i64,
    /// Of the events that are counted.
    pub digest: String,
}

/// Counts a period. `events` are all up to its last day, in their order.
pub fn count(events: &[Event], start: Date) -> Figures {
    let (before, within): (Vec<&Event>, Vec<&Event>) = events.iter().partition(|event| event.day < start);
    let mut open = HashSet::new();
    for event in before {
        match event.kind {
            EventKind::Accepted => drop(open.insert(event.feedback)),
            EventKind::Published => {}
            _ => drop(open.remove(&event.feedback)),
        }
    }
    let mut figures = Figures { opening: size(&open), digest: digest(events), ..Figures::default() };
    let mut resolved = HashSet::new();
    within.into_iter().for_each(|event| figures.add(event, &mut open, &mut resolved));
    figures.closing = size(&open);
    figures.by_procedure.retain(|_, count| *count >= SMALL);
    figures
}

fn size(set: &HashSet<i64>) -> i64 {
    i64::try_from(set.len()).unwrap_or(i64::MAX)
}

impl Figures {
    fn add(&mut self, event: &Event, open: &mut HashSet<i64>, resolved: &mut HashSet<i64>) {
        let was_open = open.remove(&event.feedback);
        match event.kind {
            EventKind::Accepted => {
                open.insert(event.feedback);
                self.receive(event);
            }
            EventKind::Answered => {
                resolved.insert(event.feedback);
                *(if event.day <= event.due_on { &mut self.resolved_on_time } else { &mut self.resolved_late }) += 1;
            }
            EventKind::Transferred => self.transferred += 1,
            EventKind::Withdrawn => self.withdrawn_by_sender += 1,
            EventKind::Refused => self.refused += 1,
            // What had counted and turned out to be no person's is not taken on; what never counted is no figure.
            EventKind::Quarantined => self.refused += i64::from(was_open),
            EventKind::Published => self.answers_published += i64::from(resolved.contains(&event.feedback)),
        }
    }

    fn receive(&mut self, event: &Event) {
        self.received += 1;
        match event.topic.as_str() {
            "regulation" => self.regulation += 1,
            "conduct" => self.conduct += 1,
            _ => self.other += 1,
        }
        if !event.procedure.is_empty() {
            *self.by_procedure.entry(event.procedure.clone()).or_default() += 1;
        }
    }
}

/// One line an event, so that anybody with the events can count and digest them again.
fn digest(events: &[Event]) -> String {
    let mut hash = Sha256::new();
    for Event { id, feedback, day, kind, topic, procedure, due_on } in events {
        let kind = kind.word();
        hash.update(format!("{id} {feedback} {day} {kind} {topic} {procedure} {due_on}\n"));
    }
    format!("sha256:{}", hex(&hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<Event> {
        let event = |(at, line): (usize, &str)| {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let kinds = [
                EventKind::Accepted,
                EventKind::Quarantined,
                EventKind::Answered,
                EventKind::Transferred,
                EventKind::Refused,
                EventKind::Withdrawn,
                EventKind::Published,
            ];
            Event {
                id: i64::try_from(at).unwrap(),
                feedback: parts[1].parse().unwrap(),
                day: Date::parse(parts[0]).unwrap(),
                kind: kinds.into_iter().find(|kind| kind.word() == parts[2]).unwrap(),
                topic: "conduct".into(),
                procedure: "2.001620".into(),
                due_on: Date::parse("2026-07-10").unwrap(),
            }
        };
        text.lines().filter(|line| !line.trim().is_empty()).enumerate().map(event).collect()
    }

    const TEXT: &str = "
        2026-06-01 1 accepted
        2026-06-01 2 accepted
        2026-06-02 2 answered
        2026-06-03 3 quarantined
        2026-07-01 1 answered
        2026-07-01 3 accepted
        2026-07-02 4 accepted
        2026-07-02 5 accepted
        2026-07-02 6 accepted
        2026-07-03 4 quarantined
        2026-07-04 5 transferred
        2026-07-05 1 published
        2026-07-05 2 published
        2026-07-20 6 answered
        2026-07-21 7 quarantined";

    #[test]
    fn figures_balance_and_follow_from_the_events() {
        let all = events(TEXT);
        let july = count(&all, Date::parse("2026-07-01").unwrap());
        assert_eq!((july.opening, july.received, july.closing), (1, 4, 1));
        assert_eq!((july.resolved_on_time, july.resolved_late, july.refused, july.transferred), (1, 1, 1, 1));
        assert_eq!((july.conduct, july.answers_published, july.by_procedure["2.001620"]), (4, 1, 4));
        let out =
            july.resolved_on_time + july.resolved_late + july.refused + july.transferred + july.withdrawn_by_sender;
        assert_eq!(july.opening + july.received, out + july.closing);
        let june = count(&all[..4], Date::parse("2026-06-01").unwrap());
        assert_eq!((june.opening, june.received, june.closing), (0, 2, july.opening));
        assert!(june.by_procedure.is_empty(), "two are too few to be told apart");
        assert_ne!(june.digest, july.digest);
    }
}
