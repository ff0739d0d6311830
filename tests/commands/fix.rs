//! `check --fix` and `check --diff`.

use std::process::Command;

use minhbach::disk;
use minhbach::mend::fix;
use minhbach::site::{self, Day, Options};
use minhbach::source::{Body, File, Snapshot};
use minhbach::value::date::Date;
use rayon::prelude::*;

use super::case::{self, Case};
use super::site::Site;

/// What is wrong, how it is written, and how it is written after.
const MENDED: &[(&str, &str, &str)] = &[
    ("content/documents/luat-mau.yaml", "issuer: Quốc hội\n", "issuer: Qu\u{1ed1}\u{441} hội\n"),
    ("content/documents/luat-mau.yaml", "title: Về các thủ tục mẫu\n", "title: Ve\u{302}\u{300} các thủ tục mẫu\n"),
    ("content/documents/luat-mau.yaml", "title: Về các thủ tục mẫu\n", "title: Về các\u{200b} thủ tục mẫu\n"),
    ("content/documents/luat-mau.yaml", "title: Về các thủ tục mẫu\n", "titel: Về các thủ tục mẫu\n"),
    ("content/contacts/mot-cua.yaml", "  street: Số 1, đường Mẫu\n", "  streets: Số 1, đường Mẫu\n"),
    ("content/statistics/phan-anh-2026-q3.yaml", "received: 20\n", "received: \"20\"\n"),
    ("content/updates/thong-bao.md", "Xem [thủ tục]", "X\u{202e}em [thủ tục]"),
    ("content/pages/gioi-thieu.md", "## Chức năng\n", "## Ch\u{1b0}\u{301}c năng\n"),
];

/// A file with other line ends, or with a byte order mark.
fn form(text: &str, ending: &str) -> String {
    match ending {
        "crlf" => text.replace('\n', "\r\n"),
        "bom" => format!("\u{feff}{text}"),
        _ => text.to_owned(),
    }
}

#[test]
fn each_is_mended_to_what_it_was_before_and_a_second_run_changes_nothing() {
    let options = Options { as_of: Day::Of(Date::parse("2026-11-23").unwrap()), ..Options::default() };
    let base = Site::base();
    let snapshot = disk::snapshot::read(&base.root()).unwrap();
    for (path, good, bad) in MENDED {
        for ending in ["lf", "crlf", "bom"] {
            let sound = form(&base.read(path), ending);
            let [good, bad] = [good, bad].map(|text| form(text, if ending == "crlf" { "crlf" } else { "lf" }));
            assert_eq!(sound.matches(&good).count(), 1, "{good}");
            let broken = with_text(&snapshot, path, &sound.replace(&good, &bad));
            let mended = fix::run(&broken, &options);
            let (file, _) = mended.snapshot.find(path).unwrap();
            assert_eq!(mended.snapshot.text(file).unwrap(), sound, "{bad:?} {ending}");
            assert_eq!((mended.faults, mended.rewrites.len()), (1, 1), "{bad:?} {ending}");
            assert!(site::load(&mended.snapshot, &options).diagnostics.is_empty(), "{bad:?} {ending}");
            assert!(fix::run(&mended.snapshot, &options).rewrites.is_empty(), "{bad:?} {ending}");
        }
    }
}

fn with_text(snapshot: &Snapshot, path: &str, text: &str) -> Snapshot {
    let body =
        |file: &File| if file.path.as_str() == path { Body::Bytes(text.as_bytes().into()) } else { file.body.clone() };
    Snapshot::new(snapshot.files().map(|(_, file)| File { path: file.path.clone(), body: body(file) }).collect())
}

#[test]
fn of_every_case_a_second_run_mends_nothing_and_nothing_is_worse() {
    let mended: usize = case::all()
        .par_iter()
        .map(|path| {
            let case = Case::read(path).unwrap();
            let before = case.snapshot();
            let errors = |snapshot: &Snapshot| {
                site::load(snapshot, &case.options).diagnostics.count(minhbach::diagnostic::Level::Error)
            };
            let mended = fix::run(&before, &case.options);
            // To read a file that could not be read may tell more than the one fault that kept it from being read.
            let readable = |snapshot: &Snapshot| {
                snapshot.files().filter(|(id, _)| minhbach::record::read::load(snapshot, *id).is_ok()).count()
            };
            let better =
                readable(&mended.snapshot) > readable(&before) || mended.rewrites.iter().any(|r| r.from != r.to);
            assert!(better || errors(&mended.snapshot) <= errors(&before), "{} is worse", path.display());
            let again = fix::run(&mended.snapshot, &case.options);
            assert!(again.rewrites.is_empty(), "{}: {:?}", path.display(), again.rewrites);
            mended.faults
        })
        .sum();
    assert!(mended > 30, "only {mended} faults were mended in all cases");
    println!("{mended} faults mended");
}

#[test]
fn the_command_says_what_it_mended() {
    let site = Site::base();
    let (path, good, bad) = MENDED[0];
    site.edit(path, good, bad);
    let called = site.run(&["check", "--fix", "--as-of", "2026-11-23"]);
    assert_eq!(called.status, 0, "{}", called.text());
    assert!(called.out.contains("Mended 1 fault in 1 file") && called.out.contains(path), "{}", called.out);
    let after = site.files();
    assert!(site.run(&["check", "--fix", "--as-of", "2026-11-23"]).out.contains("nothing to mend"));
    assert_eq!(site.files(), after);
}

#[test]
fn quotes_are_kept_and_added_where_they_are_needed() {
    let site = Site::base();
    site.edit("content/documents/luat-mau.yaml", "issuer: Quốc hội", "issuer: 'Quố\u{441} hội' # ghi chú");
    site.edit("content/documents/luat-mau.yaml", "symbol: 01/2025/QH15", "symbol: \" 01/2025/QH15\"");
    site.edit("content/pages/gioi-thieu.md", "title: Giới thiệu", "title: Giới thiệu: chung");
    assert_eq!(site.run(&["check", "--fix", "--as-of", "2026-11-23"]).status, 0);
    let document = site.read("content/documents/luat-mau.yaml");
    assert!(document.contains("issuer: 'Quốc hội' # ghi chú\n"), "{document}");
    assert!(document.contains("symbol: \"01/2025/QH15\"\n"), "{document}");
    assert!(site.read("content/pages/gioi-thieu.md").contains("title: \"Giới thiệu: chung\"\n"));
    assert_eq!(site.codes(&[]), Vec::<String>::new());
}

#[test]
fn a_file_gets_a_name_that_is_an_id_and_what_names_it_follows() {
    let site = Site::base();
    std::fs::rename(
        site.root().join("content/contacts/mot-cua.yaml"),
        site.root().join("content/contacts/Một cửa.yaml"),
    )
    .unwrap();
    site.write("content/contacts/Một cửa.en.yaml", "title: One-stop desk\n");
    site.edit("content/agencies/so-mau.yaml", "contact: mot-cua", "contact: Một cửa");
    assert!(!site.codes(&[]).is_empty());
    let called = site.run(&["check", "--fix", "--as-of", "2026-11-23"]);
    assert_eq!(called.status, 0, "{}", called.text());
    assert!(site.has("content/contacts/mot-cua.yaml") && site.has("content/contacts/mot-cua.en.yaml"));
    assert!(site.read("content/agencies/so-mau.yaml").contains("contact: mot-cua\n"));
    assert_eq!(site.codes(&[]), Vec::<String>::new());
}

#[test]
fn a_name_that_is_taken_is_left_alone() {
    let site = Site::base();
    site.write("content/pages/Giới thiệu.md", "---\ntitle: Khác\n---\n");
    let before = site.files();
    assert_eq!(site.run(&["check", "--fix", "--as-of", "2026-11-23"]).status, 1);
    assert_eq!(site.files(), before);
}

#[test]
fn what_may_mean_two_things_is_left_to_a_person() {
    let site = Site::base();
    // `effective_on` or `expires_on`? A date that may be read two ways? Two keys meant as one?
    site.edit("content/documents/luat-mau.yaml", "issued_on: 2025-06-16", "issued_on: 16/06/2025");
    site.edit("content/documents/luat-mau.yaml", "title: Về các thủ tục mẫu", "titel: Một\ntitles: Hai");
    site.edit("content/updates/thong-bao.md", "title: Thủ tục", "title: \u{f0b7} Thủ tục");
    let text = site.read("content/documents/luat-mau.yaml");
    let called = site.run(&["check", "--fix", "--as-of", "2026-11-23"]);
    assert_eq!(called.status, 1);
    let after = site.read("content/documents/luat-mau.yaml");
    assert!(after.contains("issued_on: 16/06/2025"), "{after}");
    assert!(after == text || after.matches("title: ").count() == 1, "{after}");
    assert!(site.read("content/updates/thong-bao.md").contains('\u{f0b7}'));
}

#[test]
fn a_diff_shows_what_would_be_mended_and_writes_nothing() {
    let site = Site::base();
    site.edit("content/documents/luat-mau.yaml", "title: Về", "titel: Về");
    let before = site.files();
    let called = site.run(&["check", "--diff", "--as-of", "2026-11-23"]);
    assert_eq!(called.status, 1, "{}", called.text());
    for part in
        ["--- a/content/documents/luat-mau.yaml", "-titel: Về các thủ tục mẫu", "+title: Về các thủ tục mẫu", "@@"]
    {
        assert!(called.out.contains(part), "`{part}` in\n{}", called.out);
    }
    assert_eq!(site.files(), before);
}

#[test]
fn a_fix_is_in_the_json_at_its_place() {
    let site = Site::base();
    site.edit("content/documents/luat-mau.yaml", "title: Về", "titel: Về");
    let called = site.run(&["check", "--format", "json", "--as-of", "2026-11-23"]);
    let report: serde_json::Value = serde_json::from_str(&called.out).unwrap();
    let fault = &report["diagnostics"][0];
    assert_eq!(fault["code"], "unknown-key");
    let new = &fault["fix"]["replacements"][0];
    assert_eq!(
        (&new["text"], &new["line"], &new["column"], &new["end_column"]),
        (&"title".into(), &4.into(), &1.into(), &6.into())
    );
}

#[test]
fn updated_on_comes_from_git_only_where_that_is_asked_for() {
    let site = Site::base();
    let git = |day: &str, arguments: &[&str]| {
        let when = format!("{day}T12:00:00+0700");
        let output = Command::new("git")
            .current_dir(site.root())
            .args(["-c", "user.name=A", "-c", "user.email=a@example.vn", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .envs([("GIT_AUTHOR_DATE", &when), ("GIT_COMMITTER_DATE", &when)])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git("2026-01-01", &["init", "--quiet"]);
    git("2026-01-01", &["add", "."]);
    git("2026-01-01", &["commit", "--quiet", "--message", "a"]);
    site.edit("content/documents/luat-mau.yaml", "issuer: Quốc hội", "issuer: Quốc Hội");
    git("2026-03-05", &["commit", "--quiet", "--all", "--message", "b"]);
    let fix = ["check", "--fix", "--as-of", "2026-11-23", "--updated-on-from-git"];
    assert!(site.run(&fix[..4]).out.contains("nothing to mend"));
    assert_eq!(site.run(&fix).status, 0);
    assert!(site.read("content/documents/luat-mau.yaml").ends_with("updated_on: 2026-03-05\n"));
    assert!(site.read("content/pages/gioi-thieu.md").contains("updated_on: 2026-01-01\n---\n## Chức năng"));
    // A commit of the days alone is no change of a text.
    git("2026-04-01", &["commit", "--quiet", "--all", "--message", "c"]);
    let after = site.files();
    assert_eq!(site.run(&fix).status, 0);
    assert_eq!(site.files(), after);
    assert_eq!(site.run(&["check", "--updated-on-from-git"]).status, 2);
}
