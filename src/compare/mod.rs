//! What changes for the public between what is published and what would be: in words, for those who approve a change.
//!
//! Both sides are the open data of a site, a table for each kind; the newer one need not be published yet. What matters most
//! to people is told from old to new; of everything else only how much it is.

mod report;
mod values;

use std::collections::BTreeMap;

use crate::diagnostic::Message;
use crate::output::data;
use crate::plan::Plan;
use crate::record::kind::KindName;
use crate::record::published::{Fields, Json};
use crate::record::shape::{Audience, Field, Type};
use crate::say;
use crate::site::Site;

pub use report::Report;
use values::{Words, in_words};

/// The published fields of every record, by kind and ID.
pub type Tables = BTreeMap<KindName, BTreeMap<String, Fields>>;

/// What keeps a record in order and says nothing new, and where it hangs.
const BOOKKEEPING: [&str; 9] =
    ["id", "page", "aliases", "updated_on", "reviewed_on", "next_review_on", "change_note", "tested_on", "posted_at"];
/// The place of a sheet on the agency's own wall.
const WALL: &str = "headquarters";

/// What changed in the records of a kind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Records that are new.
    added: Vec<String>,
    /// Records that are gone.
    removed: Vec<String>,
    /// Records of which only the notice stays that they are withdrawn.
    withdrawn: Vec<String>,
    /// How many records say something else.
    changed: usize,
    /// What people must know, of which record.
    told: Vec<(String, Message)>,
    /// How many records have other changes, and how many those are.
    others: (usize, usize),
    /// Records whose sheet on the wall says what is no longer so.
    sheets: Vec<String>,
}

/// The tables of a site as it would be published.
pub fn of_site(site: &Site, plan: &Plan) -> Tables {
    let id = |row: &Fields| row.get("id").and_then(Json::as_str).unwrap_or_default().to_owned();
    let table = |kind: &KindName| (*kind, data::rows(site, plan, *kind).map(|row| (id(&row), row)).collect());
    KindName::ALL.iter().map(table).collect()
}

/// A kind's table as it is published; none where it is something else.
pub fn read(bytes: &[u8]) -> Option<BTreeMap<String, Fields>> {
    let rows: Vec<Fields> = serde_json::from_slice(bytes).ok()?;
    rows.into_iter().map(|row| Some((row.get("id")?.as_str()?.to_owned(), row))).collect()
}

/// What changes from one to the other.
pub fn compare(before: &Tables, after: &Tables) -> Report {
    let (empty, mut kinds) = (BTreeMap::new(), Vec::new());
    for kind in KindName::ALL {
        let [before, after] = [before, after].map(|tables| tables.get(kind).unwrap_or(&empty));
        let changes = changes(*kind, before, after);
        if changes != Changes::default() {
            kinds.push((*kind, changes));
        }
    }
    Report { kinds }
}

fn changes(kind: KindName, before: &BTreeMap<String, Fields>, after: &BTreeMap<String, Fields>) -> Changes {
    let name = |id: &String, row: &Fields| {
        let title = row.get("title").and_then(Json::as_str).unwrap_or_default();
        format!("“{title}” ({}:{id})", kind.word())
    };
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    let mut changes = Changes { removed: gone.map(|(id, row)| name(id, row)).collect(), ..Changes::default() };
    for (id, new) in after {
        let name = name(id, new);
        match before.get(id) {
            None => changes.added.push(name),
            Some(old) if new.contains_key("withdrawn") && !old.contains_key("withdrawn") => {
                changes.withdrawn.push(name);
                // Of a withdrawn record nothing is shown, its posting neither: the old one tells what hangs.
                changes.sheets.extend(hangs(old).then(|| format!("{}:{id}", kind.word())));
            }
            Some(old) => changes.add_record(kind, (id, name), old, new),
        }
    }
    changes
}

impl Changes {
    fn add_record(&mut self, kind: KindName, (id, name): (&String, String), old: &Fields, new: &Fields) {
        let (mut told, mut others) = (Vec::new(), 0);
        let shape = kind.full_shape();
        let public = shape.fields.iter().filter(|field| field.audience == Audience::Public);
        for field in public.filter(|field| !BOOKKEEPING.contains(&field.key)) {
            let (old, new) = (old.get(field.key), new.get(field.key));
            if is_same(old, new) {
                continue;
            }
            match (kind, field.key) {
                (KindName::Procedure, "channels") => others += usize::from(ways(&mut told, field, old, new)),
                _ if matters(kind, field) => match change(&label(field), &field.ty, old, new) {
                    Some(message) => told.push(message),
                    None => others += 1,
                },
                _ => others += 1,
            }
        }
        if told.is_empty() && others == 0 {
            return;
        }
        self.changed += 1;
        self.told.extend(told.into_iter().map(|message| (name.clone(), message)));
        self.others = (self.others.0 + usize::from(others > 0), self.others.1 + others);
        // Where the posting changed, too, a new sheet hangs.
        let is_old = hangs(new) && old.get("posted_at") == new.get("posted_at");
        self.sheets.extend(is_old.then(|| format!("{}:{id}", kind.word())));
    }
}

/// Whether people must know of a change of this field.
fn matters(kind: KindName, field: &Field) -> bool {
    let keys: &[&str] = match kind {
        KindName::Procedure => &["status", "abolished"],
        KindName::Contact => &["address", "phones", "email"],
        KindName::Statistics if matches!(field.ty, Type::Integer { .. } | Type::Counts(_)) => return true,
        _ => &[],
    };
    field.key == "title" || keys.contains(&field.key)
}

fn label(field: &Field) -> Message {
    Message { vi: field.label.vi.to_owned(), en: field.label.en.to_owned() }
}

/// Tells what changes for people in the ways to submit, pairing them by method and case; gives whether anything else does.
fn ways(told: &mut Vec<Message>, field: &Field, old: Option<&Json>, new: Option<&Json>) -> bool {
    let Type::List(way) = &field.ty else { return true };
    let (Type::Map(shape) | Type::Translated(shape)) = &**way else { return true };
    let list = |value: Option<&Json>| value.and_then(Json::as_array).cloned().unwrap_or_default();
    let key = |way: &Json| (way.get("method").cloned(), way.get("case").cloned());
    let (old, new) = (list(old), list(new));
    let mut others = old.iter().map(key).ne(new.iter().map(key));
    for new in &new {
        let Some(old) = old.iter().find(|old| key(old) == key(new)) else { continue };
        let method = shape.field("method").zip(new.get("method")).map(|(field, value)| in_words(&field.ty, value));
        let Words { vi, en } = method.unwrap_or_default();
        let case = new.get("case").and_then(Json::as_str).map(|case| format!(", {case}")).unwrap_or_default();
        for field in &shape.fields {
            let (old, new) = (old.get(field.key), new.get(field.key));
            let Message { vi: of_vi, en: of_en } = label(field);
            let whole = say!("{of_vi} ({vi}{case})", "{of_en} ({en}{case})");
            match ["fees", "processing_time"].contains(&field.key).then(|| change(&whole, &field.ty, old, new)) {
                _ if is_same(old, new) => {}
                Some(Some(message)) => told.push(message),
                _ => others = true,
            }
        }
    }
    others
}

/// A change in words; none where they are the same.
fn change(label: &Message, ty: &Type, old: Option<&Json>, new: Option<&Json>) -> Option<Message> {
    let Message { vi, en } = label;
    let words = |value: Option<&Json>| value.map(|value| in_words(ty, value)).filter(|words| !words.vi.is_empty());
    match (words(old), words(new)) {
        (Some(old), Some(new)) => (old != new).then(|| Message {
            vi: format!("{vi}: từ “{}” thành “{}”", old.vi, new.vi),
            en: format!("{en}: from “{}” to “{}”", old.en, new.en),
        }),
        (None, Some(new)) => {
            Some(Message { vi: format!("{vi}: nay là “{}”", new.vi), en: format!("{en}: now “{}”", new.en) })
        }
        (Some(old), None) => Some(Message {
            vi: format!("{vi}: bỏ, trước đây là “{}”", old.vi),
            en: format!("{en}: no longer given, was “{}”", old.en),
        }),
        (None, None) => None,
    }
}

/// Whether two values are the same to the public: where the site's files lie does not count.
fn is_same(old: Option<&Json>, new: Option<&Json>) -> bool {
    match (old, new) {
        (Some(Json::String(old)), Some(Json::String(new))) => {
            old == new || file(old).is_some() && file(old) == file(new)
        }
        (Some(Json::Array(old)), Some(Json::Array(new))) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same(Some(old), Some(new)))
        }
        (Some(Json::Object(old)), Some(Json::Object(new))) => {
            old.len() == new.len() && old.iter().all(|(key, old)| is_same(Some(old), new.get(key)))
        }
        (old, new) => old == new,
    }
}

/// The path of a file of a site, from its whole address.
fn file(text: &str) -> Option<&str> {
    text.starts_with("http").then(|| text.split_once("/files/")).flatten().map(|(_, path)| path)
}

fn hangs(row: &Fields) -> bool {
    let postings = row.get("posted_at").and_then(Json::as_array);
    postings.is_some_and(|postings| postings.iter().any(|posting| posting.get("place") == Some(&Json::from(WALL))))
}
