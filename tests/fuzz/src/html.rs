//! Markdown: its HTML, read back as a browser reads it, holds nothing but what is on the list.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use minhbach::render::markdown::{Labels, Link, Options, to_html, to_plain};
use minhbach::syntax::markdown::{LinkUse, Target, outline};

/// Elements, each with the attributes that it may have.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("html", &[]),
    ("head", &[]),
    ("body", &[]),
    ("p", &[]),
    ("blockquote", &[]),
    ("hr", &[]),
    ("br", &[]),
    ("pre", &[]),
    ("code", &["class"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &["id"]),
    ("dl", &[]),
    ("dt", &[]),
    ("dd", &[]),
    ("em", &[]),
    ("strong", &[]),
    ("del", &[]),
    ("sup", &[]),
    ("a", &["href", "title", "rel", "id", "role", "aria-label"]),
    ("img", &["src", "alt", "title", "loading", "decoding"]),
    ("div", &["class", "role", "tabindex", "aria-label"]),
    ("section", &["class", "role", "aria-label"]),
    ("table", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope", "class"]),
    ("td", &["class"]),
    ("input", &["type", "disabled", "checked", "aria-label"]),
];

const LABELS: Labels<'_> =
    Labels { table: "Bảng", footnote: "Chú thích", footnote_back: "Trở lại", done: "Xong", to_do: "Chưa" };

/// The HTML is safe, its identifiers are unique, and every construct that a check sees has its place in the text.
pub fn markdown(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let seen = outline(text);
    let places = seen.links.iter().map(|link| &link.range).chain(seen.headings.iter().map(|heading| &heading.range));
    places.for_each(|range| assert!(text.get(range.clone()).is_some(), "{range:?}"));
    let options = Options { heading_shift: 1, id_prefix: "", labels: LABELS, resolve: &resolve };
    let html = to_html(text, &options);
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(format!("<!doctype html><body>{html}"));
    let mut ids = Vec::new();
    walk(&dom.document, &html, &mut ids);
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an identifier twice: {html}");
    let _ = to_plain(text);
}

/// Everything that a link may name exists.
fn resolve(link: &LinkUse) -> Option<Link> {
    let href = match &link.target {
        Target::File { path, .. } => format!("/files/{}", minhbach::value::percent::encoded(path)),
        Target::Site { .. } => link.raw.clone(),
        Target::Record { kind, .. } => format!("/{kind}/"),
        _ => return None,
    };
    Some(Link { href, title: None })
}

fn walk(node: &Handle, html: &str, ids: &mut Vec<String>) {
    match &node.data {
        NodeData::Element { name, attrs, .. } => {
            let element = ELEMENTS.iter().find(|(element, _)| *element == &*name.local);
            let (_, allowed) = element.unwrap_or_else(|| panic!("<{}> in {html}", name.local));
            for attribute in attrs.borrow().iter() {
                let (name, value) = (&*attribute.name.local, &*attribute.value);
                assert!(allowed.contains(&name), "{name}=\"{value}\" in {html}");
                match name {
                    "id" => ids.push(value.to_owned()),
                    "href" | "src" => assert!(leads_somewhere_safe(value), "{value} in {html}"),
                    _ => {}
                }
            }
        }
        NodeData::Comment { .. } | NodeData::ProcessingInstruction { .. } => panic!("a comment in {html}"),
        _ => {}
    }
    node.children.borrow().iter().for_each(|child| walk(child, html, ids));
}

/// As a browser takes an address: white space and controls are dropped before the scheme is read.
fn leads_somewhere_safe(address: &str) -> bool {
    let read: String = address.chars().filter(|c| !c.is_ascii_control()).collect();
    let read = read.trim().replace('\\', "/").to_ascii_lowercase();
    let in_site = read.starts_with('#') || (read.starts_with('/') && !read.starts_with("//"));
    in_site || ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| read.starts_with(scheme))
}
