//! The files of a case's site, in memory and on a disk.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::net::UnixListener;
use std::path::Path;

use minhbach::source::{Body, File, Irregular, SitePath, Snapshot};

use super::escape;

/// Files by path.
#[derive(Default)]
pub struct Files(BTreeMap<String, Entry>);

/// A file.
struct Entry {
    /// As the program sees it.
    body: Body,
    /// How it comes to stand on a disk.
    laid: Laid,
}

/// How a file comes to stand on a disk.
enum Laid {
    /// With its bytes.
    Written,
    /// With a size and no bytes.
    Sparse(u64),
    /// As a link that leads there.
    Link(String),
    /// As a pipe.
    Pipe,
    /// As a device that gives zeros without end; for a user who may not make one, as a pipe.
    Device,
    /// As a socket.
    Socket,
}

/// A line that says what becomes of a file, and the lines below it.
struct Directive<'a> {
    sigil: &'a str,
    path: &'a str,
    words: Vec<&'a str>,
    body: Vec<&'a str>,
}

impl Files {
    /// The files that the part of a case above its expectation describes.
    pub fn read(head: &str) -> Result<Files, String> {
        let mut lines = head.lines().skip_while(|line| line.starts_with('#') || line.is_empty()).peekable();
        let mut files = Files::default();
        if lines.next_if_eq(&"use base").is_some() {
            files = Files::base();
        }
        for directive in directives(lines)? {
            files.apply(&directive).map_err(|why| format!("{} {}: {why}", directive.sigil, directive.path))?;
        }
        Ok(files)
    }

    /// The files under `tests/base/`.
    pub fn base() -> Files {
        let mut files = Files::default();
        files.add_folder(&super::root().join("base"), "");
        files
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                self.add_folder(&entry.path(), &format!("{path}/"));
            } else {
                let body = Body::Bytes(fs::read(entry.path()).unwrap().into());
                self.0.insert(path, Entry { body, laid: Laid::Written });
            }
        }
    }

    /// The site as the program sees it.
    pub fn snapshot(&self) -> Snapshot {
        let file = |(path, entry): (&String, &Entry)| File { path: SitePath::new(path), body: entry.body.clone() };
        Snapshot::new(self.0.iter().map(file).collect())
    }

    /// The site as a folder.
    pub fn lay_out(&self, root: &Path) {
        for (path, entry) in &self.0 {
            // What no text can name stands in a case with the sign that the program shows in its place.
            let name: Vec<u8> = match entry.body {
                Body::Irregular(Irregular::NameNotUtf8) => path.replace('\u{fffd}', "\u{1}").into_bytes(),
                _ => path.clone().into_bytes(),
            };
            let name = name.into_iter().map(|byte| if byte == 1 { 0xff } else { byte }).collect();
            let at = root.join(OsString::from_vec(name));
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            entry.lay_at(&at);
        }
    }

    fn apply(&mut self, directive: &Directive<'_>) -> Result<(), String> {
        let entry = match directive.sigil {
            "!!!" => return self.0.remove(directive.path).map(|_| ()).ok_or("there is no such file".to_owned()),
            "~~~" => Entry { body: self.edited(directive)?, laid: Laid::Written },
            _ => written(directive)?,
        };
        self.0.insert(directive.path.to_owned(), entry);
        Ok(())
    }

    fn edited(&self, directive: &Directive<'_>) -> Result<Body, String> {
        let Some(Body::Bytes(bytes)) = self.0.get(directive.path).map(|entry| &entry.body) else {
            return Err("there is no such text".into());
        };
        let mut text = String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string())?;
        for hunk in directive.body.split(|line| line.is_empty()).filter(|hunk| !hunk.is_empty()) {
            text = edited(&text, hunk, directive.has("escapes"))?;
        }
        Ok(Body::Bytes(line_ends(text, directive).as_bytes().into()))
    }
}

impl Directive<'_> {
    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

/// Cuts the lines at those that are directives.
fn directives<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<Directive<'a>>, String> {
    let mut found: Vec<Directive<'a>> = Vec::new();
    for line in lines {
        let sigil = [">>>", "~~~", "!!!"].into_iter().find(|sigil| line.starts_with(&format!("{sigil} ")));
        match (sigil, found.last_mut()) {
            (Some(sigil), _) => {
                let (path, words) = line[4..].split_once(" (").unwrap_or((&line[4..], ""));
                let words = words.trim_end_matches(')').split([' ', ',']).filter(|word| !word.is_empty()).collect();
                found.push(Directive { sigil, path, words, body: Vec::new() });
            }
            (None, Some(directive)) => directive.body.push(line),
            (None, None) if line.is_empty() => {}
            (None, None) => return Err(format!("`{line}` belongs to no file")),
        }
    }
    Ok(found)
}

impl Entry {
    fn lay_at(&self, at: &Path) {
        use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};
        let node = |kind, device| mknodat(CWD, at, kind, Mode::from_bits_retain(0o644), device);
        match &self.laid {
            Laid::Written => fs::write(at, self.bytes()).unwrap(),
            Laid::Sparse(size) => fs::File::create(at).unwrap().set_len(*size).unwrap(),
            Laid::Link(to) => std::os::unix::fs::symlink(to, at).unwrap(),
            Laid::Pipe => node(FileType::Fifo, 0).unwrap(),
            Laid::Device => {
                node(FileType::CharacterDevice, makedev(1, 5)).or_else(|_| node(FileType::Fifo, 0)).unwrap()
            }
            Laid::Socket => drop(UnixListener::bind(at).unwrap()),
        }
    }

    fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Bytes(bytes) => bytes,
            Body::Attachment(_) | Body::Irregular(_) => &[],
        }
    }
}

/// What a `>>>` directive describes.
fn written(directive: &Directive<'_>) -> Result<Entry, String> {
    let number = || directive.words.last().and_then(|word| word.parse().ok()).ok_or("a size is missing");
    let special = |laid| (Body::Irregular(Irregular::Special), laid);
    let (body, laid) = match directive.words.first().copied() {
        Some("symlink") => {
            let to = directive.words.get(1).unwrap_or(&"khong-co");
            (Body::Irregular(Irregular::Symlink), Laid::Link((*to).to_owned()))
        }
        Some("fifo") => special(Laid::Pipe),
        Some("device") => special(Laid::Device),
        Some("socket") => special(Laid::Socket),
        Some("not-utf8") => (Body::Irregular(Irregular::NameNotUtf8), Laid::Written),
        Some("large") => (Body::Irregular(Irregular::TooLarge(number()?)), Laid::Sparse(number()?)),
        Some("attachment") => (Body::Attachment(number()?), Laid::Sparse(number()?)),
        Some("hex") => (Body::Bytes(bytes(&directive.body.concat())?.into()), Laid::Written),
        _ => {
            let text: String = directive.body.iter().map(|line| format!("{line}\n")).collect();
            let text = if directive.has("escapes") { escape::resolve(&text)? } else { text };
            (Body::Bytes(line_ends(text, directive).as_bytes().into()), Laid::Written)
        }
    };
    Ok(Entry { body, laid })
}

fn line_ends(text: String, directive: &Directive<'_>) -> String {
    if directive.has("crlf") { text.replace('\n', "\r\n") } else { text }
}

/// `ef bb bf`
fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let digits: Vec<char> = hex.chars().filter(|c| !c.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16);
    digits.chunks(2).map(|pair| byte(pair).map_err(|error| error.to_string())).collect()
}

/// The text with one hunk of an edit applied.
fn edited(text: &str, hunk: &[&str], escapes: bool) -> Result<String, String> {
    let side = |sigil: char| -> Result<String, String> {
        let kept = hunk.iter().filter(|line| line.starts_with([' ', sigil]));
        let side: String = kept.map(|line| format!("{}\n", &line[1..])).collect();
        if escapes { escape::resolve(&side) } else { Ok(side) }
    };
    let (old, new) = (side('-')?, side('+')?);
    if let Some(line) = hunk.iter().find(|line| !line.starts_with([' ', '-', '+'])) {
        return Err(format!("`{line}` starts with none of ` `, `-`, `+`"));
    }
    if old.is_empty() {
        return Ok(format!("{text}{new}"));
    }
    let starts: Vec<usize> =
        text.match_indices(&old).map(|(at, _)| at).filter(|at| *at == 0 || text[..*at].ends_with('\n')).collect();
    match starts[..] {
        [at] => Ok(format!("{}{new}{}", &text[..at], &text[at + old.len()..])),
        _ => Err(format!("these lines occur {} times, not once:\n{old}", starts.len())),
    }
}
