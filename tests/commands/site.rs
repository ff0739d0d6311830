//! A site in a folder of its own, to call the program in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A site in a folder of its own.
pub struct Site {
    folder: TempDir,
}

/// What a call came to.
pub struct Called {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Called {
    fn of(output: &Output) -> Called {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Called { status: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Both outputs.
    pub fn text(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

impl Site {
    /// The small site of the cases, `tests/base/`.
    pub fn base() -> Site {
        let site = Site { folder: TempDir::new().unwrap() };
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
        for entry in walkdir::WalkDir::new(&base).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
            let path = entry.path().strip_prefix(&base).unwrap();
            site.write(path.to_str().unwrap(), std::fs::read(entry.path()).unwrap());
        }
        site
    }

    /// Its root.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Calls the program in it.
    pub fn run(&self, arguments: &[&str]) -> Called {
        Called::of(&program().current_dir(self.root()).args(arguments).output().unwrap())
    }

    /// Writes a file.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Changes a part of a file that occurs in it once.
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` in {path}");
        self.write(path, text.replace(old, new));
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.root().join(path).exists()
    }

    /// Every file with its bytes, hidden ones too.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let root = self.root();
        let files = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
        files
            .map(|entry| {
                let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                (path, std::fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    /// The codes of a check, with where they are.
    pub fn codes(&self, arguments: &[&str]) -> Vec<String> {
        let called = self.run(&[&["check", "--format", "json", "--as-of", "2026-11-23"], arguments].concat());
        let report: serde_json::Value =
            serde_json::from_str(&called.out).unwrap_or_else(|_| panic!("{}", called.text()));
        let list = report["diagnostics"].as_array().unwrap();
        list.iter()
            .map(|fault| format!("{} {}", fault["code"].as_str().unwrap(), fault["file"].as_str().unwrap()))
            .collect()
    }
}

/// The program, speaking English.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhbach"));
    command.env_remove("SOURCE_DATE_EPOCH").env("LC_ALL", "en_US.UTF-8");
    command
}

/// Calls the program outside any site.
pub fn call(arguments: &[&str]) -> Called {
    let folder = TempDir::new().unwrap();
    Called::of(&program().current_dir(folder.path()).args(arguments).output().unwrap())
}
