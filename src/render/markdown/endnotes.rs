//! The notes of a text, taken out of its flow: a definition may stand anywhere, and a reader meets it at the end.
//!
//! Notes are numbered in the order in which a reader meets the references; one that nothing refers to comes last,
//! because what an author wrote is not dropped in silence. Of two with one label the first counts.

use std::collections::{HashMap, VecDeque};
use std::mem;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::syntax::markdown::Placed;

/// A text's notes, and how far a reader has met them.
#[derive(Default)]
pub struct Notes<'a> {
    notes: Vec<Note<'a>>,
    by_label: HashMap<String, usize>,
    met: Vec<usize>,
    unmet: VecDeque<usize>,
    given: usize,
}

struct Note<'a> {
    body: Vec<Placed<'a>>,
    number: Option<usize>,
    references: usize,
}

/// One reference to a note. Both count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The note's number.
    pub note: usize,
    /// Which of the references to this note it is.
    pub nth: usize,
}

impl<'a> Notes<'a> {
    /// A text without its notes, and the notes.
    pub fn apart_from(events: Vec<Placed<'a>>) -> (Vec<Placed<'a>>, Notes<'a>) {
        let mut notes = Notes::default();
        let mut outer = Vec::new();
        let mut flow = Vec::with_capacity(events.len());
        for (event, range) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => outer.push((label, mem::take(&mut flow))),
                Event::End(TagEnd::FootnoteDefinition) => {
                    let (label, flow_outside) = outer.pop().expect("starts and ends are balanced");
                    notes.define(&label, mem::replace(&mut flow, flow_outside));
                }
                _ => flow.push((event, range)),
            }
        }
        (flow, notes)
    }

    fn define(&mut self, label: &str, body: Vec<Placed<'a>>) {
        let index = self.notes.len();
        if *self.by_label.entry(label.to_lowercase()).or_insert(index) == index {
            self.notes.push(Note { body, number: None, references: 0 });
            self.unmet.push_back(index);
        }
    }

    /// A reader meets a reference. None where no note has the label.
    pub fn refer(&mut self, label: &str) -> Option<Reference> {
        let index = *self.by_label.get(&label.to_lowercase())?;
        self.notes[index].references += 1;
        Some(Reference { note: self.number(index), nth: self.notes[index].references })
    }

    fn number(&mut self, index: usize) -> usize {
        *self.notes[index].number.get_or_insert_with(|| {
            self.met.push(index);
            self.met.len()
        })
    }

    /// The next note's content, in the order of numbers. Reading it may bring more.
    pub fn next(&mut self) -> Option<Vec<Placed<'a>>> {
        if self.given == self.met.len() {
            let index = loop {
                let index = self.unmet.pop_front()?;
                if self.notes[index].number.is_none() {
                    break index;
                }
            };
            self.number(index);
        }
        let body = mem::take(&mut self.notes[self.met[self.given]].body);
        self.given += 1;
        Some(body)
    }

    /// How many references to a note were met.
    pub fn references(&self, number: usize) -> usize {
        self.notes[self.met[number - 1]].references
    }
}
