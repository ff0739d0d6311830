//! What an author can mend: collected, many in a run, never thrown.
//!
//! What the machine did (disk full, port taken) is an ordinary error in the outer shell and never comes here.

mod code;
mod fingerprint;
mod fix;
mod list;
mod message;
mod place;

pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod sarif;

pub use code::{Code, Group, Level};
pub use fix::{Fix, Replacement};
pub use list::Diagnostics;
pub use message::{Language, Message};

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// One fault, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which fault it is.
    pub code: Code,
    /// How much it matters; begins as the code's own level and may be changed by `site.yaml`.
    pub level: Level,
    /// What is there, and what was expected.
    pub message: Message,
    /// Where.
    pub place: Span,
    /// A few words under the place.
    pub label: Option<Message>,
    /// How to mend it, where that can be said.
    pub help: Option<Message>,
    /// A change that mends it, where there is one clear one.
    pub fix: Option<Fix>,
    /// Other places that belong to the fault.
    pub related: Vec<Related>,
    /// The record it belongs to, as `procedure:ban-buon-ruou`.
    pub record: Option<String>,
}

/// Another place that belongs to a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// What is at that place.
    pub message: Message,
    /// Where.
    pub place: Span,
}

impl Diagnostic {
    /// A fault with the code's own level.
    pub fn new(code: Code, place: Span, message: Message) -> Self {
        let level = code.level();
        Diagnostic {
            code,
            level,
            message,
            place,
            label: None,
            help: None,
            fix: None,
            related: Vec::new(),
            record: None,
        }
    }

    /// The same with a few words under the place.
    #[must_use]
    pub fn label(mut self, label: Message) -> Self {
        self.label = Some(label);
        self
    }

    /// The same with a way to mend it.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// The same with a way to mend it, where there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<Message>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// The same with a change that mends it, where there is one.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// The same with another place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: Span, message: Message) -> Self {
        self.related.push(Related { message, place });
        self
    }
}
