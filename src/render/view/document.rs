//! A document: what it is, whether it is in force, what it changes, and who rests on it.

use serde::Serialize;
use serde_json::{Value, json};

use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::document::{Document, Force};
use crate::record::value::Text;
use crate::render::lens::{Citation, Download, Lens};
use crate::render::relations::Name;
use crate::render::trace::Backlink;
use crate::render::view::linked::{node, text};
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, section};
use crate::render::words::{Day, Link, Words};

#[derive(Debug, Serialize)]
struct DocumentView {
    /// Its heading, summary, text and history.
    record: RecordView,
    /// Its number and symbol, such as `63/2010/NĐ-CP`.
    symbol: String,
    /// What sort of document it is, such as "Decree"; none where the record does not say.
    kind: Option<Words>,
    /// Who issued it; none where the record does not say.
    issuer: Option<Words>,
    /// The day of issue; none where the record does not say.
    issued: Option<Day>,
    /// The day from which it is in force; none where the record does not say.
    effective: Option<Day>,
    /// The day on which it expires; none where the record names none.
    expires: Option<Day>,
    /// Whether it is in force, in words; "Unknown" where the record does not say.
    force: &'static str,
    /// Whether it is, wholly or in part, not in force.
    limited: bool,
    /// "Law", "Administrative", "Party" or "Internal", in the page's language; none where the record does not say.
    scope: Option<&'static str>,
    /// The day on which somebody last checked its force; none where the record does not say.
    verified: Option<Day>,
    /// Where the original is on the web; none where the record names no address.
    url: Option<String>,
    /// The original as a file of this site; none where there is none.
    file: Option<Download>,
    /// The documents that it replaces, amends or implements, and those that do so to it; may be empty.
    relations: Vec<Relation>,
    /// The procedures, reports, answers and contacts that name it; may be empty.
    cited_by: Vec<CitedBy>,
}

/// Documents that stand in one relation to this one.
#[derive(Debug, Serialize)]
struct Relation {
    /// The relation in words: "Replaced by", "Amends".
    name: String,
    /// The other documents; never empty.
    documents: Vec<Citation>,
}

/// Records of one kind that rest on this document.
#[derive(Debug, Serialize)]
struct CitedBy {
    /// The kind in words, as the menu has it.
    name: String,
    /// The records; never empty.
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
    let inverse = |names: Option<&Vec<Name>>| -> Vec<Citation> {
        let documents = names.into_iter().flatten().filter_map(|(_, id)| lens.documents().get(id));
        documents.map(|record| lens.citation(record)).collect()
    };
    let all = [
        ("document.replaced_by", inverse(lens.relations().names(Backlink::ReplacedBy, &record.id))),
        ("document.amended_by", inverse(lens.relations().names(Backlink::AmendedBy, &record.id))),
        ("document.replaces", lens.cites(&data.replaces)),
        ("document.amends", lens.cites(&data.amends)),
        ("document.implements", lens.cites(&data.implements)),
        ("document.implemented_by", inverse(lens.relations().names(Backlink::ImplementedBy, &record.id))),
    ];
    let named = all.into_iter().filter(|(_, documents)| !documents.is_empty());
    named.map(|(name, documents)| Relation { name: lens.label(name), documents }).collect()
}

fn cited_by(lens: &Lens<'_>, id: &str) -> Vec<CitedBy> {
    let citing = lens.relations().names(Backlink::CitedBy, id);
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
