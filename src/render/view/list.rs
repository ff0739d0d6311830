//! Lists: the index of a section, procedures by field and by agency, and what was cut or abolished.

use serde::Serialize;

use crate::plan::fields::in_order;
use crate::plan::order::Order;
use crate::plan::{List, PER_PAGE, Source};
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::answer::Answer;
use crate::record::kinds::document::{Document, Force};
use crate::record::kinds::procedure::{Procedure, Status};
use crate::record::kinds::report::Report;
use crate::record::kinds::update::Update;
use crate::render::language::capital;
use crate::render::lens::Lens;
use crate::render::view::{Made, section};
use crate::render::words::{Day, Link, Words};

#[derive(Debug, Serialize)]
struct ListView {
    /// What is listed: a kind of record, a field of work, an agency, or what was cut and abolished.
    heading: Words,
    /// A sentence on what is listed; none on the lists of a field and of an agency.
    intro: Option<String>,
    /// "219 thủ tục"
    total: Option<String>,
    /// Said where there is nothing.
    empty: String,
    /// The items of this page in their order; empty where the list is.
    groups: Vec<Group>,
    /// The way to the list's other pages; none where it has one page.
    pager: Option<Pager>,
    /// Other ways into the same records.
    facets: Vec<Facet>,
}

/// Items under one heading.
#[derive(Debug, Serialize)]
struct Group {
    /// What the items have in common, such as "Abolished procedures"; none above the usual ones.
    heading: Option<String>,
    /// The records, one at least.
    items: Vec<Item>,
}

/// One record in a list.
#[derive(Debug, Serialize)]
pub struct Item {
    /// The record's page.
    pub href: String,
    /// What the record is called; a procedure by its plain name, where it has one.
    pub title: Words,
    /// What stands before the title: a code, a symbol.
    pub key: Option<String>,
    /// A word beside the title, such as a procedure's status; none where there is nothing to say.
    pub tag: Option<Tag>,
    /// The day of a notice, of an answer or else its question, of a document's issue, of a report's signature; on the
    /// list of what was cut, of the abolition. None where there is no such day.
    pub day: Option<Day>,
    /// The record's summary; none where it has none, and on the list of what was cut.
    pub summary: Option<Words>,
    /// What was cut, on the list of what was cut.
    pub changes: Vec<Change>,
    /// By this word items are put under headings.
    #[serde(skip)]
    group: Option<&'static str>,
}

/// A word that marks an item.
#[derive(Debug, Serialize)]
pub struct Tag {
    /// What it says: how far an answer has come, what sort of notice it is, what restrains a procedure or document.
    pub word: &'static str,
    /// `warning` where it restrains what a person can do, else `plain`.
    pub tone: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Change {
    /// The day of the change.
    on: Day,
    /// What was made simpler, in the record's words.
    kind: Words,
    /// How it was before.
    before: Words,
    /// How it is now.
    after: Words,
}

/// Where a reader is in a list of several pages.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// "Page 2 of 5"
    here: String,
    /// The address of the page before; none on the first.
    previous: Option<String>,
    /// The address of the page after; none on the last.
    next: Option<String>,
}

/// Another way into the same records.
#[derive(Debug, Serialize)]
struct Facet {
    /// "By field" or "By agency".
    heading: String,
    /// The lists, two at least.
    links: Vec<Counted>,
}

/// A link to a list, with the number of its items.
#[derive(Debug, Serialize)]
pub struct Counted {
    /// The list, called by what it lists.
    pub link: Link,
    /// "12 procedures"
    pub count: String,
}

/// The page of a part of a list.
pub fn view(lens: &Lens<'_>, list: &List, part: usize) -> Made {
    let word = match list {
        List::Kind(kind) => kind.word(),
        List::Simplified => "simplified",
        List::Field(_) | List::Agency(_) => "procedure",
    };
    let all = lens.list(list);
    let heading = heading(lens, list, word);
    let items: Vec<Item> = part_of(all, part).iter().filter_map(|id| item(lens, list, id)).collect();
    let view = ListView {
        intro: Some(lens.label(&format!("list.{word}_intro")))
            .filter(|_| !matches!(list, List::Field(_) | List::Agency(_))),
        total: (!all.is_empty()).then(|| lens.count(&format!("list.{word}_n"), all.len())),
        empty: lens.label("list.empty"),
        groups: groups(lens, items),
        pager: pager(lens, list, part),
        facets: facets(lens, list),
        heading,
    };
    let title = titled(lens, &view.heading, part, all.len());
    let in_section = matches!(list, List::Field(_) | List::Agency(_) | List::Simplified);
    let up = in_section.then(|| section(lens, KindName::Procedure));
    let intro = view.intro.clone().map(Words::own);
    Made::new("list.html", if word == "simplified" { "simplified" } else { nav_word(list) }, title, &view)
        .below(up)
        .described(intro.as_ref())
}

fn nav_word(list: &List) -> &'static str {
    match list {
        List::Kind(kind) => kind.word(),
        _ => "procedure",
    }
}

/// The IDs on one page.
pub fn part_of(ids: &[String], part: usize) -> &[String] {
    let start = ((part.max(1) - 1) * PER_PAGE).min(ids.len());
    &ids[start..(start + PER_PAGE).min(ids.len())]
}

fn heading(lens: &Lens<'_>, list: &List, word: &str) -> Words {
    match list {
        List::Field(slug) => {
            let field = lens.plan().field(slug);
            field.map_or_else(|| Words::own(slug), |field| lens.field(field))
        }
        List::Agency(id) => lens.link(KindName::Agency, id).map_or_else(|| Words::own(id), |link| link.title),
        List::Kind(_) | List::Simplified => Words::own(lens.label(&format!("list.{word}"))),
    }
}

/// The heading of a page of several also says which one it is.
pub fn titled(lens: &Lens<'_>, heading: &Words, part: usize, length: usize) -> Words {
    if part < 2 {
        return heading.clone();
    }
    Words { text: format!("{} ({})", heading.text, place(lens, part, length)), lang: heading.lang.clone() }
}

fn place(lens: &Lens<'_>, part: usize, length: usize) -> String {
    let parts = length.div_ceil(PER_PAGE).max(1);
    lens.labels.fill("list.place", &[("part", &part.to_string()), ("parts", &parts.to_string())])
}

/// The way through a list of several pages.
pub fn pager(lens: &Lens<'_>, list: &List, part: usize) -> Option<Pager> {
    let length = lens.list(list).len();
    let parts = length.div_ceil(PER_PAGE);
    let href = |part: usize| lens.href(&Source::List(list.clone(), part));
    (parts > 1).then(|| Pager {
        here: capital(&place(lens, part, length)),
        previous: (part > 1).then(|| href(part - 1)),
        next: (part < parts).then(|| href(part + 1)),
    })
}

/// Items that follow one another under one heading.
fn groups(lens: &Lens<'_>, items: Vec<Item>) -> Vec<Group> {
    let mut groups: Vec<(Option<&'static str>, Group)> = Vec::new();
    for item in items {
        match groups.last_mut().filter(|(group, _)| *group == item.group) {
            Some((_, group)) => group.items.push(item),
            None => {
                let heading = item.group.map(|name| lens.label(name));
                groups.push((item.group, Group { heading, items: vec![item] }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn facets(lens: &Lens<'_>, list: &List) -> Vec<Facet> {
    if *list != List::Kind(KindName::Procedure) {
        return Vec::new();
    }
    let mut agencies: Vec<Counted> = lens
        .plan()
        .lists()
        .filter_map(|(list, ids)| match list {
            List::Agency(id) if !ids.is_empty() => counted(lens, list, lens.link(KindName::Agency, id)?.title),
            _ => None,
        })
        .collect();
    let order = Order::of(lens.code);
    agencies.sort_by_cached_key(|agency| order.key(&agency.link.title.text));
    let facet = |name: &str, links| Facet { heading: lens.label(name), links };
    let facets = [facet("list.by_field", fields(lens)), facet("list.by_agency", agencies)];
    facets.into_iter().filter(|facet| facet.links.len() > 1).collect()
}

/// The fields of work, with the numbers of their procedures.
pub fn fields(lens: &Lens<'_>) -> Vec<Counted> {
    let field = |field: &crate::plan::Field| counted(lens, &List::Field(field.slug.clone()), lens.field(field));
    in_order(lens.plan().fields(), lens.code).into_iter().filter_map(field).collect()
}

fn counted(lens: &Lens<'_>, list: &List, title: Words) -> Option<Counted> {
    let count = lens.list(list).len();
    let href = Some(lens.href(&Source::List(list.clone(), 1)));
    (count > 0).then(|| Counted { link: Link { href, title }, count: lens.count("list.procedure_n", count) })
}

fn item(lens: &Lens<'_>, list: &List, id: &str) -> Option<Item> {
    match list {
        List::Kind(kind) => record_item(lens, *kind, id),
        List::Field(_) | List::Agency(_) => record_item(lens, KindName::Procedure, id),
        List::Simplified => lens.procedures().get(id).map(|record| simplified(lens, record)),
    }
}

/// A record as lists show it.
pub fn record_item(lens: &Lens<'_>, kind: KindName, id: &str) -> Option<Item> {
    match kind {
        KindName::Procedure => lens.procedures().get(id).map(|record| procedure(lens, record)),
        KindName::Answer => lens.answers().get(id).map(|record| answer(lens, record)),
        KindName::Document => lens.documents().get(id).map(|record| document(lens, record)),
        KindName::Report => lens.reports().get(id).map(|record| report(lens, record)),
        KindName::Update => lens.updates().get(id).map(|record| update(lens, record)),
        KindName::Agency | KindName::Contact | KindName::Page | KindName::Statistics => None,
    }
}

fn plain<T>(lens: &Lens<'_>, kind: KindName, record: &Record<T>) -> Item {
    let common = lens.common(record);
    Item {
        href: lens.plan().href(&lens.plan().routes(lens.code).record(kind, &record.id)),
        title: lens.text(&common.title),
        key: None,
        tag: None,
        day: None,
        summary: common.summary.as_ref().map(|summary| lens.text(summary)),
        changes: Vec::new(),
        group: None,
    }
}

fn procedure(lens: &Lens<'_>, record: &Record<Procedure>) -> Item {
    let data = &record.content.data;
    let tag = Some(data.status()).filter(|status| *status != Status::Active);
    let group = match (data.status(), data.internal) {
        (Status::Abolished, _) => Some("list.abolished"),
        (_, Some(true)) => Some("list.internal"),
        _ => None,
    };
    Item {
        title: lens.name_of(record),
        key: Some(data.code.to_string()),
        tag: tag.map(|status| Tag { word: lens.language.word(status), tone: "warning" }),
        group,
        ..plain(lens, KindName::Procedure, record)
    }
}

fn simplified(lens: &Lens<'_>, record: &Record<Procedure>) -> Item {
    let data = &record.content(lens.code).data;
    let changes = data.simplification.iter().map(|cut| Change {
        on: lens.day(cut.on),
        kind: lens.text(&cut.kind),
        before: lens.text(&cut.before),
        after: lens.text(&cut.after),
    });
    let group = if data.status() == Status::Abolished { "list.abolished" } else { "list.simplified_group" };
    let day = data.abolished.as_ref().map(|abolished| lens.day(abolished.on));
    Item { changes: changes.collect(), summary: None, day, group: Some(group), ..procedure(lens, record) }
}

fn answer(lens: &Lens<'_>, record: &Record<Answer>) -> Item {
    let data = &record.content.data;
    Item {
        day: Some(lens.day(data.answered_on.unwrap_or(data.asked_on))),
        tag: Some(Tag { word: lens.language.word(data.status), tone: "plain" }),
        ..plain(lens, KindName::Answer, record)
    }
}

fn document(lens: &Lens<'_>, record: &Record<Document>) -> Item {
    let data = &record.content.data;
    let limited = matches!(data.force(), Force::Expired | Force::Partly | Force::NotYet);
    Item {
        key: Some(data.symbol.to_string()),
        day: data.issued_on.map(|day| lens.day(day)),
        tag: limited.then(|| Tag { word: lens.language.word(data.force()), tone: "warning" }),
        ..plain(lens, KindName::Document, record)
    }
}

fn report(lens: &Lens<'_>, record: &Record<Report>) -> Item {
    let data = &record.content.data;
    Item {
        key: data.number.as_ref().map(|number| number.to_string()),
        day: data.signed_on.map(|day| lens.day(day)),
        ..plain(lens, KindName::Report, record)
    }
}

fn update(lens: &Lens<'_>, record: &Record<Update>) -> Item {
    let data = &record.content.data;
    Item {
        day: Some(lens.day(data.date)),
        tag: Some(Tag { word: lens.language.word(data.kind), tone: "plain" }),
        ..plain(lens, KindName::Update, record)
    }
}
