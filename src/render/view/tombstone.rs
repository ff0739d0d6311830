//! What stays of a withdrawn record: that it is gone, since when, why, and what stands for it. Nothing else of it is shown:
//! what was withdrawn may have been wrong, or somebody's.

use serde::Serialize;

use crate::record::Record;
use crate::record::kind::{Kind, KindName};
use crate::render::lens::Lens;
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, section};
use crate::render::words::Link;

#[derive(Debug, Serialize)]
struct TombstoneView {
    /// Its heading, and why it is gone; a tombstone shows nothing else of it.
    record: RecordView,
    /// What people called it by.
    key: Option<String>,
    /// Where others of its kind are.
    others: Option<Link>,
}

/// The page of a withdrawn record.
pub fn view<T: Kind>(lens: &Lens<'_>, record: &Record<T>) -> Made {
    let kind = KindName::from_word(T::WORD).expect("every kind has a word");
    let others = (kind != KindName::Page).then(|| section(lens, kind));
    let view = TombstoneView {
        record: record::common(lens, record),
        key: record.content.data.natural_key().map(|(_, text)| text.to_string()),
        others: others.clone(),
    };
    let title = view.record.heading.clone();
    Made::new("tombstone.html", T::WORD, title, &view).below(others).hidden_if_withdrawn(view.record.withdrawn.as_ref())
}
