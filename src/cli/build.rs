//! `build`: checks, renders and publishes.

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::build::{self, Day, Forgotten, Memo, Observer, Options, Outcome, Pages, Stage, Unobserved, Verdict};
use crate::cli::args::{Global, Help};
use crate::cli::compare::{self, Before};
use crate::cli::progress::Progress;
use crate::cli::{Failure, Status, print, root};
use crate::diagnostic::Message;
use crate::disk::{self, cache::Cache, manifest::Manifest, publish::Publication, publish::Publisher};
use crate::render::artefact::Artefact;
use crate::say;
use crate::source::Snapshot;
use crate::value::address::{self, Scheme};
use crate::value::date::Date;

/// How it is called.
pub fn command(help: Help) -> Command {
    with_options(
        Command::new("build")
            .about(help.text("Kiểm tra rồi dựng trang vào public/", "Check, then build the site into public/"))
            .after_help(help.text(
            "Ví dụ:\n  minhbach build                                 dựng vào public/\n  minhbach build --drafts -o /tmp/xem-thu        xem trước cả bản nháp, ở thư mục khác\n  minhbach build --as-of 2026-12-01              dựng như vào ngày đó",
            "Examples:\n  minhbach build                                 build into public/\n  minhbach build --drafts -o /tmp/preview        look at drafts first, in another folder\n  minhbach build --as-of 2026-12-01              build as on that day",
            )),
        help,
    )
    .args([
        Arg::new("no-cache")
            .long("no-cache")
            .action(ArgAction::SetTrue)
            .help(help.text("Dựng lại từ đầu, không dùng bộ nhớ đệm", "Build everything anew, without the cache")),
        Arg::new("verify").long("verify").action(ArgAction::SetTrue).help(help.text(
            "Dựng thêm một lần không dùng bộ nhớ đệm và so từng byte",
            "Build again without the cache and compare every byte",
        )),
    ])
}

/// The options that `build` and `check` share.
pub fn with_options(command: Command, help: Help) -> Command {
    command.args([
        Arg::new("output-dir")
            .short('o')
            .long("output-dir")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath)
            .help(help.text("Thư mục đăng (mặc định: public)", "The folder to publish to (default: public)")),
        Arg::new("base-url")
            .short('u')
            .long("base-url")
            .value_name("URL")
            .help(help.text("Địa chỉ trang, thay cho base_url", "The site's address, instead of base_url")),
        Arg::new("drafts")
            .long("drafts")
            .action(ArgAction::SetTrue)
            .help(help.text("Dựng cả bản nháp", "Build drafts, too")),
        Arg::new("as-of")
            .long("as-of")
            .value_name("DATE")
            .help(help.text("Dựng như vào ngày này (mặc định: hôm nay)", "Build as on this day (default: today)")),
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help(help.text("Coi cảnh báo là lỗi", "Treat warnings as errors")),
        Arg::new("jobs")
            .short('j')
            .long("jobs")
            .value_name("N")
            .value_parser(value_parser!(u16).range(1..=1024))
            .help(help.text("Số luồng chạy song song", "How many threads work at once")),
        compare::option(help),
    ])
}

/// What `build` and `check` were asked for.
pub struct Call {
    /// The site's root.
    pub root: PathBuf,
    /// Where to publish.
    pub target: PathBuf,
    /// How to build.
    pub options: Options,
}

impl Call {
    /// Reads the options; sets up the number of threads.
    ///
    /// # Errors
    /// Where one of them is wrong, or there is no site.
    pub fn of(global: &Global, matches: &ArgMatches) -> Result<Call, Failure> {
        let root = root::find(global.root.as_deref())?;
        let target = matches.get_one::<PathBuf>("output-dir").cloned().unwrap_or_else(|| root.join("public"));
        if let Some(jobs) = matches.get_one::<u16>("jobs") {
            // Fails only where the pool stands already, which it does not in a fresh process.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(*jobs)).build_global();
        }
        let options = Options {
            as_of: day(matches)?,
            drafts: matches.get_flag("drafts"),
            base_url: base_url(matches)?,
            strict: matches.get_flag("strict"),
            ..Options::default()
        };
        Ok(Call { root, target, options })
    }

    /// Looks up which pages the last build promised to the public, so that those that are gone are told.
    ///
    /// # Errors
    /// Where what is published cannot be read.
    pub fn remember_published(&mut self) -> Result<(), Failure> {
        let manifest = Manifest::read(&self.target)?;
        self.options.published = manifest.map(|manifest| manifest.pages).unwrap_or_default();
        Ok(())
    }
}

/// Today, as far as nothing else is asked for.
///
/// # Errors
/// Where `SOURCE_DATE_EPOCH` is no number.
pub fn today() -> Result<Day, Failure> {
    now()
}

/// The day asked for, else that of `SOURCE_DATE_EPOCH`, else today.
pub fn day(matches: &ArgMatches) -> Result<Day, Failure> {
    if let Some(text) = matches.get_one::<String>("as-of") {
        let wrong = || {
            Failure::usage(say!(
                "`--as-of {text}` không phải là ngày dạng 2026-11-23",
                "`--as-of {text}` is not a date such as 2026-11-23"
            ))
        };
        return Date::parse(text).map(Day::Of).ok_or_else(wrong);
    }
    now()
}

/// The instant of `SOURCE_DATE_EPOCH`, else this one.
fn now() -> Result<Day, Failure> {
    let now =
        || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0));
    match std::env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.is_empty()) {
        None => Ok(Day::At(now())),
        Some(text) => {
            let wrong = || {
                Failure::usage(say!(
                    "SOURCE_DATE_EPOCH=`{text}` không phải là số giây",
                    "SOURCE_DATE_EPOCH=`{text}` is no number of seconds"
                ))
            };
            text.parse().map(Day::At).map_err(|_| wrong())
        }
    }
}

fn base_url(matches: &ArgMatches) -> Result<Option<String>, Failure> {
    let asked = matches.get_one::<String>("base-url");
    match asked {
        Some(url) if !address::is_url(url, Scheme::Web) => Err(Failure::usage(say!(
            "`--base-url {url}` không phải là địa chỉ web",
            "`--base-url {url}` is not a web address"
        ))),
        asked => Ok(asked.cloned()),
    }
}

/// The exit status of a verdict.
pub fn status(verdict: Verdict) -> Status {
    match verdict {
        Verdict::Sound => Status::Done,
        Verdict::ContentErrors => Status::ContentErrors,
        Verdict::SiteErrors => Status::Usage,
    }
}

/// Builds the site.
///
/// # Errors
/// Where the call is wrong, another build runs, or reading or writing fails.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let started = Instant::now();
    let mut call = Call::of(global, matches)?;
    let publisher = Publisher::begin(&call.root, &call.target)?;
    call.remember_published()?;
    let before = Before::of(matches)?;
    let progress = Progress::new(global);
    let observer: &dyn Observer = &progress;
    let snapshot = observer.observed(Stage::Scan, || disk::snapshot::read(&call.root))?;
    let kept = if matches.get_flag("no-cache") { None } else { Kept::open(&call, &snapshot) };
    let built = match kept.as_ref().and_then(|kept| kept.unchanged(&call)) {
        Some(unchanged) => unchanged,
        None => match build_anew(&call, &snapshot, publisher, kept, &progress)? {
            Built::Published(outcome, published) => (outcome, published),
            Built::Faulty(outcome) => {
                progress.finish();
                let (records, pages) = (outcome.records, outcome.page_count());
                print::diagnostics(&outcome.diagnostics, &snapshot, records, pages, global)?;
                print::counts(&outcome.diagnostics, records, pages, global);
                let target = call.target.display();
                print::info(&say!("Không đăng: {target} vẫn như cũ.", "Not published: {target} is as it was."), global);
                return Ok(status(outcome.verdict));
            }
        },
    };
    progress.finish();
    let (outcome, published) = built;
    print::diagnostics(&outcome.diagnostics, &snapshot, outcome.records, outcome.page_count(), global)?;
    if let Some(message) = &published.fallback {
        print::notice(message, global);
    }
    print::counts(&outcome.diagnostics, outcome.records, outcome.page_count(), global);
    summary(&call, &outcome, &published, started.elapsed(), global);
    before.map_or(Ok(()), |before| before.tell(&snapshot, &call.options, global))?;
    progress.print_times(global);
    if matches.get_flag("verify") {
        verify(&call, &snapshot)?;
        print::info(
            &say!(
                "Đã so từng byte với bản dựng không dùng bộ nhớ đệm: giống nhau.",
                "Compared with a build without the cache, byte for byte: the same."
            ),
            global,
        );
    }
    Ok(Status::Done)
}

/// The cache, and the hash of what this build is made from.
struct Kept {
    cache: Cache,
    sources: String,
}

impl Kept {
    /// None where there is no cache, or an attachment cannot be read: publishing will tell that.
    fn open(call: &Call, snapshot: &Snapshot) -> Option<Kept> {
        let cache = Cache::open(&call.root, &call.target)?;
        let sources = cache.sources(snapshot, &call.options).ok()?;
        Some(Kept { cache, sources })
    }

    /// What came of the last build, where this one would be the same.
    fn unchanged(&self, call: &Call) -> Option<(Outcome, Publication)> {
        let (outcome, unchanged) = self.cache.unchanged(&self.sources, &call.options)?;
        Some((outcome, Publication { written: 0, unchanged, removed: 0, fallback: None }))
    }
}

/// What came of a build.
enum Built {
    /// It is published.
    Published(Outcome, Publication),
    /// It has errors.
    Faulty(Outcome),
}

fn build_anew(
    call: &Call,
    snapshot: &Snapshot,
    publisher: Publisher,
    kept: Option<Kept>,
    progress: &Progress,
) -> Result<Built, Failure> {
    let observer: &dyn Observer = progress;
    let prepared = build::prepare(snapshot, &call.options, &Memo::default(), observer);
    let pages: &dyn Pages = kept.as_ref().map_or(&Forgotten, |kept| &kept.cache);
    let put = |artefact: Artefact<'_>| observer.observed(Stage::Write, || publisher.put(artefact));
    let outcome = build::finish(&prepared, snapshot, pages, &put, observer)?;
    if outcome.verdict != Verdict::Sound {
        return Ok(Built::Faulty(outcome));
    }
    if let Some(ready) = prepared.ready() {
        publisher.promise(ready.plan.lasting(&ready.site));
    }
    let mut published = observer.observed(Stage::Write, || publisher.finish())?;
    if let (Some(Kept { cache, sources }), Some(ready)) = (kept, prepared.ready()) {
        let day = (ready.site.as_of, ready.site.config.time_zone());
        let kept = observer.observed(Stage::Write, || cache.keep(sources, day, &outcome));
        // The site is published; without the cache the next build only takes longer.
        published.fallback = published.fallback.or(kept.err().map(|error| {
            say!(
                "không ghi được bộ nhớ đệm `.minhbach/cache`: {error}; lần dựng sau sẽ lâu hơn",
                "the cache `.minhbach/cache` could not be written: {error}; the next build will take longer"
            )
        }));
    }
    Ok(Built::Published(outcome, published))
}

/// Builds again without the cache and compares every byte with what is published.
fn verify(call: &Call, snapshot: &Snapshot) -> Result<(), Failure> {
    let comparison = disk::compare::Comparison::new(&call.root, &call.target);
    let built: Result<Outcome, disk::Error> =
        build::build(snapshot, &call.options, &|artefact| comparison.put(&artefact), &Unobserved);
    built?;
    let differing = comparison.finish()?;
    let Some(first) = differing.first() else { return Ok(()) };
    let count = differing.len();
    Err(Failure {
        status: Status::Machine,
        message: say!(
            "{count} tệp khác với bản dựng không dùng bộ nhớ đệm, đầu tiên là `{first}`; hãy chạy `build --no-cache` và báo lỗi này",
            "{count} files differ from a build without the cache, the first is `{first}`; run `build --no-cache`, and report this"
        ),
    })
}

/// What the build did.
fn summary(call: &Call, outcome: &Outcome, published: &Publication, time: Duration, global: &Global) {
    let kinds: Vec<String> = outcome.pages.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    let (kinds, seconds, target) = (kinds.join(", "), time.as_secs_f64(), call.target.display());
    let Publication { written, unchanged, removed, .. } = published;
    print::info(&say!("Trang: {kinds}", "Pages: {kinds}"), global);
    print::info(
        &say!(
            "Đã đăng vào {target}: {written} tệp mới hoặc thay đổi, {unchanged} giữ nguyên, {removed} gỡ bỏ; {seconds:.2} giây",
            "Published to {target}: {written} files new or changed, {unchanged} unchanged, {removed} removed; {seconds:.2} s"
        ),
        global,
    );
    if let Some(message) = next_due(outcome) {
        print::info(&message, global);
    }
}

fn next_due(outcome: &Outcome) -> Option<Message> {
    outcome.next_due.map(|day| {
        say!(
            "Cần dựng lại vào ngày {day}: có nội dung đến hạn đăng hoặc gỡ.",
            "Build again on {day}: something is due to appear or disappear."
        )
    })
}
