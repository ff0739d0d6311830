//! What a view asked of the site. Nothing else goes into it, so the same answers to the same questions give the same view,
//! and a page whose questions are all answered as they were need not be made again.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use crate::plan::List;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::syntax::markdown::Target;

/// What a view can ask. The configuration, the addresses of a language and the labels are no questions: every page has
/// something of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Question {
    /// What does the record with this ID say, and is it published?
    Record(KindName, String),
    /// Which published record does this key mean?
    Key(KindName, String),
    /// Which records of this kind are there, and what do they say?
    Table(KindName),
    /// Who names this record in this way?
    Backlinks(Backlink, String),
    /// Is something published at this path?
    Path(String),
    /// Where does this link lead in this language?
    Link(String, Target),
    /// Which records are in this list in this language?
    List(String, List),
    /// Which lists are there, and which records are in them?
    Lists,
    /// What is the field of work with this slug called?
    Field(String),
    /// Which fields of work are there?
    Fields,
    /// How large is this attachment?
    Attachment(String),
    /// Which day is it?
    Day,
    /// Which template makes it? This is what the view was made for, and asked of the theme.
    Template(String),
    /// Something about the site as a whole, which nobody answers twice.
    Everything,
}

/// The ways in which records name others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Backlink {
    /// A document is cited.
    CitedBy,
    /// A document is replaced.
    ReplacedBy,
    /// A document is amended.
    AmendedBy,
    /// A document is implemented.
    ImplementedBy,
    /// A record is affected by a notice.
    Updates,
    /// A record is corrected.
    CorrectedBy,
    /// A procedure has answers.
    Answers,
    /// A question was answered elsewhere.
    AnsweredHere,
    /// Statistics can be compared.
    Series,
    /// A task is continued.
    ContinuedBy,
}

/// The questions that one view asks.
#[derive(Debug, Default)]
pub struct Trace {
    asked: RefCell<BTreeSet<Question>>,
    /// The addresses of the records that were looked at: most are looked at again and again.
    seen: RefCell<HashSet<usize>>,
}

impl Trace {
    /// Notes a question.
    pub fn ask(&self, question: Question) {
        self.asked.borrow_mut().insert(question);
    }

    /// Notes that a record was looked at.
    pub fn look_at<T>(&self, kind: KindName, record: &Record<T>) {
        if self.seen.borrow_mut().insert(std::ptr::from_ref(record).addr()) {
            self.ask(Question::Record(kind, record.id.clone()));
        }
    }

    /// Notes what another view asked whose parts are taken over.
    pub fn ask_all(&self, questions: &[Question]) {
        self.asked.borrow_mut().extend(questions.iter().cloned());
    }

    /// All that was asked, in order.
    pub fn into_questions(self) -> Vec<Question> {
        self.asked.into_inner().into_iter().collect()
    }
}
