//! A site that was read, checked and planned. Nothing is rendered yet; everything can be, all at once or page by page.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::build::anchors::Anchors;
use crate::build::maker::{Made, Maker};
use crate::build::{Observer, Options, Outcome, Pages, Sink, Stage, Verdict};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use crate::output;
use crate::plan::{AnchorUse, File, Page, Plan, Source};
use crate::render::artefact::{Artefact, ArtefactBody};
use crate::render::theme::Theme;
use crate::render::{Common, Renderer};
use crate::site::Site;
use crate::source::Snapshot;

const NO_PANIC: &str = "no holder of this lock panics";

/// A site that was read, checked and planned.
#[derive(Debug)]
pub struct Prepared {
    diagnostics: Diagnostics,
    records: usize,
    is_strict: bool,
    ready: Option<Ready>,
    anchors: Vec<AnchorUse>,
}

/// All that pages are made from.
#[derive(Debug)]
pub struct Ready {
    /// Its records.
    pub site: Site,
    /// Its pages.
    pub plan: Plan,
    /// How they look.
    pub theme: Arc<Theme>,
    /// What they share.
    pub common: Arc<Common>,
}

impl Ready {
    /// A planned file.
    pub fn file<'a>(&'a self, file: &'a File) -> Artefact<'a> {
        output::file(&self.site, &self.plan, &self.theme, &self.renderer(), file)
    }

    fn renderer(&self) -> Renderer<'_> {
        Renderer::resume(&self.site, &self.plan, &self.theme, Arc::clone(&self.common))
    }
}

/// The bytes of a page, or why its template cannot be rendered.
pub type Rendered = Result<Vec<u8>, Box<Diagnostic>>;

impl Prepared {
    /// A site whose configuration or theme could not be read.
    pub(super) fn unplanned(diagnostics: Diagnostics, records: usize, options: &Options) -> Self {
        Prepared { diagnostics, records, is_strict: options.strict, ready: None, anchors: Vec::new() }
    }

    /// A site with its plan.
    pub(super) fn planned(
        ready: Ready,
        diagnostics: Diagnostics,
        records: usize,
        anchors: Vec<AnchorUse>,
        options: &Options,
    ) -> Self {
        Prepared { diagnostics, records, is_strict: options.strict, ready: Some(ready), anchors }
    }

    /// Whether no error is known so far, so that rendering makes a whole site.
    pub fn is_renderable(&self) -> bool {
        self.ready.is_some() && self.diagnostics.count(Level::Error) == 0
    }

    /// What pages are made from; none where the configuration or the theme could not be read.
    pub fn ready(&self) -> Option<&Ready> {
        self.ready.as_ref()
    }

    /// Renders everything but the pages that are known for this snapshot, handing each artefact to `sink` as soon as it is
    /// made. Gives the faults of templates, and links to places that no page has.
    ///
    /// # Errors
    /// The first error of the sink.
    pub fn render<E: Send>(
        &self,
        known: (&dyn Pages, &Snapshot),
        sink: &Sink<'_, E>,
        observer: &dyn Observer,
    ) -> Result<Vec<Diagnostic>, E> {
        let Some(ready) = &self.ready else { return Ok(Vec::new()) };
        let compress = ready.site.config.outputs.as_ref().and_then(|outputs| outputs.compress) == Some(true);
        let packing = |artefact: Artefact<'_>| match compress {
            true => output::compress::with_packed(artefact).into_iter().try_for_each(sink),
            false => sink(artefact),
        };
        let (renderer, anchors) = (ready.renderer(), Anchors::new(&self.anchors));
        let maker = Maker::new(&renderer, &anchors, known, compress);
        let faults = Mutex::new(Vec::new());
        let (pages, done) = (&ready.plan.pages, AtomicUsize::new(0));
        pages.par_iter().try_for_each(|page| {
            match observer.observed(Stage::Render, || maker.make(page)) {
                Ok(Made::Anew(bytes)) => packing(Artefact { path: page.file(), body: ArtefactBody::Bytes(bytes) })?,
                Ok(Made::Before(artefacts)) => artefacts.into_iter().try_for_each(sink)?,
                Err(fault) => faults.lock().expect(NO_PANIC).push(*fault),
            }
            observer.pages(done.fetch_add(1, Ordering::Relaxed) + 1, pages.len());
            Ok(())
        })?;
        // The answers of a large site take room that the other files can use.
        drop(maker);
        ready
            .plan
            .files
            .par_iter()
            .try_for_each(|file| packing(observer.observed(Stage::Files, || ready.file(file))))?;
        let mut faults = faults.into_inner().expect(NO_PANIC);
        match observer.observed(Stage::Files, || self.files()) {
            Ok(files) => files.into_par_iter().try_for_each(packing)?,
            Err(fault) => faults.push(*fault),
        }
        faults.extend(anchors.broken());
        Ok(faults)
    }

    /// The page at an address: the file that holds it, and what it holds or why its template cannot be rendered.
    pub fn page(&self, address: &str) -> Option<(String, Rendered)> {
        let ready = self.ready.as_ref()?;
        let page = ready.plan.page_at(address)?;
        Some((page.file(), ready.renderer().page(page)))
    }

    /// What is published beside pages and planned files: what the theme has, attachments, old addresses.
    ///
    /// # Errors
    /// Where one of them cannot be rendered.
    pub fn files(&self) -> Result<Vec<Artefact<'static>>, Box<Diagnostic>> {
        let Some(ready) = &self.ready else { return Ok(Vec::new()) };
        output::files(&ready.site, &ready.plan, &ready.theme, &ready.renderer())
    }

    /// The links to places that no page has. Only the pages to which such links lead are rendered; what is wrong with those
    /// is not told, because their records may hold placeholders.
    pub fn broken_anchors(&self) -> Vec<Diagnostic> {
        let Some(ready) = &self.ready else { return Vec::new() };
        let (renderer, anchors) = (ready.renderer(), Anchors::new(&self.anchors));
        ready.plan.pages.par_iter().filter(|page| anchors.lead_to(page)).for_each(|page| {
            if let Ok(bytes) = renderer.page(page) {
                anchors.note(page, &bytes);
            }
        });
        anchors.broken()
    }

    /// What came of it, with the faults that rendering found.
    pub fn outcome(&self, snapshot: &Snapshot, faults: Vec<Diagnostic>) -> Outcome {
        let mut diagnostics = self.diagnostics.clone();
        diagnostics.extend(faults);
        let diagnostics = if self.is_strict { diagnostics.strict() } else { diagnostics };
        let ready = self.ready.as_ref();
        Outcome {
            verdict: verdict(snapshot, &diagnostics),
            diagnostics,
            records: self.records,
            pages: ready.filter(|_| self.is_renderable()).map_or_else(BTreeMap::new, |ready| count_pages(&ready.plan)),
            next_due: ready.and_then(|ready| ready.site.next_due()),
        }
    }
}

/// The same outcome with its verdict brought in line with faults that were found elsewhere.
pub fn settled(snapshot: &Snapshot, options: &Options, outcome: Outcome) -> Outcome {
    let Outcome { diagnostics, .. } = outcome;
    let diagnostics = if options.strict { diagnostics.strict() } else { diagnostics };
    Outcome { verdict: verdict(snapshot, &diagnostics), diagnostics, ..outcome }
}

fn verdict(snapshot: &Snapshot, diagnostics: &Diagnostics) -> Verdict {
    let errors = || diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    let of_site = |diagnostic: &Diagnostic| match diagnostic.code {
        Code::Theme => true,
        // Told at the configuration because its own file is gone.
        Code::PageVanished => false,
        _ => is_config(snapshot, diagnostic),
    };
    if errors().any(of_site) {
        Verdict::SiteErrors
    } else if errors().next().is_some() {
        Verdict::ContentErrors
    } else {
        Verdict::Sound
    }
}

/// Whether a fault is in `site.yaml`, one of its overlays, or a theme.
fn is_config(snapshot: &Snapshot, diagnostic: &Diagnostic) -> bool {
    let path = snapshot.file(diagnostic.place.file).path.as_str();
    path.starts_with("themes/") || path.strip_prefix("content/site.").is_some_and(|rest| !rest.contains('/'))
}

/// How many pages there are of each kind; pages that are no record's count as `other`.
fn count_pages(plan: &Plan) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let kind_of = |page: &Page| match &page.source {
        Source::Record(kind, _) => kind.folder(),
        Source::List(..) => "lists",
        source if source.is_for_print() => "sheets",
        _ => "other",
    };
    for page in &plan.pages {
        *counts.entry(kind_of(page).to_owned()).or_default() += 1;
    }
    counts
}
