//! A small site in memory with two contents, and what is published of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::Campaign;

/// Which content a site has, or shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// That of the site published before.
    Old,
    /// That of the site to be published.
    New,
}

/// Every published file with its bytes.
pub type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// A site whose old content is published.
pub struct Site {
    pub root: PathBuf,
    program: PathBuf,
    old: Tree,
    new: Tree,
    _folder: Option<TempDir>,
}

impl Site {
    /// A copy of the base in memory.
    pub fn new(campaign: &Campaign) -> Site {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let site = Site::at(campaign, &folder.path().join("site"));
        Site { _folder: Some(folder), ..site }
    }

    /// A copy of the base in a folder.
    pub fn at(campaign: &Campaign, root: &Path) -> Site {
        copy(&campaign.base, root);
        let mut site = Site {
            root: root.to_owned(),
            program: campaign.program.clone(),
            old: Tree::new(),
            new: Tree::new(),
            _folder: None,
        };
        site.put(Content::New);
        site.publish();
        site.new = site.published();
        site.begin_again();
        site.old = site.published();
        assert_ne!(site.old, site.new);
        site
    }

    /// Publishes the old content and has the new one ready.
    pub fn begin_again(&self) {
        self.put(Content::Old);
        self.publish();
        self.put(Content::New);
    }

    /// Changes a title, adds a record or removes one, so that files are changed, new, and gone.
    pub fn put(&self, content: Content) {
        let path = self.root.join("content/pages/moi.md");
        let (name, gone) = match content {
            Content::Old => ("Trang cũ", true),
            Content::New => ("Trang mới", false),
        };
        let config = self.root.join("content/site.yaml");
        let text = std::fs::read_to_string(&config).unwrap();
        let retitled =
            |line: &str| if line.starts_with("title:") { format!("title: {name}\n") } else { format!("{line}\n") };
        std::fs::write(&config, text.lines().map(retitled).collect::<String>()).unwrap();
        match gone {
            true => drop(std::fs::remove_file(path)),
            false => std::fs::write(path, "---\ntitle: Trang thêm\n---\nChữ.\n").unwrap(),
        }
    }

    /// The command that builds it.
    pub fn build(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["build", "--no-cache", "--as-of", "2026-11-23", "-q", "--jobs", "1"]).current_dir(&self.root);
        command
    }

    fn publish(&self) {
        let output = self.build().output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// What is published.
    pub fn published(&self) -> Tree {
        tree(&self.root.join("public"))
    }

    /// Which content is published, where it is one of the two, whole and as its manifest says.
    pub fn shown(&self) -> Option<Content> {
        let shown = self.published();
        let content =
            [(Content::Old, &self.old), (Content::New, &self.new)].into_iter().find(|(_, tree)| **tree == shown);
        content.map(|(content, _)| content).filter(|_| as_the_manifest_says(&shown))
    }

    /// Whether one of the two sites stands whole, and the next build publishes the new one and leaves nothing beside it.
    pub fn is_whole_and_goes_on(&self) -> bool {
        let whole = self.shown().is_some();
        self.put(Content::New);
        let built = self.build().output().unwrap().status.success();
        let left = std::fs::read_dir(&self.root).unwrap().filter_map(Result::ok).map(|entry| entry.file_name());
        let left: Vec<_> = left.filter(|name| name.to_string_lossy().contains("staging")).collect();
        let right = whole && built && self.shown() == Some(Content::New) && left.is_empty();
        if !right {
            println!("whole: {whole}, next build: {built}, now {:?}, left: {left:?}", self.shown());
        }
        right
    }
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|file| (file.path().strip_prefix(folder).unwrap().to_owned(), std::fs::read(file.path()).unwrap()))
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(target).unwrap(),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// Whether a published site holds exactly the files of its manifest, each with its SHA-256.
fn as_the_manifest_says(tree: &Tree) -> bool {
    let name = Path::new("manifest.json");
    let Some(manifest) = tree.get(name).and_then(|bytes| serde_json::from_slice::<serde_json::Value>(bytes).ok())
    else {
        return false;
    };
    let Some(files) = manifest["files"].as_object() else { return false };
    let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let named = |path: &Path| path != name && path != Path::new(".gitignore");
    tree.keys().filter(|path| named(path)).count() == files.len()
        && files.iter().all(|(path, entry)| {
            tree.get(Path::new(path)).is_some_and(|bytes| entry["sha256"].as_str() == Some(&hash(bytes)))
        })
}
