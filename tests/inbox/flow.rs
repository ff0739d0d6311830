//! From the form to the receipt and to the look-up.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::client::{Client, checked};
use crate::postgres::Cluster;
use crate::server::{QUICK, Server, Site};

const FIELDS: &[(&str, &str)] = &[
    ("topic", "conduct"),
    ("procedure", "2.001620"),
    ("message", "Chờ quá lâu ở quầy 3"),
    ("language", "vi"),
    ("website", ""),
];

fn send(client: &mut Client) -> String {
    let sent = client.feedback(FIELDS).unwrap();
    sent.code.unwrap_or_else(|| panic!("{:?}", sent.answer))
}

fn the_whole_way(server: &Server) {
    let mut client = server.client();
    assert_eq!(client.get("/healthz").unwrap().body, "ok\n");
    let form = client.get("/").unwrap();
    assert!(form.status == 200 && form.body.contains("name=message"), "{form:?}");
    assert!(form.header("content-security-policy").contains("default-src 'none'"));
    let check = client.post("/feedback", FIELDS).unwrap();
    assert!(check.status == 200 && check.body.contains("Chờ quá lâu ở quầy 3"));
    let fields = checked(&check);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = client.post("/send", &fields).unwrap();
    assert_eq!((sent.status, sent.header("location")), (303, "/receipt?language=vi"));
    assert!(sent.header("set-cookie").contains("HttpOnly; SameSite=Strict"));
    let code = client.receipt(&sent).unwrap().code().unwrap();
    assert_eq!(code.replace('-', "").len(), 20);
    // A double click, a reload, a retry after a crash: the same feedback, the same code.
    let again = client.post("/send", &fields).unwrap();
    assert_eq!(client.receipt(&again).unwrap().code().unwrap(), code);
    // And for those whose browser keeps no cookie.
    let bare = client.get("/receipt").unwrap();
    assert!(bare.code().is_none() && bare.status == 200);
    let at_once = client.post("/send", &[&fields[..], &[("at_once", "1")]].concat()).unwrap();
    assert_eq!((at_once.status, at_once.code()), (200, Some(code.clone())));
    let metrics = client.get("/metrics").unwrap().body;
    assert!(
        metrics.contains("feedbacks_kept_total 1\n") && metrics.contains("feedbacks_repeated_total 2\n"),
        "{metrics}"
    );
    look_up(&mut client, &code);
}

fn look_up(client: &mut Client, code: &str) {
    let found = client.post("/track", &[("code", &code.to_lowercase()), ("language", "en")]).unwrap();
    assert!(found.status == 200 && found.body.contains("Received, being dealt with"), "{}", found.body);
    let other = if code.starts_with('0') { "1" } else { "0" };
    let wrong = client.post("/track", &[("code", &code.replacen(&code[..1], other, 1))]).unwrap();
    let unknown = client.post("/track", &[("code", "00000-00000-00000-00000")]).unwrap();
    assert_eq!((wrong.status, unknown.status, &wrong.body), (404, 404, &unknown.body));
}

#[test]
fn feedback_goes_the_whole_way_in_a_file() {
    let site = Site::new(QUICK);
    let server = site.serve(&[]);
    the_whole_way(&server);
    let (status, log) = server.stop();
    assert_eq!(status, Some(0), "{log:?}");
    assert!(!log.iter().any(|line| line.contains("127.0.0.1") || line.contains("quầy")), "{log:?}");
    // What was kept is there after a restart, and the code still finds it.
    let server = site.serve(&[]);
    let code = send(&mut server.client());
    look_up(&mut server.client(), &code);
}

#[test]
fn feedback_goes_the_whole_way_in_postgres_and_waits_out_its_crash() {
    let mut cluster = Cluster::start();
    let site = Site::new(QUICK);
    let address = cluster.database("inbox");
    let server = site.serve(&["--database", &address]);
    the_whole_way(&server);
    let code = send(&mut server.client());
    cluster.crash();
    let mut client = server.client();
    let sent = client.feedback(FIELDS).unwrap();
    assert!(sent.answer.status == 503 && sent.code.is_none());
    assert!(sent.answer.body.contains("Chờ quá lâu ở quầy 3") && sent.answer.body.contains("gopy@example.gov.vn"));
    assert_eq!(client.get("/healthz").unwrap().status, 503);
    assert_eq!(client.post("/track", &[("code", &code)]).unwrap().status, 503);
    cluster.restart();
    // The same page, sent again, goes through.
    let again = checked(&sent.answer);
    let again: Vec<(&str, &str)> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = client.post("/send", &again).unwrap();
    assert_eq!(sent.status, 303, "{}", sent.body);
    look_up(&mut client, &code);
}

#[test]
fn a_full_disk_gives_no_code_and_names_the_other_ways() {
    let site = Site::new(&QUICK.replace("min_free_mb: 1\n", "min_free_mb: 1000000000\n"));
    let server = site.serve(&[]);
    let sent = server.client().feedback(FIELDS).unwrap();
    assert!(sent.answer.status == 503 && sent.code.is_none());
    assert!(sent.answer.body.contains("Chờ quá lâu ở quầy 3") && sent.answer.body.contains("gopy@example.gov.vn"));
    assert_eq!(server.client().get("/healthz").unwrap().status, 503);
}

#[test]
fn spam_is_put_aside_and_gets_a_code_and_floods_are_told_to_wait() {
    let site = Site::new("limits:\n  feedbacks_per_minute: 3\n  lookups_per_minute: 3\n  min_free_mb: 1\n");
    let server = site.serve(&[]);
    let mut client = server.client();
    let trapped = [&FIELDS[..4], &[("website", "http://spam.example")]].concat();
    assert!(client.feedback(&trapped).unwrap().code.is_some());
    // Sooner than a person reads the page.
    let code = send(&mut client);
    let metrics = client.get("/metrics").unwrap().body;
    assert!(metrics.contains("feedbacks_quarantined_total 2\n"), "{metrics}");
    // To its sender it looks like any other.
    look_up(&mut client, &code);
    assert_eq!(client.post("/track", &[("code", &code)]).unwrap().status, 429);
    send(&mut client);
    // An address in a header that anybody can write helps nobody.
    client.headers = "x-forwarded-for: 198.51.100.7\r\n".to_owned();
    let flood = client.post("/feedback", FIELDS).unwrap();
    assert!(flood.status == 429 && flood.body.contains("Chờ quá lâu ở quầy 3"));
    assert_eq!(flood.header("retry-after"), "60");
}

#[test]
fn slow_clients_are_sent_away_and_keep_nobody_waiting() {
    let site = Site::new(&QUICK.replace("limits:\n", "limits:\n  patience_seconds: 1\n"));
    let server = site.serve(&[]);
    let heads: [&[u8]; 3] = [
        b"",
        b"GET / HTTP/1.1\r\nhost: in",
        b"POST /feedback HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 99\r\n\r\na",
    ];
    for head in heads {
        let started = Instant::now();
        let mut slow = TcpStream::connect(server.address).unwrap();
        slow.write_all(head).unwrap();
        send(&mut server.client());
        slow.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut answer = Vec::new();
        let _ = slow.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(started.elapsed() < Duration::from_secs(15));
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}
