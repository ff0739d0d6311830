//! Free pages, and the page that is shown where there is nothing.

use serde::Serialize;

use crate::plan::{List, Source};
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::page::Page;
use crate::render::lens::Lens;
use crate::render::view::Made;
use crate::render::view::record::{self, RecordView};
use crate::render::words::Words;

#[derive(Debug, Serialize)]
struct PageView {
    /// Its heading, summary, text and history.
    record: RecordView,
}

#[derive(Debug, Serialize)]
struct NotFoundView {
    /// The page's heading, the label `not_found.heading`.
    heading: Words,
    /// The address of the list of procedures.
    procedures: String,
    /// The address of the page of all contacts.
    contacts: String,
}

/// A free page.
pub fn view(lens: &Lens<'_>, record: &Record<Page>) -> Made {
    let view = PageView { record: record::common(lens, record) };
    let title = view.record.heading.clone();
    Made::new("page.html", "page", title, &view)
        .described(view.record.summary.as_ref())
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}

/// The page that is shown where there is nothing.
pub fn not_found(lens: &Lens<'_>) -> Made {
    let heading = Words::own(lens.label("not_found.heading"));
    let procedures = lens.href(&Source::List(List::Kind(KindName::Procedure), 1));
    let view = NotFoundView { heading: heading.clone(), procedures, contacts: lens.href(&Source::Contacts) };
    Made::new("not-found.html", "", heading, &view)
}
