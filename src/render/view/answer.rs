//! A question and its answer.

use serde::Serialize;

use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::answer::{Answer, AnswerStatus};
use crate::render::lens::{Citation, Lens};
use crate::render::trace::Backlink;
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, section};
use crate::render::words::{Day, Html, Link, Words};

#[derive(Debug, Serialize)]
struct AnswerView {
    /// Its heading, summary and history; the answer itself is its `body`.
    record: RecordView,
    /// What was asked, without names and numbers. Headings in it begin with `h3`.
    question: Html,
    /// How it was asked, in words: "Online", "By phone".
    mode: &'static str,
    /// What it is about, in words: "Regulations", "Question".
    topic: &'static str,
    /// How far it has come, in words: "Received", "Resolved".
    status: &'static str,
    /// Whether there is no answer yet.
    waiting: bool,
    /// Why it was refused or passed on; none where the record gives no reason.
    reason: Option<Words>,
    /// The day on which it was asked.
    asked: Day,
    /// The day by which it is to be answered; none where the record does not say.
    due: Option<Day>,
    /// The day on which it was answered; none where the record does not say.
    answered: Option<Day>,
    /// The procedure that it is about; none where it is about none.
    procedure: Option<Link>,
    /// Who answers, with the list of that agency's procedures; none where the record does not say.
    agency: Option<Link>,
    /// The documents that the answer rests on; may be empty.
    legal_basis: Vec<Citation>,
    /// The dialogue or answer elsewhere that answers it; none where this page does.
    answered_in: Option<Link>,
    /// Other questions that this page answers; mostly empty.
    answered_here: Vec<Link>,
}

/// The page of an answer.
pub fn view(lens: &Lens<'_>, record: &Record<Answer>) -> Made {
    let data = &record.content(lens.code).data;
    let view = AnswerView {
        record: record::common(lens, record),
        question: lens.markdown(&data.question, 2, "question_"),
        mode: lens.language.word(data.mode),
        topic: lens.language.word(data.topic),
        status: lens.language.word(data.status),
        waiting: matches!(data.status, AnswerStatus::Received | AnswerStatus::InProgress),
        reason: data.reason.as_ref().map(|reason| lens.text(reason)),
        asked: lens.day(data.asked_on),
        due: data.due_on.map(|day| lens.day(day)),
        answered: data.answered_on.map(|day| lens.day(day)),
        procedure: data.procedure.as_ref().map(|procedure| lens.reference(procedure)),
        agency: data.agency.as_ref().map(|agency| lens.reference(agency)),
        legal_basis: lens.cites(&data.legal_basis),
        answered_in: data.answered_in.as_ref().map(|same| lens.key(KindName::Answer.word(), &same.0)),
        answered_here: lens.links(lens.relations().names(Backlink::AnsweredHere, &record.id)),
    };
    let title = view.record.heading.clone();
    Made::new("answer.html", "answer", title, &view)
        .below([section(lens, KindName::Answer)])
        .described(view.record.summary.as_ref())
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}
