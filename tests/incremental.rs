//! Whatever is edited between two builds, the second has the bytes of a build that knows nothing of the first; and whatever
//! happens to the cache, it never matters but for time.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

#[path = "incremental/bad_input.rs"]
mod bad_input;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use minhbach::build::{self, Day, Forgotten, Memo, Options, Outcome, Pages, Unobserved};
use minhbach::render::artefact::{Artefact, ArtefactBody, Published};
use minhbach::render::trace::Question;
use minhbach::source::{Body, File, SitePath, Snapshot};
use minhbach::value::date::Date;
use rayon::prelude::*;
use tempfile::TempDir;

/// Rendered pages in memory: of the last published build, and of this one.
#[derive(Default)]
struct Kept {
    published: BTreeMap<String, (Trace, Vec<u8>)>,
    made: Mutex<BTreeMap<String, Trace>>,
    kept: Mutex<BTreeSet<String>>,
}

type Trace = (blake3::Hash, Vec<Question>);

impl Pages for Kept {
    fn program(&self) -> Option<&str> {
        Some("test")
    }

    fn trace(&self, path: &str) -> Option<(Vec<&Question>, blake3::Hash)> {
        let ((key, questions), _) = self.published.get(path)?;
        Some((questions.iter().collect(), *key))
    }

    fn recall(&self, path: &str) -> Option<Published> {
        let size = self.bytes(path)?.len() as u64;
        Some(Published { sha256: String::new(), size })
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.published.get(path).map(|(_, bytes)| bytes.clone())
    }

    fn keep(&self, path: &str) {
        self.kept.lock().unwrap().insert(path.to_owned());
    }

    fn remember(&self, path: &str, key: blake3::Hash, questions: Vec<Question>) {
        self.made.lock().unwrap().insert(path.to_owned(), (key, questions));
    }
}

impl Kept {
    /// What the next build may recall, and how many pages this one did.
    fn publish(&mut self, site: &BTreeMap<String, Vec<u8>>) -> usize {
        let (made, kept) =
            (std::mem::take(&mut *self.made.lock().unwrap()), std::mem::take(&mut *self.kept.lock().unwrap()));
        self.published.retain(|path, _| kept.contains(path));
        self.published.extend(made.into_iter().map(|(path, trace)| (path.clone(), (trace, site[&path].clone()))));
        kept.len()
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
            ArtefactBody::Published(_) => pages.bytes(&path).unwrap(),
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
    "title: Cổng công khai\nagency: so-mau\nbase_url: https://example.gov.vn\nlanguages: [vi, en]\ntheme: own\n";

/// A record of every kind, and more of some: `tests/base`, with a theme of its own.
fn base() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
    let walk = walkdir::WalkDir::new(root.join("content")).into_iter().map(Result::unwrap);
    let texts = walk.filter(|entry| entry.file_type().is_file()).filter_map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        Some((path, std::fs::read_to_string(entry.path()).ok()?))
    });
    let mut files: BTreeMap<String, String> = texts.collect();
    files.insert("content/site.yaml".to_owned(), SITE.to_owned());
    files.insert("content/pages/gioi-thieu.md".to_owned(), page("Giới thiệu", "Xem [luật](document:luat-1)."));
    files.insert("themes/own/theme.yaml".to_owned(), "extends: default\n".to_owned());
    let document = |n: usize| format!("title: Luật số {n}\nsymbol: {n}/2020/QH14\nissued_on: 2020-01-0{n}\n");
    files.extend((1..4).map(|n| (format!("content/documents/luat-{n}.yaml"), document(n))));
    let more: Vec<_> = (1..4).map(|n| (format!("content/procedures/thu-tuc-{n}.yaml"), procedure(&files, n))).collect();
    files.extend(more);
    files
}

fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n\n{body}\n")
}

/// Another procedure like the one of the base.
fn procedure(files: &BTreeMap<String, String>, n: usize) -> String {
    files["content/procedures/mau.yaml"].replace("2.001620", &format!("1.00000{n}"))
}

/// One thing that a person might do between two builds.
fn edit(files: &mut BTreeMap<String, String>, day: &mut i16, chance: &mut Chance) -> &'static str {
    if chance.below(2) == 0 { edit_record(files, chance) } else { edit_site(files, day, chance) }
}

/// A change of what a record says, or of what it says of another one.
fn edit_record(files: &mut BTreeMap<String, String>, chance: &mut Chance) -> &'static str {
    let n = chance.below(4);
    let path = format!("content/procedures/thu-tuc-{n}.yaml");
    let text = files.get(&path).cloned().unwrap_or_else(|| procedure(files, n));
    let replaced = |files: &mut BTreeMap<String, String>, path: &str, from: &str, to: &str| {
        let text = files.get(path).map(|text| text.replace(from, to));
        files.extend(text.map(|text| (path.to_owned(), text)));
    };
    let line = |text: &str, key: &str, value: &str| {
        let others: String =
            text.lines().filter(|line| !line.starts_with(&format!("{key}:"))).map(|line| format!("{line}\n")).collect();
        if value.is_empty() { others } else { format!("{others}{key}: {value}\n") }
    };
    match chance.below(16) {
        0 => {
            files.insert(
                path,
                line(&text, "title", chance.of(&["Cấp giấy phép A", "Cấp giấy phép B", "Đổi giấy phép"])),
            );
            "a procedure's title"
        }
        1 => {
            files.insert(path, line(&text, "field", chance.of(&["An toàn thực phẩm", "Xúc tiến", "Cụm công nghiệp"])));
            "a procedure's field"
        }
        2 => {
            files.insert(path, line(&text, "plain_title", chance.of(&["", "Xin giấy phép", "Xin phép"])));
            "a procedure's plain title"
        }
        3 => {
            files.insert(path, line(&text, "related", chance.of(&["", "[mau]", "[thu-tuc-1]", "[thu-tuc-2]"])));
            "related procedures"
        }
        4 => {
            files.insert(path, line(&text, "decision", chance.of(&["01/2025/QH15", "luat-1", "2/2020/QH14"])));
            "the decision of a procedure"
        }
        5 => {
            files.insert(
                path,
                line(&text, "body", chance.of(&["", "\"[l](document:luat-2)\"", "\"[m](procedure:mau)\"", "Thêm."])),
            );
            "a procedure's text"
        }
        6 => {
            let withdrawn = "{on: 2026-01-01, reason: Thử, successor: mau}";
            files.insert(path, line(&text, "withdrawn", chance.of(&["", "", withdrawn])));
            "a procedure that is withdrawn, or not"
        }
        7 => {
            files.remove(&path);
            "delete a procedure"
        }
        8 => {
            let plain = chance.of(&["A permit", "A licence"]);
            files.insert(format!("content/procedures/thu-tuc-{n}.en.yaml"), format!("title: {plain}\n"));
            files.entry(path).or_insert(text);
            "a procedure's overlay"
        }
        9 => {
            let contact = "content/contacts/mot-cua.yaml";
            replaced(files, contact, "Bộ phận Một cửa", chance.of(&["Bộ phận Một cửa", "Quầy Một cửa"]));
            replaced(files, contact, "0239 3855 123", chance.of(&["0239 3855 123", "0239 3855 124"]));
            "a contact"
        }
        10 => {
            let figures = "content/statistics/phan-anh-2026-q3.yaml";
            replaced(files, figures, "satisfied: 10", chance.of(&["satisfied: 10", "satisfied: 11"]));
            replaced(files, figures, "\"2.001620\": 6", chance.of(&["mau: 6", "thu-tuc-1: 6"]));
            "statistics"
        }
        11 => {
            replaced(
                files,
                "content/reports/dan-van-2026.md",
                "status: planned",
                chance.of(&["status: planned", "status: ongoing"]),
            );
            replaced(
                files,
                "content/reports/dan-van-2026.md",
                "due: 2027-12-31",
                chance.of(&["due: 2027-12-31", "due: 2026-01-02"]),
            );
            "a report"
        }
        12 => {
            let answer = "content/answers/nop-o-dau.md";
            replaced(
                files,
                answer,
                "procedure: mau",
                chance.of(&["procedure: mau", "procedure: thu-tuc-1", "procedure: 1.000002"]),
            );
            replaced(
                files,
                answer,
                "title: Nộp hồ sơ ở đâu?",
                chance.of(&["title: Nộp hồ sơ ở đâu?", "title: Nộp ở đâu?"]),
            );
            "an answer"
        }
        13 => {
            let file = chance.of(&["", "x", "dài hơn"]);
            files.insert("content/files/mau-01.txt".to_owned(), format!("Mẫu {file}"));
            "an attachment"
        }
        14 => {
            let moved = files.remove(&path);
            files.extend(moved.map(|text| (format!("content/procedures/doi-{n}.yaml"), text)));
            "rename a procedure"
        }
        _ => {
            let update = "content/updates/thong-bao.md";
            replaced(
                files,
                update,
                "procedure:mau",
                chance.of(&["procedure:mau", "procedure:thu-tuc-1", "document:luat-1"]),
            );
            "whom a notice affects"
        }
    }
}

/// A change of pages, documents or the site itself.
fn edit_site(files: &mut BTreeMap<String, String>, day: &mut i16, chance: &mut Chance) -> &'static str {
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
            files.insert("content/agencies/so-mau.yaml".to_owned(), format!("title: {agency}\n"));
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

fn file((path, text): (&String, &String)) -> File {
    let body = match path.starts_with("content/files/") {
        true => Body::Attachment(text.len() as u64),
        false => Body::Bytes(text.as_bytes().into()),
    };
    File { path: SitePath::new(path), body }
}

fn snapshot_of(files: &BTreeMap<String, String>) -> Snapshot {
    Snapshot::new(files.iter().map(file).collect())
}

fn options(day: i16) -> Options {
    let day = Date::parse(&format!("2026-01-{:02}", day.clamp(1, 28))).unwrap();
    Options { as_of: Day::Of(day), ..Options::default() }
}

/// Gives how many pages were recalled in all.
fn sequence(seed: u64, themed: &Memo) -> usize {
    let mut recalled = 0;
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut files, mut day) = (base(), 1);
    let (memo, mut kept) = (themed.with_theme_only(), Kept::default());
    let mut snapshot = snapshot_of(&files);
    let mut done = Vec::new();
    for step in 0..4 {
        let (outcome, site) = built(&snapshot, &options(day), &memo, &kept);
        let fresh = snapshot_of(&files);
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
            recalled += kept.publish(&site);
        }
        if seed.is_multiple_of(50) && step == 1 {
            edit_theme(&mut files, &mut chance);
            done.push("the theme");
        }
        done.push(edit(&mut files, &mut day, &mut chance));
        snapshot = snapshot.with_changes(|_| true, files.iter().map(file).collect());
    }
    recalled
}

fn differing<'a>(a: &'a BTreeMap<String, Vec<u8>>, b: &'a BTreeMap<String, Vec<u8>>) -> Vec<&'a String> {
    a.keys().chain(b.keys()).filter(|path| a.get(*path) != b.get(*path)).collect()
}

/// `MINHBACH_SEQUENCES=500` for the whole campaign.
#[test]
fn random_edits_give_the_bytes_of_a_clean_build() {
    let count = std::env::var("MINHBACH_SEQUENCES").ok().and_then(|text| text.parse().ok()).unwrap_or(50);
    let themed = Memo::default();
    built(&snapshot_of(&base()), &options(1), &themed, &Forgotten);
    let recalled: usize = (0..count).into_par_iter().map(|seed| sequence(seed, &themed)).sum();
    println!("{count} sequences, {recalled} pages recalled");
    assert!(recalled > 20 * usize::try_from(count).unwrap(), "{recalled} pages were recalled");
}

/// Builds the base twice, with an edit between: what the second build kept and made, and its bytes.
fn twice(edit: impl FnOnce(&mut BTreeMap<String, String>)) -> (Kept, BTreeMap<String, Vec<u8>>) {
    let (memo, mut kept) = (Memo::default(), Kept::default());
    let mut files = base();
    let (_, site) = built(&snapshot_of(&files), &options(1), &memo, &kept);
    kept.publish(&site);
    edit(&mut files);
    let (_, site) = built(&snapshot_of(&files), &options(1), &memo, &kept);
    (kept, site)
}

#[test]
fn only_pages_that_use_a_template_are_rendered_anew() {
    let (kept, _) = twice(|files| {
        let page = "{% extends \"base.html\" %}{% block main %}anders{% endblock main %}".to_owned();
        files.insert("themes/own/templates/page.html".to_owned(), page);
    });
    let made = kept.made.lock().unwrap();
    assert_eq!(made.keys().collect::<Vec<_>>(), ["en/gioi-thieu/index.html", "gioi-thieu/index.html"]);
}

#[test]
fn only_pages_that_show_a_record_are_rendered_anew() {
    let (kept, site) = twice(|files| {
        let text = files.get_mut("content/procedures/thu-tuc-1.yaml").unwrap();
        *text = text.replace("text: Trong ngày", "text: Trong buổi");
    });
    let (made, kept) = (kept.made.lock().unwrap(), kept.kept.lock().unwrap());
    assert!(made.contains_key("thu-tuc/thu-tuc-1/index.html"));
    let others = ["thu-tuc/thu-tuc-2", "thu-tuc/mau", "van-ban/luat-1", "thong-ke"];
    for path in others.map(|folder| format!("{folder}/index.html")) {
        assert!(site.contains_key(&path) && kept.contains(&path), "{path}: {:?}", made.keys());
    }
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

/// A large site is not read again where the system says that nobody has written to it. Who does, and puts the date back, is found.
#[test]
fn a_file_of_a_large_site_that_was_tampered_with_is_mended() {
    let site = Site::new();
    for n in 0..1_000 {
        write(&site.root().join(format!("content/files/{n}.txt")), format!("{n}"));
    }
    site.build(&[]);
    let (published, page) = (site.published(), site.root().join("public/gop-y/index.html"));
    let cache: serde_json::Value = serde_json::from_slice(&std::fs::read(site.cache()).unwrap()[32..]).unwrap();
    let stamped = cache["stamps"].as_object().unwrap();
    // All but the manifest.
    assert_eq!(stamped.len(), published.len() - 1);
    assert!(stamped.contains_key("gop-y/index.html"));
    let tamper = || {
        let date = std::fs::metadata(&page).unwrap().modified().unwrap();
        write(&page, vec![b'x'; published[&page].len()]);
        std::fs::File::options().write(true).open(&page).unwrap().set_modified(date).unwrap();
    };
    tamper();
    site.build(&[]);
    assert!(site.published() == published, "nothing else changed");
    tamper();
    write(&site.root().join("content/files/0.txt"), "other");
    site.build(&["--verify"]);
    assert!(site.published()[&page] == published[&page], "something else changed");
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
