//! Markdown texts: the one set-up of the parser, and what a text holds that a check has to see.
//!
//! Places are byte ranges in the Markdown text; whoever took the text from a file maps them. Nothing is resolved here
//! (that a record or file exists is for the checks across the site) and nothing is rendered (`crate::render::markdown`).
//!
//! Left out of the language on purpose: heading attributes, because `# H {onclick=…}` would be a live attribute; smart
//! punctuation, because it changes what the author wrote; mathematics and metadata blocks, because nobody asked.

mod target;

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

pub use self::target::Target;
use crate::value::slug;

/// Cells in all the tables of a text. A row may leave out cells that the HTML then spells out, so that 26 KB of
/// Markdown would become 2.4 MB.
const MAX_CELLS: usize = 20_000;

/// Constructs within one another: quotes, list items, notes, emphasis. Minifiers and browsers suffer from more.
const MAX_DEPTH: usize = 40;

/// A construct or its end, and where it is in the text.
pub type Placed<'a> = (Event<'a>, Range<usize>);

/// The constructs of a text, in order.
pub fn events(text: &str) -> Vec<Placed<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    Parser::new_ext(text, options).into_offset_iter().collect()
}

/// What a text holds that a check has to see, each list in the text's order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Links and images. A link by reference counts where it is used; a definition that nothing uses is not here.
    pub links: Vec<LinkUse>,
    /// Headings with text.
    pub headings: Vec<Heading>,
    /// What a text must not hold.
    pub faults: Vec<Fault>,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkUse {
    /// What it points at.
    pub target: Target,
    /// The destination as written, with escapes and entities resolved; `mailto:` is added to `<a@example.vn>`.
    pub raw: String,
    /// From the `[`, `!` or `<`.
    pub range: Range<usize>,
    /// Whether it is an image.
    pub is_image: bool,
    /// Whether it has text inside: an image's alternative, a link's name.
    pub has_alt: bool,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// From 1, as written.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// The slug of its text, unique within the Markdown text.
    pub anchor: String,
    /// The whole heading.
    pub range: Range<usize>,
}

/// What a text must not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An HTML block, tag or comment, from its first character.
    RawHtml {
        /// The block or the tag.
        range: Range<usize>,
    },
    /// A construct that would make an unreasonable page. Each kind is told once a text.
    TooLarge {
        /// The table, or the construct that goes too deep.
        range: Range<usize>,
        /// What there is too much of.
        what: Excess,
    },
}

/// What there can be too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// Table cells.
    Cells,
    /// Constructs within one another.
    Depth,
}

impl Excess {
    /// How many there may be.
    pub fn limit(self) -> usize {
        match self {
            Excess::Cells => MAX_CELLS,
            Excess::Depth => MAX_DEPTH,
        }
    }
}

/// Whether a text is one paragraph of plain words on one line, as most texts are: without a sign that means something to
/// Markdown, so that there is nothing to parse.
pub fn is_words(text: &str) -> bool {
    let means_something = |byte: u8| {
        byte < b' '
            || matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'&' | b'~' | b'|' | b'^')
    };
    text.starts_with(char::is_alphabetic) && !text.ends_with(char::is_whitespace) && !text.bytes().any(means_something)
}

/// What a text holds.
pub fn outline(text: &str) -> Outline {
    if is_words(text) {
        return Outline::default();
    }
    Outline::of(text, &events(text))
}

impl Outline {
    /// What a text holds, from its [`events`].
    pub fn of(text: &str, events: &[Placed<'_>]) -> Outline {
        let mut reader = Reader { text, ..Reader::default() };
        for (event, range) in events {
            reader.take(event, range);
        }
        reader.outline
    }
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    outline: Outline,
    anchors: Anchors,
    /// The links and images that are open, as indices.
    open_links: Vec<usize>,
    /// The text so far of the heading that is open.
    heading: Option<String>,
    table: Range<usize>,
    cells: usize,
    depth: usize,
    told: Vec<Excess>,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) | Event::Code(text) => self.words(text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::InlineHtml(_) => self.outline.faults.push(Fault::RawHtml { range: range.clone() }),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        self.enter(tag.to_end(), range);
        match tag {
            Tag::Heading { .. } => self.heading = Some(String::new()),
            Tag::Link { dest_url, link_type: LinkType::Email, .. } => {
                self.link(format!("mailto:{dest_url}"), range);
            }
            Tag::Link { dest_url, .. } => self.link(dest_url.to_string(), range),
            Tag::Image { dest_url, .. } => self.image(dest_url.to_string(), range),
            Tag::HtmlBlock => self.html_block(range),
            Tag::Table(_) => self.table = range.clone(),
            Tag::TableCell => self.cell(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.depth -= usize::from(counts(tag));
        match tag {
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::Heading(level) => self.end_heading(level as u8, range),
            _ => {}
        }
    }

    fn enter(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.depth += usize::from(counts(tag));
        if self.depth > MAX_DEPTH {
            self.too_large(Excess::Depth, range.clone());
        }
    }

    fn cell(&mut self) {
        self.cells += 1;
        if self.cells > MAX_CELLS {
            self.too_large(Excess::Cells, self.table.clone());
        }
    }

    fn too_large(&mut self, excess: Excess, range: Range<usize>) {
        if !self.told.contains(&excess) {
            self.told.push(excess);
            self.outline.faults.push(Fault::TooLarge { range, what: excess });
        }
    }

    fn html_block(&mut self, range: &Range<usize>) {
        let indent = self.text[range.clone()].find('<').unwrap_or(0);
        self.outline.faults.push(Fault::RawHtml { range: range.start + indent..range.end });
    }

    fn link(&mut self, raw: String, range: &Range<usize>) {
        let target = Target::of_link(&raw);
        self.open_link(LinkUse { target, raw, range: range.clone(), is_image: false, has_alt: false });
    }

    fn image(&mut self, raw: String, range: &Range<usize>) {
        let target = Target::of_image(&raw);
        self.open_link(LinkUse { target, raw, range: range.clone(), is_image: true, has_alt: false });
    }

    fn open_link(&mut self, link: LinkUse) {
        self.open_links.push(self.outline.links.len());
        self.outline.links.push(link);
    }

    /// The text of an inner link or image is text of the outer one too.
    fn end_link(&mut self) {
        let has_alt = self.open_links.pop().is_some_and(|inner| self.outline.links[inner].has_alt);
        if let Some(&outer) = self.open_links.last() {
            self.outline.links[outer].has_alt |= has_alt;
        }
    }

    fn end_heading(&mut self, level: u8, range: &Range<usize>) {
        let text = self.heading.take().unwrap_or_default().trim().to_owned();
        if !text.is_empty() {
            let anchor = self.anchors.next(&text);
            self.outline.headings.push(Heading { level, text, anchor, range: range.clone() });
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(words);
        }
        if let Some(&link) = self.open_links.last() {
            self.outline.links[link].has_alt |= !words.trim().is_empty();
        }
    }
}

/// Whether a construct is a level by itself. A list is none beside its items.
fn counts(tag: TagEnd) -> bool {
    !matches!(tag, TagEnd::List(_) | TagEnd::DefinitionList)
}

/// The anchors given out, each with the number that its next namesake tries first.
#[derive(Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn next(&mut self, text: &str) -> String {
        let slug = Some(slug(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "muc".to_owned());
        let Some(&first) = self.0.get(&slug) else {
            self.0.insert(slug.clone(), 2);
            return slug;
        };
        let mut number = first;
        while self.0.contains_key(&format!("{slug}-{number}")) {
            number += 1;
        }
        let anchor = format!("{slug}-{number}");
        self.0.insert(slug, number + 1);
        self.0.insert(anchor.clone(), 2);
        anchor
    }
}

#[cfg(test)]
mod tests;
