//! The files of templates, and the places of what the engine says of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use tera::{Error, ErrorKind};

use crate::diagnostic::{Code, Diagnostic};
use crate::render::theme::files::{Files, Origin, ThemeFile};
use crate::render::theme::templates::engine;
use crate::say;
use crate::source::Span;

/// The files of templates, by their names.
#[derive(Debug)]
pub struct Sources {
    files: BTreeMap<String, ThemeFile>,
    /// Where a fault is told that is in no template.
    home: Span,
}

impl Sources {
    /// Those of a theme.
    pub fn of(files: &Files) -> Sources {
        let home = files.home();
        Sources { files: files.below("templates").map(|(name, file)| (name.to_owned(), file.clone())).collect(), home }
    }

    /// The text of each, and what is none.
    pub fn texts(&self) -> (Vec<(&str, &str)>, Vec<Diagnostic>) {
        let (mut texts, mut faults) = (Vec::new(), Vec::new());
        for (name, file) in &self.files {
            match file.text() {
                Ok(text) => texts.push((name.as_str(), text)),
                Err(fault) => faults.push(*fault),
            }
        }
        (texts, faults)
    }

    /// A fault of syntax in one template, so that every template's first is told and not only that of the first template.
    pub fn syntax_fault(&self, name: &str, text: &str) -> Option<Diagnostic> {
        let error = engine([(name, text)].into_iter()).err()?;
        matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| self.faults(&error, name).swap_remove(0))
    }

    /// What the engine says, at its place: at least one fault. What has no place is told at the top of the template that was asked for.
    pub fn faults(&self, error: &Error, asked: &str) -> Vec<Diagnostic> {
        let (name, what, place) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                (report.filename(), report.message().to_owned(), (span.start_line, span.start_col))
            }
            ErrorKind::MissingParent { current: name, .. }
            | ErrorKind::CircularExtend { tpl: name, .. }
            | ErrorKind::CircularInclude { tpl: name, .. } => (name.as_str(), error.to_string(), (1, 0)),
            ErrorKind::TemplateNotFound(name) if !self.files.contains_key(name) => return vec![self.missing(name)],
            _ => (asked, error.to_string(), (1, 0)),
        };
        let unresolved = self.unresolved(&what);
        if unresolved.is_empty() { vec![self.fault(name, place, &what)] } else { unresolved }
    }

    /// What templates name and nothing is: the engine tells all of it in one text, each with its place, as people read it.
    fn unresolved(&self, text: &str) -> Vec<Diagnostic> {
        static REPORT: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?m)^error: (.+)\n *--> (.+):([0-9]+):([0-9]+)$").expect("the pattern is a constant")
        });
        let reports = REPORT.captures_iter(text).filter_map(|found| {
            let (line, column) = (found[3].parse().ok()?, found[4].parse::<usize>().ok()?);
            Some(self.fault(&found[2], (line, column.saturating_sub(1)), &found[1]))
        });
        reports.collect()
    }

    /// A fault at a line, from 1, and a column, from 0, of a template.
    fn fault(&self, name: &str, (line, column): (usize, usize), what: &str) -> Diagnostic {
        let what = what.lines().next().unwrap_or_default().trim_end_matches('.');
        let message = say!("lỗi mẫu trang: {what}", "template: {what}");
        let Some(file) = self.files.get(name) else { return Diagnostic::new(Code::Theme, self.home, message) };
        let at = column + 1;
        let message = match file.origin {
            Origin::Site(_) => message,
            Origin::BuiltIn(_) => say!("dòng {line}, cột {at}: {what}", "line {line}, column {at}: {what}"),
        };
        file.fault(file.offset(line, column), message)
    }

    fn missing(&self, name: &str) -> Diagnostic {
        let message = say!("giao diện không có mẫu trang `{name}`", "the theme has no template `{name}`");
        let help = say!(
            "viết templates/{name}, hoặc thêm `extends: default` vào theme.yaml để dùng mẫu có sẵn",
            "write templates/{name}, or add `extends: default` to theme.yaml, which brings the program's own"
        );
        Diagnostic::new(Code::Theme, self.home, message).help(help)
    }
}
