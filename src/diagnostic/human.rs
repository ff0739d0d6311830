//! Faults as a person reads them in a terminal: an excerpt of the file with the place marked.

use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level as Style, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Diagnostics, Language, Level, Message};
use crate::source::{Snapshot, Span, is_bidi_control};

/// Longest excerpt of a line, in bytes; a record may have lines of 44,000 characters.
const MAX_LINE: usize = 240;
/// From this many faults on, a list of them by code follows.
const SUMMARY_FROM: usize = 20;

/// All faults, and how many there are. Escape sequences for colour are in it; the caller strips them where they are not wanted.
pub fn render(diagnostics: &Diagnostics, snapshot: &Snapshot, language: Language) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        out.push_str(&one(diagnostic, snapshot, language));
        out.push_str("\n\n");
    }
    if diagnostics.iter().count() > SUMMARY_FROM {
        out.push_str(&by_code(diagnostics, language));
    }
    out
}

/// One fault.
pub fn one(diagnostic: &Diagnostic, snapshot: &Snapshot, language: Language) -> String {
    let style = match diagnostic.level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
    };
    let text = |message: &Message| printable(message.get(language));
    let title = text(&diagnostic.message);
    let label = diagnostic.label.as_ref().map(&text);
    let excerpt = Excerpt::of(snapshot, diagnostic.place);
    let mut report = style
        .primary_title(title.as_str())
        .id(diagnostic.code.name())
        .element(excerpt.snippet(AnnotationKind::Primary, label.as_deref()));
    let related: Vec<_> = diagnostic
        .related
        .iter()
        .map(|related| (Excerpt::of(snapshot, related.place), text(&related.message)))
        .collect();
    for (excerpt, message) in &related {
        report = report.element(excerpt.snippet(AnnotationKind::Context, Some(message)));
    }
    if let Some(help) = diagnostic.help.as_ref().map(text) {
        report = report.element(Style::HELP.message(help));
        return Renderer::styled().decor_style(DecorStyle::Ascii).term_width(140).render(&[report]);
    }
    Renderer::styled().decor_style(DecorStyle::Ascii).term_width(140).render(&[report])
}

/// The line of a place, cut around it where it is very long.
struct Excerpt {
    path: String,
    line: usize,
    text: String,
    range: std::ops::Range<usize>,
}

impl Excerpt {
    fn of(snapshot: &Snapshot, place: Span) -> Excerpt {
        let bytes = snapshot.bytes(place.file);
        let start = (place.start as usize).min(bytes.len());
        let line_start = bytes[..start].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
        let line_end = bytes[start..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |i| start + i);
        let end = (place.end as usize).clamp(start, line_end);
        let from = if start - line_start > MAX_LINE / 2 { start - MAX_LINE / 3 } else { line_start };
        let until = line_end.min(start + MAX_LINE).max(from);
        let part = |range: std::ops::Range<usize>| printable(&String::from_utf8_lossy(&bytes[range]));
        let (before, marked, after) = (part(from..start), part(start..end.min(until)), part(end.min(until)..until));
        let (line, _) = snapshot.locate(Span { start: place.start, end: place.start, ..place });
        let range = before.len()..before.len() + marked.len();
        Excerpt {
            path: snapshot.file(place.file).path.to_string(),
            line: line.line as usize,
            text: before + &marked + &after,
            range,
        }
    }

    fn snippet<'a>(
        &'a self,
        kind: AnnotationKind,
        label: Option<&'a str>,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let annotation = kind.span(self.range.clone()).label(label);
        Snippet::source(self.text.as_str()).line_start(self.line).path(self.path.as_str()).annotation(annotation)
    }
}

/// Text that cannot steer a terminal: controls are shown as `�`, directional ones too.
fn printable(text: &str) -> String {
    let hidden = |c: char| (c.is_control() && c != '\n' && c != '\t') || is_bidi_control(c);
    text.trim_end_matches('\r').replace(hidden, "\u{fffd}")
}

/// How many faults there are of each code.
fn by_code(diagnostics: &Diagnostics, language: Language) -> String {
    let mut out = String::from(match language {
        Language::Vi => "Theo loại:\n",
        Language::En => "By code:\n",
    });
    for ((level, code), count) in diagnostics.by_code() {
        let _ = writeln!(out, "  {count:>6}  {}[{code}]", level.name());
    }
    out.push('\n');
    out
}
