//! A document: what it is, whether it is in force, what it changes, and who rests on it.

use serde::Serialize;
use serde_json::{Value, json};

use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::document::{Document, Force};
use crate::record::value::Text;
use crate::render::lens::{Citation, Download, Lens};
use crate::render::relations::Name;
use crate::render::view::linked::{node, text};
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, section};
use crate::render::words::{Day, Link, Words};

#[derive(Debug, Serialize)]
struct DocumentView {
    record: RecordView,
    symbol: String,
    kind: Option<Words>,
    issuer: Option<Words>,
    issued: Option<Day>,
    effective: Option<Day>,
    expires: Option<Day>,
    force: &'static str,
    /// Whether it is, wholly or in part, not in force.
    limited: bool,
    scope: Option<&'static str>,
    verified: Option<Day>,
    url: Option<String>,
    file: Option<Download>,
    relations: Vec<Relation>,
    cited_by: Vec<CitedBy>,
}

/// Documents that stand in one relation to this one.
#[derive(Debug, Serialize)]
struct Relation {
    name: String,
    documents: Vec<Citation>,
}

/// Records of one kind that rest on this document.
#[derive(Debug, Serialize)]
struct CitedBy {
    name: String,
    links: Vec<Link>,
}

/// The page of a document.
pub fn view(lens: &Lens<'_>, record: &Record<Document>) -> Made {
    let data = &record.content(lens.code).data;
    let maybe = |text: &Option<Text>| text.as_ref().map(|text| lens.text(text));
    let view = DocumentView {
        record: record::common(lens, record),
        symbol: data.symbol.to_string(),
        kind: maybe(&data.r#type),
        issuer: maybe(&data.issuer),
        issued: data.issued_on.map(|day| lens.day(day)),
        effective: data.effective_on.map(|day| lens.day(day)),
        expires: data.expires_on.map(|day| lens.day(day)),
        force: lens.language.word(data.force()),
        limited: matches!(data.force(), Force::Expired | Force::Partly | Force::NotYet),
        scope: data.scope.map(|scope| lens.language.word(scope)),
        verified: data.verified_on.map(|day| lens.day(day)),
        url: data.url.as_ref().map(|url| url.to_string()),
        file: data.file.as_ref().map(|file| lens.download(file, None)),
        relations: relations(lens, record),
        cited_by: cited_by(lens, &record.id),
    };
    let heading =
        Words { text: format!("{} {}", view.symbol, view.record.heading.text), ..view.record.heading.clone() };
    let legislation = legislation(data, &view);
    Made::new("document.html", "document", heading, &view)
        .linked(legislation)
        .below([section(lens, KindName::Document)])
        .described(view.record.summary.as_ref().or(Some(&view.record.heading)))
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}

/// A document for machines.
fn legislation(data: &Document, view: &DocumentView) -> Value {
    let force = match data.force() {
        Force::InForce => Some("https://schema.org/InForce"),
        Force::Partly => Some("https://schema.org/PartiallyInForce"),
        Force::Expired | Force::NotYet => Some("https://schema.org/NotInForce"),
        Force::Unknown => None,
    };
    node(
        "Legislation",
        [
            ("name", json!(view.record.heading.text)),
            ("legislationIdentifier", json!(view.symbol)),
            ("legislationType", text(view.kind.as_ref())),
            ("legislationPassedBy", text(view.issuer.as_ref())),
            ("legislationDate", json!(view.issued.as_ref().map(|day| day.iso.as_str()))),
            ("legislationDateOfApplicability", json!(view.effective.as_ref().map(|day| day.iso.as_str()))),
            ("legislationLegalForce", json!(force)),
        ],
    )
}

fn relations(lens: &Lens<'_>, record: &Record<Document>) -> Vec<Relation> {
    let data = &record.content.data;
    let known = lens.relations;
    let inverse = |names: Option<&Vec<Name>>| -> Vec<Citation> {
        let documents = names.into_iter().flatten().filter_map(|(_, id)| lens.site.documents.get(id));
        documents.map(|record| lens.citation(record)).collect()
    };
    let all = [
        ("document.replaced_by", inverse(known.replaced_by.get(&record.id))),
        ("document.amended_by", inverse(known.amended_by.get(&record.id))),
        ("document.replaces", lens.cites(&data.replaces)),
        ("document.amends", lens.cites(&data.amends)),
        ("document.implements", lens.cites(&data.implements)),
        ("document.implemented_by", inverse(known.implemented_by.get(&record.id))),
    ];
    let named = all.into_iter().filter(|(_, documents)| !documents.is_empty());
    named.map(|(name, documents)| Relation { name: lens.label(name), documents }).collect()
}

fn cited_by(lens: &Lens<'_>, id: &str) -> Vec<CitedBy> {
    let citing = lens.relations.cited_by.get(id);
    let of = |kind: &KindName| {
        let own = citing.into_iter().flatten().filter(|(citing, _)| citing == kind);
        CitedBy {
            name: lens.label(&format!("nav.{}", kind.word())),
            links: own.filter_map(|(kind, id)| lens.link(*kind, id)).collect(),
        }
    };
    let kinds = [KindName::Procedure, KindName::Report, KindName::Answer, KindName::Contact];
    kinds.iter().map(of).filter(|group| !group.links.is_empty()).collect()
}
