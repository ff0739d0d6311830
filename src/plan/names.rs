//! The words of addresses. They are the theme's, so that a translation brings its own.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::record::kind::KindName;

/// The words of addresses in every language that the theme speaks.
pub type Names = BTreeMap<String, SectionNames>;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The words of addresses in one language.
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct SectionNames { $( $(#[$doc])* pub $name: String, )* }

        impl SectionNames {
            /// All of them.
            pub fn all(&self) -> impl Iterator<Item = &str> {
                [$(self.$name.as_str(),)*].into_iter()
            }
        }
    };
}

names! {
    /// Procedures.
    procedure,
    /// Below procedures: by field of work.
    field,
    /// Below procedures: what was cut or abolished.
    simplified,
    /// Below procedures: by agency.
    agency,
    /// Below a procedure: its posting sheet; below contacts: the poster.
    posting,
    /// Below a list: its further parts.
    page,
    /// Contacts.
    contact,
    /// The reception schedule.
    reception,
    /// Statistics.
    statistics,
    /// Reports.
    report,
    /// Documents.
    document,
    /// Answers.
    answer,
    /// Updates.
    update,
    /// The feedback form.
    feedback,
    /// The search.
    search,
    /// Open data.
    data,
    /// The state of publication.
    status,
}

impl SectionNames {
    /// The section of a kind; agencies are shown below procedures, free pages stand at the root.
    pub fn of_kind(&self, kind: KindName) -> &str {
        match kind {
            KindName::Agency | KindName::Procedure => &self.procedure,
            KindName::Answer => &self.answer,
            KindName::Contact => &self.contact,
            KindName::Document => &self.document,
            KindName::Page => "",
            KindName::Report => &self.report,
            KindName::Statistics => &self.statistics,
            KindName::Update => &self.update,
        }
    }

    /// The words that stand where an ID of a kind would.
    pub fn beside(&self, kind: KindName) -> Vec<&str> {
        match kind {
            KindName::Agency => Vec::new(),
            KindName::Contact => vec![&self.posting],
            KindName::Page => self.all().collect(),
            KindName::Procedure => vec![&self.field, &self.simplified, &self.agency, &self.page, &self.posting],
            KindName::Answer | KindName::Document | KindName::Report | KindName::Statistics | KindName::Update => {
                vec![&self.page]
            }
        }
    }
}
