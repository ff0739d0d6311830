//! Looking up a feedback by its code. Who does not have the code learns nothing: not even whether there is such a feedback.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body as HttpBody;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Response, StatusCode};
use serde::Serialize;

use crate::inbox::code::Code;
use crate::inbox::error::Error;
use crate::inbox::http::App;
use crate::inbox::http::client::{Peer, prefix};
use crate::inbox::http::flow::language_of;
use crate::inbox::http::metrics::Metrics;
use crate::inbox::store::{Feedback, State as FeedbackState, look_up};
use crate::value::date::Date;

#[derive(Default, Serialize)]
struct TrackView<'a> {
    /// The page's language code.
    language: &'a str,
    /// Why nothing was found, or cannot be now; none where nothing went wrong.
    notice: Option<&'a str>,
    /// What became of the feedback with the code; none before somebody asked, and where there is no such feedback.
    found: Option<FoundView<'a>>,
}

#[derive(Serialize)]
struct FoundView<'a> {
    /// How far it has come, in words.
    state: &'a str,
    /// The day on which it came in, in words.
    received: String,
    /// The day by which it will be answered, while it waits.
    due: Option<String>,
    /// What the agency answered; none while there is no answer.
    answer: Option<String>,
    /// Why it was not taken on, or where it went; none where there is nothing to say.
    reason: Option<String>,
}

/// The form that asks for the code.
pub async fn form(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response<HttpBody> {
    let asked = language_of(query.as_deref());
    app.track_page(StatusCode::OK, app.agency.language(&asked), None, None)
}

/// What became of it.
pub async fn find(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: HttpBody,
) -> Response<HttpBody> {
    let body = match app.read(&headers, body).await {
        Ok(body) => body,
        Err(status) => return app.unread(status),
    };
    let language = app.agency.language(&body.answers.language).to_owned();
    if !app.lookups.take(prefix(peer, &headers, &app.proxies)) {
        Metrics::count(&app.metrics.limited);
        return app.track_page(StatusCode::TOO_MANY_REQUESTS, &language, Some("inbox.too_many_lookups"), None);
    }
    Metrics::count(&app.metrics.lookups);
    match app.feedback_of(&body.code).await {
        Ok(Some(feedback)) => app.track_page(StatusCode::OK, &language, None, Some(&feedback)),
        Ok(None) => app.track_page(StatusCode::NOT_FOUND, &language, Some("inbox.unknown_code"), None),
        Err(_) => app.words_page(StatusCode::SERVICE_UNAVAILABLE, &language, "inbox.not_now", "inbox.unavailable"),
    }
}

impl App {
    async fn feedback_of(&self, typed: &str) -> Result<Option<Feedback>, Error> {
        // A mistyped code is asked for like any other, so that an answer takes as long as any other.
        let code = Code::parse(typed);
        let selector = code.as_ref().map_or("", Code::selector).to_owned();
        let found = self.desk.ask(move |db| look_up(db, &selector)).await?;
        let fits = |feedback: &Feedback| code.as_ref().is_some_and(|code| code.fits(feedback.verifier(), &self.key));
        Ok(found.into_iter().find(fits))
    }

    fn track_page(
        &self,
        status: StatusCode,
        language: &str,
        notice: Option<&str>,
        found: Option<&Feedback>,
    ) -> Response<HttpBody> {
        let labels = self.agency.pages.labels(language);
        let view = TrackView {
            language,
            notice: notice.map(|name| labels.get(name)),
            found: found.map(|feedback| self.found_view(feedback, language)),
        };
        self.page(status, "inbox-track.html", language, labels.get("inbox.track"), &view)
    }

    fn found_view<'a>(&'a self, feedback: &Feedback, language: &str) -> FoundView<'a> {
        let day = |text: &str| Date::parse(text).map(|date| self.agency.pages.day(language, date));
        let state = feedback.state().unwrap_or(FeedbackState::Open);
        // Whether it is in quarantine is told to nobody outside: staff look at it, and that is what it waits for.
        let waits = matches!(state, FeedbackState::Open | FeedbackState::Quarantined);
        let label = match state {
            FeedbackState::Open | FeedbackState::Quarantined => "inbox.state_open",
            FeedbackState::Answered => "inbox.state_answered",
            FeedbackState::Transferred => "inbox.state_transferred",
            FeedbackState::Refused => "inbox.state_refused",
            FeedbackState::Withdrawn => "inbox.state_withdrawn",
        };
        FoundView {
            state: self.agency.pages.labels(language).get(label),
            received: day(&feedback.received_on).unwrap_or_default(),
            due: day(&feedback.due_on).filter(|_| waits),
            answer: feedback.answer.clone(),
            reason: feedback.reason.clone(),
        }
    }
}
