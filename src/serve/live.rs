//! What is shown now, and who hears when that changes.
//!
//! Every open page listens to one stream of events (Server-Sent Events). A page knows from which build it came, so a
//! missed event does no harm: the next one, or the first after a reconnection, tells it that it is old.

use std::convert::Infallible;
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use crate::serve::shown::Shown;
use crate::source::Snapshot;

/// The script that a page gets on its way to the browser.
pub const SCRIPT: &str = include_str!("live.js");
/// Where it is.
pub const SCRIPT_PATH: &str = "/.minhbach/live.js";
/// Where the events are.
pub const EVENTS_PATH: &str = "/.minhbach/events";

const NO_PANIC: &str = "no holder of this lock panics";
/// How often a silent connection shows that it lives.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// What is shown now, and who hears when that changes.
pub struct Live {
    shown: RwLock<Option<Arc<Shown>>>,
    latest: RwLock<Snapshot>,
    state: watch::Sender<State>,
}

/// What an open page is told.
#[derive(Debug, Clone, Default, Serialize)]
struct State {
    /// The build that is shown. Higher than that of any process before, so that a page of one of those is known to be old.
    version: u64,
    /// Where that build differs from the one before in nothing but style sheets: their addresses by their names.
    styles: Option<Value>,
    /// Why the newest build is not shown, as the terminal says it.
    faults: Option<Arc<str>>,
    #[serde(skip)]
    is_closing: bool,
}

impl Live {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let version = u64::try_from(since.as_millis()).unwrap_or(0);
        Live {
            shown: RwLock::default(),
            latest: RwLock::default(),
            state: watch::Sender::new(State { version, ..State::default() }),
        }
    }

    /// The last good build.
    pub fn shown(&self) -> Option<Arc<Shown>> {
        self.shown.read().expect(NO_PANIC).clone()
    }

    /// The site's files as they were read last, sound or not.
    pub fn latest(&self) -> Snapshot {
        self.latest.read().expect(NO_PANIC).clone()
    }

    /// Notes what the site's files are now.
    pub fn read(&self, snapshot: Snapshot) {
        *self.latest.write().expect(NO_PANIC) = snapshot;
    }

    /// The number of the next build.
    pub fn next_version(&self) -> u64 {
        self.state.borrow().version + 1
    }

    /// Shows a build, and gives back the one that was shown before. `styles` are the addresses of its style sheets, where
    /// nothing else is new.
    pub fn show(&self, shown: Arc<Shown>, styles: Option<Value>) -> Option<Arc<Shown>> {
        let version = shown.version;
        let before = self.shown.write().expect(NO_PANIC).replace(shown);
        self.state.send_modify(|state| *state = State { version, styles, faults: None, is_closing: state.is_closing });
        before
    }

    /// Lays faults over what is shown.
    pub fn lay_over(&self, faults: &str) {
        self.state.send_modify(|state| state.faults = Some(faults.into()));
    }

    /// Lays faults of a build over it, unless another is shown by now or has faults of its own.
    pub fn lay_over_build(&self, version: u64, faults: &str) {
        self.state.send_if_modified(|state| {
            let is_shown = state.version == version && state.faults.is_none();
            if is_shown {
                state.faults = Some(faults.into());
            }
            is_shown
        });
    }

    /// Why the newest build is not shown.
    pub fn faults(&self) -> Option<Arc<str>> {
        self.state.borrow().faults.clone()
    }

    /// Ends all streams of events.
    pub fn close(&self) {
        self.state.send_modify(|state| state.is_closing = true);
    }

    /// The events for one page: how things stand, and whatever comes.
    pub fn events(&self) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let mut state = self.state.subscribe();
        state.mark_changed();
        let events = stream::unfold(state, |mut state| async move {
            state.changed().await.ok()?;
            let now = state.borrow_and_update().clone();
            let event = Event::default().data(serde_json::to_string(&now).unwrap_or_default());
            (!now.is_closing).then_some((Ok(event), state))
        });
        Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))
    }
}
