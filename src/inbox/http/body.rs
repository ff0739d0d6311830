//! Reads a form's body: so long, so fast, and in the form's own encoding.

use std::time::Duration;

use axum::body::{Body as HttpBody, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};

use crate::inbox::form::{self, Body};

/// Longest body, in bytes: the longest message in three bytes a character, each written `%XX`, and some.
pub const LONGEST: usize = 256 * 1024;

/// The fields of a body.
///
/// # Errors
/// The status that says why it was not read: 408, 413 or 415.
pub async fn read(headers: &HeaderMap, body: HttpBody, patience: Duration) -> Result<Body, StatusCode> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let told = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|length| length > LONGEST) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    match tokio::time::timeout(patience, to_bytes(body, LONGEST)).await {
        Ok(Ok(bytes)) => Ok(form::read(&bytes)),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}
