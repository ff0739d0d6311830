//! Connections: so many at once, none for ever. A slow client costs its own connection and nobody else's time.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use crate::inbox::config::Limits;
use crate::inbox::http::client::Peer;

/// Longest life of a connection, whatever it does.
const LIFE: Duration = Duration::from_secs(300);
/// How long the work under way may take when the process is asked to stop.
const LAST: Duration = Duration::from_secs(10);

/// Takes connections until `stop` ends, then lets those under way finish.
pub async fn accept(listener: TcpListener, router: Router, limits: &Limits, stop: impl Future<Output = ()>) {
    let seats = Arc::new(Semaphore::new(limits.connections as usize));
    let (ending, ended) = watch::channel(false);
    let patience = Duration::from_secs(limits.patience_seconds);
    let taking = async {
        loop {
            let Ok(seat) = Arc::clone(&seats).acquire_owned().await else { break };
            let Ok((stream, peer)) = listener.accept().await else {
                // Out of files, or the client is gone: others may still be served.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let router = router.clone().layer(Extension(Peer(peer.ip())));
            let ended = ended.clone();
            tokio::spawn(async move {
                one(stream, router, patience, ended).await;
                drop(seat);
            });
        }
    };
    tokio::select! {
        () = taking => {}
        () = stop => {}
    }
    drop(listener);
    // Only fails where no connection is left to hear it.
    let _ = ending.send(true);
    let _ = timeout(LAST, seats.acquire_many(limits.connections)).await;
}

async fn one(stream: TcpStream, router: Router, patience: Duration, mut ended: watch::Receiver<bool>) {
    // Answers are small, and each is written at once.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        // Without a timer hyper does not know how long a client has taken.
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_headers(64)
        .max_buf_size(32 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = ended.changed() => {}
        () = tokio::time::sleep(LIFE) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(LAST, connection).await;
}

/// Each connection is an open file, and systems allow few unless asked.
pub fn raise_file_limit(connections: u32) {
    let wanted = u64::from(connections) + 64;
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < wanted) {
        let current = limit.maximum.map_or(wanted, |most| most.min(wanted));
        // Where it is not allowed, fewer connections are served.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(current), maximum: limit.maximum });
    }
}
