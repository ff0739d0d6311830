//! Writes the events of a text as HTML.
//!
//! Its own writer and not the library's, because headings, links, images, tables, notes and boxes all need attributes
//! that the library's does not give, and it styles table columns in line, which a strict policy forbids.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::mem;
use std::slice::Iter;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Tag};

use crate::render::markdown::endnotes::{Notes, Reference};
use crate::render::markdown::escape::{address, attribute, escaped};
use crate::render::markdown::{Link, Options};
use crate::syntax::markdown::{Heading, LinkUse, Outline, Placed, Target};

/// The end of an element, kept until its content is written.
type Closer = Cow<'static, str>;

/// Of a heading, in the name of a table below it.
const MAX_NAME: usize = 80;

const END_LINK: &str = "</a>";

pub struct Writer<'a> {
    options: &'a Options<'a>,
    /// By the place where they begin.
    links: HashMap<usize, &'a LinkUse>,
    headings: HashMap<usize, &'a Heading>,
    own_anchors: HashSet<&'a str>,
    notes: Notes<'a>,
    out: String,
    open: Vec<Closer>,
    section: &'a str,
    /// The levels, as written, of the headings that the place is under.
    levels: Vec<u8>,
    tables: usize,
    table: Table,
}

/// The table that is open; tables do not nest.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: InHead,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum InHead {
    Yes,
    #[default]
    No,
}

impl<'a> Writer<'a> {
    pub fn new(outline: &'a Outline, notes: Notes<'a>, options: &'a Options<'a>) -> Self {
        Writer {
            options,
            links: outline.links.iter().map(|link| (link.range.start, link)).collect(),
            headings: outline.headings.iter().map(|heading| (heading.range.start, heading)).collect(),
            own_anchors: outline.headings.iter().map(|heading| heading.anchor.as_str()).collect(),
            notes,
            out: String::new(),
            open: Vec::new(),
            section: "",
            levels: Vec::new(),
            tables: 0,
            table: Table::default(),
        }
    }

    /// The text, and its notes below it.
    pub fn text(mut self, body: &[Placed<'_>]) -> String {
        self.flow(body);
        self.endnotes();
        self.out
    }

    fn flow(&mut self, events: &[Placed<'_>]) {
        let mut events = events.iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Image { title, .. }) => self.image(range.start, title, &mut events),
                Event::Start(Tag::TableCell) => self.cell(&events),
                Event::Start(tag) => self.start(tag, range.start),
                Event::End(_) => self.end(),
                other => self.leaf(other),
            }
        }
    }

    fn leaf(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.out += &escaped(text),
            Event::Code(text) => self.put(format_args!("<code>{}</code>", escaped(text))),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out += "<br>\n",
            Event::Rule => self.out += "<hr>\n",
            Event::FootnoteReference(label) => self.reference(label),
            Event::TaskListMarker(done) => self.tick_box(*done),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        let closer = match tag {
            Tag::Heading { level, .. } => self.heading(at, *level as u8),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::List(Some(first)) => self.numbered_list(*first),
            Tag::Link { title, .. } => self.link(at, title),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.row(InHead::Yes),
            Tag::TableRow => self.row(InHead::No),
            _ => self.plain(tag),
        };
        self.open.push(closer);
    }

    fn end(&mut self) {
        let closer = self.open.pop().unwrap_or_default();
        self.out += &closer;
    }

    /// What needs no attribute.
    fn plain(&mut self, tag: &Tag<'_>) -> Closer {
        let (opener, closer) = match tag {
            Tag::Paragraph | Tag::HtmlBlock => ("<p>", "</p>\n"),
            Tag::BlockQuote(_) => ("<blockquote>\n", "</blockquote>\n"),
            Tag::List(None) => ("<ul>\n", "</ul>\n"),
            Tag::Item => ("<li>", "</li>\n"),
            Tag::DefinitionList => ("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => ("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => ("<dd>", "</dd>\n"),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::Strikethrough => ("<del>", "</del>"),
            _ => ("", ""),
        };
        self.out += opener;
        closer.into()
    }

    /// A heading without text has no element: it would be an empty stop in a reader's list of headings.
    fn heading(&mut self, at: usize, level: u8) -> Closer {
        let Some(heading) = self.headings.get(&at).copied() else { return "".into() };
        let level = self.page_level(level);
        self.section = &heading.text;
        let id = attribute(&format!("{}{}", self.options.id_prefix, heading.anchor));
        self.put(format_args!("<h{level} id=\"{id}\">"));
        format!("</h{level}>\n").into()
    }

    /// Below the page's own headings, and never more than one below the heading before: authors begin with `#` or with
    /// `##`, and a page whose headings skip a level is faulty.
    fn page_level(&mut self, level: u8) -> usize {
        self.levels.retain(|&outer| outer < level);
        self.levels.push(level);
        (usize::from(self.options.heading_shift) + self.levels.len()).min(6)
    }

    /// The language is a class only where it is a plain word.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Closer {
        let info = if let CodeBlockKind::Fenced(info) = kind { info } else { "" };
        let language = info.split_whitespace().next().unwrap_or("");
        let is_word = language.chars().all(|c| c.is_ascii_alphanumeric() || "+-_#.".contains(c));
        match language {
            "" => self.out += "<pre><code>",
            _ if !is_word => self.out += "<pre><code>",
            word => self.put(format_args!("<pre><code class=\"language-{word}\">")),
        }
        "</code></pre>\n".into()
    }

    fn numbered_list(&mut self, first: u64) -> Closer {
        match first {
            1 => self.out += "<ol>\n",
            _ => self.put(format_args!("<ol start=\"{first}\">\n")),
        }
        "</ol>\n".into()
    }

    fn link(&mut self, at: usize, title: &str) -> Closer {
        let Some(link) = self.links.get(&at).copied().filter(|_| !self.in_link()) else { return "".into() };
        let Some(Link { href, title: own_title }) = self.destination(link) else { return "".into() };
        let title = title_attribute(own_title.as_deref().unwrap_or(title));
        let rel = if link.target == Target::Web { " rel=\"noopener noreferrer\"" } else { "" };
        self.put(format_args!("<a href=\"{}\"{title}{rel}>", address(&href)));
        END_LINK.into()
    }

    /// CommonMark lets an address in `<>` stand inside a link; HTML does not.
    fn in_link(&self) -> bool {
        self.open.iter().any(|closer| closer == END_LINK)
    }

    fn destination(&self, link: &LinkUse) -> Option<Link> {
        let own = |href: String| Some(Link { href, title: None });
        match &link.target {
            Target::Web | Target::Mail | Target::Phone => own(link.raw.clone()),
            Target::Anchor(anchor) if self.own_anchors.contains(anchor.as_str()) => {
                own(format!("#{}{anchor}", self.options.id_prefix))
            }
            Target::Unsafe | Target::Relative => None,
            _ => (self.options.resolve)(link),
        }
    }

    fn image(&mut self, at: usize, title: &str, events: &mut Iter<'_, Placed<'_>>) {
        let alternative = alternative(events);
        let Some(link) = self.links.get(&at).and_then(|link| self.destination(link)) else {
            self.out += &escaped(&alternative);
            return;
        };
        let (source, alternative) = (address(&link.href), attribute(&alternative));
        let title = title_attribute(link.title.as_deref().unwrap_or(title));
        self.put(format_args!(
            "<img src=\"{source}\" alt=\"{alternative}\"{title} loading=\"lazy\" decoding=\"async\">"
        ));
    }

    /// A table scrolls sideways in a frame that the keyboard reaches, so the frame needs a name.
    fn table(&mut self, alignments: &[Alignment]) -> Closer {
        self.tables += 1;
        self.table.alignments = alignments.to_vec();
        let mut name = format!("{} {}", self.options.labels.table, self.tables);
        if !self.section.is_empty() {
            name.extend(": ".chars().chain(self.section.chars().take(MAX_NAME)));
        }
        let name = attribute(&name);
        self.put(format_args!("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\">\n<table>\n"));
        "</tbody>\n</table>\n</div>\n".into()
    }

    fn row(&mut self, in_head: InHead) -> Closer {
        (self.table.in_head, self.table.column) = (in_head, 0);
        let (opener, closer) = match in_head {
            InHead::Yes => ("<thead>\n<tr>", "</tr>\n</thead>\n<tbody>\n"),
            InHead::No => ("<tr>", "</tr>\n"),
        };
        self.out += opener;
        closer.into()
    }

    /// An empty cell of the head heads nothing.
    fn cell(&mut self, behind: &Iter<'_, Placed<'_>>) {
        let is_empty = matches!(behind.as_slice().first(), Some((Event::End(_), _)));
        let (opener, closer) = match self.table.in_head {
            InHead::Yes if !is_empty => ("<th scope=\"col\"", "</th>"),
            _ => ("<td", "</td>"),
        };
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        self.table.column += 1;
        self.put(format_args!("{opener}{class}>"));
        self.open.push(closer.into());
    }

    fn tick_box(&mut self, done: bool) {
        let labels = self.options.labels;
        let (checked, label) = if done { (" checked", labels.done) } else { ("", labels.to_do) };
        let label = attribute(label);
        self.put(format_args!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }

    fn reference(&mut self, label: &CowStr<'_>) {
        match self.notes.refer(label) {
            Some(reference) => self.note_link(reference),
            None => self.out += &escaped(&format!("[^{label}]")),
        }
    }

    fn note_link(&mut self, reference: Reference) {
        let (note, name) = (reference.note, attribute(self.options.labels.footnote));
        let (id, href) = (self.reference_id(reference), self.note_id(note));
        self.put(format_args!(
            "<sup><a id=\"{id}\" href=\"#{href}\" role=\"doc-noteref\" aria-label=\"{name} {note}\">{note}</a></sup>"
        ));
    }

    fn endnotes(&mut self) {
        let notes = self.note_bodies();
        if notes.is_empty() {
            return;
        }
        let name = attribute(self.options.labels.footnote);
        self.put(format_args!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{name}\">\n<ol>\n"));
        for (note, body) in (1..).zip(notes) {
            let (id, content) = (self.note_id(note), self.with_ways_back(note, &body));
            self.put(format_args!("<li id=\"{id}\">{content}</li>\n"));
        }
        self.out += "</ol>\n</section>\n";
    }

    /// All of them before any way back is written, because a note may refer to an earlier one.
    fn note_bodies(&mut self) -> Vec<String> {
        let text = mem::take(&mut self.out);
        let mut bodies = Vec::new();
        while let Some(body) = self.notes.next() {
            self.flow(&body);
            bodies.push(mem::take(&mut self.out));
        }
        self.out = text;
        bodies
    }

    /// The ways back stand in the note's last paragraph, or in one of their own.
    fn with_ways_back(&self, note: usize, body: &str) -> String {
        let ways: String =
            (1..=self.notes.references(note)).map(|nth| self.way_back(Reference { note, nth })).collect();
        match body.strip_suffix("</p>\n") {
            _ if ways.is_empty() => body.to_owned(),
            Some(start) => format!("{start}{ways}</p>\n"),
            None => format!("{body}<p>{}</p>\n", ways.trim_start()),
        }
    }

    fn way_back(&self, reference: Reference) -> String {
        let (id, name) = (self.reference_id(reference), attribute(self.options.labels.footnote_back));
        let number = match reference {
            Reference { note, nth: 1 } => note.to_string(),
            Reference { note, nth } => format!("{note}-{nth}"),
        };
        format!(" <a href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{name} {number}\">↩</a>")
    }

    fn note_id(&self, note: usize) -> String {
        attribute(&format!("{}fn_{note}", self.options.id_prefix))
    }

    fn reference_id(&self, Reference { note, nth }: Reference) -> String {
        attribute(&format!("{}fnref_{note}_{nth}", self.options.id_prefix))
    }

    fn put(&mut self, html: std::fmt::Arguments<'_>) {
        self.out.write_fmt(html).expect("writing to a string cannot fail");
    }
}

fn title_attribute(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", attribute(title)) }
}

/// The text of an image, up to the image's end.
fn alternative(events: &mut Iter<'_, Placed<'_>>) -> String {
    let mut text = String::new();
    let mut depth = 1;
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 1 => break,
            Event::End(_) => depth -= 1,
            Event::Text(words) | Event::Code(words) => text += words,
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
