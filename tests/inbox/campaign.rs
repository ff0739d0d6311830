//! Under load and in trouble. The full sizes are `tests/inbox/campaigns`; what `cargo test` runs is a small part of it.

use std::collections::HashMap;
use std::io::Write;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::client::{Client, checked};
use crate::postgres::Cluster;
use crate::server::{QUICK, Server, Site};

/// A size from the environment, else the small one.
fn size(name: &str, small: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(small)
}

/// What a client knows of one feedback.
#[derive(Default)]
struct Entry {
    /// The fields of its "check your answers" page, to be sent again as they are.
    fields: Vec<(&'static str, String)>,
    acknowledged: bool,
}

type Journal = Mutex<HashMap<String, Entry>>;

/// Sends new feedbacks until told to stop, or until the server is gone.
fn write(server: std::net::SocketAddr, journal: &Journal, count: &AtomicUsize, stop: &AtomicBool) {
    let mut client = Client::new(server);
    while !stop.load(Ordering::Relaxed) {
        let message = format!("Góp ý {}", count.fetch_add(1, Ordering::Relaxed));
        let fields = [("topic", "conduct"), ("message", message.as_str()), ("language", "vi")];
        let Ok(page) = client.post("/feedback", &fields) else { return };
        let fields = checked(&page);
        journal.lock().unwrap().insert(message.clone(), Entry { fields, acknowledged: false });
        if !deliver(&mut client, journal, &message) {
            return;
        }
    }
}

/// Sends one, and notes it where it was acknowledged.
fn deliver(client: &mut Client, journal: &Journal, message: &str) -> bool {
    let fields = journal.lock().unwrap()[message].fields.clone();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let acknowledged = client.post("/send", &fields).is_ok_and(|answer| answer.status == 303);
    if acknowledged {
        journal.lock().unwrap().get_mut(message).unwrap().acknowledged = true;
    }
    acknowledged
}

/// Kills the server in the middle of the load, again and again; what was acknowledged must be there, and nothing twice.
fn kill(site: &Site, arguments: &[&str], kills: usize) {
    let (journal, count) = (Journal::default(), AtomicUsize::new(0));
    let mut random = u64::from(std::process::id()) | 1;
    for _ in 0..kills {
        // xorshift: any moments will do.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut server = site.serve(arguments);
        let (address, stop) = (server.address, AtomicBool::new(false));
        let send = || write(address, &journal, &count, &stop);
        std::thread::scope(|scope| {
            (0..8).for_each(|_| drop(scope.spawn(send)));
            std::thread::sleep(Duration::from_micros(20_000 + random % 180_000));
            server.kill();
            stop.store(true, Ordering::Relaxed);
        });
    }
    let acknowledged = journal.lock().unwrap().values().filter(|entry| entry.acknowledged).count();
    // The people try again, each with the page that they have.
    let server = site.serve(arguments);
    let waiting: Vec<String> = {
        let journal = journal.lock().unwrap();
        journal.iter().filter(|(_, entry)| !entry.acknowledged).map(|(message, _)| message.clone()).collect()
    };
    let mut client = server.client();
    assert!(waiting.iter().all(|message| deliver(&mut client, &journal, message)));
    let (lost, doubled) = compare(site, arguments, &journal);
    let all = journal.lock().unwrap().len();
    let again = waiting.len();
    println!(
        "kill -9: {kills} times, {all} feedbacks, {acknowledged} acknowledged at once, {again} sent again: lost {lost}, doubled {doubled}"
    );
    assert_eq!((lost, doubled), (0, 0));
    assert!(acknowledged > 0, "there was no load");
}

/// How many of the journal are not kept, and how many more than once.
fn compare(site: &Site, arguments: &[&str], journal: &Journal) -> (usize, usize) {
    let exported = site.ok(&[&["inbox", "export"], arguments].concat());
    let mut kept: HashMap<String, usize> = HashMap::new();
    for line in exported.lines() {
        let feedback: serde_json::Value = serde_json::from_str(line).unwrap();
        *kept.entry(feedback["message"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let lost = journal.lock().unwrap().keys().filter(|message| !kept.contains_key(*message)).count();
    (lost, kept.values().filter(|count| **count > 1).count())
}

#[test]
fn campaign_kill_in_a_file() {
    kill(&Site::new(QUICK), &[], size("INBOX_KILLS", 45));
}

#[test]
fn campaign_kill_with_postgres() {
    let cluster = Cluster::start();
    let database = cluster.database("killed");
    kill(&Site::new(QUICK), &["--database", &database], size("INBOX_KILLS_POSTGRES", 5));
}

/// 32 clients that send as fast as they can.
fn load(name: &str, server: &Server) {
    let seconds = size("INBOX_SECONDS", 1);
    let times = Mutex::new(Vec::new());
    let end = Instant::now() + Duration::from_secs(seconds as u64);
    let send = || {
        let mut client = server.client();
        let mut mine = Vec::new();
        while Instant::now() < end {
            let fields = [("topic", "conduct"), ("message", "Chờ quá lâu ở quầy 3, xin thêm ghế."), ("language", "vi")];
            let fields = checked(&client.post("/feedback", &fields).unwrap());
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let started = Instant::now();
            assert_eq!(client.post("/send", &fields).unwrap().status, 303);
            mine.push(started.elapsed());
        }
        times.lock().unwrap().extend(mine);
    };
    std::thread::scope(|scope| (0..32).for_each(|_| drop(scope.spawn(send))));
    let mut times = times.into_inner().unwrap();
    times.sort();
    let (count, p99) = (times.len(), times[times.len() * 99 / 100].as_millis());
    let rate = count / seconds;
    println!("{name}: 32 clients, {rate} durable feedbacks a second, p99 {p99} ms, {} MB", memory(server));
    assert!(p99 < 5_000);
}

/// The most memory that it had, in megabytes.
fn memory(server: &Server) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024
}

#[test]
fn campaign_load() {
    let site = Site::new(QUICK);
    load("SQLite", &site.serve(&[]));
    let cluster = Cluster::start();
    load("PostgreSQL", &site.serve(&["--database", &cluster.database("loaded")]));
}

#[test]
fn campaign_idle_and_slow_clients() {
    let count = size("INBOX_IDLE", 200);
    raise_file_limit(count as u64 + 200);
    let site = Site::new(&QUICK.replace("limits:\n", "limits:\n  patience_seconds: 120\n"));
    let server = site.serve(&[]);
    let before = memory(&server);
    let heads: [&[u8]; 3] = [b"", b"GET / HTTP/1.1\r\nhost: in", b"POST /send HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 999\r\n\r\ntopic=con"];
    let mut streams: Vec<TcpStream> = (0..count).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    for (at, stream) in streams.iter_mut().enumerate() {
        stream.write_all(heads[at % 3]).unwrap();
    }
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        let started = Instant::now();
        let fields = [("topic", "conduct"), ("message", "Chờ quá lâu"), ("language", "vi")];
        assert!(server.client().feedback(&fields).unwrap().code.is_some());
        slowest = slowest.max(started.elapsed());
    }
    let (after, slowest) = (memory(&server), slowest.as_millis());
    println!(
        "{count} idle and slow connections: a feedback took at most {slowest} ms; memory {before} MB before, {after} MB with them"
    );
    assert!(slowest < 5_000);
}

fn raise_file_limit(wanted: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < wanted) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum }).unwrap();
    }
}
