//! The flow, from a snapshot to artefacts and diagnostics. Pure: whoever calls it reads the disk before and writes it after.
//!
//! It has two halves. [`prepare`] reads, checks and plans; what it gives can be kept, and pages be made from it one by one
//! as they are asked for. [`build`] renders everything from it at once.

mod anchors;
mod maker;
mod memo;
mod observer;
mod pages;
mod prepared;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::plan::Plan;
use crate::render::Renderer;
use crate::render::artefact::Artefact;
use crate::site::{self, Loaded};
use crate::source::Snapshot;
use crate::value::date::Date;

pub use crate::site::{Day, Options};
pub use memo::Memo;
pub use observer::{Observer, Stage, Unobserved};
pub use pages::{Forgotten, Pages};
pub use prepared::{Prepared, settled};

/// What came of a build.
#[derive(Debug, Default, Clone)]
pub struct Outcome {
    /// All that is wrong, in order.
    pub diagnostics: Diagnostics,
    /// How many records were found.
    pub records: usize,
    /// How many pages were made, by the kind of page.
    pub pages: BTreeMap<String, usize>,
    /// The next day on which a record appears or disappears.
    pub next_due: Option<Date>,
    /// Whether the site can be published.
    pub verdict: Verdict,
}

/// Whether a site can be published.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It can.
    #[default]
    Sound,
    /// The content has errors.
    ContentErrors,
    /// The configuration or the theme has errors, whatever else has.
    SiteErrors,
}

impl Outcome {
    /// How many pages were made.
    pub fn page_count(&self) -> usize {
        self.pages.values().sum()
    }
}

/// Takes artefacts, from several threads at once.
pub type Sink<'a, E> = dyn Fn(Artefact<'_>) -> Result<(), E> + Sync + 'a;

/// Checks a site and renders it, handing each artefact to `sink` as soon as it is made. Where the verdict is not
/// [`Verdict::Sound`] what the sink got is not a whole site.
///
/// # Errors
/// The first error of the sink.
pub fn build<E: Send>(
    snapshot: &Snapshot,
    options: &Options,
    sink: &Sink<'_, E>,
    observer: &dyn Observer,
) -> Result<Outcome, E> {
    let prepared = prepare(snapshot, options, &Memo::default(), observer);
    finish(&prepared, snapshot, &Forgotten, sink, observer)
}

/// Renders what was prepared, as [`build`] does, but for the pages that are known.
///
/// # Errors
/// The first error of the sink.
pub fn finish<E: Send>(
    prepared: &Prepared,
    snapshot: &Snapshot,
    pages: &dyn Pages,
    sink: &Sink<'_, E>,
    observer: &dyn Observer,
) -> Result<Outcome, E> {
    let faults = if prepared.is_renderable() {
        prepared.render((pages, snapshot), sink, observer)?
    } else {
        // Not to be published; only what links point at is rendered, so that broken anchors are told in the same run.
        prepared.broken_anchors()
    };
    Ok(prepared.outcome(snapshot, faults))
}

/// Checks a site as [`build`] does and throws the artefacts away.
pub fn check(snapshot: &Snapshot, options: &Options, observer: &dyn Observer) -> Outcome {
    let outcome: Result<Outcome, std::convert::Infallible> = build(snapshot, options, &|_| Ok(()), observer);
    outcome.unwrap_or_else(|never| match never {})
}

/// Reads, checks and plans a site. What `memo` knows is not done again, and what is done is added to it.
pub fn prepare(snapshot: &Snapshot, options: &Options, memo: &Memo, observer: &dyn Observer) -> Prepared {
    let Loaded { site, mut diagnostics, findings, records } =
        observer.observed(Stage::Read, || site::load_with(snapshot, options, &memo.records));
    let theme_name = site.as_ref().map_or("default", |site| site.config.theme()).to_owned();
    let theme = match observer.observed(Stage::Theme, || memo.theme(snapshot, &theme_name)) {
        Ok(theme) => Some(theme),
        Err(faults) => {
            diagnostics.extend(faults);
            None
        }
    };
    let (Some(site), Some(theme)) = (site, theme) else {
        return Prepared::unplanned(diagnostics, records, options);
    };
    diagnostics.extend(theme.gaps(&site.config.languages()));
    let (plan, anchors) = observer.observed(Stage::Plan, || {
        let (plan, mut faults) = Plan::new(&site, &theme.names(), snapshot);
        let (more, anchors) = plan.check_links(&site, &findings);
        faults.extend(more);
        diagnostics.extend(faults);
        let vanished = plan.vanished(&site, snapshot, &options.published, records);
        diagnostics.extend(site::settle(&site, vanished).iter().cloned());
        (plan, anchors)
    });
    let common = observer.observed(Stage::Plan, || Renderer::new(&site, &plan, &theme).common());
    let ready = prepared::Ready { site, plan, theme, common };
    Prepared::planned(ready, diagnostics, records, anchors, options)
}
