//! Whether small templates say the same as those that are written: the text of every page of the sample, word by word.
//!
//! Minifying templates may eat a space between two inline elements; a person would read "Giá:100 đồng".

use minhbach::disk;
use minhbach::plan::Plan;
use minhbach::render::Renderer;
use minhbach::render::theme::{Form, Theme};
use minhbach::site::{self, Options};
use rayon::prelude::*;

/// Elements that begin no new line.
const INLINE: [&str; 16] =
    ["a", "b", "strong", "em", "del", "span", "time", "code", "abbr", "sup", "sub", "label", "cite", "small", "i", "s"];

#[test]
fn small_templates_say_what_the_written_ones_say() {
    let snapshot = disk::snapshot::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let site = site::load(&snapshot, &Options::default()).site.unwrap();
    let theme = |form| Theme::load_as(&snapshot, "default", form).unwrap();
    let (small, plain) = (theme(Form::Small), theme(Form::Plain));
    let (plan, _) = Plan::new(&site, &small.names(), &snapshot);
    let (by_small, by_plain) = (Renderer::new(&site, &plan, &small), Renderer::new(&site, &plan, &plain));
    let text = |renderer: &Renderer<'_>, page| said(&String::from_utf8(renderer.page(page).unwrap()).unwrap());
    plan.pages.par_iter().for_each(|page| {
        assert_eq!(text(&by_small, page), text(&by_plain, page), "{}", page.address);
    });
}

/// What a page says: its text, a line for each block, spaces as a browser shows them.
fn said(html: &str) -> Vec<String> {
    let mut text = String::new();
    for part in html.split('<').skip(1) {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        if !INLINE.contains(&name) {
            text.push('\u{0}');
        }
        text.push_str(rest);
    }
    let lines = text.split('\u{0}').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

#[test]
fn a_lost_space_is_seen() {
    assert_eq!(said("<p>Giá: <b>100</b> đồng</p>"), ["Giá: 100 đồng"]);
    assert_ne!(said("<p>Giá:<b>100</b> đồng</p>"), said("<p>Giá: <b>100</b> đồng</p>"));
}
