//! The circle: feedback over HTTP, triage, records, a clean check, pages that show the same figures.

use crate::server::{QUICK, Server, Site};

/// How many feedbacks are sent, of which how many fall into the trap.
const SENT: usize = 500;
const TRAPPED: usize = 20;

const TOPICS: [&str; 3] = ["regulation", "conduct", "question"];

fn send_all(server: &Server) {
    let part = |from: usize| {
        let mut client = server.client();
        (from..SENT).step_by(4).for_each(|n| {
            let message = format!("Góp ý thứ {n}: xin sửa biển chỉ dẫn <b>ở quầy</b>.");
            let website = if n < TRAPPED { "x" } else { "" };
            let consent = if n % 2 == 0 { "yes" } else { "" };
            let procedure = if n % 5 == 0 { "2.001620" } else { "" };
            let fields = [
                ("topic", TOPICS[n % 3]),
                ("message", message.as_str()),
                ("procedure", procedure),
                ("consent_publish", consent),
                ("website", website),
                ("language", "vi"),
            ];
            assert!(client.feedback(&fields).unwrap().code.is_some());
        });
    };
    std::thread::scope(|scope| (0..4).for_each(|from| drop(scope.spawn(move || part(from)))));
}

/// The year in which the inbox is.
fn year() -> String {
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    jiff::Timestamp::now().to_zoned_datetime(zone).year().to_string()
}

fn numbers(site: &Site, sql: &str) -> Vec<i64> {
    let db = rusqlite::Connection::open(site.path().join("inbox/inbox.sqlite")).unwrap();
    let mut question = db.prepare(sql).unwrap();
    question.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// 12 answered, of which 4 late; 5 passed on, 3 refused, 2 put aside, 1 let out.
fn triage(site: &Site) {
    let open = numbers(site, "SELECT id FROM feedback WHERE state = 'open' ORDER BY id");
    assert_eq!(open.len(), SENT - TRAPPED);
    let db = rusqlite::Connection::open(site.path().join("inbox/inbox.sqlite")).unwrap();
    for id in &open[..4] {
        db.execute("UPDATE feedback SET due_on = '2020-01-02' WHERE id = ?1", [id]).unwrap();
    }
    let run = |command: &str, id: i64, more: &[&str]| {
        site.ok(&[&["inbox", command, &id.to_string()], more].concat());
    };
    open[..12].iter().for_each(|id| run("answer", *id, &["--text", "Đã sửa. Cảm ơn."]));
    open[12..17].iter().for_each(|id| run("transfer", *id, &["--to", "UBND tỉnh"]));
    open[17..20].iter().for_each(|id| run("refuse", *id, &["--reason", "Không rõ"]));
    open[20..22].iter().for_each(|id| run("quarantine", *id, &["--reason", "rác"]));
    let aside = numbers(site, "SELECT id FROM feedback WHERE suspicion = 'honeypot' ORDER BY id LIMIT 1");
    run("quarantine", aside[0], &["--release"]);
}

fn stats(site: &Site) -> String {
    let year = year();
    site.ok(&["inbox", "stats", "--period", &year]);
    std::fs::read_to_string(site.path().join(format!("content/statistics/hop-thu-{year}.yaml"))).unwrap()
}

#[test]
fn feedback_comes_back_as_figures_and_answers() {
    let site = Site::new(QUICK);
    let server = site.serve(&[]);
    send_all(&server);
    drop(server);
    triage(&site);
    publish(&site);
    let record = stats(&site);
    let expected = [
        "opening: 0",
        "received: 481",
        "resolved_on_time: 8",
        "resolved_late: 4",
        "refused: 5",
        "transferred: 5",
        "withdrawn_by_sender: 0",
        "closing: 459",
        "answers_published: 1",
        "source: inbox",
    ];
    for line in expected {
        assert!(record.lines().any(|there| there == line), "{line}\n{record}");
    }
    // Every fifth names the procedure; the one that was let out may, too.
    assert!(["96", "97"].iter().any(|count| record.contains(&format!("  \"2.001620\": {count}\n"))), "{record}");
    assert_eq!(stats(&site), record, "counted again, the same bytes");
    the_site_shows_it(&site);
    // Erasing what people wrote changes no figure.
    let answered = numbers(&site, "SELECT id FROM feedback WHERE state = 'answered'");
    answered.iter().for_each(|id| drop(site.ok(&["inbox", "purge", &id.to_string()])));
    assert_eq!(stats(&site), record);
}

fn the_site_shows_it(site: &Site) {
    let checked = site.run(&["check", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let ours = |fault: &&serde_json::Value| {
        let file = fault["file"].as_str().unwrap_or_default();
        fault["level"] == "error" || file.contains("hop-thu-") || file.contains("gop-y-")
    };
    let faults: Vec<_> = told["diagnostics"].as_array().unwrap().iter().filter(ours).collect();
    assert!(faults.is_empty() && checked.status.success(), "{faults:?}");
    site.ok(&["build"]);
    let page = site.path().join(format!("public/thong-ke/hop-thu-{}/index.html", year()));
    let text = words(&std::fs::read_to_string(page).unwrap());
    for shown in
        ["Tồn đầu kỳ 0", "Tiếp nhận trong kỳ 481", "Giải quyết đúng hạn 8", "Giải quyết quá hạn 4", "Tồn cuối kỳ 459"]
    {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
}

/// The words of a page.
fn words(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One answer may be published; others must not be.
fn publish(site: &Site) {
    let with = |consent: u8| {
        let sql = format!("SELECT id FROM feedback WHERE state = 'answered' AND consent = {consent} ORDER BY id");
        numbers(site, &sql)[0].to_string()
    };
    let (yes, no) = (with(1), with(0));
    let refused = |arguments: &[&str]| {
        let output = site.run(&[&["inbox", "publish"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&[&no]).contains("did not consent"));
    assert!(refused(&[&yes, "--question", "Gọi tôi, số 0912 345 678"]).contains("personal-phone"));
    assert!(refused(&[&yes, "--question", "CCCD 001085123456"]).contains("personal-id"));
    assert!(refused(&[&yes, "--question", "Viết cho nguoi.nao@gmail.com"]).contains("personal-email"));
    let path = site.path().join(format!("content/answers/gop-y-{yes}.md"));
    assert!(!path.exists(), "what is refused is not written");
    site.ok(&["inbox", "publish", &yes]);
    let record = std::fs::read_to_string(&path).unwrap();
    site.ok(&["inbox", "publish", &yes]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), record);
    site.ok(&["build"]);
    let page = std::fs::read_to_string(site.path().join(format!("public/hoi-dap/gop-y-{yes}/index.html"))).unwrap();
    assert!(page.contains("&lt;b&gt;ở quầy&lt;/b&gt;") && page.contains("Đã sửa. Cảm ơn."), "{page}");
}

#[test]
fn a_period_of_nothing_needs_somebody_who_looked() {
    let site = Site::new(QUICK);
    let asked = ["inbox", "stats", "--period", "2026-q1"];
    assert_eq!(site.run(&asked).status.code(), Some(2));
    site.ok(&[&asked[..], &["--confirmed-on", "2026-04-02", "--channel", "mot-cua"]].concat());
    let path = site.path().join("content/statistics/hop-thu-2026-q1.yaml");
    assert!(std::fs::read_to_string(&path).unwrap().contains("confirmed_on: 2026-04-02"));
    // What a person wrote there is not written over.
    std::fs::write(&path, "source: manual\n").unwrap();
    assert_eq!(site.run(&[&asked[..], &["--confirmed-on", "2026-04-02"]].concat()).status.code(), Some(2));
    assert_eq!(site.run(&["inbox", "stats", "--period", "soon"]).status.code(), Some(2));
}
