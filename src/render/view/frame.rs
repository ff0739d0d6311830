//! What stands around a page's own content: its titles and addresses, the way to it, its other languages.

use serde::Serialize;
use tera::Value;

use crate::plan::{List, NEWS, Page, Redirect, Source};
use crate::record::kind::KindName;
use crate::render::language::Language;
use crate::render::lens::Lens;
use crate::render::view::{Made, View, linked};
use crate::render::words::{Link, Words};

/// How many letters search engines show of a description.
const DESCRIPTION: usize = 200;
/// A heading of more letters than this is set smaller.
const LONG: usize = 140;
/// How many letters a shared link's name may have.
const NAME: usize = 120;

/// What stands around a page's own content.
#[derive(Debug, Serialize)]
struct Frame {
    /// The page's language code, for the `lang` of `html`.
    language: String,
    /// For the browser's window.
    title: String,
    /// For search engines, cut at a word after 200 letters; none where nothing sums the page up.
    description: Option<String>,
    /// The page's whole address.
    canonical: String,
    /// The same page in each language, where there are several.
    languages: Vec<Alternate>,
    /// The page in the site's first language, for readers of all other languages; where there are several.
    default_url: Option<String>,
    /// The section that the menu marks.
    section: String,
    /// The way from the home page, this page not included.
    crumbs: Vec<Link>,
    /// What this page is called at the end of the way.
    here: Words,
    /// Whether search engines shall leave it out.
    hidden: bool,
    /// Whether its heading is so long that it must be smaller.
    long: bool,
    /// Whether something on it is not in its language.
    fell_back: bool,
    /// The page's language as Open Graph writes it.
    locale: &'static str,
    /// What programs that show the page's address elsewhere call it.
    name: String,
    /// What the page says to machines, safe inside a `script` element; none where nobody shall find it.
    linked: Option<String>,
    /// The same for machines.
    formats: Vec<Format>,
}

/// What the page shows, in a format for machines.
#[derive(Debug, Serialize)]
struct Format {
    /// Its media type, such as `application/json`.
    media: &'static str,
    /// Where it is.
    href: String,
    /// What it is called in words.
    title: String,
}

/// The same page in one language.
#[derive(Debug, Serialize)]
struct Alternate {
    /// The language's code.
    language: String,
    /// The language's name in itself, its label `language.name`.
    name: String,
    /// Its address as it stands in links.
    href: String,
    /// Its whole address, for search engines.
    url: String,
    /// Whether it is this page.
    current: bool,
}

/// A page's content within its frame.
pub fn framed(lens: &Lens<'_>, page: &Page, made: Made) -> View {
    let config = lens.config();
    let (is_home, is_nowhere) = (page.source == Source::Home, page.source == Source::NotFound);
    let site_title: &str = &config.title;
    let home = Link { href: Some(lens.href(&Source::Home)), title: Words::own(lens.label("nav.home")) };
    let languages = if is_nowhere { Vec::new() } else { alternates(lens, page) };
    let whole_address = lens.plan().url(&page.address);
    let crumbs: Vec<Link> = if is_home { Vec::new() } else { std::iter::once(home).chain(made.crumbs).collect() };
    let hidden = made.hidden || is_nowhere || config.staging == Some(true);
    let linked = (!hidden).then(|| {
        let way = || linked::breadcrumbs(&crumbs, (&made.title, &whole_address), |href| lens.whole(href));
        linked::block((!is_home).then(way).into_iter().chain(made.linked).collect())
    });
    let frame = Frame {
        language: lens.code.to_owned(),
        title: if is_home { site_title.to_owned() } else { format!("{} – {site_title}", made.title.text) },
        description: made.description.map(|text| shortened(&text, DESCRIPTION)),
        canonical: whole_address.clone(),
        default_url: languages.first().map(|first| first.url.clone()),
        languages,
        section: made.section.to_owned(),
        crumbs,
        fell_back: lens.fell_back.get(),
        locale: locale(lens.language),
        long: made.title.text.chars().count() > LONG,
        name: shortened(&made.title.text, NAME),
        here: made.title,
        hidden,
        linked,
        formats: formats(lens, page),
    };
    let page = Value::from_serializable(&frame);
    View { template: made.template, language: lens.code.to_owned(), page, value: made.value }
}

/// A language as Open Graph writes it.
fn locale(language: Language) -> &'static str {
    if language == Language::Vi { "vi_VN" } else { "en_US" }
}

/// A text cut at a word where it has more than so many letters.
fn shortened(text: &str, letters: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(letters) else { return text.to_owned() };
    let cut = &text[..end];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole).trim_end_matches([',', ';', ' ']))
}

/// The record's data, the feeds of the page's section and of the site, the calendar: as far as they are published.
fn formats(lens: &Lens<'_>, page: &Page) -> Vec<Format> {
    let routes = lens.plan().routes(lens.code);
    let labels = |name: &str| lens.label(name);
    let section = match &page.source {
        Source::Record(kind, _) | Source::List(List::Kind(kind), _) if NEWS.contains(kind) => Some(*kind),
        _ => None,
    };
    let data = match &page.source {
        Source::Record(kind, id) => Some(("application/json", routes.data(*kind, id), labels("record.data"))),
        Source::Reception => Some(("text/calendar", routes.calendar(), labels("reception.heading"))),
        _ => None,
    };
    let feed = |section: Option<KindName>| {
        let name = section.map_or("feed.title".to_owned(), |kind| format!("nav.{}", kind.word()));
        ("application/atom+xml", routes.feed(section), labels(&name))
    };
    let feeds = section.map(|kind| feed(Some(kind))).into_iter().chain([feed(None)]);
    let all = data.into_iter().chain(feeds).filter(|(_, address, _)| lens.plan().exists(address));
    all.map(|(media, address, title)| Format { media, href: lens.plan().href(&address), title }).collect()
}

fn alternates(lens: &Lens<'_>, page: &Page) -> Vec<Alternate> {
    let all: Vec<_> = lens.plan().alternates(&page.source).collect();
    let alternate = |(language, address): (&str, String)| Alternate {
        language: language.to_owned(),
        name: lens.theme().labels(language).get("language.name").to_owned(),
        href: lens.plan().href(&address),
        url: lens.plan().url(&address),
        current: language == lens.code,
    };
    if all.len() < 2 { Vec::new() } else { all.into_iter().map(alternate).collect() }
}

/// What stands around pages that another server shows, in one language. They are no part of the site's plan, and nobody
/// finds them by searching.
#[derive(Debug, Clone)]
pub struct Around {
    language: String,
    site_title: String,
    canonical: String,
    crumbs: Vec<Link>,
}

impl Around {
    /// Around pages that belong to the feedback form.
    pub fn feedback(lens: &Lens<'_>) -> Self {
        let step =
            |source: &Source, label: &str| Link { href: Some(lens.href(source)), title: Words::own(lens.label(label)) };
        Around {
            language: lens.code.to_owned(),
            site_title: lens.config().title.to_string(),
            canonical: lens.href(&Source::Feedback),
            crumbs: vec![step(&Source::Home, "nav.home"), step(&Source::Feedback, "nav.feedback")],
        }
    }

    /// A page with a title.
    pub fn page(&self, title: &str) -> Value {
        Value::from_serializable(&Frame {
            language: self.language.clone(),
            title: format!("{title} – {}", self.site_title),
            description: None,
            canonical: self.canonical.clone(),
            languages: Vec::new(),
            default_url: None,
            section: "feedback".to_owned(),
            crumbs: self.crumbs.clone(),
            here: Words::own(title),
            hidden: true,
            fell_back: false,
            locale: locale(Language::of(&self.language)),
            long: title.chars().count() > LONG,
            name: title.to_owned(),
            linked: None,
            formats: Vec::new(),
        })
    }
}

/// The view of an old address.
pub fn redirect(lens: &Lens<'_>, redirect: &Redirect) -> View {
    #[derive(Serialize)]
    struct Target {
        /// The language code of the page to which it leads.
        language: String,
        /// Where that page is, as it stands in links.
        href: String,
        /// That page's whole address.
        canonical: String,
    }
    let href = lens.plan().href(&redirect.target);
    let target = Target { language: lens.code.to_owned(), canonical: lens.plan().url(&redirect.target), href };
    View {
        template: "redirect.html",
        language: lens.code.to_owned(),
        page: Value::from_serializable(&target),
        value: Value::none(),
    }
}
