//! One address, tried until it is clear whether it opens.

use std::time::Duration;

use ureq::Agent;
use ureq::http::{Response, StatusCode};

use crate::diagnostic::Message;
use crate::probe::Options;
use crate::say;

/// Asks servers.
pub struct Client {
    agent: Agent,
    options: Options,
}

/// Why an address does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The server's word: `404`.
    Status(u16),
    /// There is no such host.
    NoHost,
    /// No answer in time.
    Silence,
    /// The connection is not safe: its certificate, or its encryption.
    Unsafe,
    /// It leads round in circles.
    Redirects,
    /// Anything else that went wrong on the way.
    Other(String),
}

impl Trouble {
    /// The trouble in words.
    pub fn message(&self) -> Message {
        match self {
            Trouble::Status(404 | 410) => say!("trang không còn (404)", "the page is gone (404)"),
            Trouble::Status(429) => {
                say!("máy chủ nói là hỏi quá nhiều (429)", "the server says that it is asked too often (429)")
            }
            Trouble::Status(status) => say!("máy chủ trả lời {status}", "the server answers {status}"),
            Trouble::NoHost => say!("không có tên miền này", "there is no such host"),
            Trouble::Silence => say!("máy chủ không trả lời", "the server does not answer"),
            Trouble::Unsafe => say!("kết nối không an toàn (chứng thư)", "the connection is not safe (certificate)"),
            Trouble::Redirects => say!("chuyển hướng quá nhiều lần", "it redirects too often"),
            Trouble::Other(why) => say!("{why} ", "{why}"),
        }
    }

    /// Whether it may pass by itself.
    fn may_pass(&self) -> bool {
        matches!(self, Trouble::Status(408 | 425 | 429 | 500..) | Trouble::Silence | Trouble::Other(_))
    }
}

/// A failed attempt, and how long the server asks to wait.
struct Failed {
    trouble: Trouble,
    wait: Option<Duration>,
}

impl Client {
    /// A client that tells who it is and for whom it asks.
    pub fn new(options: &Options, base_url: &str) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let asks_for = if base_url.is_empty() { String::new() } else { format!("; +{base_url}") };
        let config = Agent::config_builder()
            .user_agent(format!("minhbach/{version} (link check{asks_for})"))
            .timeout_global(Some(options.timeout))
            .max_redirects(5)
            .http_status_as_error(false)
            .build();
        Client { agent: config.into(), options: options.clone() }
    }

    /// What is wrong with an address, if anything is.
    pub fn try_url(&self, url: &str) -> Option<Trouble> {
        let url = as_asked(url)?;
        let mut attempt = 0;
        loop {
            let failed = self.once(&url)?;
            let wait = failed.wait.unwrap_or(self.options.pause * 2u32.pow(attempt));
            if !failed.trouble.may_pass() || attempt >= self.options.attempts || wait > self.options.patience {
                return Some(failed.trouble);
            }
            std::thread::sleep(wait);
            attempt += 1;
        }
    }

    /// Tries once: `HEAD`, and `GET` where that has no good answer. None where the address opens.
    fn once(&self, url: &str) -> Option<Failed> {
        let head = self.agent.head(url).call();
        match head {
            Ok(response) if response.status().is_success() => None,
            // The server has understood, and asks for patience; another request at once is none.
            Ok(response) if response.status() == StatusCode::TOO_MANY_REQUESTS => failed(&Ok(response)),
            Err(error) if trouble(&error) == Trouble::NoHost => Some(Failed { trouble: Trouble::NoHost, wait: None }),
            _ => failed(&self.agent.get(url).call()),
        }
    }
}

fn failed<B>(answer: &Result<Response<B>, ureq::Error>) -> Option<Failed> {
    let (trouble, wait) = match answer {
        Ok(response) if response.status().is_success() => return None,
        Ok(response) => {
            let wait = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.trim().parse().ok());
            (Trouble::Status(response.status().as_u16()), wait.map(Duration::from_secs))
        }
        Err(error) => (trouble(error), None),
    };
    Some(Failed { trouble, wait })
}

fn trouble(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::HostNotFound => Trouble::NoHost,
        ureq::Error::Timeout(_) => Trouble::Silence,
        ureq::Error::TooManyRedirects => Trouble::Redirects,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Trouble::Unsafe,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Trouble::Silence,
        ureq::Error::Io(error) if error.to_string().contains("certificate") => Trouble::Unsafe,
        // The standard library has no kind of its own for it.
        ureq::Error::Io(error) if error.to_string().contains("failed to lookup address") => Trouble::NoHost,
        other => Trouble::Other(other.to_string()),
    }
}

/// An address as it goes over the line: without its anchor, its letters with accents encoded. None where the host's name has
/// such letters: that is another art.
fn as_asked(url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or(url);
    let host_end = url.find("://").map_or(0, |at| at + 3 + url[at + 3..].find('/').unwrap_or(url.len() - at - 3));
    if !url[..host_end].is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_cannot_be_found_is_said_to_be_none() {
        let client = Client::new(&Options::default(), "");
        // Too long for a name server to be asked.
        let url = format!("http://{}.example.gov.vn/", "a".repeat(64));
        assert_eq!(client.try_url(&url), Some(Trouble::NoHost));
    }
}
