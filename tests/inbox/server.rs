//! A small site and its inbox, in a temporary folder.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::client::Client;

/// A site's folder.
pub struct Site {
    pub folder: tempfile::TempDir,
}

/// What tests want to be other than usual: nobody waits, and one machine sends all.
pub const QUICK: &str =
    "limits:\n  min_seconds: 0\n  feedbacks_per_minute: 1000000\n  lookups_per_minute: 1000000\n  min_free_mb: 1\n";

impl Site {
    /// The smallest site that the tests know, with the inbox as its hook.
    pub fn new(inbox: &str) -> Site {
        let site = Site { folder: tempfile::tempdir().unwrap() };
        copy(Path::new("tests/base/content"), &site.path().join("content"));
        let config = site.path().join("content/site.yaml");
        let text = std::fs::read_to_string(&config).unwrap();
        let hook = "feedback:\n  hook: inbox\n  endpoint: http://127.0.0.1:8787\n  email: gopy@example.gov.vn\n";
        std::fs::write(config, text + hook).unwrap();
        std::fs::write(site.path().join("inbox.yaml"), inbox).unwrap();
        site
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command in it.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that is to succeed; returns what it prints.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {told}{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stdout).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minhbach"));
        command.args(arguments).args(["--message-language", "en"]).arg("--root").arg(self.path());
        command
    }

    /// Starts the inbox on a free port.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        self.serve_at("127.0.0.1:0", arguments)
    }

    /// Starts the inbox at an address.
    pub fn serve_at(&self, address: &str, arguments: &[&str]) -> Server {
        let mut command = self.command(&[&["inbox", "serve", "--listen", address], arguments].concat());
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
        let address = address.unwrap_or_else(|| panic!("the inbox did not start: {line}"));
        let log = std::thread::spawn(move || log.lines().map_while(Result::ok).collect::<Vec<_>>());
        Server { child, address, log: Some(log) }
    }
}

/// A running inbox.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    log: Option<std::thread::JoinHandle<Vec<String>>>,
}

impl Server {
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Asks it to stop; returns its exit status and what it told.
    pub fn stop(mut self) -> (Option<i32>, Vec<String>) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        (status.code(), self.log.take().unwrap().join().unwrap())
    }

    /// Kills it as a power failure would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target: PathBuf = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
