//! The site as a page in one language sees it: texts with their language, dates and numbers in words, references as links.

use std::cell::Cell;

use serde::Serialize;

use crate::output::data::{Measured, measure};
use crate::plan::{Field, List, Plan, SectionNames, Source};
use crate::record::Record;
use crate::record::common::Common;
use crate::record::config::Config;
use crate::record::kind::KindName;
use crate::record::kinds::agency::Agency;
use crate::record::kinds::answer::Answer;
use crate::record::kinds::contact::Contact;
use crate::record::kinds::document::{Document, Force};
use crate::record::kinds::page::Page;
use crate::record::kinds::procedure::Procedure;
use crate::record::kinds::report::Report;
use crate::record::kinds::statistics::Statistics;
use crate::record::kinds::update::Update;
use crate::record::value::{FilePath, Markdown, Ref, Referable, Text};
use crate::render::language::Language;
use crate::render::markdown::{self, Labels as MarkdownLabels, to_html};
use crate::render::on_demand::OnDemand;
use crate::render::relations::{Name, Relations};
use crate::render::sight::{self, Planned, Records, Related};
use crate::render::theme::{Labels, Theme};
use crate::render::trace::{Question, Trace};
use crate::render::words::{Day, Html, Link, Words};
use crate::site::{Outline, Site};
use crate::value::date::Date;

/// What pages are made from.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The records.
    pub site: &'a Site,
    /// The pages.
    pub plan: &'a Plan,
    /// How they look.
    pub theme: &'a Theme,
    /// Who names whom.
    pub relations: &'a Relations,
    /// What is made once somebody has asked.
    pub on_demand: &'a OnDemand,
}

/// What a page in one language sees of the site. Whatever it asks is noted.
pub struct Lens<'a> {
    world: World<'a>,
    trace: Trace,
    /// The page's language code.
    pub code: &'a str,
    pub language: Language,
    pub labels: &'a Labels,
    /// Whether a text was seen that is not in the page's language.
    pub fell_back: Cell<bool>,
}

/// A document as it is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Its page; none where it is not published.
    pub href: Option<String>,
    /// Its symbol.
    pub symbol: String,
    /// Its title; none where it is not published.
    pub title: Option<Words>,
    /// A word where it is not, or not fully, in force.
    pub caution: Option<String>,
}

/// A file to load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Download {
    /// Where it is.
    pub href: Option<String>,
    /// What it is called.
    pub title: Words,
    /// "DOCX, 32 KB"; nothing for a file elsewhere.
    pub about: Option<String>,
}

impl<'a> Lens<'a> {
    /// The site as seen in a language.
    pub fn new(world: World<'a>, code: &str) -> Self {
        let code = &world.plan.routes(code).language;
        let (language, labels) = (Language::of(code), world.theme.labels(code));
        Lens { world, trace: Trace::default(), code, language, labels, fell_back: Cell::new(false) }
    }

    /// A lens that has seen nothing yet.
    pub fn fresh(&self, code: &str) -> Lens<'a> {
        Lens::new(self.world, code)
    }

    /// All that was asked, in order.
    pub fn into_questions(self) -> Vec<Question> {
        self.trace.into_questions()
    }

    /// Notes what another view asked whose parts are taken over.
    pub fn ask_all(&self, questions: &[Question]) {
        self.trace.ask_all(questions);
    }

    /// Everything, for what looks at the whole site: such a page is made anew in every build.
    pub fn everything(&self) -> World<'a> {
        self.trace.ask(Question::Everything);
        self.world
    }

    /// How large the tables of open data are.
    pub fn tables(&self) -> &'a Measured {
        let World { site, plan, on_demand, .. } = self.world;
        self.trace.ask(Question::Everything);
        on_demand.tables.get_or_init(|| measure(site, plan))
    }

    /// What many pages share.
    pub fn on_demand(&self) -> &'a OnDemand {
        self.world.on_demand
    }

    /// How pages look.
    pub fn theme(&self) -> &'a Theme {
        self.world.theme
    }

    /// The configuration in the page's language.
    pub fn config(&self) -> &'a Config {
        self.world.site.config(self.code)
    }

    /// The configuration in the default language, for what has no language.
    pub fn default_config(&self) -> &'a Config {
        &self.world.site.config
    }

    /// The day for which the site is built.
    pub fn today(&self) -> Date {
        self.trace.ask(Question::Day);
        self.world.site.as_of
    }

    /// Which pages there are.
    pub fn plan(&self) -> Planned<'_, 'a> {
        Planned::new(self.world.plan, self.world.site, &self.trace)
    }

    /// What records say about one another.
    pub fn relations(&self) -> Related<'_, 'a> {
        Related::new(self.world.relations, &self.trace)
    }

    /// What every published record of a kind has.
    pub fn published_of(&self, kind: KindName) -> impl Iterator<Item = Outline<'a>> + use<'a> {
        sight::published(self.world.site, kind, &self.trace)
    }

    /// A label.
    pub fn label(&self, name: &str) -> String {
        self.labels.get(name).to_owned()
    }

    /// A label for a number of things.
    pub fn count(&self, name: &str, number: usize) -> String {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.labels.count(name, number, &self.language.number(number))
    }

    /// A text with its language.
    pub fn text(&self, text: &Text) -> Words {
        Words { text: text.to_string(), lang: self.foreign(text.place.file) }
    }

    /// Texts with their languages.
    pub fn texts(&self, texts: &[Text]) -> Vec<Words> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn foreign(&self, file: crate::source::FileId) -> Option<String> {
        let foreign = Some(self.world.site.language_of(file)).filter(|language| *language != self.code);
        if foreign.is_some() {
            self.fell_back.set(true);
        }
        foreign.map(str::to_owned)
    }

    /// A Markdown text as HTML. `shift` is the level of the heading that it stands below; `prefix` stands before its
    /// identifiers.
    pub fn markdown(&self, text: &Markdown, shift: u8, prefix: &str) -> Html {
        let get = |name| self.labels.get(name);
        let labels = MarkdownLabels {
            table: get("text.table"),
            footnote: get("text.footnote"),
            footnote_back: get("text.footnote_back"),
            done: get("text.done"),
            to_do: get("text.to_do"),
        };
        let resolve = |link: &crate::syntax::markdown::LinkUse| {
            let href = self.plan().link(&link.target, self.code)?;
            Some(markdown::Link { href, title: None })
        };
        let options = markdown::Options { heading_shift: shift, id_prefix: prefix, labels, resolve: &resolve };
        Html { html: to_html(text, &options), lang: self.foreign(text.place.file) }
    }

    /// A day.
    pub fn day(&self, date: Date) -> Day {
        self.language.day(date)
    }

    /// The name of a field of work. `site.yaml` may hold its name in the page's language.
    pub fn field(&self, field: &Field) -> Words {
        match field.translations.get(self.code) {
            Some(name) => Words::own(&**name),
            None => self.text(&field.name),
        }
    }

    /// The IDs of a list, in the order of the page's language.
    pub fn list(&self, list: &List) -> &'a [String] {
        self.plan().list_in(self.code, list)
    }

    /// The address of a page made from a source.
    pub fn href(&self, source: &Source) -> String {
        self.plan().href(&self.plan().address(source, self.code))
    }

    /// The address of what is made from a source; none where this site makes no such thing.
    pub fn sheet(&self, source: Source) -> Option<String> {
        self.published(&self.plan().address(&source, self.code))
    }

    /// The page of a section that not every site has, such as the search.
    pub fn section(&self, word: impl Fn(&SectionNames) -> &String) -> Option<String> {
        self.published(&self.plan().routes(self.code).section(word))
    }

    /// A path of the site as it stands in a link; none where nothing is published there.
    pub fn published(&self, path: &str) -> Option<String> {
        self.plan().exists(path).then(|| self.plan().href(path))
    }

    /// A link within the site as a whole address; one to elsewhere as it is.
    pub fn whole(&self, href: &str) -> String {
        if !href.starts_with('/') {
            return href.to_owned();
        }
        let base: &str = self.default_config().base_url.trim_end_matches('/');
        format!("{base}{}", href.strip_prefix(self.plan().base_path()).unwrap_or(href))
    }

    /// A published record as a link.
    pub fn link(&self, kind: KindName, id: &str) -> Option<Link> {
        let title = self.title(kind, id)?;
        Some(Link { href: Some(self.plan().href(&self.plan().routes(self.code).record(kind, id))), title })
    }

    /// Published records as links.
    pub fn links(&self, names: Option<&Vec<Name>>) -> Vec<Link> {
        names.into_iter().flatten().filter_map(|(kind, id)| self.link(*kind, id)).collect()
    }

    /// A reference as a link; one that is not published shows its key.
    pub fn reference<T: Referable>(&self, reference: &Ref<T>) -> Link {
        self.key(T::WORD, &reference.key)
    }

    /// References as links.
    pub fn references<T: Referable>(&self, references: &[Ref<T>]) -> Vec<Link> {
        references.iter().map(|reference| self.reference(reference)).collect()
    }

    /// A key of a kind as a link; one that is not published shows itself.
    pub fn key(&self, kind: &str, key: &Text) -> Link {
        let published = KindName::from_word(kind).and_then(|kind| Some((kind, self.id_of(kind, key)?)));
        published
            .and_then(|(kind, id)| self.link(kind, id))
            .unwrap_or_else(|| Link { href: None, title: self.text(key) })
    }

    /// What a person calls a record.
    fn title(&self, kind: KindName, id: &str) -> Option<Words> {
        match kind {
            KindName::Procedure => self.procedures().get(id).map(|record| self.name_of(record)),
            KindName::Agency => self.title_in(&self.agencies(), id),
            KindName::Answer => self.title_in(&self.answers(), id),
            KindName::Contact => self.title_in(&self.contacts(), id),
            KindName::Document => self.title_in(&self.documents(), id),
            KindName::Page => self.title_in(&self.pages(), id),
            KindName::Report => self.title_in(&self.reports(), id),
            KindName::Statistics => self.title_in(&self.statistics(), id),
            KindName::Update => self.title_in(&self.updates(), id),
        }
    }

    /// The ID of the published record that a key means.
    fn id_of(&self, kind: KindName, key: &str) -> Option<&'a str> {
        self.trace.ask(Question::Key(kind, key.to_owned()));
        self.world.site.published_id(kind, key)
    }

    fn title_in<T>(&self, records: &Records<'_, 'a, T>, id: &str) -> Option<Words> {
        records.get(id).map(|record| self.text(&self.common(record).title))
    }

    /// The keys that every record has, in the page's language.
    pub fn common<'r, T>(&self, record: &'r Record<T>) -> &'r Common {
        &record.content(self.code).common
    }

    /// A procedure's plain name, else its official one.
    pub fn name_of(&self, record: &Record<Procedure>) -> Words {
        let content = record.content(self.code);
        self.text(content.data.plain_title.as_ref().unwrap_or(&content.common.title))
    }

    /// A document as it is cited.
    pub fn cite(&self, reference: &Ref<Document>) -> Citation {
        match self.documents().resolve(reference) {
            Some(record) => self.citation(record),
            None => Citation { href: None, symbol: reference.key.to_string(), title: None, caution: None },
        }
    }

    /// A published document as it is cited.
    pub fn citation(&self, record: &Record<Document>) -> Citation {
        let data = &record.content(self.code).data;
        let cautious = matches!(data.force(), Force::Partly | Force::Expired | Force::NotYet);
        Citation {
            href: Some(self.plan().href(&self.plan().routes(self.code).record(KindName::Document, &record.id))),
            symbol: data.symbol.to_string(),
            title: Some(self.text(&self.common(record).title)),
            caution: cautious.then(|| self.language.word(data.force()).to_owned()),
        }
    }

    /// Documents as they are cited.
    pub fn cites(&self, references: &[Ref<Document>]) -> Vec<Citation> {
        references.iter().map(|reference| self.cite(reference)).collect()
    }

    /// A file under `content/files/`.
    pub fn download(&self, file: &FilePath, title: Option<&Text>) -> Download {
        let path: &str = &file.0;
        let name = path.rsplit('/').next().unwrap_or(path);
        self.trace.ask(Question::Attachment(path.to_owned()));
        let size = self.world.site.attachments.get(path);
        let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_uppercase());
        Download {
            href: size.map(|_| self.plan().href(&format!("/files/{path}"))),
            title: title.map_or_else(|| Words::own(name), |title| self.text(title)),
            about: size.map(|size| format!("{extension}, {}", self.language.size(*size))),
        }
    }
}

/// Lists how the records of each kind are reached.
macro_rules! records {
    ($($name:ident: $kind:ident,)*) => {
        impl<'a> Lens<'a> { $(
            #[doc = concat!("Records of the kind `", stringify!($kind), "`.")]
            pub fn $name(&self) -> Records<'_, 'a, $kind> {
                Records::new(KindName::$kind, &self.world.site.$name, &self.trace)
            }
        )* }
    };
}

records! {
    agencies: Agency,
    answers: Answer,
    contacts: Contact,
    documents: Document,
    pages: Page,
    procedures: Procedure,
    reports: Report,
    statistics: Statistics,
    updates: Update,
}
