//! What staff do, through the commands that they type.

use serde_json::Value;

use crate::postgres::Cluster;
use crate::server::{QUICK, Site};

fn fields(message: &str) -> Vec<(&str, &str)> {
    vec![
        ("topic", "regulation"),
        ("message", message),
        ("name", "Nguyễn Văn An"),
        ("email", "an@example.vn"),
        ("phone", "0912 345 678"),
        ("consent_publish", "yes"),
        ("language", "vi"),
    ]
}

/// A site that has received messages, and the codes of these.
fn received(messages: &[&str], arguments: &[&str]) -> (Site, Vec<String>) {
    let site = Site::new(QUICK);
    let server = site.serve(arguments);
    let codes =
        messages.iter().map(|message| server.client().feedback(&fields(message)).unwrap().code.unwrap()).collect();
    assert_eq!(server.stop().0, Some(0));
    (site, codes)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn staff_work_through_what_came_in() {
    let (site, codes) = received(&["Một", "Hai", "Ba", "Bốn"], &[]);
    let list = json(&site.ok(&["inbox", "list", "--format", "json"]));
    assert_eq!(list.as_array().unwrap().len(), 4);
    assert!(!list.to_string().contains("An"), "a list names nobody");
    let shown = json(&site.ok(&["inbox", "show", "2", "--format", "json"]));
    assert_eq!(
        (&shown["message"], &shown["name"], &shown["ref"]),
        (&json("\"Hai\""), &json("\"Nguyễn Văn An\""), &json("2"))
    );
    site.ok(&["inbox", "answer", "1", "--text", "Đã sửa biển chỉ dẫn."]);
    site.ok(&["inbox", "transfer", "2", "--to", "UBND tỉnh"]);
    site.ok(&["inbox", "refuse", "3", "--reason", "Không rõ nội dung"]);
    site.ok(&["inbox", "quarantine", "4", "--reason", "quảng cáo"]);
    assert_eq!(json(&site.ok(&["inbox", "list", "--format", "json"])).as_array().unwrap().len(), 0);
    site.ok(&["inbox", "quarantine", "4", "--release"]);
    for ill in [
        &["inbox", "answer", "1", "--text", "x"][..],
        &["inbox", "show", "99"],
        &["inbox", "refuse", "4", "--reason", " "],
    ] {
        assert_eq!(site.run(ill).status.code(), Some(2), "{ill:?}");
    }
    let audit = site.ok(&["inbox", "audit", "--format", "json"]);
    let actions: Vec<String> = audit.lines().map(|line| json(line)["action"].as_str().unwrap().to_owned()).collect();
    let expected = ["list", "show", "answered", "transferred", "refused", "quarantined", "list", "accepted"];
    assert_eq!(actions, expected);
    what_the_senders_see(&site, &codes);
}

fn what_the_senders_see(site: &Site, codes: &[String]) {
    let server = site.serve(&[]);
    let expected = ["Đã sửa biển chỉ dẫn.", "UBND tỉnh", "Không rõ nội dung", "Đã tiếp nhận, đang xử lý"];
    for (code, text) in codes.iter().zip(expected) {
        let page = server.client().post("/track", &[("code", code), ("language", "vi")]).unwrap();
        assert!(page.status == 200 && page.body.contains(text), "{text}: {}", page.body);
    }
}

#[test]
fn one_person_gets_what_is_kept_and_is_forgotten() {
    let (site, codes) = received(&["Một", "Hai"], &[]);
    site.ok(&["inbox", "answer", "1", "--text", "Xong."]);
    let exported = site.ok(&["inbox", "export", "--person", "an@example.vn"]);
    assert_eq!(exported.lines().count(), 2);
    site.ok(&["inbox", "purge", "1"]);
    assert_eq!(site.ok(&["inbox", "export", "--person", "0912 345 678"]).lines().count(), 1);
    let gone = json(&site.ok(&["inbox", "show", "1", "--format", "json"]));
    assert!(!gone.to_string().contains("Một") && !gone.to_string().contains("example.vn"));
    // Nothing else in the database remembers; neither does the code find it.
    let server = site.serve(&[]);
    let answer = |code: &str| server.client().post("/track", &[("code", code)]).unwrap();
    let (erased, unknown) = (answer(&codes[0]), answer("ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ"));
    assert_eq!((erased.status, &erased.body), (404, &unknown.body));
    // What was closed long ago goes by itself; what waits for an answer does not.
    site.ok(&["inbox", "answer", "2", "--text", "Xong."]);
    let db = rusqlite::Connection::open(site.path().join("inbox/inbox.sqlite")).unwrap();
    let dry = json(&site.ok(&["inbox", "purge", "--dry-run", "--format", "json"]));
    assert_eq!(dry["erased"], json("[]"));
    db.execute("UPDATE feedback SET closed_on = '2020-01-01' WHERE id = 2", []).unwrap();
    assert_eq!(json(&site.ok(&["inbox", "purge", "--format", "json"]))["erased"], json("[2]"));
}

#[test]
fn the_inbox_moves_to_a_server_and_its_codes_still_work() {
    let (site, codes) = received(&["Một", "Hai"], &[]);
    let copy = site.path().join("copy.sqlite");
    site.ok(&["inbox", "backup", copy.to_str().unwrap()]);
    assert_eq!(site.run(&["inbox", "backup", copy.to_str().unwrap()]).status.code(), Some(2));
    let cluster = Cluster::start();
    let address = cluster.database("moved");
    site.ok(&["inbox", "migrate", "--to", &address]);
    for database in [copy.to_str().unwrap(), &address] {
        let server = site.serve(&["--database", database]);
        let page = server.client().post("/track", &[("code", &codes[1]), ("language", "vi")]).unwrap();
        assert_eq!(page.status, 200, "{database}");
        assert!(server.client().feedback(&fields("Ba")).unwrap().code.is_some());
        drop(server);
        let list = json(&site.ok(&["inbox", "list", "--format", "json", "--database", database]));
        assert_eq!(list.as_array().unwrap().len(), 3, "{database}");
    }
}
