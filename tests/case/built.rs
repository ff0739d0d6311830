//! A case built on a disk by the program itself, over a site that is published already: does it end as the case says, with
//! every fault that the case lists, in bounded time and memory, and with the published folder as it was?

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use minhbach::disk::manifest;
use tempfile::TempDir;

use super::Case;
use super::site::Files;

/// How long a build may take: 2 s, and of a program that was not optimised, beside other tests, five times that.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 });
/// How much memory a build may hold at once, in KiB.
const MEMORY: u64 = 256 * 1024;

/// What came of a build.
pub struct Built {
    /// Its exit status.
    pub status: Option<i32>,
    /// What is wrong with how it ended.
    pub wrong: Vec<String>,
    /// The faults that it told, as cases write them.
    pub told: Vec<String>,
    /// How long it took.
    pub time: Duration,
    /// The most memory that it held, in KiB.
    pub memory: u64,
}

/// What stands at each path: what it is and, of a file, its bytes.
type Tree = BTreeMap<PathBuf, (u32, u64, Vec<u8>)>;

/// The site of `tests/base/` as it is published.
static PUBLISHED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = scratch();
    Files::base().lay_out(folder.path());
    let output = program(folder.path()).args(["--as-of", "2026-11-01"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
});

/// In memory, where that is possible: many small files are written.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn program(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhbach"));
    let home = root.with_extension("home");
    command.args(["build", "--no-cache", "--jobs", "1", "--format", "json"]).current_dir(root);
    command.env("HOME", &home).env("XDG_STATE_HOME", home).env_remove("SOURCE_DATE_EPOCH");
    command
}

impl Built {
    /// Builds a case.
    pub fn of(case: &Case) -> Built {
        let folder = scratch();
        let root = folder.path().join("site");
        case.files.lay_out(&root);
        copy(&PUBLISHED.path().join("public"), &root.join("public"));
        fs::create_dir(root.with_extension("home")).unwrap();
        let before = tree(folder.path());
        let mut command = program(&root);
        let home = root.with_extension("home");
        command.args(case.words.iter().map(|word| match word.as_str() {
            "HOME" => home.to_str().unwrap(),
            "EMPTY" => "",
            word => word,
        }));
        let (status, stdout, time, memory) = run(command);
        let mut built = Built { status, wrong: Vec::new(), told: told(&stdout), time, memory };
        built.judge(case);
        match status {
            Some(0) => built.is_published(&root, &case.expected.pages),
            _ if before != tree(folder.path()) => built.tell("something was touched"),
            _ => {}
        }
        built
    }

    fn tell(&mut self, what: impl Into<String>) {
        self.wrong.push(what.into());
    }

    fn judge(&mut self, case: &Case) {
        if self.time > TIME {
            self.tell(format!("took {:?}", self.time));
        }
        if self.memory > MEMORY {
            self.tell(format!("held {} KiB", self.memory));
        }
        if self.status != case.expected.status.map(i32::from) {
            self.tell(format!("ended with {:?}, not {:?}", self.status, case.expected.status));
        }
        let expected: Vec<&str> = case.expected.faults.iter().map(|fault| fault.line.as_str()).collect();
        if self.told != expected {
            self.tell(format!("told:\n  {}", self.told.join("\n  ")));
        }
    }

    fn is_published(&mut self, root: &Path, pages: &[String]) {
        for line in pages {
            let (path, wanted) = line.split_once(' ').expect("a path, then what is wanted");
            let page = fs::read_to_string(root.join("public").join(path)).unwrap_or_default();
            let holds = match wanted.split_once(' ') {
                Some(("contains", text)) => page.contains(text),
                Some(("lacks", text)) => !page.is_empty() && !page.contains(text),
                _ => page.is_empty(),
            };
            if !holds {
                self.tell(format!("does not hold: page {line}"));
            }
        }
        match manifest::verify(&root.join("public")) {
            Ok(differences) if differences.is_empty() => {}
            found => self.tell(format!("published something else than its manifest says: {found:?}")),
        }
        let names = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name());
        if let Some(left) = names.into_iter().find(|name| name.to_string_lossy().contains("staging")) {
            self.tell(format!("left {}", left.display()));
        }
    }
}

/// The faults in the JSON report, as cases write them. A refusal of the call has none.
fn told(stdout: &[u8]) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(stdout).unwrap_or_default();
    let line = |fault: &serde_json::Value| {
        let word = |key: &str| fault[key].as_str().unwrap_or_default();
        format!("{} {} {}:{}:{}", word("level"), word("code"), word("file"), fault["line"], fault["column"])
    };
    report["diagnostics"].as_array().into_iter().flatten().map(line).collect()
}

/// Runs a program and looks every millisecond how much memory it has held so far.
fn run(mut command: Command) -> (Option<i32>, Vec<u8>, Duration, u64) {
    let started = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let status_file = format!("/proc/{}/status", child.id());
    let mut pipe = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut pipe, &mut bytes).unwrap();
        bytes
    });
    let mut memory = 0;
    let status = loop {
        memory = memory.max(high_water(&status_file).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > TIME * 3 {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    (status.code(), reader.join().unwrap(), started.elapsed(), memory)
}

fn high_water(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    // Before it has become the program, it is a copy of this one.
    text.starts_with("Name:\tminhbach\n").then_some(())?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Everything below a folder. Sparse files count by their size, links and devices by being there.
fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let metadata = fs::symlink_metadata(&path).unwrap();
            let small = metadata.is_file() && metadata.len() < 1 << 24;
            let bytes = if small { fs::read(&path).unwrap() } else { Vec::new() };
            tree.insert(path.clone(), (metadata.mode(), metadata.ino(), bytes));
            if metadata.is_dir() {
                folders.push(path);
            }
        }
    }
    tree
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}
