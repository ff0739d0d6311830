//! What came of a case, and whether it is what must come of it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write;
use std::sync::Mutex;

use minhbach::build::{self, Verdict};
use minhbach::diagnostic::{Code, Diagnostic, Message};
use minhbach::render::artefact::{Artefact, ArtefactBody};
use minhbach::source::{Snapshot, Span};

use super::Case;
use super::escape::visible;
use super::expect::{Expected, ExpectedFault};

/// Longest text at a place that an expectation shows, in characters.
const MAX_TEXT: usize = 60;

/// What came of a case.
pub struct Outcome {
    /// What it was made from.
    pub snapshot: Snapshot,
    /// What the build came to.
    pub built: build::Outcome,
    /// The text of every page and file, by its path.
    pages: BTreeMap<String, String>,
}

/// A fault as an expectation writes it.
struct Seen<'a> {
    line: String,
    text: String,
    related: Vec<String>,
    help: Option<&'a Message>,
    message: &'a Message,
}

impl Outcome {
    /// Reads and checks the case's site.
    pub fn of(case: &Case) -> Outcome {
        let snapshot = case.snapshot();
        let pages = Mutex::new(BTreeMap::new());
        let keep = |artefact: Artefact<'_>| -> Result<(), Infallible> {
            let bytes = match artefact.body {
                ArtefactBody::Bytes(bytes) => bytes,
                ArtefactBody::Stream(stream) => stream.to_bytes(),
                ArtefactBody::Copy(_) | ArtefactBody::Packed(..) | ArtefactBody::Published(_) => return Ok(()),
            };
            pages.lock().unwrap().insert(artefact.path, String::from_utf8_lossy(&bytes).into_owned());
            Ok(())
        };
        let built = build::build(&snapshot, &case.options, &keep, &build::Unobserved).unwrap();
        Outcome { snapshot, built, pages: pages.into_inner().unwrap() }
    }

    /// The exit status of a `check`.
    pub fn status(&self) -> u8 {
        match self.built.verdict {
            Verdict::Sound => 0,
            Verdict::ContentErrors => 1,
            Verdict::SiteErrors => 2,
        }
    }

    /// The `page` lines that do not hold.
    pub fn wrong_pages<'e>(&self, expected: &'e Expected) -> Vec<&'e str> {
        expected.pages.iter().map(String::as_str).filter(|line| !self.page_is(line)).collect()
    }

    /// Whether a line `PATH contains TEXT`, `PATH lacks TEXT` or `PATH is absent` holds.
    fn page_is(&self, line: &str) -> bool {
        let (path, wanted) = line.split_once(' ').expect("a path, then what is wanted");
        let page = self.pages.get(path);
        match wanted.split_once(' ') {
            Some(("contains", text)) => page.is_some_and(|page| page.contains(text)),
            Some(("lacks", text)) => page.is_some_and(|page| !page.contains(text)),
            Some(("is", "absent")) => page.is_none(),
            _ => panic!("what is `page {line}`?"),
        }
    }

    /// What differs from the expectation, if anything does.
    pub fn differs_from(&self, expected: &Expected) -> bool {
        let seen = self.seen();
        expected.status != Some(self.status())
            || !self.wrong_pages(expected).is_empty()
            || seen.len() != expected.faults.len()
            || seen.iter().zip(&expected.faults).any(|(seen, expected)| !seen.is(expected))
    }

    /// What was found, as the expectation that would hold. What `expected` says of helps and messages stays where it holds.
    pub fn written(&self, expected: &Expected) -> String {
        let mut out = format!("status {}\n", self.status());
        for seen in self.seen() {
            let said = |fault: &&ExpectedFault| fault.says.as_ref().is_none_or(|part| says(seen.message, part));
            let before = expected.faults.iter().find(|fault| fault.line == seen.line && said(fault));
            out.push_str(&seen.written(before));
        }
        expected.pages.iter().for_each(|page| writeln!(out, "page {page}").unwrap());
        out
    }

    /// The codes of all faults.
    pub fn codes(&self) -> Vec<Code> {
        self.built.diagnostics.iter().map(|fault| fault.code).collect()
    }

    fn seen(&self) -> Vec<Seen<'_>> {
        self.built.diagnostics.iter().map(|fault| self.see(fault)).collect()
    }

    fn see<'a>(&self, fault: &'a Diagnostic) -> Seen<'a> {
        let (level, code, place) = (fault.level.name(), fault.code, self.place(fault.place));
        Seen {
            line: format!("{level} {code} {place}"),
            text: self.text(fault.place),
            related: fault.related.iter().map(|related| self.place(related.place)).collect(),
            help: fault.help.as_ref(),
            message: &fault.message,
        }
    }

    fn place(&self, span: Span) -> String {
        let (start, _) = self.snapshot.locate(span);
        format!("{}:{}:{}", self.snapshot.file(span.file).path, start.line, start.column)
    }

    /// The first line of the text at a place.
    fn text(&self, span: Span) -> String {
        let bytes = &self.snapshot.bytes(span.file)[span.start as usize..span.end as usize];
        let text = String::from_utf8_lossy(bytes);
        let line = visible(text.split('\n').next().unwrap_or_default().trim_end_matches('\r'));
        if line.chars().count() <= MAX_TEXT { line } else { line.chars().take(MAX_TEXT - 1).chain(['…']).collect() }
    }
}

impl Seen<'_> {
    fn is(&self, expected: &ExpectedFault) -> bool {
        self.line == expected.line
            && self.related == expected.related
            && expected.text.as_ref().is_none_or(|text| *text == self.text)
            && expected.help.as_ref().is_none_or(|help| self.helps_with(help))
            && expected.says.as_ref().is_none_or(|part| says(self.message, part))
    }

    fn helps_with(&self, part: &str) -> bool {
        self.help.is_some_and(|help| says(help, part))
    }

    fn written(&self, before: Option<&ExpectedFault>) -> String {
        let mut out = self.line.clone();
        if !self.text.is_empty() {
            let _ = write!(out, " «{}»", self.text);
        }
        out.push('\n');
        let kept = before.and_then(|before| before.help.clone()).filter(|help| self.helps_with(help));
        if let Some(help) = kept.or_else(|| self.suggestion()) {
            let _ = writeln!(out, "  help {help}");
        }
        let kept = before.and_then(|before| before.says.clone());
        if let Some(part) = kept.or_else(|| self.keys()) {
            let _ = writeln!(out, "  says {part}");
        }
        self.related.iter().for_each(|place| writeln!(out, "  related {place}").unwrap());
        out
    }

    /// The keys that the message names, where it is about what is not there and so has no text at its place.
    fn keys(&self) -> Option<String> {
        let absent = self.line.contains(" missing-key ") || self.line.contains(" incomplete-record ");
        let (from, to) = (self.message.en.find('`')?, self.message.en.rfind('`')?);
        absent.then(|| self.message.en[from..=to].to_owned())
    }

    /// The help where it is a "did you mean".
    fn suggestion(&self) -> Option<String> {
        self.help.map(|help| help.en.clone()).filter(|help| help.starts_with("did you mean"))
    }
}

fn says(message: &Message, part: &str) -> bool {
    message.vi.contains(part) || message.en.contains(part)
}
