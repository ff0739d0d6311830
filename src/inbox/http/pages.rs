//! The pages, from the site's theme.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde::Serialize;
use tera::Value;

use crate::inbox::form::{Answers, Fault};
use crate::inbox::http::{App, answers};
use crate::record::kinds::answer::Topic;
use crate::record::value::Words;

/// The form, with what was typed.
#[derive(Serialize)]
struct FormView<'a> {
    /// What `feedback.html` gets as `view`, in this page's language.
    form: &'a Value,
    /// What was typed so far.
    values: &'a Answers,
    /// What is wrong with it, field by field; empty where nothing is.
    faults: Vec<FaultView<'a>>,
    /// A word above the form, such as that too much came at once; none where there is none.
    notice: Option<&'a str>,
}

#[derive(Serialize)]
struct FaultView<'a> {
    /// The field's name, such as `email`.
    field: &'static str,
    /// Where a link leads that takes the person to the field.
    target: String,
    /// What is wrong, and how to mend it.
    text: &'a str,
}

/// "Check your answers".
#[derive(Serialize)]
struct CheckView<'a> {
    /// What `feedback.html` gets as `view`, in this page's language.
    form: &'a Value,
    /// What was typed, to be read again and sent.
    values: &'a Answers,
    /// The chosen topic in words.
    topic: &'static str,
    /// What the form must send back as `token`: it tells that these answers were checked.
    token: &'a str,
    /// Why this page comes again instead of a receipt; none the first time.
    notice: Option<&'a str>,
    /// Whether other ways to reach the agency are shown, because this one does not work now.
    trouble: bool,
}

/// A few words.
#[derive(Serialize)]
struct WordsView<'a> {
    /// What `feedback.html` gets as `view`, in this page's language.
    form: &'a Value,
    /// The page's heading.
    heading: &'a str,
    /// What happened, and what to do.
    text: &'a str,
    /// Whether other ways to reach the agency are shown, because this one does not work now.
    trouble: bool,
}

impl App {
    fn label<'a>(&'a self, language: &str, name: &'a str) -> &'a str {
        self.agency.pages.labels(language).get(name)
    }

    /// Renders a page; what cannot be rendered is a fault of the theme, told in the log.
    pub fn page(
        &self,
        status: StatusCode,
        template: &'static str,
        language: &str,
        title: &str,
        view: &impl Serialize,
    ) -> Response<Body> {
        match self.agency.pages.page(template, language, title, view) {
            Ok(html) => answers::page(status, html),
            Err(fault) => {
                eprintln!("inbox: {template}: {}", fault.message.en);
                answers::page(StatusCode::INTERNAL_SERVER_ERROR, b"<!doctype html><title>500</title>".to_vec())
            }
        }
    }

    /// The form, with what was typed, what is wrong with it, and a word above it.
    pub fn form_page(
        &self,
        status: StatusCode,
        values: &Answers,
        faults: &[Fault],
        notice: Option<&str>,
    ) -> Response<Body> {
        let language = self.agency.language(&values.language);
        let fault = |fault: &Fault| FaultView {
            field: fault.field,
            target: target(fault.field, self.agency.topics.first().map_or("", |topic| topic.word())),
            text: self.label(language, label_of(fault)),
        };
        let view = FormView {
            form: self.agency.pages.form(language),
            values,
            faults: faults.iter().map(fault).collect(),
            notice: notice.map(|name| self.label(language, name)),
        };
        self.page(status, "inbox-form.html", language, self.label(language, "feedback.heading"), &view)
    }

    /// The page on which people check their answers.
    pub fn check_page(
        &self,
        status: StatusCode,
        values: &Answers,
        token: &str,
        notice: Option<&str>,
    ) -> Response<Body> {
        let language = self.agency.language(&values.language);
        let topic = Topic::ALL.iter().find(|topic| topic.word() == values.topic);
        let topic = topic.map_or("", |topic| self.agency.pages.word(language, *topic));
        let notice = notice.map(|name| self.label(language, name));
        let form = self.agency.pages.form(language);
        let trouble = status == StatusCode::SERVICE_UNAVAILABLE;
        let view = CheckView { form, values, topic, token, notice, trouble };
        self.page(status, "inbox-check.html", language, self.label(language, "inbox.check"), &view)
    }

    /// A page of a few words.
    pub fn words_page(&self, status: StatusCode, language: &str, heading: &str, text: &str) -> Response<Body> {
        let language = self.agency.language(language);
        let (heading, text) = (self.label(language, heading), self.label(language, text));
        let form = self.agency.pages.form(language);
        let trouble = status == StatusCode::SERVICE_UNAVAILABLE;
        let view = WordsView { form, heading, text, trouble };
        self.page(status, "inbox-words.html", language, heading, &view)
    }

    /// A body that was not read. Who typed it goes back to it with the browser.
    pub fn unread(&self, status: StatusCode) -> Response<Body> {
        let text = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "inbox.too_large",
            StatusCode::REQUEST_TIMEOUT => "inbox.too_slow",
            _ => "inbox.wrong_kind",
        };
        self.words_page(status, &self.agency.language, "inbox.not_taken", text)
    }
}

/// The label that says what is wrong.
fn label_of(fault: &Fault) -> &'static str {
    match fault.label {
        "fault_topic" => "inbox.fault_topic",
        "fault_message" => "inbox.fault_message",
        "fault_long" => "inbox.fault_long",
        "fault_email" => "inbox.fault_email",
        "fault_phone" => "inbox.fault_phone",
        "fault_consent" => "inbox.fault_consent",
        _ => "inbox.fault_signs",
    }
}

/// The identifier of a field's control.
fn target(field: &str, first_topic: &str) -> String {
    match field {
        "topic" => format!("topic_{first_topic}"),
        "consent_publish" => "field_consent".to_owned(),
        field => format!("field_{field}"),
    }
}

/// A static file of the theme. Its name carries its hash, so it may be kept for ever.
pub async fn asset(State(app): State<Arc<App>>, Path(name): Path<String>) -> Response<Body> {
    let path = format!("assets/{name}");
    let Some(asset) = app.agency.pages.assets().iter().find(|asset| asset.file == path) else {
        return not_found(State(app)).await;
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (axum::http::header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, asset.bytes.to_vec()).into_response()
}

/// There is nothing.
pub async fn not_found(State(app): State<Arc<App>>) -> Response<Body> {
    app.words_page(StatusCode::NOT_FOUND, &app.agency.language, "inbox.nothing", "inbox.nothing_text")
}

/// Not by this method.
pub async fn not_allowed(State(app): State<Arc<App>>) -> Response<Body> {
    app.words_page(StatusCode::METHOD_NOT_ALLOWED, &app.agency.language, "inbox.nothing", "inbox.nothing_text")
}
