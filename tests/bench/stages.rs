//! What each stage of a build costs a record, on one thread: so a regression is found where it is. A report, not a test.
//!
//!     cargo run --release --example stages [SITE [TIMES]]
//!
//! SITE is a site's folder, the sample where none is named. The least time of all rounds is shown, which is what the
//! stage takes where nothing disturbs it.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use minhbach::build::{Day, Memo, Options, Prepared, Unobserved, prepare};
use minhbach::disk::publish::Publisher;
use minhbach::disk::snapshot;
use minhbach::plan::Plan;
use minhbach::record::kind::KindName;
use minhbach::record::memo::Memo as Records;
use minhbach::record::read;
use minhbach::render::artefact::{Artefact, ArtefactBody};
use minhbach::render::theme::Theme;
use minhbach::render::{Answers, Renderer};
use minhbach::site::{self, load_with};
use minhbach::source::{FileId, Snapshot};
use minhbach::value::date::Date;

/// Any failure, handed from one thread to another.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let site = arguments.next().map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let times = arguments.next().map_or(Ok(5), |times| times.parse())?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    pool.install(|| stages(&site, times))
}

/// The least time of several rounds, for each of so many things.
fn report<T>(stage: &str, times: usize, count: usize, mut work: impl FnMut() -> T) {
    let round = |_| {
        let begun = Instant::now();
        let done = black_box(work());
        let time = begun.elapsed();
        drop(done);
        time
    };
    let least = (0..times.max(1)).map(round).min().unwrap_or(Duration::ZERO);
    let each = least.as_nanos() / count.max(1) as u128;
    println!("{stage:<44} {each:>10} ns of {count:>7}   {:>9.1} ms", least.as_secs_f64() * 1000.0);
}

fn stages(root: &Path, times: usize) -> Result<(), Failure> {
    let snapshot = snapshot::read(root)?;
    let as_of = Date::parse("2026-11-23").map_or(Day::default(), Day::Of);
    let options = Options { as_of, ..Options::default() };
    report("read: files from the disk, a file", times, snapshot.len(), || snapshot::read(root));
    reading(&snapshot, &options, times);
    report("theme: read and made small, a theme", times, 1, || Theme::load(&snapshot, "default").is_ok());
    let prepared = prepare(&snapshot, &options, &Memo::default(), &Unobserved);
    let pages = rendering(&prepared, &snapshot, times).ok_or("the site has no configuration that can be read")?;
    writing(root, &pages, times)
}

/// Files to records, and what all of them say together.
fn reading(snapshot: &Snapshot, options: &Options, times: usize) {
    let records = records(snapshot);
    let parse = || records.iter().filter_map(|(_, file)| read::load(snapshot, *file).ok()).count();
    report("parse: YAML and front matter, a record", times, records.len(), parse);
    let trees: Vec<_> =
        records.iter().filter_map(|(kind, file)| Some((kind, file, read::load(snapshot, *file).ok()?))).collect();
    let read = || made(trees.iter().map(|(kind, file, tree)| kind.read_findings(snapshot, tree, **file)));
    report("read: trees to typed records, a record", times, trees.len(), read);
    let memo = Records::default();
    drop(load_with(snapshot, options, &memo));
    report("resolve: references and checks, a record", times, records.len(), || load_with(snapshot, options, &memo));
}

/// Makes each of some things; the compiler must not find that nobody wants them.
fn made<T>(things: impl Iterator<Item = T>) {
    things.for_each(|thing| drop(std::hint::black_box(thing)));
}

/// Every record's own file, with its kind.
fn records(snapshot: &Snapshot) -> Vec<(KindName, FileId)> {
    let own = |(kind, files): (KindName, read::Files)| files.own.into_iter().map(move |file| (kind, file));
    let sorted = site::sort(snapshot).records.into_iter();
    sorted.flat_map(|(kind, files)| files.into_values().map(move |files| (kind, files))).flat_map(own).collect()
}

/// Records to pages; gives the pages.
fn rendering(prepared: &Prepared, snapshot: &Snapshot, times: usize) -> Option<Vec<(String, Vec<u8>)>> {
    let ready = prepared.ready()?;
    let (site, plan, theme) = (&ready.site, &ready.plan, &*ready.theme);
    let count = plan.pages.len();
    report("plan: addresses and lists, a page", times, count, || Plan::new(site, &theme.names(), snapshot));
    let renderer = Renderer::resume(site, plan, theme, std::sync::Arc::clone(&ready.common));
    report("view: what a template gets, a page", times, count, || {
        made(plan.pages.iter().map(|page| renderer.view(page)))
    });
    let views: Vec<_> = plan.pages.iter().map(|page| renderer.view(page)).collect();
    let traces: Vec<_> = plan.pages.iter().map(|page| renderer.traced(page).1).collect();
    let keys = || {
        let answers = Answers::new(&renderer, snapshot, "");
        made(plan.pages.iter().zip(&traces).map(|(page, questions)| answers.key(page, questions)));
    };
    report("key: all that a view asked, answered, a page", times, count, keys);
    let render = || views.iter().filter_map(|view| renderer.render(view).ok()).count();
    report("render: templates, a page", times, count, render);
    let pages =
        plan.pages.iter().zip(&views).map(|(page, view)| (page.file(), renderer.render(view).unwrap_or_default()));
    Some(pages.collect())
}

/// Pages to a folder in memory, where the system has one.
fn writing(root: &Path, pages: &[(String, Vec<u8>)], times: usize) -> Result<(), Failure> {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let target = folder.join(format!("minhbach-stages-{}", std::process::id()));
    let write = || -> Result<(), minhbach::disk::Error> {
        let publisher = Publisher::begin(root, &target)?;
        for (path, bytes) in pages {
            publisher.put(Artefact { path: path.clone(), body: ArtefactBody::Bytes(bytes.clone()) })?;
        }
        publisher.promise(BTreeSet::new());
        publisher.finish().map(drop)
    };
    let each = |stage: &str, times| report(stage, times, pages.len(), || write().expect("the folder can be written"));
    each("write: a new site, a page", 1);
    each("write: the same again, a page", times);
    Ok(std::fs::remove_dir_all(&target)?)
}
