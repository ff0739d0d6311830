//! Markdown to plain text: what a reader would read aloud, one block a line.
//!
//! Raw HTML, references to notes and the targets of links are left out; images leave their alternative.

use pulldown_cmark::{Event, TagEnd};

use crate::syntax::markdown::events;

/// The words of a text, for summaries and search.
pub fn to_plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (event, _) in events(text) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => plain.push(' '),
            Event::Start(tag) if breaks(tag.to_end()) => plain.push('\n'),
            Event::End(tag) if breaks(tag) => plain.push('\n'),
            _ => {}
        }
    }
    tidy(&plain)
}

/// Whether a construct stands on lines of its own.
fn breaks(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, TableCell};
    !matches!(tag, Emphasis | Image | Link | Strikethrough | Strong | TableCell)
}

fn tidy(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
