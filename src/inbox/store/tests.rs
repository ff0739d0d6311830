//! The contract, held against both databases.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

#[path = "../../../tests/inbox/postgres.rs"]
mod postgres;

use super::*;
use crate::inbox::form::Answers;
use crate::value::date::Date;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn submission(nonce: &str) -> Submission {
    let answers = Answers {
        topic: "conduct".into(),
        procedure: "2.001620, bán buôn rượu".into(),
        message: format!("Nội dung {nonce}"),
        email: "a@example.vn".into(),
        language: "vi".into(),
        ..Answers::default()
    };
    Submission {
        nonce: nonce.into(),
        selector: format!("S{nonce}"),
        verifier: format!("V{nonce}"),
        received_at: 1_000,
        received_on: day("2026-07-01"),
        due_on: day("2026-07-08"),
        answers,
        suspicion: None,
        outbox: vec![("webhook:0".into(), r#"{"ref":{ref}}"#.into())],
    }
}

fn keep(db: &mut dyn Database, nonce: &str) -> i64 {
    match submit(db, &[&submission(nonce)]).unwrap()[..] {
        [Kept::New(id)] => id,
        _ => panic!("not new"),
    }
}

fn count(db: &mut dyn Database, table: &str) -> i64 {
    db.run(&format!("SELECT count(*) FROM {table}"), &[]).unwrap()[0].int(0)
}

fn one_page_is_one_feedback(place: &Place) {
    let mut db = open(place).unwrap();
    let (a, b) = (submission("a"), submission("b"));
    let kept = submit(db.as_mut(), &[&a, &b, &a]).unwrap();
    let [Kept::New(first), Kept::New(second), Kept::Before(again)] = kept[..] else { panic!("{kept:?}") };
    assert!(first == again && first != second);
    assert_eq!(submit(db.as_mut(), &[&b]).unwrap(), [Kept::Before(second)]);
    assert_eq!((count(db.as_mut(), "feedback"), count(db.as_mut(), "event"), count(db.as_mut(), "outbox")), (2, 2, 2));
    let told = db.run("SELECT body FROM outbox WHERE feedback = $1", &[second.into()]).unwrap();
    assert_eq!(told[0].text(0), format!(r#"{{"ref":{second}}}"#));
}

fn two_writers_keep_it_once(place: &Place) {
    open(place).unwrap();
    let write = |_| {
        let place = place.clone();
        std::thread::spawn(move || {
            let mut db = open(&place).unwrap();
            (0..20)
                .filter(|n| matches!(submit(db.as_mut(), &[&submission(&n.to_string())]).unwrap()[0], Kept::New(_)))
                .count()
        })
    };
    let writers: Vec<_> = (0..3).map(write).collect();
    assert_eq!(writers.into_iter().map(|writer| writer.join().unwrap()).sum::<usize>(), 20);
}

fn text_is_kept_as_it_was_typed(place: &Place) {
    let mut db = open(place).unwrap();
    let odd = [
        "'; DROP TABLE feedback; --",
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "𝄞 🇻🇳 ệ ệ",
        "a\r\nb\tc",
        "\\ % _ $1",
    ];
    for (at, text) in odd.iter().enumerate() {
        let mut one = submission(&at.to_string());
        one.answers.message = (*text).to_owned();
        let Kept::New(id) = submit(db.as_mut(), &[&one]).unwrap()[0] else { panic!() };
        assert_eq!(get(db.as_mut(), id).unwrap().unwrap().message, *text);
    }
}

fn what_fails_leaves_nothing(place: &Place) {
    let mut db = open(place).unwrap();
    keep(db.as_mut(), "before");
    let failed: Result<(), Error> = transact(db.as_mut(), |db| {
        db.run("DELETE FROM feedback", &[])?;
        Err(Error::Database("in the middle".into()))
    });
    assert!(failed.is_err());
    assert!(transact(db.as_mut(), |db| db.run("SELECT nothing FROM nowhere", &[])).is_err());
    assert_eq!(count(db.as_mut(), "feedback"), 1);
    keep(db.as_mut(), "after");
}

fn staff_move_it_from_state_to_state(place: &Place) {
    let mut db = open(place).unwrap();
    let (db, today) = (db.as_mut(), day("2026-07-03"));
    let id = keep(db, "a");
    let mut act = |action: Action| act(db, id, &action, 2_000, today, "lan");
    act(Action::Quarantine("quảng cáo".into())).unwrap();
    assert!(act(Action::Answer("a".into())).is_err());
    act(Action::Release(day("2026-07-10"))).unwrap();
    act(Action::Answer("Đã sửa.".into())).unwrap();
    assert!(act(Action::Refuse("b".into())).is_err());
    let feedback = get(db, id).unwrap().unwrap();
    assert_eq!((feedback.state(), feedback.answer.as_deref()), (Some(State::Answered), Some("Đã sửa.")));
    assert_eq!((feedback.closed_on.as_deref(), feedback.due_on.as_str()), (Some("2026-07-03"), "2026-07-10"));
    published(db, id, "tra-loi", 2_001, today, "lan").unwrap();
    published(db, id, "tra-loi", 2_002, today, "lan").unwrap();
    let kinds: Vec<EventKind> = events(db, today).unwrap().iter().map(|event| event.kind).collect();
    let expected =
        [EventKind::Accepted, EventKind::Quarantined, EventKind::Accepted, EventKind::Answered, EventKind::Published];
    assert_eq!(kinds, expected);
    assert_eq!(events(db, day("2026-07-02")).unwrap().len(), 1);
    assert!(events(db, today).unwrap().iter().all(|event| event.topic == "conduct" && event.procedure == "2.001620"));
    assert_eq!(audit_trail(db).unwrap().len(), 5);
    assert!(super::act(db, 999, &Action::Answer("a".into()), 0, today, "lan").is_err());
}

fn a_person_is_found_and_erased(place: &Place) {
    let mut db = open(place).unwrap();
    let (db, today) = (db.as_mut(), day("2026-07-03"));
    let (id, other) = (keep(db, "a"), keep(db, "b"));
    assert_eq!(find(db, "A@EXAMPLE.VN").unwrap().len(), 2);
    assert_eq!(look_up(db, "Sa").unwrap()[0].verifier(), "Va");
    erase(db, id, 2_000, today, "lan").unwrap();
    let gone = get(db, id).unwrap().unwrap();
    assert_eq!((gone.message.as_str(), gone.email.as_str(), gone.state()), ("", "", Some(State::Withdrawn)));
    assert!(look_up(db, "Sa").unwrap().is_empty() && find(db, "a@example.vn").unwrap().len() == 1);
    assert_eq!(events(db, today).unwrap().last().unwrap().kind, EventKind::Withdrawn);
    act(db, other, &Action::Answer("x".into()), 2_000, today, "lan").unwrap();
    assert!(expired(db, today).unwrap().is_empty());
    assert_eq!(expired(db, day("2026-07-04")).unwrap(), [other]);
    assert_eq!(list(db, Some(State::Answered)).unwrap().len(), 1);
    assert_eq!(list(db, None).unwrap().len(), 2);
}

fn a_copy_has_every_row_and_goes_on(place: &Place) {
    let mut db = open(place).unwrap();
    for n in 0..30 {
        keep(db.as_mut(), &n.to_string());
    }
    act(db.as_mut(), 3, &Action::Answer("x".into()), 1, day("2026-07-02"), "lan").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let target = Place::File(folder.path().join("copy.sqlite"));
    let mut to = open_empty(&target).unwrap();
    assert_eq!(copy(db.as_mut(), to.as_mut()).unwrap(), 30 + 31 + 1 + 30);
    assert!(open_empty(&target).is_err());
    for (table, columns) in schema::TABLES {
        let sql = format!("SELECT {columns} FROM {table} ORDER BY id");
        assert_eq!(db.run(&sql, &[]).unwrap(), to.run(&sql, &[]).unwrap(), "{table}");
    }
    assert_eq!(keep(to.as_mut(), "new"), 31);
    back(to.as_mut(), place);
}

/// And from a file into a database that was emptied.
fn back(from: &mut dyn Database, place: &Place) {
    let mut to = open(place).unwrap();
    schema::TABLES.iter().for_each(|(table, _)| to.script(&format!("DELETE FROM {table}")).unwrap());
    copy(from, to.as_mut()).unwrap();
    assert_eq!(keep(to.as_mut(), "newer"), 32);
}

type Part = (&'static str, fn(&Place));

const CONTRACT: &[Part] = &[
    ("one_page", one_page_is_one_feedback),
    ("two_writers", two_writers_keep_it_once),
    ("text", text_is_kept_as_it_was_typed),
    ("failing", what_fails_leaves_nothing),
    ("staff", staff_move_it_from_state_to_state),
    ("person", a_person_is_found_and_erased),
    ("copying", a_copy_has_every_row_and_goes_on),
];

#[test]
fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    for (name, part) in CONTRACT {
        part(&Place::File(folder.path().join(name)));
    }
}

#[test]
fn postgres_keeps_the_contract() {
    let cluster = postgres::Cluster::start();
    for (name, part) in CONTRACT {
        part(&Place::Server(cluster.database(name)));
    }
}
