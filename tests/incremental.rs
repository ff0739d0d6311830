//! Whatever is edited between two builds, the second has the bytes of a build that knows nothing of the first; and whatever
//! happens to the cache, it never matters but for time.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

#[path = "incremental/bad_input.rs"]
mod bad_input;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use minhbach::build::{self, Day, Forgotten, Memo, Options, Outcome, Pages, Unobserved};
use minhbach::render::artefact::{Artefact, ArtefactBody};
use minhbach::source::{Body, File, SitePath, Snapshot};
use minhbach::value::date::Date;
use tempfile::TempDir;

/// Rendered pages in memory.
#[derive(Default)]
struct Kept(Mutex<BTreeMap<String, (String, Vec<u8>)>>, Mutex<BTreeMap<String, String>>);

impl Pages for Kept {
    fn program(&self) -> Option<&str> {
        Some("test")
    }

    fn recall(&self, path: &str, key: &blake3::Hash) -> Option<Vec<u8>> {
        let kept = self.0.lock().unwrap();
        kept.get(path).filter(|(known, _)| *known == key.to_hex().as_str()).map(|(_, bytes)| bytes.clone())
    }

    fn remember(&self, path: &str, key: &blake3::Hash) {
        self.1.lock().unwrap().insert(path.to_owned(), key.to_hex().to_string());
    }
}

impl Kept {
    /// What the next build may recall.
    fn publish(&self, site: &BTreeMap<String, Vec<u8>>) {
        let keys = std::mem::take(&mut *self.1.lock().unwrap());
        let with_bytes = keys.into_iter().map(|(path, key)| {
            let bytes = site[&path].clone();
            (path, (key, bytes))
        });
        *self.0.lock().unwrap() = with_bytes.collect();
    }
}

fn built(
    snapshot: &Snapshot,
    options: &Options,
    memo: &Memo,
    pages: &dyn Pages,
) -> (Outcome, BTreeMap<String, Vec<u8>>) {
    let site = Mutex::new(BTreeMap::new());
    let put = |Artefact { path, body }: Artefact<'_>| -> Result<(), std::convert::Infallible> {
        let bytes = match body {
            ArtefactBody::Bytes(bytes) => bytes,
            ArtefactBody::Stream(stream) => stream.to_bytes(),
            ArtefactBody::Copy(source) | ArtefactBody::Packed(source, _) => source.as_str().as_bytes().to_vec(),
        };
        site.lock().unwrap().insert(path, bytes);
        Ok(())
    };
    let prepared = build::prepare(snapshot, options, memo, &Unobserved);
    let outcome = build::finish(&prepared, snapshot, pages, &put, &Unobserved).unwrap();
    (outcome, site.into_inner().unwrap())
}

/// A small, repeatable source of chance (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const SITE: &str =
    "title: Cổng công khai\nagency: so\nbase_url: https://example.gov.vn\nlanguages: [vi, en]\ntheme: own\n";

fn base() -> BTreeMap<String, String> {
    let document = |n: usize| format!("title: Luật số {n}\nsymbol: {n}/2020/QH14\nissued_on: 2020-01-0{n}\n");
    let mut files = BTreeMap::from([
        ("content/site.yaml".to_owned(), SITE.to_owned()),
        ("content/agencies/so.yaml".to_owned(), "title: Sở\n".to_owned()),
        ("content/pages/gioi-thieu.md".to_owned(), page("Giới thiệu", "Xem [luật](document:luat-1).")),
        ("themes/own/theme.yaml".to_owned(), "extends: default\n".to_owned()),
    ]);
    files.extend((1..4).map(|n| (format!("content/documents/luat-{n}.yaml"), document(n))));
    files
}

fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n\n{body}\n")
}

/// One thing that a person might do between two builds.
fn edit(files: &mut BTreeMap<String, String>, day: &mut i16, chance: &mut Chance) -> &'static str {
    let n = chance.below(6);
    let (page_path, document) = (format!("content/pages/trang-{n}.md"), format!("content/documents/luat-{n}.yaml"));
    match chance.below(13) {
        0 => {
            files.insert(
                page_path,
                page(chance.of(&["A", "B", "Đ"]), chance.of(&["x", "[l](document:luat-1)", "## Mục"])),
            );
            "add or change a page"
        }
        1 => {
            files.remove(&page_path);
            "delete a page"
        }
        2 => {
            let moved = files.remove(&page_path);
            files.extend(moved.map(|text| (format!("content/pages/doi-{n}.md"), text)));
            "rename a page"
        }
        3 => {
            let title = chance.of(&["Luật mới", "Luật cũ", "Luật A"]);
            files.insert(
                document,
                format!(
                    "title: {title}\nsymbol: {n}/2020/QH14\nissued_on: 2020-02-01\nforce: {}\n",
                    chance.of(&["in_force", "expired"])
                ),
            );
            "add or change a document"
        }
        4 => {
            files.remove(&document);
            "delete a document"
        }
        5 => {
            let draft = chance.of(&["draft: true", "draft: false", "publish_on: 2026-01-04", "expire_on: 2026-01-03"]);
            files.insert(page_path, format!("---\ntitle: Nháp\n{draft}\n---\n\nx\n"));
            "a draft, or a page with its days"
        }
        6 => {
            let overlay = format!("content/documents/luat-{n}.en.yaml");
            files.insert(overlay, format!("title: {}\n", chance.of(&["A law", "An act"])));
            "an overlay"
        }
        7 => {
            files.remove(&format!("content/documents/luat-{n}.en.yaml"));
            "no overlay"
        }
        8 => {
            let title = chance.of(&["Cổng công khai", "Cổng minh bạch"]);
            let more = chance.of(&["", "banner: Chú ý\n", "staging: true\n", "editor: Văn phòng\n"]);
            files.insert("content/site.yaml".to_owned(), SITE.replace("Cổng công khai", title) + more);
            "the configuration"
        }
        9 => {
            let agency = chance.of(&["Sở", "Sở Công Thương"]);
            files.insert("content/agencies/so.yaml".to_owned(), format!("title: {agency}\n"));
            "the agency"
        }
        10 => {
            files.insert(
                "content/updates/bao.yaml".to_owned(),
                format!("title: Báo {n}\nkind: notice\ndate: 2026-01-02\naffects: [\"document:luat-1\"]\n"),
            );
            "a notice that another page shows"
        }
        11 => {
            *day += 1;
            "a day passes"
        }
        _ => {
            files.insert(
                "content/pages/hong.md".to_owned(),
                page("Hỏng", chance.of(&["[x](document:khong-co)", "tốt", "<b>x</b>"])),
            );
            "an error, or its mending"
        }
    }
}

/// What changes the theme costs a second each in a test build, so only some sequences do.
fn edit_theme(files: &mut BTreeMap<String, String>, chance: &mut Chance) {
    match chance.below(3) {
        0 => {
            let template = chance.of(&["<p>một", "<p>hai"]);
            let text = format!(
                "{{% extends \"base.html\" %}}{{% block main %}}{template}{{{{ view.record.heading | words }}}}{{% endblock main %}}"
            );
            files.insert("themes/own/templates/page.html".to_owned(), text);
        }
        1 => {
            files.insert(
                "themes/own/labels/vi.yaml".to_owned(),
                format!("nav:\n  home: {}\n", chance.of(&["Đầu", "Chính"])),
            );
        }
        _ => {
            files.insert(
                "themes/own/static/style.css".to_owned(),
                format!("p{{color:{}}}", chance.of(&["red", "blue"])),
            );
        }
    }
}

fn options(day: i16) -> Options {
    let day = Date::parse(&format!("2026-01-{:02}", day.clamp(1, 28))).unwrap();
    Options { as_of: Day::Of(day), ..Options::default() }
}

fn sequence(seed: u64, themed: &Memo) {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut files, mut day) = (base(), 1);
    let (memo, kept) = (themed.with_theme_only(), Kept::default());
    let mut snapshot = Snapshot::from_texts(&files);
    let mut done = Vec::new();
    for step in 0..4 {
        let (outcome, site) = built(&snapshot, &options(day), &memo, &kept);
        let fresh = Snapshot::from_texts(&files);
        let (clean, clean_site) = built(&fresh, &options(day), &memo.with_theme_only(), &Forgotten);
        let faults = |outcome: &Outcome, snapshot: &Snapshot| {
            minhbach::diagnostic::json::render(
                &outcome.diagnostics,
                snapshot,
                minhbach::diagnostic::Language::En,
                outcome.records,
                outcome.page_count(),
            )
        };
        assert_eq!(faults(&outcome, &snapshot), faults(&clean, &fresh), "sequence {seed}: {done:?}");
        assert!(site == clean_site, "sequence {seed}: {done:?}: {:?}", differing(&site, &clean_site));
        if outcome.verdict == build::Verdict::Sound {
            kept.publish(&site);
        }
        if seed.is_multiple_of(50) && step == 1 {
            edit_theme(&mut files, &mut chance);
            done.push("the theme");
        }
        done.push(edit(&mut files, &mut day, &mut chance));
        let file = |(path, text): (&String, &String)| File {
            path: SitePath::new(path),
            body: Body::Bytes(text.as_bytes().into()),
        };
        snapshot = snapshot.with_changes(|_| true, files.iter().map(file).collect());
    }
}

fn differing<'a>(a: &'a BTreeMap<String, Vec<u8>>, b: &'a BTreeMap<String, Vec<u8>>) -> Vec<&'a String> {
    a.keys().chain(b.keys()).filter(|path| a.get(*path) != b.get(*path)).collect()
}

/// `MINHBACH_SEQUENCES=500` for the whole campaign.
#[test]
fn random_edits_give_the_bytes_of_a_clean_build() {
    let count = std::env::var("MINHBACH_SEQUENCES").ok().and_then(|text| text.parse().ok()).unwrap_or(50);
    let themed = Memo::default();
    built(&Snapshot::from_texts(&base()), &options(1), &themed, &Forgotten);
    (0..count).for_each(|seed| sequence(seed, &themed));
}

#[test]
fn only_pages_that_use_a_template_are_rendered_anew() {
    let (memo, kept) = (Memo::default(), Kept::default());
    let mut files = base();
    let (_, site) = built(&Snapshot::from_texts(&files), &options(1), &memo, &kept);
    let before = kept.1.lock().unwrap().clone();
    kept.publish(&site);
    let page = "{% extends \"base.html\" %}{% block main %}anders{% endblock main %}".to_owned();
    files.insert("themes/own/templates/page.html".to_owned(), page);
    built(&Snapshot::from_texts(&files), &options(1), &memo, &kept);
    let after = kept.1.lock().unwrap().clone();
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert_eq!(changed, ["en/gioi-thieu/index.html", "gioi-thieu/index.html"]);
}

struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Site {
        let site = Site { folder: TempDir::new().unwrap() };
        let made = site.program().arg("init").arg(site.root()).args(["--empty", "-q"]).output().unwrap();
        assert!(made.status.success());
        site
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn cache(&self) -> PathBuf {
        self.root().join(".minhbach/cache")
    }

    fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minhbach"));
        command.env_remove("SOURCE_DATE_EPOCH").env("LC_ALL", "en_US.UTF-8");
        command.env("XDG_STATE_HOME", self.folder.path().join("state"));
        command
    }

    fn build(&self, options: &[&str]) -> Output {
        let output = self
            .program()
            .current_dir(self.root())
            .args(["build", "--as-of", "2026-11-23"])
            .args(options)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output));
        output
    }

    fn published(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let walk = walkdir::WalkDir::new(self.root().join("public")).into_iter().map(Result::unwrap);
        let files = walk.filter(|entry| entry.file_type().is_file());
        files.map(|entry| (entry.path().to_owned(), std::fs::read(entry.path()).unwrap())).collect()
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_build_with_nothing_changed_renders_nothing() {
    let site = Site::new();
    site.build(&[]);
    let again = text(&site.build(&["-v"]));
    assert!(again.contains("0 files new or changed") && !again.contains("rendering pages"), "{again}");
    assert!(text(&site.build(&["-v", "--no-cache"])).contains("rendering pages"));
    let other_day =
        site.program().current_dir(site.root()).args(["build", "-v", "--as-of", "2026-11-24"]).output().unwrap();
    assert!(text(&other_day).contains("rendering pages"), "another day is another site");
}

#[test]
fn a_cache_that_is_damaged_or_false_is_the_same_as_none() {
    let site = Site::new();
    site.build(&[]);
    let (good, published) = (std::fs::read(site.cache()).unwrap(), site.published());
    let mut forged = good.clone();
    let at = forged.len() / 2;
    forged[at] ^= 1;
    let faults: [&[u8]; 6] = [b"", &good[..good.len() / 2], &good[..31], &forged, &[0xff; 4096], &good[32..]];
    for fault in faults {
        write(&site.cache(), fault);
        let output = text(&site.build(&["-v"]));
        assert!(output.contains("rendering pages"), "{output}");
        assert_eq!(site.published(), published);
    }
}

#[test]
fn a_cache_of_somebody_else_is_not_believed() {
    let site = Site::new();
    site.build(&[]);
    std::fs::remove_dir_all(site.folder.path().join("state")).unwrap();
    assert!(text(&site.build(&["-v"])).contains("rendering pages"));
}

#[test]
fn a_published_page_that_was_tampered_with_is_mended() {
    let site = Site::new();
    site.build(&[]);
    let published = site.published();
    let page = site.root().join("public/index.html");
    let tampered = String::from_utf8(published[&page].clone()).unwrap().replace("<title>", "<title>!");
    write(&page, &tampered);
    site.build(&[]);
    assert_eq!(site.published(), published);
    // The same with the size that it had.
    write(&page, vec![b'x'; published[&page].len()]);
    write(&site.root().join("content/pages/x.md"), "---\ntitle: X\n---\n");
    site.build(&[]);
    std::fs::remove_file(site.root().join("content/pages/x.md")).unwrap();
    site.build(&["--verify"]);
    assert_eq!(site.published(), published);
}

#[test]
fn a_link_in_the_caches_place_is_not_followed() {
    let site = Site::new();
    let elsewhere = site.folder.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.root().join(".minhbach")).unwrap();
    let output = text(&site.build(&[]));
    assert!(output.contains("could not be written"), "{output}");
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0);
}

#[test]
fn a_build_succeeds_where_the_cache_cannot_be_written() {
    let site = Site::new();
    write(&site.root().join(".minhbach"), "a file in the way");
    let output = text(&site.build(&[]));
    assert!(output.contains("could not be written"), "{output}");
    assert!(site.root().join("public/index.html").is_file());
}

#[test]
fn an_attachment_with_other_bytes_of_the_same_size_is_published() {
    let site = Site::new();
    let file = site.root().join("content/files/a.txt");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    write(&file, "one");
    site.build(&[]);
    write(&file, "two");
    site.build(&[]);
    assert_eq!(std::fs::read(site.root().join("public/files/a.txt")).unwrap(), b"two");
}

#[test]
fn verify_compares_with_a_build_without_the_cache() {
    let site = Site::new();
    site.build(&[]);
    write(&site.root().join("content/pages/x.md"), "---\ntitle: X\n---\n");
    assert!(text(&site.build(&["--verify"])).contains("byte for byte"));
    assert!(text(&site.build(&["--verify"])).contains("byte for byte"));
}
