//! What pages of records have in common: urgent words, tombstones, history, the way to send feedback.

use serde::Serialize;

use crate::plan::Source;
use crate::record::common::Common;
use crate::record::kind::{Kind, KindName};
use crate::record::{Content, Record};
use crate::render::lens::Lens;
use crate::render::words::{Day, Html, Link, Words};

/// What pages of records have in common.
#[derive(Debug, Serialize)]
pub struct RecordView {
    /// The record's title; on a procedure's page and sheet its plain name, where it has one.
    pub heading: Words,
    /// One or two sentences; none where the record has none.
    pub summary: Option<Words>,
    /// An urgent word above the page; none where there is none.
    pub banner: Option<Words>,
    /// That it is withdrawn, and why; none where it is not.
    pub withdrawn: Option<Tombstone>,
    /// The day of its last change that matters; none where the record does not say.
    pub updated: Option<Day>,
    /// The day on which somebody last read it through; none where the record does not say.
    pub reviewed: Option<Day>,
    /// The day by which it is to be read through again; none where the record does not say.
    pub next_review: Option<Day>,
    /// What changed last, and why; none where the record does not say.
    pub change: Option<Words>,
    /// Notices that affect it.
    pub notices: Vec<Link>,
    /// What corrects it.
    pub corrections: Vec<Link>,
    /// The record's Markdown below its keys; none where there is none. Headings in it begin with `h2`.
    pub body: Option<Html>,
    /// The feedback form.
    pub feedback: String,
}

/// Why a record is gone, and what stands for it.
#[derive(Debug, Serialize)]
pub struct Tombstone {
    /// The day of the withdrawal.
    pub on: Day,
    /// Why it was withdrawn.
    pub reason: Words,
    /// What stands for it; none where nothing does.
    pub successor: Option<Link>,
}

/// What a record's page has in common with others.
pub fn common<T: Kind>(lens: &Lens<'_>, record: &Record<T>) -> RecordView {
    let Content { common, body, .. } = record.content(lens.code);
    let kind = KindName::from_word(T::WORD).expect("every kind has a word");
    let name = (kind, record.id.clone());
    RecordView {
        heading: lens.text(&common.title),
        summary: common.summary.as_ref().map(|summary| lens.text(summary)),
        banner: common.banner.as_ref().map(|banner| lens.text(banner)),
        withdrawn: tombstone(lens, kind, common),
        updated: common.updated_on.map(|day| lens.day(day)),
        reviewed: common.reviewed_on.map(|day| lens.day(day)),
        next_review: common.next_review_on.map(|day| lens.day(day)),
        change: common.change_note.as_ref().map(|note| lens.text(note)),
        notices: lens.links(lens.relations().updates(&name)),
        corrections: lens.links(lens.relations().corrected_by(&name)),
        body: body.as_ref().map(|body| lens.markdown(body, 1, "")),
        feedback: lens.href(&Source::Feedback),
    }
}

/// A tombstone, where a record is withdrawn.
pub fn tombstone(lens: &Lens<'_>, kind: KindName, common: &Common) -> Option<Tombstone> {
    common.withdrawn.as_ref().map(|withdrawn| Tombstone {
        on: lens.day(withdrawn.on),
        reason: lens.text(&withdrawn.reason),
        successor: withdrawn.successor.as_ref().map(|successor| lens.key(kind.word(), &successor.0)),
    })
}
