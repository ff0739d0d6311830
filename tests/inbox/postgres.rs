//! A PostgreSQL of our own: on loopback, in a temporary folder, gone when it is dropped.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running cluster.
pub struct Cluster {
    folder: tempfile::TempDir,
    server: Child,
    port: u16,
}

impl Cluster {
    /// Makes one and starts it.
    pub fn start() -> Cluster {
        let folder = tempfile::Builder::new().prefix("minhbach-pg").tempdir().unwrap();
        let data = folder.path().join("data");
        if let Some((user, group)) = unprivileged() {
            std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let made = program("initdb")
            .args(["--auth=trust", "--username=minhbach", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status();
        assert!(made.unwrap().success(), "initdb failed");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = run(&data, folder.path(), port);
        let cluster = Cluster { folder, server, port };
        cluster.wait();
        cluster
    }

    /// A new database in it, as the inbox's configuration names it.
    pub fn database(&self, name: &str) -> String {
        let address = |name: &str| format!("postgres://minhbach@127.0.0.1:{}/{name}", self.port);
        let made = program("psql").args([&address("postgres"), "-qc", &format!("CREATE DATABASE {name}")]).status();
        assert!(made.unwrap().success(), "no database was made");
        address(name)
    }

    /// Stops the server as a crash does.
    #[allow(dead_code, reason = "not every test that shares this file needs it")]
    pub fn crash(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        // Its children notice by themselves; the next start must not meet them.
        let lock = self.folder.path().join("data/postmaster.pid");
        std::thread::sleep(Duration::from_millis(200));
        let _ = std::fs::remove_file(lock);
    }

    /// Starts the server again.
    #[allow(dead_code, reason = "not every test that shares this file needs it")]
    pub fn restart(&mut self) {
        self.server = run(&self.folder.path().join("data"), self.folder.path(), self.port);
        self.wait();
    }

    fn wait(&self) {
        let end = Instant::now() + Duration::from_secs(60);
        while Instant::now() < end {
            let asked = program("pg_isready").args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]).status();
            if asked.unwrap().success() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("PostgreSQL did not start");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped = program("pg_ctl")
            .args(["stop", "-s", "-m", "immediate", "-D"])
            .arg(self.folder.path().join("data"))
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

fn run(data: &Path, sockets: &Path, port: u16) -> Child {
    program("postgres")
        .arg("-D")
        .arg(data)
        .arg("-k")
        .arg(sockets)
        .args(["-h", "127.0.0.1", "-p", &port.to_string(), "-c", "log_min_messages=panic"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// One of PostgreSQL's programs, as a user who may run it: it will not run as root.
fn program(name: &str) -> Command {
    let mut command = Command::new(folder().join(name));
    command.current_dir("/");
    if let Some((user, group)) = unprivileged() {
        command.gid(group).uid(user);
    }
    command
}

fn folder() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    found.sort();
    found.pop().expect("these tests need PostgreSQL: `apt-get install postgresql`")
}

/// The user and group to be instead of root.
fn unprivileged() -> Option<(u32, u32)> {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|us| std::os::unix::fs::MetadataExt::uid(&us) == 0);
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let user = ["postgres", "nobody"].iter().find_map(|name| {
        let line = users.lines().find(|line| line.split(':').next() == Some(*name))?;
        let mut parts = line.split(':').skip(2);
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    });
    user.filter(|_| is_root)
}
