//! Who may edit: whoever has the key that the terminal printed.
//!
//! The key is in the address that is printed. It moves into a cookie that no script reads and no other site sends, and the
//! address goes on without it. What changes something comes by POST, and says that it comes from one of our own pages. That
//! the request names this machine as its host was asked before (`crate::serve::door`).

use axum::extract::{Query, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::serve::edit::ROOT;

/// The name of the key in the address.
const PARAMETER: &str = "token";

/// What lets in: 256 random bits.
pub struct Key(String);

/// What becomes of a request.
pub enum Entry {
    /// It may go on.
    Welcome,
    /// It brought the key in its address: it goes on without.
    Elsewhere(Response),
    /// It may not.
    Refused,
}

impl Key {
    /// A new key.
    pub fn new() -> Key {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Key(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The key as it stands in an address.
    pub fn query(&self) -> String {
        format!("{PARAMETER}={}", self.0)
    }

    /// Compares in a time that does not tell where they differ.
    fn is(&self, other: &str) -> bool {
        let differ = self.0.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
        self.0.len() == other.len() && differ == 0
    }
}

/// Lets a request in, or not.
pub fn enter(key: &Key, request: &Request) -> Entry {
    let headers = request.headers();
    let query = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).map(|query| query.0).unwrap_or_default();
    let given = query.into_iter().find(|(name, _)| name == PARAMETER);
    if let (Some((_, given)), &Method::GET) = (given, request.method()) {
        return if key.is(&given) { Entry::Elsewhere(with_cookie(key, headers)) } else { Entry::Refused };
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if has_cookie(key, headers) && (is_read || is_from_here(headers)) { Entry::Welcome } else { Entry::Refused }
}

/// Cookies know no ports: two sites that are edited at once have one each.
fn cookie_name(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let port = host.rsplit(':').next().filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    format!("minhbach-edit-{}", port.unwrap_or("80"))
}

fn with_cookie(key: &Key, headers: &HeaderMap) -> Response {
    let cookie = format!("{}={}; Path={ROOT}; HttpOnly; SameSite=Strict", cookie_name(headers), key.0);
    let cookie = HeaderValue::from_str(&cookie).expect("a key is hexadecimal");
    let location = HeaderValue::from_static(ROOT);
    let referrer = HeaderValue::from_static("no-referrer");
    let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, location), (header::REFERRER_POLICY, referrer)];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn has_cookie(key: &Key, headers: &HeaderMap) -> bool {
    let name = cookie_name(headers);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().any(|(known, value)| known == name && key.is(value))
}

/// Whether a request says that it comes from one of our own pages. Every browser says so when it posts.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.strip_prefix("http://") == Some(host),
        _ => false,
    }
}
