//! From a form to a receipt: POST, check your answers, send, a durable commit, 303, the receipt.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Body as HttpBody;
use axum::extract::{RawQuery, State};
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, Response, StatusCode};
use serde::Serialize;

use crate::inbox::code::Code;
use crate::inbox::form::{Answers, Body};
use crate::inbox::http::client::{Peer, prefix};
use crate::inbox::http::metrics::Metrics;
use crate::inbox::http::{App, answers, body, now};
use crate::inbox::nonce::{self, Ill, Token};
use crate::inbox::outbox;
use crate::inbox::store::{Kept, Submission};

const COOKIE_NAME: &str = "minhbach_receipt";

/// How long a receipt can be seen again by reloading it, in seconds.
const RECEIPT_LIFE: i64 = 15 * 60;

/// The receipt.
#[derive(Serialize)]
struct ReceiptView {
    /// The code with which its sender can track it.
    code: String,
    /// The day on which it came in, in words.
    received: String,
    /// The day by which it is to be answered, in words.
    due: String,
}

/// The empty form, for those who come here by themselves.
pub async fn form(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response<HttpBody> {
    let values = Answers { language: language_of(query.as_deref()), ..Answers::default() };
    app.form_page(StatusCode::OK, &values, &[], None)
}

/// The language that an address asks for.
pub fn language_of(query: Option<&str>) -> String {
    let named = query.unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("language="));
    named.unwrap_or_default().to_owned()
}

/// The form again, to change something.
pub async fn edit(State(app): State<Arc<App>>, headers: HeaderMap, body: HttpBody) -> Response<HttpBody> {
    match app.read(&headers, body).await {
        Ok(body) => app.form_page(StatusCode::OK, &body.answers, &[], None),
        Err(status) => app.unread(status),
    }
}

/// "Check your answers".
pub async fn check(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: HttpBody,
) -> Response<HttpBody> {
    let Body { answers, broken, .. } = match app.read(&headers, body).await {
        Ok(body) => body,
        Err(status) => return app.unread(status),
    };
    if let Some(refusal) = app.refusal(&answers, broken) {
        return refusal;
    }
    if !app.feedbacks.take(prefix(peer, &headers, &app.proxies)) {
        Metrics::count(&app.metrics.limited);
        return app.form_page(StatusCode::TOO_MANY_REQUESTS, &answers, &[], Some("inbox.too_many"));
    }
    let token = nonce::issue(&answers.bound(), now(), &app.key);
    app.check_page(StatusCode::OK, &answers, &token, None)
}

/// Sent: kept, and on to the receipt.
pub async fn send(State(app): State<Arc<App>>, headers: HeaderMap, body: HttpBody) -> Response<HttpBody> {
    let body = match app.read(&headers, body).await {
        Ok(body) => body,
        Err(status) => return app.unread(status),
    };
    if let Some(refusal) = app.refusal(&body.answers, body.broken) {
        return refusal;
    }
    match nonce::read(&body.token, &body.answers.bound(), now(), &app.key) {
        Ok(token) => app.keep(&body, &token).await,
        Err(ill) => {
            // What was typed is kept: the page comes back with a token that is good.
            let fresh = nonce::issue(&body.answers.bound(), now(), &app.key);
            let (status, notice) = match ill {
                Ill::Expired => (StatusCode::CONFLICT, "inbox.expired"),
                Ill::Forged => (StatusCode::BAD_REQUEST, "inbox.forged"),
            };
            app.check_page(status, &body.answers, &fresh, Some(notice))
        }
    }
}

impl App {
    /// Reads a request's body.
    pub async fn read(&self, headers: &HeaderMap, body: HttpBody) -> Result<Body, StatusCode> {
        body::read(headers, body, Duration::from_secs(self.config.limits.patience_seconds)).await
    }

    /// The form with its faults, where it has any.
    fn refusal(&self, answers: &Answers, broken: bool) -> Option<Response<HttpBody>> {
        let faults = answers.faults(&self.agency.topics);
        let (status, notice) = match (broken, faults.is_empty()) {
            (true, _) => (StatusCode::BAD_REQUEST, Some("inbox.broken")),
            (false, false) => (StatusCode::UNPROCESSABLE_ENTITY, None),
            (false, true) => return None,
        };
        Metrics::count(&self.metrics.faulty);
        Some(self.form_page(status, answers, &faults, notice))
    }

    async fn keep(&self, body: &Body, token: &Token) -> Response<HttpBody> {
        let submission = self.submission(&body.answers, token);
        let suspicious = submission.suspicion.is_some();
        let kept = if self.has_space() { self.writer.keep(submission).await.ok() } else { None };
        let Some(kept) = kept else {
            Metrics::count(&self.metrics.failed);
            eprintln!("inbox: a feedback could not be kept");
            let status = StatusCode::SERVICE_UNAVAILABLE;
            return self.check_page(status, &body.answers, &body.token, Some("inbox.unavailable"));
        };
        Metrics::count(match kept {
            Kept::New(_) => &self.metrics.kept,
            Kept::Before(_) => &self.metrics.repeated,
        });
        if suspicious {
            Metrics::count(&self.metrics.quarantined);
        }
        let language = self.agency.language(&body.answers.language);
        if body.at_once {
            return self.receipt_page(&token.nonce, language);
        }
        let secure = if self.agency.secure { "; Secure" } else { "" };
        let sealed = nonce::sealed(&token.nonce, &self.key);
        let cookie =
            format!("{COOKIE_NAME}={sealed}; Path=/receipt; Max-Age={RECEIPT_LIFE}; HttpOnly; SameSite=Strict{secure}");
        answers::onward(&format!("/receipt?language={language}"), &cookie)
    }

    fn submission(&self, answers: &Answers, token: &Token) -> Submission {
        let (code, moment) = (Code::of(token.nonce.as_bytes(), &self.key), now());
        let today = self.agency.calendar.day(moment);
        let (due_on, procedure) = (self.agency.calendar.due(today), answers.procedure_code().unwrap_or_default());
        let suspicion = match (answers.website.is_empty(), token.age < self.config.limits.min_seconds) {
            (false, _) => Some("honeypot"),
            (true, true) => Some("too-fast"),
            (true, false) => None,
        };
        Submission {
            nonce: token.nonce.clone(),
            selector: code.selector().to_owned(),
            verifier: code.verifier(&self.key),
            received_at: moment,
            received_on: today,
            due_on,
            answers: answers.clone(),
            suspicion,
            outbox: outbox::of(&self.config, &answers.topic, procedure, &due_on.to_string(), moment),
        }
    }

    fn receipt_page(&self, nonce: &str, language: &str) -> Response<HttpBody> {
        let code = Code::of(nonce.as_bytes(), &self.key).to_string();
        let today = self.agency.calendar.day(now());
        let day = |date: crate::value::date::Date| self.agency.pages.day(language, date);
        let view = ReceiptView { code, received: day(today), due: day(self.agency.calendar.due(today)) };
        let title = self.agency.pages.labels(language).get("inbox.receipt").to_owned();
        self.page(StatusCode::OK, "inbox-receipt.html", language, &title, &view)
    }
}

/// The receipt of what was just sent. Its cookie alone knows of what.
pub async fn receipt(State(app): State<Arc<App>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response<HttpBody> {
    let asked = language_of(query.as_deref());
    let language = app.agency.language(&asked);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let sealed = pairs.find_map(|(name, value)| (name == COOKIE_NAME).then_some(value));
    match sealed.and_then(|value| nonce::unsealed(value, &app.key)) {
        Some(nonce) => app.receipt_page(&nonce, language),
        None => app.words_page(StatusCode::OK, language, "inbox.no_cookie", "inbox.no_cookie_text"),
    }
}
