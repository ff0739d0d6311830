//! What every answer carries: it is kept by nobody, framed by nobody, and loads nothing from elsewhere.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, Response, StatusCode};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A page.
pub fn page(status: StatusCode, html: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let fixed = |text: &'static str| HeaderValue::from_static(text);
    headers.insert(CONTENT_TYPE, fixed("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, fixed("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, fixed(POLICY));
    headers.insert("x-content-type-options", fixed("nosniff"));
    headers.insert("referrer-policy", fixed("no-referrer"));
    headers.insert("cross-origin-opener-policy", fixed("same-origin"));
    if status == StatusCode::TOO_MANY_REQUESTS {
        headers.insert("retry-after", fixed("60"));
    }
    response
}

/// On to another page, with a cookie.
pub fn onward(address: &str, cookie: &str) -> Response<Body> {
    let mut response = page(StatusCode::SEE_OTHER, Vec::new());
    let headers = response.headers_mut();
    for (name, text) in [(LOCATION, address), (SET_COOKIE, cookie)] {
        headers.insert(name, HeaderValue::from_str(text).expect("addresses and cookies are plain ASCII of our own"));
    }
    response
}
