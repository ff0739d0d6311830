//! How the inbox is: for whoever watches it. Counts only; nothing of a person.

use std::fmt::Write;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::inbox::http::App;
use crate::inbox::http::client::Peer;

/// What is counted since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Feedbacks kept.
    pub kept: AtomicU64,
    /// Of these, put aside.
    pub quarantined: AtomicU64,
    /// Pages that were sent again.
    pub repeated: AtomicU64,
    /// Forms shown again because something was wrong with them.
    pub faulty: AtomicU64,
    /// Requests refused because of too many from one network.
    pub limited: AtomicU64,
    /// Feedbacks that could not be kept.
    pub failed: AtomicU64,
    /// Look-ups.
    pub lookups: AtomicU64,
}

impl Metrics {
    /// One more.
    pub fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    fn text(&self) -> String {
        let all = [
            ("feedbacks_kept", &self.kept),
            ("feedbacks_quarantined", &self.quarantined),
            ("feedbacks_repeated", &self.repeated),
            ("forms_faulty", &self.faulty),
            ("requests_limited", &self.limited),
            ("feedbacks_failed", &self.failed),
            ("lookups", &self.lookups),
        ];
        let mut text = String::new();
        for (name, counter) in all {
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "# TYPE minhbach_inbox_{name}_total counter\nminhbach_inbox_{name}_total {}",
                counter.load(Ordering::Relaxed)
            );
        }
        text
    }
}

/// Whether feedback can be kept right now.
pub async fn health(State(app): State<Arc<App>>) -> Response {
    let question = app.desk.ask(|db| db.run("SELECT number FROM version", &[]));
    let answers = tokio::time::timeout(Duration::from_secs(3), question).await.is_ok_and(|rows| rows.is_ok());
    match (answers, app.has_space()) {
        (true, true) => (StatusCode::OK, "ok\n").into_response(),
        (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "no database\n").into_response(),
        (true, false) => (StatusCode::SERVICE_UNAVAILABLE, "low disk\n").into_response(),
    }
}

/// The counts, for a program on the same machine.
pub async fn show(State(app): State<Arc<App>>, Extension(Peer(peer)): Extension<Peer>, headers: HeaderMap) -> Response {
    let is_here = IpAddr::is_loopback(&peer.to_canonical()) && !headers.contains_key("x-forwarded-for");
    if !is_here {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([("content-type", "text/plain; version=0.0.4")], app.metrics.text()).into_response()
}

impl App {
    /// Whether there is room for what may come.
    pub fn has_space(&self) -> bool {
        let Some(folder) = self.place.folder() else { return true };
        let free = rustix::fs::statvfs(folder).map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
        free.is_ok_and(|bytes| bytes >> 20 >= self.config.limits.min_free_mb)
    }
}
