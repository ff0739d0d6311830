//! `atom.xml`: what is new, for the whole site and for each section that has news.
//!
//! Every date is a record's own: no clock is asked. An entry's ID is made from the site's host, its kind and its ID, so that
//! it stays the same when sections are renamed. A withdrawn record stands there as its tombstone.

use std::cmp::Reverse;
use std::str::FromStr;

use atom_syndication::{Category, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

use crate::output::moment::Moment;
use crate::plan::{List, NEWS, Plan, Routes, Source};
use crate::record::common::Common;
use crate::record::kind::KindName;
use crate::render::markdown::to_plain;
use crate::render::theme::Theme;
use crate::site::Site;
use crate::value::date::Date;

/// How many entries a feed has at most.
const MOST: usize = 50;
/// How many characters of a text stand for a summary that nobody wrote.
const EXCERPT: usize = 300;
/// The year in which these IDs got their form; a tag URI needs one.
const YEAR: &str = "2026";
/// The date of a feed without an entry.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// A character that XML 1.0 forbids; records keep them, with a warning.
fn is_forbidden(c: char) -> bool {
    (c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Something new.
struct News {
    kind: KindName,
    index: usize,
    /// When it was first there, and when it last changed.
    days: Days,
}

struct Days {
    first: Date,
    last: Date,
}

/// Makes feeds in one language.
pub struct Feeds<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its addresses.
    pub plan: &'a Plan,
    /// Its labels.
    pub theme: &'a Theme,
    /// The language.
    pub language: &'a str,
}

impl Feeds<'_> {
    /// The feed of a section, or of the whole site.
    pub fn feed(&self, section: Option<KindName>) -> Vec<u8> {
        let kinds = section.as_ref().map_or(NEWS.as_slice(), std::slice::from_ref);
        let mut news: Vec<News> = kinds.iter().flat_map(|kind| self.news(*kind)).collect();
        news.sort_by_key(|news| (Reverse(news.days.last), Reverse(news.days.first), news.kind, news.index));
        news.truncate(MOST);
        let updated = news.first().map(|news| self.moment(news.days.last));
        let mut feed = Feed::default();
        feed.set_lang(self.language.to_owned());
        feed.set_id(self.id(&format!("feed:{}:{}", section.map_or("all", KindName::word), self.language)));
        feed.set_title(self.title(section));
        feed.set_updated(updated.unwrap_or_else(|| fixed(NEVER)));
        feed.set_links(self.links(section));
        feed.set_authors(self.author());
        feed.set_generator(Generator { value: "minhbach".to_owned(), uri: None, version: None });
        feed.set_entries(news.iter().map(|news| self.entry(news)).collect::<Vec<_>>());
        // XML has no way to write them, not even escaped.
        let mut bytes = feed.to_string().replace(is_forbidden, "").into_bytes();
        bytes.push(b'\n');
        bytes
    }

    fn news(&self, kind: KindName) -> impl Iterator<Item = News> + '_ {
        let table = self.site.table(kind);
        let published = (0..table.count()).filter(move |index| table.outline(*index).is_published);
        published.filter_map(move |index| {
            let own = own_day(self.site, kind, table.outline(index).id);
            let days = days(table.common(index, self.language), own)?;
            Some(News { kind, index, days })
        })
    }

    fn entry(&self, News { kind, index, days }: &News) -> Entry {
        let table = self.site.table(*kind);
        let (id, common) = (table.outline(*index).id, table.common(*index, self.language));
        let labels = self.theme.labels(self.language);
        let page = self.plan.url(&self.routes().record(*kind, id));
        let mut entry = Entry::default();
        entry.set_id(self.id(&format!("{}:{id}:{}", kind.word(), self.language)));
        let title = match (&common.withdrawn, table.natural_key(*index)) {
            (Some(_), _) => labels.fill("feed.withdrawn", &[("title", &common.title)]),
            (None, Some((_, key))) => format!("{key}: {}", &*common.title),
            (None, None) => common.title.to_string(),
        };
        entry.set_title(Text::plain(title));
        entry.set_published(self.moment(days.first));
        entry.set_updated(self.moment(days.last));
        entry.set_links(vec![link(page, "alternate", "text/html")]);
        let label = labels.get(&format!("nav.{}", kind.word())).to_owned();
        entry.set_categories(vec![Category { term: kind.word().to_owned(), scheme: None, label: Some(label) }]);
        entry.set_summary(self.summary(*kind, *index, common).map(Text::plain));
        entry
    }

    /// What a reader sees before opening the page: why it is gone, else what changed, else the summary or the text's beginning.
    fn summary(&self, kind: KindName, index: usize, common: &Common) -> Option<String> {
        if let Some(withdrawn) = &common.withdrawn {
            return Some(withdrawn.reason.to_string());
        }
        let written: Vec<&str> = [&common.summary, &common.change_note].into_iter().flatten().map(|t| &**t).collect();
        if !written.is_empty() {
            return Some(written.join(" "));
        }
        let body = self.site.table(kind).body(index, self.language)?;
        Some(excerpt(&to_plain(body)))
    }

    fn title(&self, section: Option<KindName>) -> Text {
        let site: &str = &self.site.config(self.language).title;
        let labels = self.theme.labels(self.language);
        match section {
            None => Text::plain(site),
            Some(kind) => Text::plain(format!("{} – {site}", labels.get(&format!("nav.{}", kind.word())))),
        }
    }

    fn links(&self, section: Option<KindName>) -> Vec<Link> {
        let page = section.map_or(Source::Home, |kind| Source::List(List::Kind(kind), 1));
        let routes = self.routes();
        vec![
            link(self.plan.url(&routes.feed(section)), "self", "application/atom+xml"),
            link(self.plan.url(&routes.address(&page)), "alternate", "text/html"),
        ]
    }

    fn author(&self) -> Vec<Person> {
        let agency = self.site.agencies.resolve(&self.site.config.agency);
        let name = agency.map(|record| record.content(self.language).common.title.to_string());
        vec![Person { name: name.unwrap_or_default(), email: None, uri: Some(self.plan.url("/")), ..Person::default() }]
    }

    fn routes(&self) -> &Routes {
        self.plan.routes(self.language)
    }

    fn id(&self, what: &str) -> String {
        format!("tag:{},{YEAR}:{what}", self.plan.host())
    }

    fn moment(&self, day: Date) -> FixedDateTime {
        fixed(&Moment::start(self.site, day).rfc3339())
    }
}

/// The day that a record of a kind itself speaks of: of a notice, an answer, a document, a report.
fn own_day(site: &Site, kind: KindName, id: &str) -> Option<Date> {
    match kind {
        KindName::Update => site.updates.get(id).map(|record| record.content.data.date),
        KindName::Answer => {
            site.answers.get(id).map(|record| record.content.data.answered_on.unwrap_or(record.content.data.asked_on))
        }
        KindName::Document => site.documents.get(id).and_then(|record| record.content.data.issued_on),
        KindName::Report => {
            site.reports.get(id).map(|record| record.content.data.signed_on.unwrap_or(record.content.data.period.end))
        }
        _ => None,
    }
}

/// When a record was first there and when it last changed; none where it tells no day at all.
fn days(common: &Common, own: Option<Date>) -> Option<Days> {
    let withdrawn = common.withdrawn.as_ref().map(|withdrawn| withdrawn.on);
    let known = [own, common.publish_on, common.updated_on, withdrawn];
    let last = known.into_iter().flatten().max()?;
    let first = [common.publish_on, own].into_iter().flatten().next().unwrap_or(last);
    Some(Days { first: first.min(last), last })
}

fn link(href: String, rel: &str, media: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media.to_owned()), ..Link::default() }
}

fn fixed(instant: &str) -> FixedDateTime {
    FixedDateTime::from_str(instant).expect("the instant is written as RFC 3339 asks")
}

fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT { line } else { line.chars().take(EXCERPT).chain(['…']).collect() }
}
