//! A client that sends exactly what it is told, and keeps its connection.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// The value of a header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The value of a field of the page's forms, as the browser would send it.
    pub fn field(&self, name: &str) -> String {
        let tags = self.body.split('<').skip(1).filter_map(|rest| rest.split('>').next());
        let mut named = tags.filter(|tag| attribute(tag, "name") == Some(name));
        let value = named.next().and_then(|tag| attribute(tag, "value")).unwrap_or_default();
        unescaped(value)
    }

    /// The tracking code on a receipt.
    pub fn code(&self) -> Option<String> {
        let at = self.body.find("tracking_code")?;
        let text = &self.body[at + self.body[at..].find('>')? + 1..];
        Some(text[..text.find('<')?].to_owned())
    }
}

/// The value of a tag's attribute, quoted or not.
fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {key}="))?;
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next(),
        _ => rest.split([' ', '\n']).next(),
    }
}

fn unescaped(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    signs.iter().fold(text.to_owned(), |text, (sign, meant)| text.replace(sign, meant))
}

/// Encodes fields as forms do.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let value = |text: &str| {
        text.bytes().fold(String::new(), |out, byte| match byte {
            b' ' => out + "+",
            byte if byte.is_ascii_alphanumeric() => out + &char::from(byte).to_string(),
            byte => out + &format!("%{byte:02X}"),
        })
    };
    fields.iter().map(|(name, text)| format!("{name}={}", value(text))).collect::<Vec<_>>().join("&")
}

/// A client.
pub struct Client {
    address: SocketAddr,
    stream: Option<TcpStream>,
    /// Further headers, each with its line break.
    pub headers: String,
}

impl Client {
    pub fn new(address: SocketAddr) -> Client {
        Client { address, stream: None, headers: String::new() }
    }

    pub fn get(&mut self, path: &str) -> Result<Answer> {
        let text = format!("GET {path} HTTP/1.1\r\nhost: inbox\r\n{}\r\n", self.headers);
        self.send(text.as_bytes())
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        self.post_raw(path, encoded(fields).as_bytes())
    }

    pub fn post_raw(&mut self, path: &str, body: &[u8]) -> Result<Answer> {
        self.post_as(path, "application/x-www-form-urlencoded", body)
    }

    pub fn post_as(&mut self, path: &str, kind: &str, body: &[u8]) -> Result<Answer> {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: inbox\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{}\r\n",
            self.headers
        );
        self.send(&[head.as_bytes(), body].concat())
    }

    /// Sends bytes, and reads one answer.
    pub fn send(&mut self, bytes: &[u8]) -> Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => TcpStream::connect(self.address)?,
        };
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(40)))?;
        // A server that refuses a long body may close before all of it is sent; its answer counts.
        let sent = stream.write_all(bytes);
        let answer = read(&mut stream).or_else(|error| sent.and(Err(error)))?;
        if answer.header("connection") != "close" {
            self.stream = Some(stream);
        }
        Ok(answer)
    }

    /// The whole way: form, check, send, receipt. The answers so far where it ends before.
    pub fn feedback(&mut self, fields: &[(&str, &str)]) -> Result<Sent> {
        let check = self.post("/feedback", fields)?;
        if check.status != 200 {
            return Ok(Sent { answer: check, code: None });
        }
        let all = checked(&check);
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sent = self.post("/send", &all)?;
        if sent.status != 303 {
            return Ok(Sent { answer: sent, code: None });
        }
        let receipt = self.receipt(&sent)?;
        Ok(Sent { code: receipt.code(), answer: receipt })
    }

    /// Follows to the receipt, with the cookie.
    pub fn receipt(&mut self, sent: &Answer) -> Result<Answer> {
        let cookie = sent.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        let before = self.headers.clone();
        self.headers += &format!("cookie: {cookie}\r\n");
        let receipt = self.get(sent.header("location"));
        self.headers = before;
        receipt
    }
}

/// What came of the whole way.
#[derive(Debug)]
pub struct Sent {
    pub answer: Answer,
    pub code: Option<String>,
}

/// The fields of a "check your answers" page, as its form would send them.
pub fn checked(page: &Answer) -> Vec<(&'static str, String)> {
    let names =
        ["language", "topic", "procedure", "message", "name", "email", "phone", "consent_publish", "website", "token"];
    names.into_iter().map(|name| (name, page.field(name))).collect()
}

fn read(stream: &mut TcpStream) -> Result<Answer> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut bytes)?;
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or_default();
    let pair = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let mut answer = Answer { status, headers: lines.filter_map(pair).collect(), body: String::new() };
    let length: usize = answer.header("content-length").parse().unwrap_or_default();
    while bytes.len() < head + 4 + length {
        more(stream, &mut bytes)?;
    }
    answer.body = String::from_utf8_lossy(&bytes[head + 4..]).into_owned();
    Ok(answer)
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Result<()> {
    let mut some = [0; 16 * 1024];
    match stream.read(&mut some)? {
        0 => Err(Error::from(ErrorKind::UnexpectedEof)),
        count => {
            bytes.extend_from_slice(&some[..count]);
            Ok(())
        }
    }
}
