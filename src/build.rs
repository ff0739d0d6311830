//! The flow, from a snapshot to artefacts and diagnostics. Pure: whoever calls it reads the disk before and writes it after.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use crate::output;
use crate::plan::{AnchorUse, Page, Plan, Source};
use crate::render::Renderer;
use crate::render::artefact::{Artefact, ArtefactBody};
use crate::render::theme::Theme;
use crate::say;
use crate::site::{self, Loaded, Site};
use crate::source::Snapshot;
use crate::value::date::Date;

pub use crate::site::{Day, Options};

/// What came of a build.
#[derive(Debug, Default)]
pub struct Outcome {
    /// All that is wrong, in order.
    pub diagnostics: Diagnostics,
    /// How many records were found.
    pub records: usize,
    /// How many pages were made, by the kind of page.
    pub pages: BTreeMap<&'static str, usize>,
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
/// Hears how many pages of how many are done.
pub type Progress<'a> = dyn Fn(usize, usize) + Sync + 'a;

/// Checks a site and renders it, handing each artefact to `sink` as soon as it is made. Where the verdict is not
/// [`Verdict::Sound`] what the sink got is not a whole site.
///
/// # Errors
/// The first error of the sink.
pub fn build<E: Send>(
    snapshot: &Snapshot,
    options: &Options,
    sink: &Sink<'_, E>,
    progress: &Progress<'_>,
) -> Result<Outcome, E> {
    let Loaded { site, mut diagnostics, findings, records } = site::load(snapshot, options);
    let theme_name = site.as_ref().map_or("default", |site| site.config.theme()).to_owned();
    let theme = match Theme::load(snapshot, &theme_name) {
        Ok(theme) => Some(theme),
        Err(faults) => {
            diagnostics.extend(faults);
            None
        }
    };
    let (Some(site), Some(theme)) = (site, theme) else {
        return Ok(finish(snapshot, diagnostics, options, Outcome { records, ..Outcome::default() }));
    };
    diagnostics.extend(theme.gaps(&site.config.languages()));
    let (plan, faults) = Plan::new(&site, &theme.names(), snapshot);
    diagnostics.extend(faults);
    let (faults, anchors) = plan.check_links(&site, &findings);
    diagnostics.extend(faults);
    drop(findings);
    let run = Run {
        site: &site,
        plan: &plan,
        theme: &theme,
        renderer: &Renderer::new(&site, &plan, &theme),
        anchors: &anchors,
        ids: Mutex::default(),
    };
    let mut outcome = Outcome { records, next_due: site.next_due(), ..Outcome::default() };
    if diagnostics.count(Level::Error) > 0 {
        // Not to be published; only what links point at is rendered, so that broken anchors are told in the same run.
        run.render_targets();
    } else {
        let compress = site.config.outputs.as_ref().and_then(|outputs| outputs.compress) == Some(true);
        let packing = |artefact: Artefact<'_>| match compress {
            true => output::compress::with_packed(artefact).into_iter().try_for_each(sink),
            false => sink(artefact),
        };
        diagnostics.extend(run.render_all(&packing, progress)?);
        outcome.pages = count_pages(&plan);
    }
    diagnostics.extend(run.broken_anchors());
    Ok(finish(snapshot, diagnostics, options, outcome))
}

/// Checks a site as [`build`] does and throws the artefacts away.
pub fn check(snapshot: &Snapshot, options: &Options, progress: &Progress<'_>) -> Outcome {
    let outcome: Result<Outcome, std::convert::Infallible> = build(snapshot, options, &|_| Ok(()), progress);
    outcome.unwrap_or_else(|never| match never {})
}

fn finish(snapshot: &Snapshot, diagnostics: Diagnostics, options: &Options, outcome: Outcome) -> Outcome {
    let diagnostics = if options.strict { diagnostics.strict() } else { diagnostics };
    let errors = || diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    let of_site = |diagnostic: &Diagnostic| diagnostic.code == Code::Theme || is_config(snapshot, diagnostic);
    let verdict = if errors().any(of_site) {
        Verdict::SiteErrors
    } else if errors().next().is_some() {
        Verdict::ContentErrors
    } else {
        Verdict::Sound
    };
    Outcome { diagnostics, verdict, ..outcome }
}

/// How many pages there are of each kind; pages that are no record's count as `other`.
fn count_pages(plan: &Plan) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for page in &plan.pages {
        let kind = match &page.source {
            Source::Record(kind, _) => kind.folder(),
            Source::List(..) => "lists",
            source if source.is_for_print() => "sheets",
            _ => "other",
        };
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

/// Whether a fault is in `site.yaml`, one of its overlays, or a theme.
fn is_config(snapshot: &Snapshot, diagnostic: &Diagnostic) -> bool {
    let path = snapshot.file(diagnostic.place.file).path.as_str();
    path.starts_with("themes/") || path.strip_prefix("content/site.").is_some_and(|rest| !rest.contains('/'))
}

struct Run<'a> {
    site: &'a Site,
    plan: &'a Plan,
    theme: &'a Theme,
    renderer: &'a Renderer<'a>,
    anchors: &'a [AnchorUse],
    /// The ids of the pages that links with an anchor lead to, by the page's address.
    ids: Mutex<HashMap<String, HashSet<String>>>,
}

impl Run<'_> {
    fn render_all<E: Send>(&self, sink: &Sink<'_, E>, progress: &Progress<'_>) -> Result<Vec<Diagnostic>, E> {
        let pages = &self.plan.pages;
        let targets: HashSet<&str> = self.anchors.iter().map(|anchor| anchor.address.as_str()).collect();
        let faults = Mutex::new(Vec::new());
        let done = AtomicUsize::new(0);
        pages.par_iter().try_for_each(|page| {
            match self.renderer.page(page) {
                Ok(bytes) => {
                    self.note_ids(page, &bytes, &targets);
                    sink(Artefact { path: page.file(), body: ArtefactBody::Bytes(bytes) })?;
                }
                Err(fault) => faults.lock().expect("no holder of this lock panics").push(*fault),
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, pages.len());
            Ok(())
        })?;
        self.plan
            .files
            .par_iter()
            .try_for_each(|file| sink(output::file(self.site, self.plan, self.theme, self.renderer, file)))?;
        let mut faults = faults.into_inner().expect("no holder of this lock panics");
        match output::files(self.site, self.plan, self.theme, self.renderer) {
            Ok(files) => files.into_par_iter().try_for_each(sink)?,
            Err(fault) => faults.push(*fault),
        }
        Ok(faults)
    }

    /// Renders only the pages that links with an anchor lead to. Records may hold placeholders now: faults are not told.
    fn render_targets(&self) {
        let targets: HashSet<&str> = self.anchors.iter().map(|anchor| anchor.address.as_str()).collect();
        self.plan.pages.par_iter().filter(|page| targets.contains(page.address.as_str())).for_each(|page| {
            if let Ok(bytes) = self.renderer.page(page) {
                self.note_ids(page, &bytes, &targets);
            }
        });
    }

    fn note_ids(&self, page: &Page, bytes: &[u8], targets: &HashSet<&str>) {
        if targets.contains(page.address.as_str()) {
            let ids = ids(&String::from_utf8_lossy(bytes));
            self.ids.lock().expect("no holder of this lock panics").insert(page.address.clone(), ids);
        }
    }

    fn broken_anchors(&self) -> Vec<Diagnostic> {
        let ids = self.ids.lock().expect("no holder of this lock panics");
        let broken =
            self.anchors.iter().filter(|link| ids.get(&link.address).is_some_and(|ids| !ids.contains(&link.anchor)));
        broken
            .map(|AnchorUse { address, anchor, place, record }| {
                let near = ids
                    .get(address)
                    .and_then(|ids| crate::record::suggest::nearest(anchor, ids.iter().map(String::as_str)));
                let message =
                    say!("trang `{address}` không có mục `#{anchor}`", "the page `{address}` has no `#{anchor}`");
                let help = near.map(|id| crate::record::suggest::did_you_mean(&format!("#{id}")));
                Diagnostic {
                    record: Some(record.clone()),
                    ..Diagnostic::new(Code::BrokenAnchor, *place, message).maybe_help(help)
                }
            })
            .collect()
    }
}

/// The values of all `id` attributes of a page, quoted or not.
fn ids(html: &str) -> HashSet<String> {
    let values = html.split(" id=").skip(1).map(|rest| match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().unwrap_or(""),
        _ => rest.split([' ', '>', '\n']).next().unwrap_or(""),
    });
    values.map(str::to_owned).collect()
}
