//! A notice to the public.

use serde::Serialize;

use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::update::Update;
use crate::render::lens::Lens;
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, section};
use crate::render::words::{Day, Link};

#[derive(Debug, Serialize)]
struct UpdateView {
    /// Its heading, summary, text and history.
    record: RecordView,
    /// What sort of notice it is, in words: "Change", "Closure".
    kind: &'static str,
    /// The day of the notice.
    on: Day,
    /// The day from which it counts; none where the record does not say.
    effective: Option<Day>,
    /// The records that it concerns; may be empty.
    affects: Vec<Link>,
    /// What it corrects; none where it is no correction.
    corrects: Option<Link>,
}

/// The page of a notice.
pub fn view(lens: &Lens<'_>, record: &Record<Update>) -> Made {
    let data = &record.content(lens.code).data;
    let view = UpdateView {
        record: record::common(lens, record),
        kind: lens.language.word(data.kind),
        on: lens.day(data.date),
        effective: data.effective_on.map(|day| lens.day(day)),
        affects: data.affects.iter().map(|affected| lens.key(&affected.kind, &affected.key)).collect(),
        corrects: data.corrects.as_ref().map(|corrected| lens.key(&corrected.kind, &corrected.key)),
    };
    let title = view.record.heading.clone();
    Made::new("update.html", "update", title, &view)
        .below([section(lens, KindName::Update)])
        .described(view.record.summary.as_ref())
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}
