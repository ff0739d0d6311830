//! An example of a diagnostic: a change of a small sound site that makes it wrong, and one that keeps it right.
//!
//! ```text
//! ~~~ content/procedures/mau.yaml      a change of a file: hunks of lines, apart by empty lines
//!  title: Tên                          stands there, and stays on both sides
//! -field: Một                          stands there, and goes on both sides
//! =code: "2.001620"                    stands there, and stays on the right side alone
//! !code: "2"                           comes on the wrong side
//! +code: "2.001620"                    comes on the right side
//! >>> content/pages/a.md               a file; it is there on the sides on which it has lines
//! !!! content/pages/b.md               a file that goes on both sides
//! ```
//!
//! Behind a path, `(escapes)` reads `\t`, `\u{202e}` and `\xe0` (a byte) in the lines.

use std::collections::BTreeMap;

/// An example of wrong and right.
#[derive(Debug, Clone)]
pub struct Example {
    /// The day for which the site is checked, where it matters.
    pub as_of: Option<String>,
    files: Vec<Change>,
}

/// A side of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What is told.
    Wrong,
    /// What is not.
    Right,
}

#[derive(Debug, Clone)]
struct Change {
    sigil: String,
    path: String,
    escapes: bool,
    /// Each with its sigil.
    lines: Vec<String>,
}

impl Example {
    /// Reads what stands behind `## example`.
    pub fn read(text: &str) -> Option<Example> {
        let (head, body) = text.split_once('\n')?;
        let as_of = head.trim().strip_prefix("as-of ").map(str::to_owned);
        let mut files: Vec<Change> = Vec::new();
        for line in body.trim_matches('\n').lines() {
            match line.split_once(' ').filter(|(sigil, _)| ["~~~", ">>>", "!!!"].contains(sigil)) {
                Some((sigil, path)) => {
                    let escapes = path.ends_with(" (escapes)");
                    let path = path.trim_end_matches(" (escapes)").to_owned();
                    files.push(Change { sigil: sigil.to_owned(), path, escapes, lines: Vec::new() });
                }
                None => files.last_mut()?.lines.push(line.to_owned()),
            }
        }
        (!files.is_empty()).then_some(Example { as_of, files })
    }

    /// Makes a sound site into one side of the example.
    ///
    /// # Errors
    /// Where the site does not have what the example changes.
    pub fn apply(&self, site: &mut BTreeMap<String, Vec<u8>>, side: Side) -> Result<(), String> {
        self.files.iter().try_for_each(|change| change.apply(site, side))
    }

    /// One side as people read it: each file's path and its lines. On the right side only what differs from the wrong one.
    pub fn shown(&self, side: Side) -> Vec<(String, Vec<String>)> {
        let differs =
            |change: &&Change| side == Side::Wrong || change.lines.iter().any(|line| line.starts_with(['!', '+', '=']));
        let shown = self.files.iter().filter(|change| change.sigil != "!!!").filter(differs);
        shown
            .map(|change| {
                let lines = change.lines.iter().filter(|line| line.is_empty() || stands(line, side));
                let lines = lines.map(|line| line.get(1..).unwrap_or_default().to_owned());
                (change.path.clone(), trimmed(lines.collect()))
            })
            .collect()
    }
}

/// Whether a line stands on a side.
fn stands(line: &str, side: Side) -> bool {
    match side {
        Side::Wrong => line.starts_with([' ', '!']),
        Side::Right => line.starts_with([' ', '=', '+']),
    }
}

fn trimmed(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.into_iter().skip_while(String::is_empty).collect()
}

impl Change {
    fn apply(&self, site: &mut BTreeMap<String, Vec<u8>>, side: Side) -> Result<(), String> {
        match self.sigil.as_str() {
            "!!!" => site.remove(&self.path).map(|_| ()).ok_or_else(|| format!("{} is not there", self.path)),
            ">>>" => {
                let lines: Vec<&String> = self.lines.iter().filter(|line| stands(line, side)).collect();
                if !lines.is_empty() {
                    site.insert(self.path.clone(), self.bytes(&lines));
                }
                Ok(())
            }
            _ => self
                .lines
                .split(String::is_empty)
                .filter(|hunk| !hunk.is_empty())
                .try_for_each(|hunk| self.edit(hunk, site, side)),
        }
    }

    fn edit(&self, hunk: &[String], site: &mut BTreeMap<String, Vec<u8>>, side: Side) -> Result<(), String> {
        let text = site.get_mut(&self.path).ok_or_else(|| format!("{} is not there", self.path))?;
        let old: Vec<&String> = hunk.iter().filter(|line| line.starts_with([' ', '-', '='])).collect();
        let new: Vec<&String> = hunk.iter().filter(|line| stands(line, side)).collect();
        let (old, new) = (self.bytes(&old), self.bytes(&new));
        // A hunk of which nothing is there yet, such as a new setting, goes to the end.
        let places: Vec<usize> =
            text.windows(old.len().max(1)).enumerate().filter(|(_, part)| *part == old).map(|(at, _)| at).collect();
        match places[..] {
            [at] => {
                text.splice(at..at + old.len(), new);
                Ok(())
            }
            [] if hunk.iter().all(|line| !line.starts_with(['-', '='])) => {
                text.extend(new);
                Ok(())
            }
            _ => Err(format!("{}: {} places for {:?}", self.path, places.len(), String::from_utf8_lossy(&old))),
        }
    }

    fn bytes(&self, lines: &[&String]) -> Vec<u8> {
        let text: String = lines.iter().map(|line| format!("{}\n", &line[1..])).collect();
        if self.escapes { resolved(&text) } else { text.into_bytes() }
    }
}

/// The bytes of a text with its escapes resolved.
fn resolved(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        out.extend(before.as_bytes());
        let hex = |digits: &str| u32::from_str_radix(digits, 16).ok();
        rest = if let Some(behind) = behind.strip_prefix('t') {
            out.push(b'\t');
            behind
        } else if let Some((byte, behind)) = behind.strip_prefix('x').and_then(|b| Some((hex(b.get(..2)?)?, &b[2..]))) {
            out.extend(u8::try_from(byte));
            behind
        } else if let Some((digits, behind)) = behind.strip_prefix("u{").and_then(|b| b.split_once('}')) {
            let c = hex(digits).and_then(char::from_u32).unwrap_or('\u{fffd}');
            out.extend(c.to_string().as_bytes());
            behind
        } else {
            out.push(b'\\');
            behind
        };
    }
    out.extend(rest.as_bytes());
    out
}
