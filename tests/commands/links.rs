//! `check --external-links`, against a server of our own.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use minhbach::disk;
use minhbach::probe::{self, Options};
use minhbach::site;

use super::site::Site;

/// What a server saw: the method and path of each request, when, and who asked.
#[derive(Default, Clone)]
struct Seen(Arc<Mutex<Vec<(String, Instant, String)>>>);

impl Seen {
    fn of(&self, path: &str) -> Vec<(String, Instant, String)> {
        let all = self.0.lock().unwrap();
        all.iter().filter(|(line, ..)| line.split(' ').nth(1) == Some(path)).cloned().collect()
    }
}

/// A server on the loopback: its address, and what it sees.
fn server() -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let seen = Seen::default();
    let (record, counts) = (seen.clone(), Arc::new(Mutex::new(HashMap::<String, usize>::new())));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (record, counts) = (record.clone(), counts.clone());
            std::thread::spawn(move || serve(stream, &record, &counts));
        }
    });
    (address, seen)
}

fn serve(mut stream: TcpStream, record: &Seen, counts: &Mutex<HashMap<String, usize>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let agent = headers.iter().find_map(|line| line.to_lowercase().strip_prefix("user-agent: ").map(str::to_owned));
    let (method, path) = (first.split(' ').next().unwrap().to_owned(), first.split(' ').nth(1).unwrap().to_owned());
    record.0.lock().unwrap().push((first, Instant::now(), agent.unwrap_or_default()));
    let nth = {
        let mut counts = counts.lock().unwrap();
        let count = counts.entry(path.clone()).or_default();
        *count += 1;
        *count
    };
    let answer = match (path.as_str(), method.as_str()) {
        ("/ok", _) => "200 OK\r\n",
        ("/no-head", "HEAD") => "405 Method Not Allowed\r\n",
        ("/no-head", _) => "200 OK\r\n",
        ("/moved", _) => "301 Moved Permanently\r\nLocation: /ok\r\n",
        ("/circle", _) => "302 Found\r\nLocation: /circle\r\n",
        ("/busy", _) if nth == 1 => "429 Too Many Requests\r\nRetry-After: 1\r\n",
        ("/busy", _) => "200 OK\r\n",
        ("/always-busy", _) => "429 Too Many Requests\r\nRetry-After: 3600\r\n",
        ("/flaky", _) if nth <= 2 => "503 Service Unavailable\r\n",
        ("/flaky", _) => "200 OK\r\n",
        ("/silent", _) => {
            std::thread::sleep(Duration::from_secs(5));
            return;
        }
        _ => "404 Not Found\r\n",
    };
    let _ = stream.write_all(format!("HTTP/1.1 {answer}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
}

fn quick() -> Options {
    Options {
        timeout: Duration::from_millis(800),
        pause: Duration::from_millis(100),
        attempts: 2,
        patience: Duration::from_secs(2),
        hosts: 4,
    }
}

/// What is told of a page with links to these paths, by path.
fn told(paths: &[&str]) -> (Vec<(String, String)>, Seen) {
    let (address, seen) = server();
    let site = Site::base();
    let links: String = paths.iter().map(|path| format!("[x]({address}{path})\n")).collect();
    site.write("content/pages/ngoai.md", format!("---\ntitle: Ngoài\n---\n{links}"));
    // The base site's own address of a service is of a host that is not there; it is not what is tried here.
    site.edit(
        "content/procedures/mau.yaml",
        "    url: https://dichvucong.example.gov.vn/mau\n",
        &format!("    url: {address}/ok\n").replace("http:", "https:"),
    );
    let snapshot = disk::snapshot::read(&site.root()).unwrap();
    let loaded = site::load(&snapshot, &site::Options::default());
    let tried = probe::run(&snapshot, &loaded, &quick(), &|_, _| {});
    let own = tried.faults.iter().filter(|fault| snapshot.file(fault.place.file).path.as_str().ends_with("ngoai.md"));
    let found = own.map(|fault| {
        let (line, _) = snapshot.locate(fault.place);
        (paths[line.line as usize - 4].to_owned(), fault.message.en.clone())
    });
    (found.collect(), seen)
}

#[test]
fn what_opens_is_not_told_and_what_does_not_is_told_at_its_place() {
    let (found, seen) = told(&["/ok", "/gone", "/moved", "/no-head", "/circle", "/silent", "/gone#phan-2"]);
    let paths: std::collections::BTreeSet<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths.into_iter().collect::<Vec<_>>(), ["/circle", "/gone", "/gone#phan-2", "/silent"]);
    let says = |path: &str, part: &str| found.iter().any(|(found, message)| found == path && message.contains(part));
    assert!(says("/gone", "404") && says("/circle", "redirects") && says("/silent", "does not answer"), "{found:?}");
    let methods: Vec<String> =
        seen.of("/no-head").iter().map(|(line, ..)| line.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(methods, ["HEAD", "GET"]);
    assert_eq!(seen.of("/ok").len(), 2, "once for itself and once for what leads to it");
    let agent = &seen.of("/ok")[0].2;
    assert!(agent.starts_with("minhbach/") && agent.contains("+https://congkhai.example.gov.vn"), "{agent}");
}

#[test]
fn what_may_pass_is_tried_again_when_the_server_says() {
    let (found, seen) = told(&["/busy", "/flaky", "/always-busy"]);
    assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["/always-busy"]);
    assert!(found[0].1.contains("429"), "{found:?}");
    let busy = seen.of("/busy");
    assert!(busy[1].1 - busy[0].1 >= Duration::from_secs(1), "the server asked for a second");
    assert_eq!(seen.of("/always-busy").len(), 1, "nobody waits an hour");
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_with_a_pause_between() {
    let paths: Vec<String> = (0..6).map(|n| format!("/gone-{n}")).collect();
    let (_, seen) = told(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    let mut times: Vec<Instant> = paths.iter().map(|path| seen.of(path)[0].1).collect();
    times.sort();
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_millis(95)), "{times:?}");
}

#[test]
fn the_command_tells_warnings_that_a_record_may_allow() {
    let (address, _) = server();
    let site = Site::base();
    site.edit("content/procedures/mau.yaml", "    url: https://dichvucong.example.gov.vn/mau\n", "");
    site.edit(
        "content/procedures/mau.yaml",
        "online_level: full\nchannels:\n  - method: online\n",
        "online_level: partial\nchannels:\n  - method: postal\n",
    );
    site.edit("content/documents/luat-mau.yaml", "scope: law\n", &format!("scope: law\nurl: {address}/gone\n"));
    let plain = site.codes(&[]);
    assert_eq!(plain, Vec::<String>::new(), "without the option no link is tried");
    let tried = ["--external-links", "--link-timeout", "2"];
    assert_eq!(site.codes(&tried), ["dead-link content/documents/luat-mau.yaml"]);
    let called = site.run(&["check", "--external-links", "--as-of", "2026-11-23"]);
    assert_eq!(called.status, 0, "{}", called.text());
    assert!(called.out.contains("Tried 1 links"), "{}", called.out);
    site.edit(
        "content/documents/luat-mau.yaml",
        "scope: law\n",
        "scope: law\nallow: [{check: dead-link, reason: Chặn máy kiểm tra, until: 2027-01-01}]\n",
    );
    assert_eq!(site.codes(&tried), Vec::<String>::new());
}
