//! Changes to the text of a source that leave every other byte as it is: comments, quoting, order, line ends.
//!
//! An [`Edit`] is a range and what takes its place; [`Edits`] are those of one file, none overlapping another. [`yaml`] makes
//! them from what is meant: set a key, take one away, add an item. It is the one way in which the program changes what
//! people wrote: `rename`, `check --fix`, and whoever lets people edit in a form. Nothing here touches a disk.

pub mod scalar;
pub mod tree;
pub mod yaml;

use std::ops::Range;

/// What takes the place of a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes that go.
    pub range: RangeOf,
    /// What comes instead.
    pub text: String,
}

/// A range that can be compared: start, end.
pub type RangeOf = (usize, usize);

impl Edit {
    /// `text` instead of the bytes of `range`.
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Edit {
        Edit { range: (range.start, range.end), text: text.into() }
    }
}

/// The changes of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// Adds a change; tells whether it could be taken. One that overlaps another is refused, one that is there already is
    /// taken without effect.
    pub fn add(&mut self, edit: Edit) -> bool {
        self.add_all(vec![edit])
    }

    /// Adds changes that belong together: all or none.
    pub fn add_all(&mut self, edits: Vec<Edit>) -> bool {
        let fits = |edit: &Edit| self.0.iter().all(|other| other == edit || !overlap(edit, other));
        if !edits.iter().all(fits) {
            return false;
        }
        self.0.extend(edits);
        self.0.sort();
        self.0.dedup();
        true
    }

    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many changes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The text with all changes made.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for Edit { range: (start, end), text: new } in &self.0 {
            out.push_str(&text[at..*start]);
            out.push_str(new);
            at = *end;
        }
        out + &text[at..]
    }
}

/// Whether two changes cannot both be made. Two insertions at one place would have no order.
fn overlap(a: &Edit, b: &Edit) -> bool {
    let ((a_start, a_end), (b_start, b_end)) = (a.range, b.range);
    a_start < b_end && b_start < a_end || a_start == b_start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_in_the_order_of_the_text() {
        let mut edits = Edits::default();
        assert!(edits.add(Edit::new(4..5, "E")));
        assert!(edits.add(Edit::new(0..1, "A")));
        assert!(edits.add(Edit::new(0..1, "A")));
        assert!(!edits.add(Edit::new(0..2, "x")));
        assert_eq!(edits.apply("abcde"), "AbcdE");
        assert_eq!(edits.len(), 2);
    }
}
