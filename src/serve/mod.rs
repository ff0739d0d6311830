//! The site while it is written: built in memory, served on this machine, rebuilt as files change, the browser told.
//!
//! It has no rules of its own: what it serves is what `build` would publish, byte for byte, but for the script that is
//! added to a page on its way to the browser. Nothing is written to the disk.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

mod content_type;
mod door;
mod edit;
mod error;
mod http;
mod live;
mod news;
mod proof;
mod rebuild;
mod shown;
mod watch;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::build::Options;
use crate::diagnostic::Language;

pub use error::Error;
pub use news::{Built, News};

/// How long open connections are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is served, and where.
pub struct Settings {
    /// The site's root.
    pub root: PathBuf,
    /// How to build, asked before each build: the day may have changed.
    pub options: Arc<AskOptions>,
    /// In which language faults are laid over a page.
    pub language: Language,
    /// Which of the machine's addresses to listen at.
    pub interface: IpAddr,
    /// At which port.
    pub port: Port,
    /// Whether records can be edited.
    pub access: Access,
}

/// How to build, asked before each build: the day may have changed.
pub type AskOptions = dyn Fn() -> Options + Send + Sync;

/// What those who come may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Look at the site.
    Look,
    /// Edit its records in forms, too.
    Edit,
}

/// At which port to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// At this one, or not at all. 0 is any that is free.
    Exactly(u16),
    /// At this one, or the next free one.
    From(u16),
}

/// Hears what a person at the terminal should know.
pub type Reporter = dyn Fn(&News<'_>) + Send + Sync;

/// Serves a site until it is interrupted.
///
/// # Errors
/// Where nothing can be listened at, the site cannot be read, or its folders not be watched.
pub fn run(settings: Settings, reporter: Arc<Reporter>) -> Result<(), Error> {
    let listener = door::open(settings.interface, settings.port)?;
    let address = listener.local_addr().map_err(Error::Serving)?;
    let live = Arc::new(live::Live::new());
    let (changes, changed) = mpsc::channel();
    let watcher = watch::watch(&settings.root, changes)?;
    let Settings { root, options, language, access, .. } = settings;
    let desk = (access == Access::Edit).then(|| {
        Arc::new(edit::Desk::new(root.clone(), Arc::clone(&options), language, Arc::clone(&live), address_of(address)))
    });
    let mut workshop = rebuild::Workshop::new(root, options, language, Arc::clone(&live), Arc::clone(&reporter))?;
    workshop.first()?;
    let base = live.shown().map(|shown| shown.base_path().to_owned()).unwrap_or_default();
    reporter(&News::Listening(&format!("{}{base}/", address_of(address))));
    if let Some(desk) = &desk {
        reporter(&News::Editing(&desk.address()));
    }
    let builder = std::thread::spawn(move || workshop.work(&changed));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(Error::Serving)?;
    let served = runtime.block_on(http::serve(listener, address, (live, desk), language));
    runtime.shutdown_timeout(PATIENCE);
    // The watcher holds the channel's other end: without it the builder ends.
    drop(watcher);
    let _ = builder.join();
    reporter(&News::Ended);
    served
}

/// The address that a person opens.
fn address_of(address: SocketAddr) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    format!("http://{host}:{}", address.port())
}
