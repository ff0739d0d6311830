//! The site while it is written: served on this machine, rebuilt as files change.
#![cfg(feature = "serve")]
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError, RwLock, mpsc};
use std::time::Duration;

use tempfile::TempDir;

#[path = "serve/edit.rs"]
mod edit;

const PATIENCE: Duration = Duration::from_secs(60);
/// Held by those who keep the machine busy, so that whoever counts builds in a span of time has it alone.
static BUSY: RwLock<()> = RwLock::new(());

/// A served site of one agency, and a page.
struct Served {
    folder: TempDir,
    child: Child,
    address: String,
    /// What else it says.
    lines: Mutex<mpsc::Receiver<String>>,
}

impl Served {
    fn new() -> Served {
        Served::with(&[], |_| {})
    }

    fn with(options: &[&str], prepare: impl FnOnce(&Path)) -> Served {
        Served::of(options, &["--empty", "-q"], |root| {
            write(root, "content/pages/mot.md", "---\ntitle: Trang một\n---\n\nNội dung.\n");
            prepare(root);
        })
    }

    fn of(options: &[&str], init: &[&str], prepare: impl FnOnce(&Path)) -> Served {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("site");
        assert!(program().arg("init").arg(&root).args(init).status().unwrap().success());
        prepare(&root);
        let mut serve = program();
        serve.args(["serve", "--message-language", "en", "-p", "0"]).args(options).arg("-r").arg(&root);
        let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let address = lines.find(|line| line.contains("http://")).unwrap().trim().to_owned();
        let (told, lines_told) = mpsc::channel();
        std::thread::spawn(move || lines.for_each(|line| drop(told.send(line))));
        Served { folder, child, address, lines: Mutex::new(lines_told) }
    }

    /// The next address that the terminal shows.
    fn next_address(&self) -> String {
        let lines = self.lines.lock().unwrap();
        let next = || lines.recv_timeout(PATIENCE).expect("there is another address");
        std::iter::repeat_with(next).find(|line| line.contains("http://")).unwrap().trim().to_owned()
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// `127.0.0.1:40123`
    fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap().split('/').next().unwrap()
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host()))
    }

    fn ask(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let answer = String::from_utf8_lossy(&bytes).into_owned();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    fn events(&self) -> Events {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
            .write_all(format!("GET /.minhbach/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host()).as_bytes())
            .unwrap();
        Events(BufReader::new(stream))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What an open page hears.
struct Events(BufReader<TcpStream>);

impl Events {
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream of events ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    fn until(&mut self, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let event = self.next();
            if wanted(&event) {
                return event;
            }
        }
    }
}

fn version(event: &serde_json::Value) -> u64 {
    event["version"].as_u64().unwrap()
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhbach"));
    command.env_remove("SOURCE_DATE_EPOCH").env("LC_ALL", "en_US.UTF-8");
    command
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn what_is_served_is_what_build_publishes_but_for_the_script() {
    let served = Served::new();
    assert!(program().args(["build", "-q", "-r"]).arg(served.root()).status().unwrap().success());
    for path in ["", "mot/", "robots.txt", "sitemap.xml", "404.html"] {
        let (status, answer) = served.get(&format!("/{path}"));
        assert_eq!(status, 200, "{path}");
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let built = std::fs::read_to_string(served.root().join("public").join(file)).unwrap();
        let script = body.split("<script src=\"/.minhbach/").nth(1).map(|rest| rest.split("</script>").next().unwrap());
        let without = script
            .map_or(body.to_owned(), |script| body.replace(&format!("<script src=\"/.minhbach/{script}</script>"), ""));
        assert_eq!(without, built, "{path}");
        assert!(!built.contains(".minhbach"), "{path}");
    }
}

#[test]
fn a_saved_record_reaches_the_open_page() {
    let served = Served::new();
    let mut events = served.events();
    let first = events.next();
    write(&served.root(), "content/pages/mot.md", "---\ntitle: Trang đã sửa\n---\n\nNội dung.\n");
    let second = events.until(|event| version(event) > version(&first));
    assert!(second["faults"].is_null());
    assert!(served.get("/mot/").1.contains("Trang đã sửa"));
}

#[test]
fn files_that_come_move_and_go_are_followed() {
    let served = Served::new();
    let mut events = served.events();
    let mut last = version(&events.next());
    let mut wait = |events: &mut Events| last = version(&events.until(|event| version(event) > last));
    write(&served.root(), "content/pages/hai.md", "---\ntitle: Trang hai\n---\n");
    wait(&mut events);
    assert_eq!(served.get("/hai/").0, 200);
    let pages = served.root().join("content/pages");
    std::fs::rename(pages.join("hai.md"), pages.join("ba.md")).unwrap();
    wait(&mut events);
    while served.get("/ba/").0 != 200 || served.get("/hai/").0 != 404 {
        wait(&mut events);
    }
    // As editors save: a new file beside it takes its place.
    write(&served.root(), "content/pages/.ba.md.swp", "---\ntitle: Trang khác\n---\n");
    std::fs::rename(pages.join(".ba.md.swp"), pages.join("ba.md")).unwrap();
    wait(&mut events);
    assert!(served.get("/ba/").1.contains("Trang khác"));
    std::fs::remove_file(pages.join("ba.md")).unwrap();
    wait(&mut events);
    assert_eq!(served.get("/ba/").0, 404);
}

#[test]
fn an_error_is_laid_over_the_last_good_page_with_the_terminals_words() {
    let served = Served::new();
    let mut events = served.events();
    let first = events.next();
    write(&served.root(), "content/pages/mot.md", "---\ntitel: Trang một\n---\n\nNội dung.\n");
    let faulty = events.until(|event| !event["faults"].is_null());
    assert_eq!(version(&faulty), version(&first), "the last good build stays");
    assert!(served.get("/mot/").1.contains("Trang một"));
    let checked =
        program().args(["check", "-q", "--message-language", "en", "-r"]).arg(served.root()).output().unwrap();
    let terminal = String::from_utf8(checked.stderr).unwrap();
    assert_eq!(faulty["faults"].as_str().unwrap().trim_end(), terminal.trim_end());
    write(&served.root(), "content/pages/mot.md", "---\ntitle: Trang một\n---\n\nLại đúng.\n");
    events.until(|event| event["faults"].is_null() && version(event) > version(&first));
}

#[test]
fn a_site_that_begins_with_an_error_shows_it_and_recovers() {
    let served = Served::with(&[], |root| write(root, "content/pages/mot.md", "---\ntitel: x\n---\n"));
    let (status, answer) = served.get("/");
    assert_eq!(status, 503);
    assert!(answer.contains("unknown-key") && answer.contains("/.minhbach/live.js"), "{answer}");
    let mut events = served.events();
    let first = events.next();
    write(&served.root(), "content/pages/mot.md", "---\ntitle: Trang một\n---\n");
    events.until(|event| version(event) > version(&first));
    assert_eq!(served.get("/").0, 200);
}

#[test]
fn a_changed_style_sheet_is_told_by_its_new_address() {
    let theme = |root: &Path| {
        write(root, "themes/own/theme.yaml", "extends: default\n");
        write(root, "themes/own/static/own.css", "p { color: red }\n");
        let config = std::fs::read_to_string(root.join("content/site.yaml")).unwrap();
        write(root, "content/site.yaml", &format!("{config}\ntheme: own\n"));
    };
    let served = Served::with(&[], theme);
    let mut events = served.events();
    let first = events.next();
    write(&served.root(), "themes/own/static/own.css", "p { color: blue }\n");
    let second = events.until(|event| version(event) > version(&first));
    let sheet = second["styles"]["own.css"].as_str().unwrap();
    assert!(served.get(sheet).1.contains("blue"));
}

#[test]
fn a_fault_in_a_template_shows_although_no_page_was_looked_at() {
    let theme = |root: &Path| {
        write(root, "themes/own/theme.yaml", "extends: default\n");
        let config = std::fs::read_to_string(root.join("content/site.yaml")).unwrap();
        write(root, "content/site.yaml", &format!("{config}\ntheme: own\n"));
    };
    let served = Served::with(&[], theme);
    let mut events = served.events();
    write(&served.root(), "themes/own/templates/page.html", "{{ nothing.at.all }}");
    let faulty = events.until(|event| !event["faults"].is_null());
    assert!(faulty["faults"].as_str().unwrap().contains("themes/own/templates/page.html"), "{faulty}");
}

#[test]
fn a_storm_of_changes_makes_few_builds() {
    let _alone = BUSY.write().unwrap_or_else(PoisonError::into_inner);
    let served = Served::new();
    let mut events = served.events();
    let first = version(&events.next());
    for n in 0..1000 {
        write(&served.root(), &format!("content/files/anh/{n}.txt"), "x");
        write(&served.root(), "content/pages/mot.md", &format!("---\ntitle: Trang {n}\n---\n"));
    }
    write(&served.root(), "content/pages/mot.md", "---\ntitle: Trang cuối\n---\n");
    while !served.get("/mot/").1.contains("Trang cuối") {
        events.next();
    }
    let builds = version(&served.events().next()) - first;
    assert!((1..=3).contains(&builds), "{builds} builds");
}

#[test]
fn only_this_machine_is_answered_and_only_its_own_pages() {
    let served = Served::new();
    let host = served.host();
    let ask = |headers: &str| served.ask(&format!("GET / HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n")).0;
    assert_eq!(ask(&format!("Host: {host}")), 200);
    assert_eq!(ask(&format!("Host: {host}\r\nOrigin: http://{host}")), 200);
    assert_eq!(ask(&format!("Host: {host}\r\nOrigin: http://evil.example")), 421);
    assert_eq!(ask(&format!("Host: evil.example:{}", host.rsplit(':').next().unwrap())), 421);
    assert_eq!(
        served.ask(&format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")).0,
        405
    );
}

#[test]
fn no_path_leads_out_of_the_site_and_unknown_ones_show_its_own_page() {
    let served = Served::with(&[], |root| write(root, "secret.txt", "geheim"));
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/files/../../secret.txt",
        "/files/%2e%2e%2f%2e%2e%2fsecret.txt",
        "//etc/passwd",
        "/khong-co/",
    ] {
        let (status, answer) = served.get(path);
        assert_eq!(status, 404, "{path}");
        assert!(answer.contains("Không tìm thấy trang") && !answer.contains("geheim"), "{path}");
    }
    let (status, answer) = served.get("/mot");
    assert!(status == 307 && answer.contains("location: /mot/"), "{answer}");
}

#[test]
fn a_site_below_a_path_is_served_there() {
    let below = |root: &Path| {
        let config = std::fs::read_to_string(root.join("content/site.yaml")).unwrap();
        let line = config.lines().find(|line| line.starts_with("base_url:")).unwrap();
        write(root, "content/site.yaml", &config.replace(line, "base_url: https://example.gov.vn/cong-khai"));
    };
    let served = Served::with(&[], below);
    assert!(served.address.ends_with("/cong-khai/"), "{}", served.address);
    assert!(served.get("/").1.contains("location: /cong-khai/"));
    let (status, page) = served.get("/cong-khai/mot/");
    assert!(status == 200 && page.contains("href=\"/cong-khai/assets/"), "{page}");
    assert_eq!(served.get("/mot/").0, 404);
}

#[test]
fn files_have_their_types() {
    let served = Served::with(&[], |root| write(root, "content/files/mau.csv", "a,b\n"));
    for (path, content_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/files/mau.csv", "text/csv; charset=utf-8"),
    ] {
        assert!(served.get(path).1.contains(&format!("content-type: {content_type}\r\n")), "{path}");
    }
}

#[test]
fn an_interrupt_ends_it_cleanly_also_while_pages_are_open() {
    let mut served = Served::new();
    let mut events = served.events();
    events.next();
    let pid = rustix::process::Pid::from_child(&served.child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_taken_port_that_was_asked_for_is_an_error() {
    let served = Served::new();
    let port = served.host().rsplit(':').next().unwrap().to_owned();
    let second = program().args(["serve", "-p", &port, "-r"]).arg(served.root()).output().unwrap();
    assert_eq!(second.status.code(), Some(3), "{}", String::from_utf8_lossy(&second.stderr));
}
