//! A question and its answer.

use serde::Serialize;

use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::answer::{Answer, AnswerStatus};
use crate::render::lens::{Citation, Lens};
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, section};
use crate::render::words::{Day, Html, Link, Words};

#[derive(Debug, Serialize)]
struct AnswerView {
    record: RecordView,
    question: Html,
    mode: &'static str,
    topic: &'static str,
    status: &'static str,
    /// Whether there is no answer yet.
    waiting: bool,
    reason: Option<Words>,
    asked: Day,
    due: Option<Day>,
    answered: Option<Day>,
    procedure: Option<Link>,
    agency: Option<Link>,
    legal_basis: Vec<Citation>,
    answered_in: Option<Link>,
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
        answered_here: lens.links(lens.relations.answered_here.get(&record.id)),
    };
    let title = view.record.heading.clone();
    Made::new("answer.html", "answer", title, &view)
        .below([section(lens, KindName::Answer)])
        .described(view.record.summary.as_ref())
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}
