//! `build` and `check` open no connection and start no program: with everything on, with every way to call them.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Campaign;
use crate::tracer::{End, run};

/// The sample site with everything switched on, in a folder of its own.
struct Sample {
    folder: TempDir,
    program: PathBuf,
}

impl Sample {
    fn new(program: &Path) -> Sample {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let sample = Sample { folder, program: program.to_owned() };
        assert!(sample.call(&["init", "."]).output().unwrap().status.success());
        let config = sample.folder.path().join("content/site.yaml");
        let text = std::fs::read_to_string(&config).unwrap();
        assert!(!text.contains("\noutputs:"), "the sample sets `outputs`: this would set it twice");
        let outputs =
            "search: true, open_data: true, record_json: true, feeds: true, posting_sheets: true, compress: true";
        std::fs::write(&config, format!("{text}\noutputs: {{{outputs}}}\n")).unwrap();
        sample
    }

    /// A call of the program in the site's folder.
    fn call(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(self.folder.path()).env("XDG_STATE_HOME", self.folder.path().join("state"));
        command
    }

    /// Adds a page.
    fn page(&self, name: &str, text: &str) {
        std::fs::write(
            self.folder.path().join("content/pages").join(name),
            format!("---\ntitle: Trang thử\n---\n{text}\n"),
        )
        .unwrap();
    }
}

/// Every way to build and check, in turn, each after the one before; with the exit status that it ends with.
const CALLS: &[(&[&str], i32)] = &[
    (&["check", "--as-of", "2026-11-23"], 0),
    (&["build", "--as-of", "2026-11-23", "-v"], 0),
    // With nothing to do.
    (&["build", "--as-of", "2026-11-23"], 0),
    (&["build", "--as-of", "2026-11-23", "--no-cache", "--jobs", "1"], 0),
    (&["build", "--as-of", "2026-11-24", "--drafts", "--verify"], 0),
    (&["build", "--as-of", "2026-11-25", "--compare", "public", "-o", "other"], 0),
    (&["check", "--as-of", "2026-11-25", "--compare", "public", "--format", "sarif"], 0),
    (&["check", "--fix"], 0),
    // Today's day comes from the clock.
    (&["build", "--message-language", "en"], 0),
];

/// The same with a site that has a fault.
const FAULTY: &[(&[&str], i32)] = &[(&["check", "--format", "json"], 1), (&["build"], 1), (&["check", "--diff"], 1)];

pub fn nothing_strays(campaign: &mut Campaign) {
    let sample = Sample::new(&campaign.program);
    let held = |calls: &[(&[&str], i32)]| calls.iter().filter(|(call, status)| stays(&sample, call, *status)).count();
    let whole = held(CALLS);
    sample.page("hong.md", "[Hỏng](procedure:khong-co)");
    let faulty = held(FAULTY);
    campaign.tell("builds and checks: no connection, no other program", CALLS.len() + FAULTY.len(), whole + faulty);
    std::fs::remove_file(sample.folder.path().join("content/pages/hong.md")).unwrap();
    // What cannot see a connection or a program proves nothing: these two commands are there to make one.
    sample.page("ra-ngoai.md", "[Cổng đóng](http://127.0.0.1:9/)");
    let connects = sees(&sample, &["check", "--external-links", "--link-timeout", "1"], "connect");
    let starts = sees(&sample, &["check", "--fix", "--updated-on-from-git"], "execve");
    campaign.tell("commands that do, seen to do it", 2, usize::from(connects) + usize::from(starts));
}

/// Whether a call ends as it should and does nothing but its work.
fn stays(sample: &Sample, call: &[&str], status: i32) -> bool {
    let seen = run(&sample.call(call), None);
    let right = seen.end == End::Status(status) && seen.strayed.is_empty();
    if !right {
        println!("{call:?}: ended with {:?}, strayed: {:?}", seen.end, seen.strayed);
    }
    right
}

fn sees(sample: &Sample, call: &[&str], stray: &str) -> bool {
    let seen = run(&sample.call(call), None);
    let right = seen.strayed.contains(&stray);
    if !right {
        println!("{call:?}: {stray} was not seen, but {:?}", seen.strayed);
    }
    right
}
