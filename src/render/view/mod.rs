//! Views: exactly what each template shows, one file a kind.
//!
//! A view holds words, not records: dates as people write them, references as links, Markdown as HTML. So a template
//! decides nothing but where things stand, and a page is a function of its view.

mod answer;
mod channel;
mod chart;
mod contact;
mod data;
mod document;
mod feedback;
mod frame;
mod home;
mod linked;
mod list;
mod page;
mod procedure;
mod qr;
mod reception;
mod record;
mod report;
mod search;
mod sheet;
mod state;
mod statistics;
mod tombstone;
mod update;

use serde::Serialize;
use tera::Value;

use crate::plan::{List, Page, Source};
use crate::record::Record;
use crate::record::kind::{Kind, KindName};
use crate::render::lens::Lens;
use crate::render::words::{Link, Words};

pub use contact::Places;
pub use frame::{Around, redirect};

/// What a template gets beside what all pages of its language share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// The template's name.
    pub template: &'static str,
    /// The page's language.
    pub language: String,
    /// What stands around the page's own content, as `page`.
    pub page: Value,
    /// The page's own content, as `view`.
    pub value: Value,
}

/// What a view's file makes: the content, and what its frame needs to know.
struct Made {
    template: &'static str,
    title: Words,
    description: Option<String>,
    section: &'static str,
    crumbs: Vec<Link>,
    hidden: bool,
    /// Nodes for machines.
    linked: Vec<serde_json::Value>,
    value: Value,
}

impl Made {
    fn new(template: &'static str, section: &'static str, title: Words, value: &impl Serialize) -> Self {
        let value = Value::from_serializable(value);
        let (crumbs, linked) = (Vec::new(), Vec::new());
        Made { template, title, description: None, section, crumbs, hidden: false, linked, value }
    }

    fn below(mut self, crumbs: impl IntoIterator<Item = Link>) -> Self {
        self.crumbs.extend(crumbs);
        self
    }

    fn described(mut self, description: Option<&Words>) -> Self {
        self.description = description.map(|words| words.text.clone());
        self
    }

    /// Adds what the page says to machines.
    fn linked(mut self, node: serde_json::Value) -> Self {
        self.linked.push(node);
        self
    }

    /// Paper is not to be found by searching: what hangs on a wall has its page.
    fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// A tombstone is there for who follows an old link; nobody needs to find it.
    fn hidden_if_withdrawn(mut self, tombstone: Option<&record::Tombstone>) -> Self {
        self.hidden = tombstone.is_some();
        self
    }
}

/// The view of a page.
pub fn of_page(lens: &Lens<'_>, page: &Page) -> View {
    let made = match &page.source {
        Source::Home => home::view(lens),
        Source::List(List::Kind(KindName::Statistics), part) => statistics::list_view(lens, *part),
        Source::List(list, part) => list::view(lens, list, *part),
        Source::Record(kind, id) => of_record(lens, *kind, id),
        Source::Contacts => contact::view(lens),
        Source::Reception => reception::view(lens),
        Source::Feedback => feedback::view(lens),
        Source::Data => data::view(lens),
        Source::State => state::view(lens),
        Source::Search => search::view(lens),
        Source::NotFound => page::not_found(lens),
        Source::Sheet(id) => sheet::of_procedure(lens, id),
        Source::FieldSheet(slug) => sheet::of_field(lens, slug),
        Source::Poster => sheet::poster(lens),
    };
    frame::framed(lens, page, made)
}

fn of_record(lens: &Lens<'_>, kind: KindName, id: &str) -> Made {
    let made = match kind {
        KindName::Answer => lens.answers().get(id).map(|record| shown(lens, record, answer::view)),
        KindName::Document => lens.documents().get(id).map(|record| shown(lens, record, document::view)),
        KindName::Page => lens.pages().get(id).map(|record| shown(lens, record, page::view)),
        KindName::Procedure => lens.procedures().get(id).map(|record| shown(lens, record, procedure::view)),
        KindName::Report => lens.reports().get(id).map(|record| shown(lens, record, report::view)),
        KindName::Statistics => lens.statistics().get(id).map(|record| shown(lens, record, statistics::view)),
        KindName::Update => lens.updates().get(id).map(|record| shown(lens, record, update::view)),
        KindName::Agency | KindName::Contact => None,
    };
    made.expect("a planned record is published and has a page of its own")
}

/// What the template of the feedback form gets, for those who show the form again elsewhere.
pub fn feedback(lens: &Lens<'_>) -> Value {
    feedback::view(lens).value
}

/// A record's page, or what stays of it where it is withdrawn.
fn shown<T: Kind>(lens: &Lens<'_>, record: &Record<T>, view: fn(&Lens<'_>, &Record<T>) -> Made) -> Made {
    if record.content.common.withdrawn.is_some() { tombstone::view(lens, record) } else { view(lens, record) }
}

/// A section's index as a step of the way.
fn section(lens: &Lens<'_>, kind: KindName) -> Link {
    let source = Source::List(List::Kind(kind), 1);
    Link { href: Some(lens.href(&source)), title: Words::own(lens.label(&format!("nav.{}", kind.word()))) }
}
