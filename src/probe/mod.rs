//! Tries links to other sites: politely, and only where somebody asks for it.
//!
//! One request at a time for each host, with a pause between; `HEAD` first, `GET` where a server will not answer that; a few
//! further attempts where the trouble may pass; what a server says about when to come back is kept. What is dead is a
//! warning: another site's trouble is no fault of the author's.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

mod client;
mod gather;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::probe::client::{Client, Trouble};
use crate::say;
use crate::site::Loaded;
use crate::source::{Snapshot, Span};

/// How links are tried.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long one request may take.
    pub timeout: Duration,
    /// How long to wait before the next request to the same host.
    pub pause: Duration,
    /// How many further attempts there are where the trouble may pass.
    pub attempts: u32,
    /// How long a server may make us wait, at most.
    pub patience: Duration,
    /// How many hosts are asked at a time.
    pub hosts: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            timeout: Duration::from_secs(15),
            pause: Duration::from_millis(500),
            attempts: 2,
            patience: Duration::from_secs(30),
            hosts: 8,
        }
    }
}

/// Where a link is written, and in which record.
type Places = Vec<(Span, String)>;

/// What came of trying links.
#[derive(Debug)]
pub struct Tried {
    /// What is dead.
    pub faults: Vec<Diagnostic>,
    /// How many addresses were tried.
    pub count: usize,
    /// Whether no host at all could be found: then it is this machine that is not connected.
    pub is_offline: bool,
}

/// Tries every link to another site. `progress` hears how many of how many are done.
pub fn run(snapshot: &Snapshot, loaded: &Loaded, options: &Options, progress: &(dyn Fn(usize, usize) + Sync)) -> Tried {
    let base_url = loaded.site.as_ref().map(|site| site.config.base_url.to_string()).unwrap_or_default();
    let links = gather::links(snapshot, loaded, &base_url);
    let count = links.len();
    let mut by_host: BTreeMap<String, Vec<(String, Places)>> = BTreeMap::new();
    for (url, places) in links {
        by_host.entry(host(&url).to_owned()).or_default().push((url, places));
    }
    let client = Client::new(options, &base_url);
    let queue = Mutex::new(by_host.into_values().collect::<Vec<_>>());
    let (found, done) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..options.hosts.max(1) {
            scope.spawn(|| {
                while let Some(links) = pop(&queue) {
                    for (index, (url, places)) in links.iter().enumerate() {
                        if index > 0 {
                            std::thread::sleep(options.pause);
                        }
                        let trouble = client.try_url(url);
                        found
                            .lock()
                            .expect("no holder panics")
                            .extend(trouble.map(|t| (url.clone(), places.clone(), t)));
                        progress(done.fetch_add(1, Ordering::Relaxed) + 1, count);
                    }
                }
            });
        }
    });
    let found = found.into_inner().expect("no holder panics");
    let is_offline = count > 0 && found.len() == count && found.iter().all(|(.., trouble)| *trouble == Trouble::NoHost);
    let faults = found.iter().flat_map(|(url, places, trouble)| places.iter().map(|place| fault(url, place, trouble)));
    Tried { faults: faults.collect(), count, is_offline }
}

fn pop<T>(queue: &Mutex<Vec<T>>) -> Option<T> {
    queue.lock().expect("no holder panics").pop()
}

/// The scheme and host of an address: whom a request bothers.
fn host(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    url[start..].find(['/', '?', '#']).map_or(url, |end| &url[..start + end])
}

fn fault(url: &str, (place, record): &(Span, String), trouble: &Trouble) -> Diagnostic {
    let Message { vi, en } = trouble.message();
    let message = say!("liên kết `{url}` không mở được: {vi}", "the link `{url}` does not open: {en}");
    let help = say!(
        "mở thử bằng trình duyệt; nếu trang đã chuyển thì ghi địa chỉ mới, nếu không còn thì bỏ liên kết",
        "try it in a browser; write the new address where it has moved, remove the link where it is gone"
    );
    Diagnostic { record: Some(record.clone()), ..Diagnostic::new(Code::DeadLink, *place, message).help(help) }
}
