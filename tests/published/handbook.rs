//! The handbook in `docs/so-tay/`: its examples are built as a reader would type them, its messages are what the program says.
//!
//! A fenced block that names a file in its first line is that file: a whole one, or, in a block `diff`, an edit. The blocks of a
//! chapter are laid one after the other over a new empty site, and each section's site is without error or warning. A block that
//! ends its first line with `sai` is wrong on purpose and is followed by what `minhbach check` says. `BLESS=1` writes
//! those messages.

use std::collections::BTreeMap;
use std::path::PathBuf;

use minhbach::build::{self, Verdict};
use minhbach::diagnostic::{Language, human};
use minhbach::source::Snapshot;

use super::{options, root};

const CHAPTERS: &[&str] = &["cac-loai.md", "viec-hang-ngay.md", "doc-loi.md"];

/// A fenced block: the word after the fence, the rest of that line, and what is inside.
struct Block {
    language: String,
    about: String,
    body: String,
}

/// The files of a site, as texts.
type Files = BTreeMap<String, String>;

#[test]
fn every_example_of_the_handbook_builds_and_every_message_is_the_programs() {
    let mut examples = 0;
    let mut files = empty_site();
    for chapter in CHAPTERS {
        let path = folder().join(chapter);
        let mut text = std::fs::read_to_string(&path).unwrap();
        for section in text.clone().split("\n## ").skip(1) {
            let title = section.lines().next().unwrap();
            let mut told = String::new();
            for block in blocks(section) {
                if block.language == "text" && block.about == "minhbach check" {
                    text = compared(&text, &block.body, &told, &format!("{chapter}: {title}"));
                } else if let Some(file) = block.about.strip_suffix(" sai") {
                    told = faults(&with(&files, file, &block));
                    assert!(!told.is_empty(), "{chapter}: {title}: nothing is wrong");
                } else if block.about.starts_with("content/") {
                    files = with(&files, &block.about, &block);
                    examples += 1;
                }
            }
            let told = faults(&files);
            assert!(told.is_empty(), "{chapter}: {title}\n{told}");
        }
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, text).unwrap();
        }
    }
    assert!(examples > 20, "only {examples} examples");
}

#[test]
fn every_chapter_is_in_the_table_of_contents() {
    let contents = std::fs::read_to_string(folder().join("README.md")).unwrap();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "README.md" || contents.contains(&format!("({name})")), "{name} is not in README.md");
    }
}

fn folder() -> PathBuf {
    root().join("docs/so-tay")
}

/// What `minhbach init --empty` lays down.
fn empty_site() -> Files {
    let empty = root().join("src/cli/init/empty");
    let entries = walkdir::WalkDir::new(&empty).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    entries
        .map(|entry| {
            let path = entry.path().strip_prefix(&empty).unwrap().to_str().unwrap().to_owned();
            (format!("content/{path}"), std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn blocks(section: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let (language, about) = info.split_once(' ').unwrap_or((info, ""));
        let body = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        blocks.push(Block { language: language.to_owned(), about: about.to_owned(), body });
    }
    blocks
}

/// The site with a block's file.
fn with(files: &Files, path: &str, block: &Block) -> Files {
    let mut files = files.clone();
    let text = if block.language == "diff" { edited(&files[path], &block.body, path) } else { block.body.clone() };
    files.insert(path.to_owned(), text);
    files
}

/// A text with the lines `-old` and ` kept` replaced by `+new` and ` kept`; empty lines part one edit from the next.
fn edited(text: &str, edit: &str, path: &str) -> String {
    let side = |hunk: &str, sign: char| -> String {
        hunk.lines().filter(|line| line.starts_with([' ', sign])).map(|line| format!("{}\n", &line[1..])).collect()
    };
    edit.split("\n\n").filter(|hunk| !hunk.trim().is_empty()).fold(text.to_owned(), |text, hunk| {
        let (old, new) = (side(hunk, '-'), side(hunk, '+'));
        if old.is_empty() {
            return format!("{}\n{new}", text.trim_end_matches('\n'));
        }
        assert_eq!(text.matches(&old).count(), 1, "{path}: these lines do not occur once:\n{old}");
        text.replace(&old, &new)
    })
}

/// What the program says of a site; nothing where it is without error and warning.
fn faults(files: &Files) -> String {
    let snapshot = Snapshot::from_texts(files);
    let options = minhbach::site::Options { strict: false, ..options() };
    let outcome = build::check(&snapshot, &options, &build::Unobserved);
    let told = human::render(&outcome.diagnostics, &snapshot, Language::Vi);
    let told = anstream::adapter::strip_str(&told).to_string();
    assert!(outcome.verdict == Verdict::Sound || !told.is_empty());
    told
}

/// The chapter with a message as the program says it; a failure where it differs and is not to be written.
fn compared(chapter: &str, written: &str, told: &str, place: &str) -> String {
    if std::env::var_os("BLESS").is_some() {
        return chapter.replacen(
            &format!("```text minhbach check\n{written}```"),
            &format!("```text minhbach check\n{}\n```", told.trim_end()),
            1,
        );
    }
    assert_eq!(written.trim_end(), told.trim_end(), "{place}");
    chapter.to_owned()
}
