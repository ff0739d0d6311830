//! Markdown to HTML that may stand in a page as it is, and to plain text for summaries and search.
//!
//! The HTML is safe by construction: raw HTML comes out as text, and a link is live only where
//! `crate::syntax::markdown` knows its target and the caller resolves it. The checks have told the author of all that
//! long before; nothing is reported here. It knows no addresses and no languages: both come with [`Options`].
//!
//! Identifiers: a heading's is its anchor, a note's has a `_`, which no anchor has. A theme's own identifiers are safe
//! from both where they have a `_` too, or where the text has a prefix.

mod endnotes;
mod escape;
mod plain;
mod writer;

pub use self::plain::to_plain;

use self::endnotes::Notes;
use self::escape::escaped;
use self::writer::Writer;
use crate::syntax::markdown::{Fault, LinkUse, Outline, events, is_words};

/// How a text is laid into its page.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The level of the page's heading above: 1 makes the text's topmost headings `h2`, be they written `#` or `##`.
    /// Those below follow without a gap, never beyond `h6`.
    pub heading_shift: u8,
    /// Stands before every identifier, where several texts share a page.
    pub id_prefix: &'a str,
    /// The words that a reader meets beside the text itself.
    pub labels: Labels<'a>,
    /// The address of a file, of a path of the site, of a record, or of an anchor that the text itself does not have.
    /// Where there is none, the link's text alone is shown. Nobody is asked about web, mail and phone addresses.
    pub resolve: &'a dyn Fn(&LinkUse) -> Option<Link>,
}

/// Words in the page's language, for what Markdown leaves without a name.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    /// "Bảng": names a table, with its number and the heading above.
    pub table: &'a str,
    /// "Chú thích": names the notes together, and one with its number.
    pub footnote: &'a str,
    /// "Trở lại chỗ dẫn": names the way back from a note, with the note's number.
    pub footnote_back: &'a str,
    /// "Đã xong": a ticked box.
    pub done: &'a str,
    /// "Chưa xong": an empty box.
    pub to_do: &'a str,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address as it shall stand, anchor included. What no address may hold is percent-encoded here; a `%`, `?` or `#` in
    /// a file's name is the resolver's to encode.
    pub href: String,
    /// The words that show on pointing; those that the author wrote where there are none.
    pub title: Option<String>,
}

/// The HTML of a text. One that breaks the limits of [`Fault::TooLarge`] is shown as it is written.
pub fn to_html(text: &str, options: &Options<'_>) -> String {
    if is_words(text) {
        return format!("<p>{text}</p>\n");
    }
    parsed_to_html(text, options)
}

fn parsed_to_html(text: &str, options: &Options<'_>) -> String {
    let events = events(text);
    let outline = Outline::of(text, &events);
    if outline.faults.iter().any(|fault| matches!(fault, Fault::TooLarge { .. })) {
        return format!("<pre>\n{}</pre>\n", escaped(text));
    }
    let (body, notes) = Notes::apart_from(events);
    Writer::new(&outline, notes, options).text(&body)
}

#[cfg(test)]
mod tests;
