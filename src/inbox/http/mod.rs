//! The server: it takes connections, and gives each request to its page.
//!
//! A web server with TLS stands before it. What it deliberately does not have: sessions, accounts, anything that staff do.

mod answers;
mod body;
mod client;
mod connections;
mod flow;
mod limits;
mod metrics;
mod pages;
mod track;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::inbox::agency::Agency;
use crate::inbox::config::{Config, Network};
use crate::inbox::desk::Desk;
use crate::inbox::error::Error;
use crate::inbox::http::limits::Buckets;
use crate::inbox::http::metrics::Metrics;
use crate::inbox::key::Key;
use crate::inbox::outbox;
use crate::inbox::store::Place;
use crate::inbox::writer::Writer;
use crate::say;

/// What every request may need.
pub struct App {
    config: Config,
    proxies: Vec<Network>,
    place: Place,
    agency: Agency,
    key: Key,
    writer: Writer,
    desk: Desk,
    feedbacks: Buckets,
    lookups: Buckets,
    metrics: Metrics,
}

/// Now, in seconds.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}

/// Serves the inbox until the process is asked to stop. `ready` hears where it listens.
///
/// # Errors
/// Where the site, the database or the address cannot be had.
pub fn serve(root: &Path, config: Config, ready: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    let place = config.place(root);
    let (writer, thread) = Writer::start(&place)?;
    let app = App {
        proxies: config.networks()?,
        agency: Agency::read(root, now())?,
        key: Key::load(&root.join(&config.key_file))?,
        desk: Desk::start(place.clone())?,
        feedbacks: Buckets::per_minute(config.limits.feedbacks_per_minute),
        lookups: Buckets::per_minute(config.limits.lookups_per_minute),
        metrics: Metrics::default(),
        writer,
        place,
        config,
    };
    outbox::start(app.config.clone(), app.place.clone())?;
    connections::raise_file_limit(app.config.limits.connections);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::Database(error.to_string()))?;
    runtime.block_on(run(app, ready))?;
    // Whatever was taken on is written before the process ends.
    drop(runtime);
    thread.join().map_err(|_| Error::Database("the writer failed".to_owned()))
}

async fn run(app: App, ready: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    let address = app.config.listen;
    let failed = |error: std::io::Error| {
        Error::Refused(say!("không mở được cổng {address}: {error}", "cannot listen on {address}: {error}"))
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    ready(listener.local_addr().map_err(failed)?);
    let limits = app.config.limits.clone();
    connections::accept(listener, router(Arc::new(app)), &limits, stop()).await;
    Ok(())
}

/// Ends when the process is asked to stop.
async fn stop() {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(flow::form))
        .route("/feedback", get(flow::form).post(flow::check))
        .route("/edit", post(flow::edit))
        .route("/send", post(flow::send))
        .route("/receipt", get(flow::receipt))
        .route("/track", get(track::form).post(track::find))
        .route("/healthz", get(metrics::health))
        .route("/metrics", get(metrics::show))
        .route("/assets/{*name}", get(pages::asset))
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::not_allowed)
        .with_state(app)
}
