//! Pages rendered from minified templates are the pages of the plain ones: the same elements, the same text.

use minhbach::plan::{Page, Plan};
use minhbach::render::Renderer;
use minhbach::render::theme::{Form, Theme};
use minhbach::site;

use super::dom::Element;
use super::{options, sample};

#[test]
fn minified_templates_change_neither_the_elements_nor_the_text_of_any_page() {
    let snapshot = sample();
    let site = site::load(&snapshot, &options()).site.unwrap();
    let [plain, small] = [Form::Plain, Form::Small].map(|form| Theme::load_as(&snapshot, "default", form).unwrap());
    let (plan, _) = Plan::new(&site, &plain.names(), &snapshot);
    let [plain, small] = [&plain, &small].map(|theme| Renderer::new(&site, &plan, theme));
    let mut saved = 0;
    for page in &plan.pages {
        let [before, after] = [&plain, &small].map(|renderer| String::from_utf8(renderer.page(page).unwrap()).unwrap());
        saved += before.len().saturating_sub(after.len());
        assert_same(page, &Element::parse(&before), &Element::parse(&after));
    }
    assert!(plan.pages.len() > 100 && (saved > 0 || cfg!(not(feature = "minify"))), "nothing was compared");
}

fn assert_same(page: &Page, before: &Element, after: &Element) {
    let (old, new) = (before.outline(), after.outline());
    let differing = old.iter().zip(&new).find(|(old, new)| old != new);
    assert!(old.len() == new.len() && differing.is_none(), "{}: {differing:?}", page.address);
    let (old, new) = (before.text(), after.text());
    let differing = old.lines().zip(new.lines()).find(|(old, new)| old != new);
    assert!(old == new, "{}: {differing:?}", page.address);
}
