//! Pages as a browser parses them: elements with their attributes, and the text that a person sees.

use std::collections::BTreeMap;

use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Elements that stand inside a line of text; all others begin and end one.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "button", "cite", "code", "data", "dfn", "em", "i", "img", "input", "kbd", "label", "mark", "q",
    "s", "samp", "select", "small", "span", "strong", "sub", "summary", "sup", "svg", "textarea", "time", "u", "var",
];

/// Elements whose spaces stay as they are.
const VERBATIM: &[&str] = &["pre", "textarea"];

/// Elements that nobody reads.
const UNSEEN: &[&str] = &["script", "style", "template"];

/// An element of a page.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name, such as `a`.
    pub name: String,
    attributes: BTreeMap<String, String>,
    /// What is inside.
    pub children: Vec<Child>,
}

/// What is inside an element.
#[derive(Debug)]
pub enum Child {
    /// An element.
    Element(Element),
    /// A text.
    Text(String),
}

impl Element {
    /// A page, from its root element on.
    pub fn parse(html: &str) -> Element {
        // What stands in `noscript` is elements only for those who run none.
        let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder, ..ParseOpts::default() };
        let dom = html5ever::parse_document(RcDom::default(), options).one(html);
        let mut document = Element::default();
        document.take_children(&dom.document);
        let mut elements = document.children.into_iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        });
        elements.next_back().expect("a document has a root element")
    }

    fn take_children(&mut self, node: &Handle) {
        for child in node.children.borrow().iter() {
            match &child.data {
                NodeData::Text { contents } => self.children.push(Child::Text(contents.borrow().to_string())),
                NodeData::Element { name, attrs, template_contents, .. } => {
                    let attributes =
                        attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                    let mut element = Element { name: name.local.to_string(), attributes, children: Vec::new() };
                    element.take_children(child);
                    template_contents.borrow().iter().for_each(|contents| element.take_children(contents));
                    self.children.push(Child::Element(element));
                }
                _ => {}
            }
        }
    }

    /// The value of an attribute.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The elements directly inside.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// This element and all inside, in the order of the page.
    pub fn all(&self) -> Vec<&Element> {
        std::iter::once(self).chain(self.children().flat_map(Element::all)).collect()
    }

    /// The elements of a name.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.all().into_iter().filter(move |element| element.name == name)
    }

    /// The elements in order, each with its depth and its attributes.
    pub fn outline(&self) -> Vec<String> {
        let mut out = Vec::new();
        self.outline_from(0, &mut out);
        out
    }

    fn outline_from(&self, depth: usize, out: &mut Vec<String>) {
        let written = self.attributes.iter().filter(|(name, value)| !self.is_default(name, value));
        // Between the parts of a list such as that of `viewport`, a space says nothing.
        let attributes: String =
            written.map(|(name, value)| format!(" {name}={:?}", value.replace(", ", ","))).collect();
        out.push(format!("{depth} {}{attributes}", self.name));
        self.children().for_each(|child| child.outline_from(depth + 1, out));
    }

    /// Whether an attribute says what a browser takes for granted, so that it may as well be left out.
    fn is_default(&self, name: &str, value: &str) -> bool {
        let defaults = [("form", "method", "get"), ("button", "type", "submit"), ("input", "type", "text")];
        defaults.contains(&(self.name.as_str(), name, value))
    }

    /// The text as it is seen: a line for what stands in one line, spaces collapsed.
    pub fn text(&self) -> String {
        let mut raw = String::new();
        self.add_text(&mut raw);
        let lines = raw.split('\n').map(|line| line.split([' ', '\t', '\r']).filter(|word| !word.is_empty()));
        let lines = lines.map(|words| words.collect::<Vec<_>>().join(" ").replace('\u{1}', "\n"));
        lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
    }

    fn add_text(&self, out: &mut String) {
        if UNSEEN.contains(&self.name.as_str()) {
            return;
        }
        let edge = if INLINE.contains(&self.name.as_str()) { "" } else { "\n" };
        out.push_str(edge);
        for child in &self.children {
            match child {
                Child::Text(text) if VERBATIM.contains(&self.name.as_str()) => {
                    out.push_str(&text.replace('\n', "\u{1}"));
                }
                Child::Text(text) => out.push_str(&text.replace('\n', " ")),
                Child::Element(element) => element.add_text(out),
            }
        }
        out.push_str(edge);
    }
}

#[test]
fn a_space_between_words_in_one_line_is_seen() {
    let seen = |html: &str| Element::parse(html).text();
    assert_eq!(seen("<section><span>Giá:</span> <strong>100</strong> đồng</section>"), "Giá: 100 đồng\n");
    assert_eq!(seen("<section><span>Giá:</span><strong>100</strong> đồng</section>"), "Giá:100 đồng\n");
    assert_eq!(seen("<p>a</p> <p>b\n c</p>"), seen("<p>a</p><p>b c</p>"));
}
