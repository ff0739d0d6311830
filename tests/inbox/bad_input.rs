//! Bad input, as a table: what is sent, and what must come of it. Refused with the text kept for the person, or stored as it
//! was typed and shown inert.

use crate::client::{Client, checked, encoded};
use crate::server::{QUICK, Site};

/// What must come of it.
enum Outcome {
    /// This status, and the text is on the page.
    Refused(u16),
    /// This status; the text stays in the browser.
    Unread(u16),
    /// Kept as typed.
    Kept,
}

use Outcome::{Kept, Refused, Unread};

/// A text that is in every row, to see whether it was kept.
const TEXT: &str = "Giữ lại câu này";

struct Row {
    what: &'static str,
    body: Vec<u8>,
    outcome: Outcome,
}

fn row(what: &'static str, fields: &[(&str, &str)], outcome: Outcome) -> Row {
    let usual = [("topic", "question"), ("message", TEXT), ("language", "vi")];
    let others: Vec<(&str, &str)> =
        usual.into_iter().filter(|(name, _)| !fields.iter().any(|(other, _)| other == name)).collect();
    Row { what, body: encoded(&[&others, fields].concat()).into_bytes(), outcome }
}

fn raw(what: &'static str, more: &[u8], outcome: Outcome) -> Row {
    let usual = encoded(&[("topic", "question"), ("message", TEXT), ("language", "vi")]);
    Row { what, body: [usual.as_bytes(), more].concat(), outcome }
}

fn with(text: &str) -> String {
    format!("{TEXT} {text}")
}

fn table() -> Vec<Row> {
    let long = with(&"á".repeat(20_001));
    let most = with(&"á".repeat(19_900));
    let huge = "a".repeat(300 * 1024);
    vec![
        row("nothing is wrong", &[], Kept),
        row("no topic", &[("topic", "")], Refused(422)),
        row("a topic that is not offered", &[("topic", "complaint")], Refused(422)),
        row("too long a message", &[("message", &long)], Refused(422)),
        row("the longest message", &[("message", &most)], Kept),
        row("more than a body may hold", &[("name", &huge)], Unread(413)),
        row("a name of many lines", &[("name", "A\r\nBcc: all@example.vn")], Refused(422)),
        row("a header in the address", &[("email", "a@example.vn\r\nBcc: b@example.vn")], Refused(422)),
        row("no address", &[("email", "a@b")], Refused(422)),
        row("no phone number", &[("phone", "123")], Refused(422)),
        row("a consent of another kind", &[("consent_publish", "maybe")], Refused(422)),
        row("a name that is too long", &[("name", &"a".repeat(301))], Refused(422)),
        row("NUL in the message", &[("message", &with("a\0b"))], Refused(422)),
        row("an escape sign", &[("message", &with("\x1b[31m"))], Refused(422)),
        row("NUL in a name", &[("name", "a\0b")], Refused(422)),
        row("a script", &[("message", &with("<script>alert(1)</script>"))], Kept),
        row("a quote that would end an attribute", &[("message", &with("\"><img src=x onerror=alert(1)>'"))], Kept),
        row("a template", &[("message", &with("{{ site.title }} {% raw %}"))], Kept),
        row("SQL", &[("message", &with("'); DROP TABLE feedback; --"))], Kept),
        row("a formula", &[("message", TEXT), ("name", "=HYPERLINK(\"http://x\")")], Kept),
        row("lines and tabs", &[("message", &with("\r\n\tmột\r\n\r\nhai"))], Kept),
        row("signs of every plane", &[("message", &with("𝄞 🇻🇳 a\u{323}\u{302} \u{202e}xyz"))], Kept),
        row("a field nobody knows", &[("other", "x")], Kept),
        raw("not UTF-8", b"&name=%FF%FE", Refused(400)),
        raw("half a sign", b"&name=%C3", Refused(400)),
        raw("raw bytes", b"&name=\xff\x00", Refused(400)),
        raw("a percent sign of nothing", b"&name=%zz", Refused(400)),
        raw("a field twice", b"&message=another", Refused(400)),
        raw("a field twice with one value", b"&topic=question", Refused(400)),
        raw("only separators", b"&&&&=&=&", Kept),
    ]
}

#[test]
fn bad_input_is_refused_with_the_text_kept_or_stored_as_typed() {
    let site = Site::new(QUICK);
    let server = site.serve(&[]);
    let mut kept = Vec::new();
    for row in table() {
        let mut client = server.client();
        let page = client.post_raw("/feedback", &row.body).unwrap();
        match row.outcome {
            Refused(status) => {
                assert_eq!(page.status, status, "{}", row.what);
                assert!(page.body.contains(TEXT), "{}: the text is gone", row.what);
            }
            Unread(status) => assert_eq!(page.status, status, "{}", row.what),
            Kept => {
                assert_eq!(page.status, 200, "{}: {}", row.what, page.body);
                assert_inert(&page.body, row.what);
                kept.push((row.what, typed(&row.body), deliver(&mut client, &page)));
            }
        }
    }
    assert_kept(&site, &kept);
}

/// No mark-up of the text's own is live on the page.
fn assert_inert(page: &str, what: &str) {
    for live in ["<script>alert", "<img src=x"] {
        assert!(!page.contains(live), "{what}: live on the page");
    }
}

/// The message of a body.
fn typed(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let value = text.split('&').find_map(|pair| pair.strip_prefix("message=")).unwrap();
    let bytes = value.replace('+', " ");
    let mut out = Vec::new();
    let mut rest = bytes.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            out.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(out).unwrap()
}

fn deliver(client: &mut Client, page: &crate::client::Answer) -> String {
    let fields = checked(page);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = client.post("/send", &fields).unwrap();
    assert_eq!(sent.status, 303, "{}", sent.body);
    client.receipt(&sent).unwrap().code().unwrap()
}

/// Each message is in the database as it was typed.
fn assert_kept(site: &Site, kept: &[(&str, String, String)]) {
    let db = rusqlite::Connection::open(site.path().join("inbox/inbox.sqlite")).unwrap();
    let mut question = db.prepare("SELECT message FROM feedback ORDER BY id").unwrap();
    let messages: Vec<String> = question.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(messages.len(), kept.len());
    for ((what, typed, _), message) in kept.iter().zip(&messages) {
        assert_eq!(typed, message, "{what}");
    }
}

#[test]
fn forged_and_replayed_pages_are_told_and_the_text_stays() {
    let site = Site::new(QUICK);
    let server = site.serve(&[]);
    let mut client = server.client();
    let fields = [("topic", "question"), ("message", TEXT), ("language", "vi")];
    let page = client.post("/feedback", &fields).unwrap();
    let token = page.field("token");
    let forged = [String::new(), "a.b.c".into(), token.replace('.', "0."), format!("{token}0"), token[1..].to_owned()];
    for token in forged {
        let answer = client.post("/send", &[&fields[..], &[("token", &token)]].concat()).unwrap();
        assert!(answer.status == 400 && answer.body.contains(TEXT), "{token}");
        assert!(answer.code().is_none());
    }
    // A good token for other answers.
    let other = [("topic", "question"), ("message", "Khác, Giữ lại câu này"), ("language", "vi"), ("token", &token)];
    let answer = client.post("/send", &other).unwrap();
    assert!(answer.status == 400 && answer.body.contains("Khác"));
    // The page that comes back is good.
    assert_eq!(deliver(&mut client, &answer).len(), 23);
    let forged = client.get("/receipt").unwrap();
    assert!(forged.code().is_none());
    client.headers = "cookie: minhbach_receipt=0123.4567\r\n".to_owned();
    assert!(client.get("/receipt").unwrap().code().is_none());
}

#[test]
fn what_is_no_form_is_no_feedback() {
    let site = Site::new(QUICK);
    let server = site.serve(&[]);
    let mut client = server.client();
    for path in ["/feedback", "/send", "/edit", "/track"] {
        assert_eq!(client.post_as(path, "application/json", b"{}").unwrap().status, 415, "{path}");
        assert_eq!(client.post_as(path, "multipart/form-data; boundary=a", b"--a--").unwrap().status, 415, "{path}");
    }
    assert_eq!(client.get("/send").unwrap().status, 405);
    assert_eq!(client.get("/nowhere").unwrap().status, 404);
    assert_eq!(client.get("/assets/../../inbox/key").unwrap().status, 404);
    assert_eq!(client.get("/assets/%2e%2e/%2e%2e/inbox/key").unwrap().status, 404);
    let many = "a: b\r\n".repeat(200);
    let answer = server.client().send(format!("GET / HTTP/1.1\r\nhost: a\r\n{many}\r\n").as_bytes()).unwrap();
    assert_eq!(answer.status, 431);
    let ill = server.client().send(b"GET / HTTP/1.1\r\nhost: a\r\nx: \x00\r\n\r\n").unwrap();
    assert_eq!(ill.status, 400);
    let style = client.get("/").unwrap().body;
    let at = style.find("/assets/style").unwrap();
    let end = at + style[at..].find(".css").unwrap() + 4;
    assert_eq!(client.get(&style[at..end]).unwrap().header("content-type"), "text/css; charset=utf-8");
}
