//! What the index knows of each record.

use rayon::prelude::*;

use crate::output::search::words;
use crate::plan::List;
use crate::record::kind::KindName;
use crate::record::kinds::agency::Agency;
use crate::record::kinds::answer::Answer;
use crate::record::kinds::contact::Contact;
use crate::record::kinds::document::{Document, Force};
use crate::record::kinds::procedure::{Procedure, Requirements, Status};
use crate::record::kinds::report::Report;
use crate::record::kinds::statistics::Statistics;
use crate::record::kinds::update::Update;
use crate::record::value::{Markdown, Text};
use crate::record::{Content, Record};
use crate::render::lens::{Lens, World};
use crate::render::markdown::to_plain;
use crate::render::words::Words;
use crate::site::Table;

/// How many characters of what a record says are searched. Procedures are many and long, and what tells them apart comes first.
const SEARCHED: usize = 2_000;
/// The same for kinds of which there are few.
const SEARCHED_WHOLE: usize = 20_000;

/// What the index knows of one record.
#[derive(Debug)]
pub struct Entry {
    /// Its kind, as the person who searches calls it.
    pub kind: Kind,
    /// A procedure's field of work.
    pub field: Option<String>,
    /// Where it is, below what all records of its kind have in common.
    pub id: String,
    /// What it is called.
    pub title: Words,
    /// Its other names: the official one of a procedure with a plain one, words that people search by.
    pub others: Vec<String>,
    /// Its code or symbol.
    pub key: String,
    /// A word of caution, such as "abolished".
    pub tag: &'static str,
    /// What it says beside that, in one line.
    pub text: String,
}

/// The records of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its word.
    pub word: &'static str,
    /// What the site calls it.
    pub label: String,
    /// What stands before an ID in an address, and after it.
    pub around: [String; 2],
}

/// Every record that can be found, in the order in which the index numbers them: what people look for most comes first, each
/// kind by field of work and name.
pub fn all(lens: &Lens<'_>) -> Vec<Entry> {
    let World { site, plan, .. } = lens.everything();
    let mut entries = of(lens, KindName::Procedure, &site.procedures, procedure);
    entries.extend(of(lens, KindName::Document, &site.documents, document));
    entries.extend(of(lens, KindName::Answer, &site.answers, answer));
    entries.extend(of(lens, KindName::Update, &site.updates, update));
    entries.extend(of(lens, KindName::Contact, &site.contacts, contact));
    entries.extend(of(lens, KindName::Page, &site.pages, |_, _, _| {}));
    entries.extend(of(lens, KindName::Report, &site.reports, report));
    entries.extend(of(lens, KindName::Statistics, &site.statistics, |_, _: &Record<Statistics>, _| {}));
    let agencies = of(lens, KindName::Agency, &site.agencies, agency);
    entries.extend(agencies.into_iter().filter(|entry| !plan.list(&List::Agency(entry.id.clone())).is_empty()));
    entries
}

fn of<T: Send + Sync>(
    lens: &Lens<'_>,
    kind: KindName,
    table: &Table<T>,
    add: impl Fn(&Lens<'_>, &Record<T>, &mut Entry) + Sync,
) -> Vec<Entry> {
    let shared = shared(lens, kind);
    let records: Vec<_> = table.iter().filter(|record| record.content.common.withdrawn.is_none()).collect();
    let (world, code) = (lens.everything(), lens.code);
    let entries = records.into_par_iter().map(|record| {
        let lens = Lens::new(world, code);
        let mut entry = plain(&lens, &shared, record);
        add(&lens, record, &mut entry);
        let Content { body, .. } = record.content(code);
        body.iter().for_each(|body| entry.say_markdown(body));
        entry.tidy(if kind == KindName::Procedure { SEARCHED } else { SEARCHED_WHOLE });
        entry
    });
    let mut entries: Vec<Entry> = entries.collect();
    let place = |entry: &Entry| {
        let field = entry.field.as_ref();
        field.and_then(|field| world.plan.fields.iter().position(|other| **other.name(code) == **field))
    };
    entries
        .sort_by_cached_key(|entry| (place(entry), words::folded(&entry.title.text.to_lowercase()), entry.id.clone()));
    entries
}

/// What the records of a kind have in common.
fn shared(lens: &Lens<'_>, kind: KindName) -> Kind {
    let address = lens.plan().href(&lens.plan().routes(lens.code).record(kind, "ID"));
    let (before, after) = address.split_once("ID").expect("an address names its record");
    let label = lens.label(&format!("nav.{}", kind.word()));
    Kind { word: kind.word(), label, around: [before.to_owned(), after.to_owned()] }
}

fn plain<T>(lens: &Lens<'_>, kind: &Kind, record: &Record<T>) -> Entry {
    let common = lens.common(record);
    let mut entry = Entry {
        kind: kind.clone(),
        field: None,
        id: record.id.clone(),
        title: lens.text(&common.title),
        others: Vec::new(),
        key: String::new(),
        tag: "",
        text: String::new(),
    };
    common.summary.iter().for_each(|summary| entry.say(summary));
    entry
}

impl Entry {
    fn say(&mut self, words: &str) {
        if !self.text.is_empty() {
            self.text.push_str(if self.text.ends_with(['.', ';', ':', '!', '?']) { " " } else { "; " });
        }
        self.text.push_str(words.trim());
    }

    fn say_all<'a>(&mut self, texts: impl IntoIterator<Item = &'a Text>) {
        texts.into_iter().for_each(|text| self.say(text));
    }

    fn say_markdown(&mut self, text: &Markdown) {
        self.say(&to_plain(text));
    }

    /// Everything on one line, and no more of it than is searched.
    fn tidy(&mut self, searched: usize) {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.title.text = line(&self.title.text);
        self.others.iter_mut().for_each(|name| *name = line(name));
        self.key = line(&self.key);
        if let Some((end, _)) = self.text.char_indices().nth(searched) {
            self.text.truncate(end);
        }
        self.text = line(&self.text);
    }
}

fn procedure(lens: &Lens<'_>, record: &Record<Procedure>, entry: &mut Entry) {
    let content = record.content(lens.code);
    let data = &content.data;
    entry.title = lens.name_of(record);
    if data.plain_title.is_some() {
        entry.others.push(content.common.title.to_string());
    }
    entry.others.extend(data.keywords.iter().map(|word| word.to_string()));
    entry.key = data.code.to_string();
    let slug = crate::plan::fields::slug_of(&record.content.data.field);
    let field = lens.plan().field(&slug);
    entry.field = field.map(|field| field.name(lens.code).to_string());
    if data.status() != Status::Active {
        entry.tag = lens.language.word(data.status());
    }
    entry.say_all(&data.applicants);
    entry.say_all(data.results.iter().map(|result| &result.name));
    entry.say_all(data.dossiers.iter().flat_map(|dossier| &dossier.documents).map(|paper| &paper.name));
    entry.say_all(data.legal_basis.iter().map(|basis| &basis.document.key));
    if let Some(Requirements::Text(text)) = &data.requirements {
        entry.say_markdown(text);
    }
}

fn document(lens: &Lens<'_>, record: &Record<Document>, entry: &mut Entry) {
    let data = &record.content(lens.code).data;
    entry.key = data.symbol.to_string();
    if matches!(data.force(), Force::Partly | Force::Expired | Force::NotYet) {
        entry.tag = lens.language.word(data.force());
    }
    entry.say_all(data.r#type.iter().chain(&data.issuer));
}

fn answer(lens: &Lens<'_>, record: &Record<Answer>, entry: &mut Entry) {
    entry.say_markdown(&record.content(lens.code).data.question);
}

fn update(lens: &Lens<'_>, record: &Record<Update>, entry: &mut Entry) {
    entry.tag = lens.language.word(record.content(lens.code).data.kind);
}

fn contact(lens: &Lens<'_>, record: &Record<Contact>, entry: &mut Entry) {
    let data = &record.content(lens.code).data;
    entry.say(lens.language.word(data.r#type));
    if let Some(address) = &data.address {
        entry.say_all([&address.street, &address.commune, &address.province]);
    }
    data.phones.iter().for_each(|phone| entry.say(&phone.number));
    data.email.iter().for_each(|email| entry.say(email));
}

fn report(lens: &Lens<'_>, record: &Record<Report>, entry: &mut Entry) {
    let data = &record.content(lens.code).data;
    entry.key = data.number.as_ref().map(|number| number.to_string()).unwrap_or_default();
    entry.say_all(data.activities.iter().map(|activity| &activity.title));
    entry.say_all(data.movements.iter().map(|movement| &movement.name));
    entry.say_all(data.limitations.iter().map(|limitation| &limitation.text));
    entry.say_all(data.tasks.iter().map(|task| &task.text));
}

fn agency(lens: &Lens<'_>, record: &Record<Agency>, entry: &mut Entry) {
    let data = &record.content(lens.code).data;
    entry.others.extend(data.short_title.iter().map(|title| title.to_string()));
    entry.key = data.code.as_ref().map(|code| code.to_string()).unwrap_or_default();
}
