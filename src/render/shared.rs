//! What all pages of a language share. Built once: a value of the template engine is cheap to hand on.

use serde::Serialize;
use tera::{Context, Value};

use crate::plan::{List, Source};
use crate::record::kind::KindName;
use crate::render::fingerprint;
use crate::render::lens::Lens;
use crate::render::view::View;
use crate::render::words::Words;

/// The values that all pages of a language share.
#[derive(Debug)]
pub struct Shared {
    site: Value,
    labels: Value,
    assets: Value,
    fingerprint: blake3::Hash,
}

/// The site as every page shows it.
#[derive(Debug, Serialize)]
struct SiteView {
    /// The site's title.
    title: Words,
    /// The agency that publishes it; none where its record is not published.
    agency: Option<Words>,
    /// Who answers for the site; none where `site.yaml` does not say.
    editor: Option<Words>,
    /// An urgent word on every page; none where there is none.
    banner: Option<Words>,
    /// Whether it is a test site, not official information.
    staging: bool,
    /// The address of the home page in the page's language.
    home: String,
    /// What people come for.
    tasks: Vec<Item>,
    /// The other sections, and free pages.
    more: Vec<Item>,
    /// Where to write where the feedback form does not work; none where `site.yaml` names no such address.
    email: Option<String>,
    /// The search page, where the site has one.
    search: Option<String>,
}

/// An entry of the menu.
#[derive(Debug, Serialize)]
struct Item {
    /// The section that it leads to, for the mark of the current one.
    section: String,
    /// Where it leads.
    href: String,
    /// What it is called in the menu.
    title: Words,
}

impl Shared {
    /// What the pages that a lens is for share.
    pub fn new(lens: &Lens<'_>) -> Self {
        let site = Value::from_serializable(&site(lens));
        let (labels, assets) = (lens.labels.value(), lens.theme().asset_values(lens.plan().base_path()));
        let mut hasher = blake3::Hasher::new();
        [&site, &labels, &assets].into_iter().for_each(|value| fingerprint::add(&mut hasher, value));
        Shared { site, labels, assets, fingerprint: hasher.finalize() }
    }

    /// The hash of all of it.
    pub fn fingerprint(&self) -> &[u8] {
        self.fingerprint.as_bytes()
    }

    /// The same for pages that another server shows, which has the static files at its own root.
    pub fn elsewhere(lens: &Lens<'_>) -> Self {
        Shared { assets: lens.theme().asset_values(""), ..Shared::new(lens) }
    }

    /// All values for a view's template.
    pub fn context(&self, view: &View) -> Context {
        let mut context = Context::new();
        let values = [("site", &self.site), ("labels", &self.labels), ("assets", &self.assets)];
        for (name, value) in values.into_iter().chain([("page", &view.page), ("view", &view.value)]) {
            context.insert_value(name, value.clone());
        }
        context
    }
}

fn site(lens: &Lens<'_>) -> SiteView {
    let config = lens.config();
    let agency = lens.agencies().resolve(&config.agency);
    SiteView {
        title: lens.text(&config.title),
        agency: agency.map(|record| lens.text(&lens.common(record).title)),
        editor: config.editor.as_ref().map(|editor| lens.text(editor)),
        banner: config.banner.as_ref().map(|banner| lens.text(banner)),
        staging: config.staging == Some(true),
        home: lens.href(&Source::Home),
        tasks: tasks(lens),
        more: more(lens),
        search: lens.section(|names| &names.search),
        email: config.feedback.as_ref().and_then(|feedback| feedback.email.as_ref()).map(|email| email.to_string()),
    }
}

fn item(lens: &Lens<'_>, section: &str, source: &Source) -> Item {
    let title = Words::own(lens.label(&format!("nav.{section}")));
    Item { section: section.to_owned(), href: lens.href(source), title }
}

fn list(kind: KindName) -> Source {
    Source::List(List::Kind(kind), 1)
}

fn tasks(lens: &Lens<'_>) -> Vec<Item> {
    vec![
        item(lens, "procedure", &list(KindName::Procedure)),
        item(lens, "feedback", &Source::Feedback),
        item(lens, "contact", &Source::Contacts),
        item(lens, "answer", &list(KindName::Answer)),
        item(lens, "statistics", &list(KindName::Statistics)),
    ]
}

fn more(lens: &Lens<'_>) -> Vec<Item> {
    let sections = [
        ("update", list(KindName::Update)),
        ("reception", Source::Reception),
        ("report", list(KindName::Report)),
        ("document", list(KindName::Document)),
        ("simplified", Source::List(List::Simplified, 1)),
    ];
    let mut items: Vec<Item> = sections.iter().map(|(section, source)| item(lens, section, source)).collect();
    let optional = [("data", lens.section(|names| &names.data)), ("status", lens.section(|names| &names.status))];
    items.extend(optional.into_iter().filter_map(|(section, href)| {
        Some(Item {
            section: section.to_owned(),
            href: href?,
            title: Words::own(lens.label(&format!("nav.{section}"))),
        })
    }));
    items.extend(pages(lens));
    items
}

/// Free pages with a place in the menu, by weight.
fn pages(lens: &Lens<'_>) -> Vec<Item> {
    let in_menu = lens.pages().iter().filter(|record| record.content.common.withdrawn.is_none());
    let mut pages: Vec<_> = in_menu
        .filter_map(|record| {
            let content = record.content(lens.code);
            let menu = content.data.menu.as_ref()?;
            let title = lens.text(menu.label.as_ref().unwrap_or(&content.common.title));
            let href = lens.href(&Source::Record(KindName::Page, record.id.clone()));
            Some((menu.weight.map_or(i64::MAX, |weight| *weight), Item { section: record.id.clone(), href, title }))
        })
        .collect();
    pages.sort_by_key(|(weight, _)| *weight);
    pages.into_iter().map(|(_, item)| item).collect()
}
