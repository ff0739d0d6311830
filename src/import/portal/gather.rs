//! From mapped procedures to records with IDs and references, over all procedures and the site as it is.
//!
//! A record that is there already is recognised by what it is: a code, a symbol, a title. What staff renamed or mended since
//! the last import is recognised by what that import wrote.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::draft::{Draft, Kind, Record};
use crate::import::memory::{Memory, hash, of_draft};
use crate::import::portal::documents::Documents;
use crate::import::portal::places::Place;
use crate::import::portal::procedure::{Agency, Procedure};
use crate::import::portal::remark::{Reason, Remark};
use crate::import::site::{Present, Site};
use crate::value::{code, slug};

/// A record, where it goes, and what the importer calls it.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The record.
    pub record: Record,
    /// Its ID.
    pub id: String,
    /// The record that is there already.
    pub present: Option<&'a Present>,
    /// Its name in the importer's memory.
    pub name: String,
}

/// All records of an import, each kind in the order of its natural keys; procedures last, in the order they were given.
#[derive(Debug, Default)]
pub struct Gathered<'a> {
    /// The records.
    pub plans: Vec<Plan<'a>>,
    /// What could not be referred to, by the procedure's code.
    pub remarks: Vec<(String, Remark)>,
}

/// Gathers the records of `procedures`, whose codes are unique.
pub fn gather<'a>(procedures: &[&Procedure], site: &'a Site, memory: &Memory) -> Gathered<'a> {
    let mut desk = Desk { site, memory, taken: BTreeSet::new() };
    let agencies = desk.agencies(procedures);
    let contacts = desk.contacts(procedures);
    let documents = Documents::of(procedures.iter().copied());
    let papers = desk.documents(&documents);
    let references = references(&documents, &papers, site);
    let mut gathered = Gathered::default();
    for procedure in procedures {
        let record = Links { agencies: &agencies, contacts: &contacts, documents: &documents, references: &references }
            .record(procedure, &mut gathered.remarks);
        let plan = desk.procedure(procedure, record);
        gathered.plans.push(plan);
    }
    let others = agencies.into_values().chain(contacts.into_values()).chain(papers);
    gathered.plans.splice(0..0, others);
    gathered
}

/// The name of a procedure in the importer's memory.
pub fn procedure_name(code: &str) -> String {
    format!("procedure:{code}")
}

/// The record of a procedure that the site has: of the same code, or of one that differs only in its suffix.
pub fn present_procedure<'a>(site: &'a Site, own: &str) -> Option<&'a Present> {
    let has = |present: &&Present, fits: &dyn Fn(&str) -> bool| present.key.code.as_deref().is_some_and(fits);
    let same = site.of(Kind::Procedure).find(|present| has(present, &|code| code == own));
    same.or_else(|| {
        let prefix = code::prefix(own);
        let mut alike = site.of(Kind::Procedure).filter(|present| has(present, &|code| code::prefix(code) == prefix));
        alike.next().filter(|_| alike.next().is_none())
    })
}

/// Gives records their IDs: those of records that are there, or new ones.
struct Desk<'a, 'm> {
    site: &'a Site,
    memory: &'m Memory,
    taken: BTreeSet<(Kind, String)>,
}

impl<'a> Desk<'a, '_> {
    fn agencies(&mut self, procedures: &[&Procedure]) -> BTreeMap<String, Plan<'a>> {
        let mut named: BTreeMap<String, Vec<&Agency>> = BTreeMap::new();
        for agency in procedures.iter().flat_map(|procedure| procedure.agencies.iter().flatten()) {
            named.entry(slug(&agency.title)).or_default().push(agency);
        }
        let drafts = named.into_iter().map(|(key, all)| (key.clone(), key, agency_record(&all))).collect();
        self.plan(drafts, |present, record, desk| {
            let title = record.get("title").map(of_draft);
            present.key.title == title_slug(record) || desk.wrote(present, "title", title.as_deref())
        })
    }

    fn contacts(&mut self, procedures: &[&Procedure]) -> BTreeMap<String, Plan<'a>> {
        let mut named: BTreeMap<String, &Place> = BTreeMap::new();
        for place in procedures.iter().flat_map(|procedure| &procedure.places) {
            let kept = named.entry(place_key(place)).or_insert(place);
            *kept = (*kept).min(place);
        }
        let drafts = named
            .into_iter()
            .map(|(key, place)| (key, slug(&place.title), Record::new(Kind::Contact, place.keys())))
            .collect();
        self.plan(drafts, |present, record, desk| {
            let (title, address) = (record.get("title").map(of_draft), record.get("address").map(of_draft));
            let same = present.key.title == title_slug(record) && present.key.street == street_slug(record);
            let written = desk.wrote(present, "title", title.as_deref());
            same || written && desk.wrote(present, "address", address.as_deref())
        })
    }

    fn documents(&mut self, documents: &Documents) -> Vec<Plan<'a>> {
        let draft = |(at, document): (usize, &crate::import::portal::documents::Document)| {
            let key = format!("{:08}", at);
            (key, slug(&document.symbol), document.record(documents.is_single(&document.symbol)))
        };
        let drafts = documents.all.iter().enumerate().map(draft).collect();
        self.plan(drafts, |present, record, desk| desk.is_document(present, record)).into_values().collect()
    }

    /// Whether a document that is there is this one: what both have agrees, or is what the last import wrote.
    fn is_document(&self, present: &Present, record: &Record) -> bool {
        let agrees = |key: &str, here: Option<String>, there: Option<String>| {
            let written = || self.wrote(present, key, record.get(key).map(of_draft).as_deref());
            here == there || written()
        };
        let text = |key: &str| record.get(key).and_then(as_text);
        let known = |key: &str, here: Option<String>, there: Option<String>| {
            here.is_none() || there.is_none() || agrees(key, here, there)
        };
        agrees("symbol", present.key.symbol.clone(), text("symbol"))
            && known("issued_on", present.key.issued_on.clone(), text("issued_on"))
            && known("issuer", present.key.issuer.clone(), text("issuer").map(|issuer| slug(&issuer)))
    }

    fn procedure(&mut self, procedure: &Procedure, record: Record) -> Plan<'a> {
        let name = procedure_name(&procedure.code);
        let wanted = slug(&procedure.code);
        let present =
            present_procedure(self.site, &procedure.code).or_else(|| self.unreadable(Kind::Procedure, &wanted));
        let id = match present {
            Some(present) => present.id.clone(),
            None => self.free_id(Kind::Procedure, &wanted, &procedure.code, false),
        };
        Plan { record, id, present, name }
    }

    /// The records of a kind by what they may be recognised by: their own symbol or title, and those that the last import
    /// wrote into them.
    fn index(&self, kind: Kind) -> BTreeMap<String, Vec<&'a Present>> {
        let mut index: BTreeMap<String, Vec<&'a Present>> = BTreeMap::new();
        for present in self.site.of(kind) {
            let own = present.key.symbol.clone().unwrap_or_else(|| present.key.title.clone());
            let written = self.memory.get(&format!("{}:{}", kind.word(), present.id));
            let written = written.and_then(|hashes| hashes.get(natural(kind))).cloned();
            let keys: BTreeSet<String> = std::iter::once(own).chain(written).collect();
            keys.into_iter().for_each(|key| index.entry(key).or_default().push(present));
        }
        index
    }

    /// Whether the last import wrote this value into a record that is there.
    fn wrote(&self, present: &Present, key: &str, value: Option<&str>) -> bool {
        let name = format!("{}:{}", present.kind.word(), present.id);
        let written = self.memory.get(&name).and_then(|hashes| hashes.get(key));
        value.is_some() && written.map(String::as_str) == value
    }

    /// A record in the way whose file cannot be read: it may well be the one.
    fn unreadable(&self, kind: Kind, id: &str) -> Option<&'a Present> {
        self.site.get(kind, id).filter(|present| present.key == crate::import::site::Key::default())
    }

    /// Plans for drafts of one kind, given as (natural key, wanted ID, record).
    fn plan(
        &mut self,
        drafts: Vec<(String, String, Record)>,
        is_same: impl Fn(&Present, &Record, &Self) -> bool,
    ) -> BTreeMap<String, Plan<'a>> {
        let mut wanted_by: BTreeMap<String, usize> = BTreeMap::new();
        drafts.iter().for_each(|(_, wanted, _)| *wanted_by.entry(cut(wanted, LONGEST_ID)).or_default() += 1);
        let mut plans = BTreeMap::new();
        let index = drafts.first().map(|(_, _, record)| self.index(record.kind)).unwrap_or_default();
        for (key, wanted, record) in drafts {
            let kind = record.kind;
            let likely = natural_keys(&record).into_iter().filter_map(|key| index.get(&key)).flatten().copied();
            let fitting: Vec<&Present> = likely
                .filter(|present| !self.taken.contains(&(kind, present.id.clone())) && is_same(present, &record, self))
                .collect();
            let title = title_slug(&record);
            let best = fitting.iter().find(|present| present.key.title == title).or(fitting.first()).copied();
            let present = best.or_else(|| self.unreadable(kind, &cut(&wanted, LONGEST_ID)));
            let shared = wanted_by.get(&cut(&wanted, LONGEST_ID)).is_some_and(|uses| *uses > 1);
            let id = match present {
                Some(present) => present.id.clone(),
                None => self.free_id(kind, &wanted, &identity(&record), shared),
            };
            self.taken.insert((kind, id.clone()));
            let name = format!("{}:{id}", kind.word());
            plans.insert(key, Plan { record, id, present, name });
        }
        plans
    }

    /// The wanted ID, with a hash of what the record is where others want or have it.
    fn free_id(&self, kind: Kind, wanted: &str, identity: &str, shared: bool) -> String {
        let id = cut(wanted, LONGEST_ID);
        let free = |id: &str| self.site.get(kind, id).is_none() && !self.taken.contains(&(kind, id.to_owned()));
        if !shared && !id.is_empty() && free(&id) {
            return id;
        }
        let hash = &hash(identity)[..6];
        format!("{}-{hash}", cut(wanted, LONGEST_ID - 7)).trim_start_matches('-').to_owned()
    }
}

const LONGEST_ID: usize = 80;

/// A slug of at most `longest` letters, cut between words.
fn cut(slug: &str, longest: usize) -> String {
    if slug.len() <= longest {
        return slug.to_owned();
    }
    let head = &slug[..=longest];
    head[..head.rfind('-').filter(|at| *at > 0).unwrap_or(longest)].to_owned()
}

/// What a record is, as a text to hash.
fn identity(record: &Record) -> String {
    let keys = ["symbol", "issued_on", "issuer", "title", "address"];
    keys.iter().filter_map(|key| record.get(key)).map(of_draft).collect()
}

fn agency_record(all: &[&Agency]) -> Record {
    let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|agency| *titles.entry(&agency.title).or_default() += 1);
    // The spelling that is used most; of those the last, so that capitals inside a name win over none.
    let title = titles.iter().max_by_key(|(title, uses)| (**uses, title.chars().filter(|c| c.is_uppercase()).count()));
    let codes: BTreeSet<&str> = all.iter().filter_map(|agency| agency.code.as_deref()).collect();
    let code = codes.first().filter(|_| codes.len() == 1);
    Record::new(
        Kind::Agency,
        [("title", title.map(|(title, _)| Draft::text(*title))), ("code", code.map(|code| Draft::text(*code)))],
    )
}

fn place_key(place: &Place) -> String {
    format!("{} {}", slug(&place.title), slug(&place.street))
}

fn as_text(draft: &Draft) -> Option<String> {
    match draft {
        Draft::Text(text) => Some(text.clone()),
        Draft::Date(date) => Some(date.to_string()),
        _ => None,
    }
}

/// The key by which records of a kind are told apart.
fn natural(kind: Kind) -> &'static str {
    if kind == Kind::Document { "symbol" } else { "title" }
}

/// What a record with this draft may be found by in [`Desk::index`].
fn natural_keys(record: &Record) -> [String; 2] {
    let value = record.get(natural(record.kind));
    let own = if record.kind == Kind::Document { value.and_then(as_text) } else { Some(title_slug(record)) };
    [own.unwrap_or_default(), value.map(of_draft).unwrap_or_default()]
}

fn title_slug(record: &Record) -> String {
    record.get("title").and_then(as_text).map(|title| slug(&title)).unwrap_or_default()
}

fn street_slug(record: &Record) -> Option<String> {
    match record.get("address") {
        Some(Draft::Map(parts)) => {
            parts.iter().find(|(key, _)| *key == "street").and_then(|(_, street)| as_text(street))
        }
        _ => None,
    }
    .map(|street| slug(&street))
}

/// How each document is referred to: by its symbol, or by its ID where others have the symbol too.
fn references(documents: &Documents, plans: &[Plan<'_>], site: &Site) -> Vec<String> {
    let used: BTreeSet<&str> =
        plans.iter().filter(|plan| plan.present.is_some()).map(|plan| plan.id.as_str()).collect();
    let elsewhere: BTreeSet<&str> = site
        .of(Kind::Document)
        .filter(|present| !used.contains(present.id.as_str()))
        .filter_map(|present| present.key.symbol.as_deref())
        .collect();
    let reference = |(document, plan): (&crate::import::portal::documents::Document, &Plan<'_>)| {
        let own = plan.present.and_then(|present| present.key.symbol.clone());
        let symbol = own.unwrap_or_else(|| document.symbol.clone());
        let single = documents.is_single(&document.symbol) && !elsewhere.contains(symbol.as_str());
        if single { symbol } else { plan.id.clone() }
    };
    documents.all.iter().zip(plans).map(reference).collect()
}

/// What a procedure's references are made of.
struct Links<'a> {
    agencies: &'a BTreeMap<String, Plan<'a>>,
    contacts: &'a BTreeMap<String, Plan<'a>>,
    documents: &'a Documents,
    references: &'a [String],
}

impl Links<'_> {
    fn record(&self, procedure: &Procedure, remarks: &mut Vec<(String, Remark)>) -> Record {
        let ids = |plans: &BTreeMap<String, Plan<'_>>, keys: Vec<String>| {
            let mut ids: Vec<Draft> = Vec::new();
            for id in keys.iter().filter_map(|key| plans.get(key)).map(|plan| Draft::text(&plan.id)) {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            Draft::list(ids)
        };
        let agencies =
            |at: usize| ids(self.agencies, procedure.agencies[at].iter().map(|agency| slug(&agency.title)).collect());
        let decision = procedure.decision.as_ref().and_then(|decision| self.documents.find(decision));
        let links = vec![
            ("executing_agencies", agencies(0)),
            ("competent_agencies", agencies(1)),
            ("coordinating_agencies", agencies(2)),
            ("decision", decision.map(|at| Draft::text(&self.references[at]))),
            ("submit_at", ids(self.contacts, procedure.places.iter().map(place_key).collect())),
            ("legal_basis", self.legal_basis(procedure, remarks)),
        ];
        Record::new(Kind::Procedure, procedure.keys.iter().cloned().chain(links))
    }

    fn legal_basis(&self, procedure: &Procedure, remarks: &mut Vec<(String, Remark)>) -> Option<Draft> {
        let mut basis: Vec<Draft> = Vec::new();
        for mention in &procedure.legal_basis {
            match self.documents.find(mention) {
                Some(at) => {
                    let reference = Draft::text(&self.references[at]);
                    if !basis.contains(&reference) {
                        basis.push(reference);
                    }
                }
                None => {
                    let remark = Remark { reason: Reason::SymbolFits, value: mention.symbol.clone() };
                    remarks.push((procedure.code.clone(), remark));
                }
            }
        }
        Draft::list(basis)
    }
}
