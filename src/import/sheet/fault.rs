//! What is wrong with a sheet, at its cell.

use crate::diagnostic::Message;

/// A fault at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The sheet, the row and the column, from 0: the order in which faults are told.
    pub place: (String, usize, usize),
    /// What is there, and what was expected.
    pub message: Message,
    /// How to mend it.
    pub help: Option<Message>,
    /// Whether it tells only that something is missing: no news where the cell could not be read.
    pub is_missing: bool,
}

impl Fault {
    /// The cell as a person finds it: `Sheet1!D14`.
    pub fn cell(&self) -> String {
        let (sheet, row, column) = &self.place;
        format!("{sheet}!{}", crate::import::sheet::cell::name(*row, *column))
    }
}

/// What is wrong with a cell's value, wherever the cell is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is there, and what was expected.
    pub message: Message,
    /// How to mend it.
    pub help: Option<Message>,
}

impl Wrong {
    /// A value that is wrong.
    pub fn new(message: Message) -> Wrong {
        Wrong { message, help: None }
    }

    /// The same with a way to mend it.
    #[must_use]
    pub fn help(self, help: impl Into<Option<Message>>) -> Wrong {
        Wrong { help: help.into(), ..self }
    }

    /// The same at a cell.
    pub fn at(self, sheet: &str, row: usize, column: usize) -> Fault {
        Fault { place: (sheet.to_owned(), row, column), message: self.message, help: self.help, is_missing: false }
    }
}
