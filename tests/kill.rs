//! A build that is killed at any moment leaves the old site or the new one, whole; of two builds at once one works.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use minhbach::disk::manifest;
use tempfile::TempDir;

/// How many builds are killed. A heavier campaign sets `KILLS`.
fn kills() -> u32 {
    std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(200)
}

fn build(root: &Path, target: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhbach"));
    command
        .args(["build", "--no-cache", "--as-of", "2026-11-23", "-q", "-o", target])
        .current_dir(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn sample() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("site");
    let made =
        Command::new(env!("CARGO_BIN_EXE_minhbach")).arg("init").arg(&root).stdout(Stdio::null()).status().unwrap();
    assert!(made.success());
    (folder, root)
}

/// Writes the site's title, which stands on every page.
fn retitle(root: &Path, title: &str) {
    let path = root.join("content/site.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let lines =
        text.lines().map(|line| if line.starts_with("title:") { format!("title: {title}") } else { line.to_owned() });
    std::fs::write(&path, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
}

/// Every published file with its bytes.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

/// Small pseudo-random numbers; the seed is printed so that a failure can be run again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let (_folder, root) = sample();
    let mut whole = Vec::new();
    for (title, target) in [("Một", "../a"), ("Hai", "../b")] {
        retitle(&root, title);
        assert!(build(&root, target).status().unwrap().success());
        whole.push(tree(&root.join(target)));
    }
    let started = Instant::now();
    assert!(build(&root, "public").status().unwrap().success());
    let usual = started.elapsed();
    let seed = 20_261_124;
    let mut random = Random(seed);
    let mut unfinished = 0;
    for round in 0..kills() {
        retitle(&root, if round % 2 == 0 { "Một" } else { "Hai" });
        let mut child = build(&root, "public").spawn().unwrap();
        std::thread::sleep(Duration::from_micros(random.below(usual.as_micros() as u64 * 11 / 10)));
        unfinished += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let now = tree(&root.join("public"));
        assert!(whole.contains(&now), "round {round}, seed {seed}: neither the old site nor the new one");
        assert!(manifest::verify(&root.join("public")).unwrap().is_empty(), "round {round}, seed {seed}");
    }
    assert!(build(&root, "public").status().unwrap().success(), "the next build needs no cleaning");
    let left: Vec<_> = std::fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().contains("staging"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    println!("TABLE\tkilled at a random moment, {unfinished} of them before the end\t{}\t{}", kills(), kills());
    assert!(unfinished * 2 > kills(), "most kills must hit a running build");
}

#[test]
fn of_two_builds_at_once_one_works_and_the_other_says_so() {
    let (_folder, root) = sample();
    let mut locked = 0;
    for _ in 0..10 {
        let mut pair = [build(&root, "public").spawn().unwrap(), build(&root, "public").spawn().unwrap()];
        let statuses = pair.each_mut().map(|child| child.wait().unwrap().code().unwrap());
        assert!(statuses.contains(&0), "{statuses:?}");
        assert!(statuses.iter().all(|status| matches!(status, 0 | 4)), "{statuses:?}");
        locked += statuses.iter().filter(|status| **status == 4).count();
        assert!(manifest::verify(&root.join("public")).unwrap().is_empty());
    }
    assert!(locked > 0, "no pair ran at once");
}
