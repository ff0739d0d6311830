//! Forms for those who never edit YAML: `serve --edit`.
//!
//! Pages are made here and are the program's own, not the theme's; they work without script, which only saves waiting.
//! What a form says about a record comes from `crate::form`, what is wrong with it from the ordinary build of the site with the
//! unsaved text in it. [`door`] lets nobody in without the key; a record is named by kind and ID, never by a path.

mod door;
mod field;
mod html;
mod list;
mod make;
mod record;
mod rename;
mod withdraw;
mod work;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, FromRequest, Query, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;

use crate::build::Memo;
use crate::diagnostic::{Language, Message};
use crate::form::posted::Posted;
use crate::say;
use crate::serve::shown::{Found, Shown};
use crate::serve::{AskOptions, content_type, live::Live};

/// Where the forms are.
pub const ROOT: &str = "/.minhbach/edit/";
/// No form is larger, in bytes; a record may have 2 MiB, and what a browser sends is up to three times as long.
const MOST_BYTES: usize = 8 << 20;
/// How many unsaved pages are kept for looking at.
const MOST_PREVIEWS: usize = 3;

/// All that forms need: the site, who may come in, and what was made before.
pub struct Desk {
    root: PathBuf,
    options: Arc<AskOptions>,
    language: Language,
    live: Arc<Live>,
    memo: Memo,
    origin: String,
    key: door::Key,
    previews: Mutex<Vec<(String, Arc<Shown>)>>,
}

/// What is asked for.
struct Asked {
    is_post: bool,
    /// Below [`ROOT`].
    path: String,
    query: Posted,
    posted: Posted,
}

/// What is answered.
enum Answer {
    Page(StatusCode, String),
    Json(serde_json::Value),
    File(&'static str, Vec<u8>),
    Elsewhere(String),
    Nothing,
}

impl Desk {
    /// A desk for a site that is served at `origin`.
    pub fn new(root: PathBuf, options: Arc<AskOptions>, language: Language, live: Arc<Live>, origin: String) -> Desk {
        let (memo, previews) = (Memo::default(), Mutex::default());
        Desk { root, options, language, live, memo, origin, key: door::Key::new(), previews }
    }

    /// The address that opens the forms.
    pub fn address(&self) -> String {
        format!("{}{ROOT}?{}", self.origin, self.key.query())
    }

    fn answer(&self, asked: &Asked) -> Answer {
        match (asked.path.as_str(), asked.is_post) {
            ("", false) => self.list(&asked.query),
            ("record", false) => self.record(&asked.query),
            ("record", true) => self.work_on(&asked.query, &asked.posted),
            ("check", true) => self.check(&asked.query, &asked.posted),
            ("new", false) => self.new_record(&asked.query),
            ("new", true) => self.make(&asked.posted),
            ("rename", false) => self.rename_page(&asked.query),
            ("rename", true) => self.rename(&asked.query, &asked.posted),
            ("withdraw", false) => self.withdraw_page(&asked.query),
            ("withdraw", true) => self.withdraw(&asked.query, &asked.posted),
            ("style.css", false) => Answer::File("text/css; charset=utf-8", include_bytes!("style.css").to_vec()),
            ("script.js", false) => {
                Answer::File("text/javascript; charset=utf-8", include_bytes!("script.js").to_vec())
            }
            (path, false) if path.starts_with("preview/") => self.preview(path),
            _ => Answer::Nothing,
        }
    }

    /// A page of the site as it would be with what is not saved yet.
    fn preview(&self, path: &str) -> Answer {
        let name = path.split('/').nth(1).unwrap_or_default();
        let shown = {
            let previews = self.previews.lock().expect("no holder of this lock panics");
            previews.iter().find(|(known, _)| known == name).map(|(_, shown)| Arc::clone(shown))
        };
        match shown.map(|shown| shown.find(&format!("{ROOT}{path}"))) {
            Some(Found::File(file, bytes)) => Answer::File(content_type::of(&file), bytes),
            Some(Found::Elsewhere(address)) => Answer::Elsewhere(address),
            _ => Answer::Nothing,
        }
    }

    fn say(&self, message: &Message) -> String {
        message.get(self.language).to_owned()
    }
}

/// The routes of the forms.
pub fn router(desk: Arc<Desk>) -> Router {
    let handler = move |request: Request| handle(Arc::clone(&desk), request);
    let limit = DefaultBodyLimit::max(MOST_BYTES);
    Router::new()
        .route("/.minhbach/edit", any(handler.clone()))
        .route(ROOT, any(handler.clone()))
        .route("/.minhbach/edit/{*path}", any(handler))
        .layer(limit)
}

async fn handle(desk: Arc<Desk>, request: Request) -> Response {
    match door::enter(&desk.key, &request) {
        door::Entry::Welcome => {}
        door::Entry::Elsewhere(response) => return response,
        door::Entry::Refused => {
            let text = say!(
                "Chưa vào được. Hãy mở đúng địa chỉ mà `minhbach serve --edit` in ra, có mã khóa ở cuối.",
                "Not let in. Open the very address that `minhbach serve --edit` prints, its key is at the end."
            );
            return page(StatusCode::FORBIDDEN, html::bare(&desk.say(&text), desk.language));
        }
    }
    let is_post = match *request.method() {
        Method::POST => true,
        Method::GET | Method::HEAD => false,
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let path = request.uri().path().strip_prefix(ROOT).unwrap_or_default().to_owned();
    let query = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).map(|query| query.0).unwrap_or_default();
    let posted = if is_post {
        match Form::<Vec<(String, String)>>::from_request(request, &()).await {
            Ok(form) => form.0,
            Err(refused) => return refused.into_response(),
        }
    } else {
        Vec::new()
    };
    let asked = Asked { is_post, path, query: Posted::new(query), posted: Posted::new(posted) };
    let answered = tokio::task::spawn_blocking(move || desk.answer(&asked)).await;
    respond(answered.unwrap_or(Answer::Page(StatusCode::INTERNAL_SERVER_ERROR, String::new())))
}

fn respond(answer: Answer) -> Response {
    match answer {
        Answer::Page(status, text) => page(status, text),
        Answer::Json(value) => file("application/json", value.to_string().into_bytes()),
        Answer::File(content_type, bytes) => file(content_type, bytes),
        Answer::Elsewhere(address) => match HeaderValue::from_str(&address) {
            Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        },
        Answer::Nothing => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Nothing but our own style sheet and script, no frame around it but our own site within.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn page(status: StatusCode, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, text).into_response()
}

fn file(content_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, bytes).into_response()
}
