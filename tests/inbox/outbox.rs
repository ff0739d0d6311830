//! Webhooks and mail: signed, once, without what was written; never to a private address that was not allowed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use minhbach::inbox::outbox::sign;

use crate::server::{QUICK, Site};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// Listens, and handles each connection.
fn listen(handle: fn(TcpStream, &Sender<String>)) -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = channel();
    std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| handle(stream, &sender)));
    (address, receiver)
}

/// Reads a request whole, answers with a status line and headers.
fn request(stream: TcpStream, sender: &Sender<String>, answer: &str) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let _ = reader
        .get_mut()
        .write_all(format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").as_bytes());
    let _ = sender.send(head + &String::from_utf8(body).unwrap());
}

fn accepting(stream: TcpStream, sender: &Sender<String>) {
    request(stream, sender, "204 No Content");
}

fn redirecting(stream: TcpStream, sender: &Sender<String>) {
    request(stream, sender, "302 Found\r\nlocation: /elsewhere");
}

/// As much of a mail server as it takes.
fn mail(mut stream: TcpStream, sender: &Sender<String>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut all, mut in_text) = (String::new(), false);
    let _ = stream.write_all(b"220 here\r\n");
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 0 {
        all += &line;
        let answer = match line.trim_end() {
            "." => "250 taken\r\n",
            _ if in_text => "",
            "DATA" => "354 go on\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        in_text = (in_text || line.trim_end() == "DATA") && line.trim_end() != ".";
        let _ = stream.write_all(answer.as_bytes());
        if line.trim_end() == "." {
            let _ = sender.send(std::mem::take(&mut all));
        }
        line.clear();
    }
}

fn send(site: &Site) -> crate::server::Server {
    let server = site.serve(&[]);
    let fields = [("topic", "conduct"), ("message", "Bí mật"), ("email", "an@example.vn"), ("language", "vi")];
    assert!(server.client().feedback(&fields).unwrap().code.is_some());
    server
}

fn header<'a>(text: &'a str, name: &str) -> &'a str {
    let line = text.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:"))).unwrap();
    line.split_once(':').unwrap().1.trim()
}

#[test]
fn a_webhook_is_signed_and_mail_says_no_more_than_that_something_came() {
    let ((hook, hooks), (smtp, mails)) = (listen(accepting), listen(mail));
    let site = Site::new(&format!(
        "{QUICK}webhooks:\n  - url: http://{hook}/new\n    secret: {SECRET}\n    private: true\nmail:\n  smtp: smtp://{smtp}\n  from: hopthu@example.gov.vn\n  to: [vanphong@example.gov.vn]\n"
    ));
    let _server = send(&site);
    let told = hooks.recv_timeout(Duration::from_secs(20)).unwrap();
    let (_, body) = told.split_once("\r\n\r\n").unwrap();
    let moment = header(&told, "webhook-timestamp").parse().unwrap();
    assert_eq!(
        Some(header(&told, "webhook-signature")),
        sign(SECRET, header(&told, "webhook-id"), moment, body).as_deref()
    );
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((&body["type"], &body["data"]["ref"]), (&"feedback.received".into(), &1.into()));
    let mail = mails.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(mail.contains("To: vanphong@example.gov.vn"));
    for text in [&told, &mail] {
        assert!(!text.contains("Bí mật") && !text.contains("an@example.vn"), "{text}");
    }
    assert_eq!(site.ok(&["inbox", "outbox"]), "");
}

#[test]
fn private_addresses_and_redirects_are_refused_and_dead_letters_are_seen() {
    let ((hidden, hits), (redirect, redirects)) = (listen(accepting), listen(redirecting));
    let site = Site::new(&format!(
        "{QUICK}webhooks:\n  - url: http://localhost:{}/\n    secret: {SECRET}\n  - url: http://{redirect}/\n    secret: {SECRET}\n    private: true\n",
        hidden.port()
    ));
    let _server = send(&site);
    redirects.recv_timeout(Duration::from_secs(20)).unwrap();
    let waiting = wait(&site, 2);
    assert!(waiting.iter().all(|letter| letter["state"] == "waiting" && letter["attempts"] == 1), "{waiting:?}");
    assert!(waiting.iter().any(|letter| letter["error"] == "status 302"));
    assert!(hits.try_recv().is_err() && redirects.try_recv().is_err(), "somebody was reached who must not be");
    // The seventh try has failed; the eighth is the last.
    let db = rusqlite::Connection::open(site.path().join("inbox/inbox.sqlite")).unwrap();
    db.execute("UPDATE outbox SET attempts = 7, next_at = 0", []).unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while wait(&site, 2).iter().any(|letter| letter["state"] != "dead") {
        assert!(Instant::now() < end);
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(wait(&site, 2).iter().all(|letter| letter["attempts"] == 8));
}

/// What could not be delivered, as soon as it is so many.
fn wait(site: &Site, count: usize) -> Vec<serde_json::Value> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let told = site.ok(&["inbox", "outbox", "--format", "json"]);
        let letters: Vec<_> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        if letters.len() == count {
            return letters;
        }
        assert!(Instant::now() < end, "{letters:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}
