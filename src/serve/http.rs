//! Requests and answers.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::diagnostic::{Language, human};
use crate::serve::edit::{self, Desk};
use crate::serve::live::{EVENTS_PATH, Live, SCRIPT, SCRIPT_PATH};
use crate::serve::shown::{Found, Shown};
use crate::serve::{Error, content_type, door};

/// Answers requests until the program is interrupted.
pub async fn serve(
    listener: TcpListener,
    address: SocketAddr,
    (live, desk): (Arc<Live>, Option<Arc<Desk>>),
    language: Language,
) -> Result<(), Error> {
    listener.set_nonblocking(true).map_err(Error::Serving)?;
    let listener = tokio::net::TcpListener::from_std(listener).map_err(Error::Serving)?;
    let ending = Arc::clone(&live);
    let router = router(live, desk, address.port(), language);
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        interrupted().await;
        ending.close();
    });
    server.await.map_err(Error::Serving)
}

/// Waits for Ctrl-C, or for being asked to end.
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut asked) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = asked.recv() => {}
    }
}

fn router(live: Arc<Live>, desk: Option<Arc<Desk>>, port: u16, language: Language) -> Router {
    let script = || async { answer(StatusCode::OK, "text/javascript; charset=utf-8", SCRIPT.into()) };
    Router::new()
        .route(SCRIPT_PATH, get(script))
        .route(EVENTS_PATH, get(|State(live): State<Arc<Live>>| async move { live.events() }))
        .fallback(move |State(live): State<Arc<Live>>, method: Method, uri: Uri| site(live, method, uri, language))
        .with_state(live)
        .merge(desk.map_or_else(Router::new, edit::router))
        .layer(middleware::from_fn(move |request: Request, next: Next| async move {
            if door::is_welcome(request.headers(), port) {
                next.run(request).await
            } else {
                plain(StatusCode::MISDIRECTED_REQUEST, "this server answers to 127.0.0.1 and localhost only\n")
            }
        }))
}

/// Whatever the site has.
async fn site(live: Arc<Live>, method: Method, uri: Uri, language: Language) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
    }
    // Rendering is work, and the first file beside pages may be much work.
    let answered = tokio::task::spawn_blocking(move || respond(&live, &uri, language)).await;
    answered.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "this page could not be rendered\n"))
}

fn respond(live: &Live, uri: &Uri, language: Language) -> Response {
    let Some(shown) = live.shown() else {
        let faults = live.faults().unwrap_or_default();
        return bare(StatusCode::SERVICE_UNAVAILABLE, &faults, live.next_version() - 1);
    };
    let path = uri.path();
    match shown.find(path) {
        Found::File(file, bytes) => file_answer(StatusCode::OK, &file, bytes, shown.version),
        Found::Elsewhere(address) => elsewhere(&address, uri.query()),
        Found::Faulty(fault) => {
            let text = human::plain(&fault, &shown.snapshot, language);
            bare(StatusCode::INTERNAL_SERVER_ERROR, &text, shown.version)
        }
        Found::Nothing => not_found(&shown, path),
    }
}

fn not_found(shown: &Shown, path: &str) -> Response {
    match shown.not_found(path) {
        Some(bytes) => file_answer(StatusCode::NOT_FOUND, "404.html", bytes, shown.version),
        None => plain(StatusCode::NOT_FOUND, "404\n"),
    }
}

fn file_answer(status: StatusCode, file: &str, bytes: Vec<u8>, version: u64) -> Response {
    let content_type = content_type::of(file);
    let body = if content_type.starts_with("text/html") { with_script(bytes, version) } else { bytes };
    answer(status, content_type, body.into())
}

/// The page with the script that keeps it new.
fn with_script(mut page: Vec<u8>, version: u64) -> Vec<u8> {
    let tag = format!(
        "<script src=\"{SCRIPT_PATH}\" data-version=\"{version}\" data-events=\"{EVENTS_PATH}\" defer></script>"
    );
    // `document.currentScript` is there for deferred scripts too; the end of the body keeps out of the page's own way.
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|bytes| bytes == end).unwrap_or(page.len());
    page.splice(at..at, tag.into_bytes());
    page
}

/// A page of our own, where the site has none to show: what is wrong, and the script that waits for better.
fn bare(status: StatusCode, faults: &str, version: u64) -> Response {
    let mut text = String::new();
    pulldown_cmark_escape::escape_html(&mut text, faults).expect("writing to a string cannot fail");
    let page = format!("<!doctype html><meta charset=\"utf-8\"><title>minhbach</title><body><pre>{text}</pre></body>");
    answer(status, "text/html; charset=utf-8", with_script(page.into_bytes(), version).into())
}

fn elsewhere(address: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    match HeaderValue::from_str(&format!("{address}{query}")) {
        Ok(location) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response(),
        Err(_) => plain(StatusCode::NOT_FOUND, "404\n"),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    answer(status, "text/plain; charset=utf-8", text.into())
}

fn answer(status: StatusCode, content_type: &'static str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        // What is shown changes with every save.
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, body).into_response()
}
