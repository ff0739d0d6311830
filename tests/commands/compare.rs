//! `--compare`: what a change means for the public, in words.

#[cfg(feature = "online")]
use std::io::{BufRead, BufReader, Write};
#[cfg(feature = "online")]
use std::net::TcpListener;
#[cfg(feature = "online")]
use std::path::PathBuf;

use super::site::{Site, program};

const DAY: [&str; 2] = ["--as-of", "2026-11-23"];
const MAU: &str = "content/procedures/mau.yaml";
const NOTHING: &str = "What changes for the public, compared with old\nNothing changes.\n";

/// The base site with more to change, published to `old`.
fn published() -> Site {
    let site = Site::base();
    for id in ["bo", "thoi"] {
        site.write(&format!("content/pages/{id}.md"), format!("---\ntitle: Trang {id}\n---\nLời.\n"));
    }
    let text = site.read(MAU);
    site.write(MAU, format!("{text}posted_at:\n  - {{place: headquarters, on: 2026-01-05}}\n"));
    let built = site.run(&[&["build", "-o", "old"], &DAY[..]].concat());
    assert_eq!(built.status, 0, "{}", built.text());
    site
}

/// The same with a change of every sort.
fn changed() -> Site {
    let site = published();
    std::fs::remove_file(site.root().join("content/pages/bo.md")).unwrap();
    site.write(
        "content/pages/thoi.md",
        "---\ntitle: Trang thoi\nwithdrawn: {on: 2026-11-20, reason: Hết hiệu lực}\n---\nLời.\n",
    );
    site.write("content/pages/them.md", "---\ntitle: Trang *thêm*\n---\nLời.\n");
    site.edit("content/agencies/so-mau.yaml", "title: Sở Mẫu", "title: Sở Mẫu mới");
    site.edit(MAU, "amount: 150000", "amount: 1200000");
    site.edit(MAU, "value: 5", "value: 4");
    site.edit(MAU, "text: Trong ngày", "text: Ngay khi nộp");
    site.edit(MAU, "fees: free", "fees: [{kind: charge, amount: 5000, currency: VND}]");
    site.edit(MAU, "dossier_sets: 1", "dossier_sets: 2");
    let text = site.read(MAU);
    site.write(MAU, format!("{text}status: abolished\nabolished: {{on: 2026-12-01, decision: luat-mau}}\n"));
    let contact = "content/contacts/mot-cua.yaml";
    site.edit(contact, "0239 3855 123", "0239 3855 124");
    site.edit(contact, "Số 1, đường Mẫu", "Số 2, đường Mẫu");
    site.edit(contact, "email: motcua@example.gov.vn\n", "");
    site.edit(contact, "tested_on: 2026-10-20", "tested_on: 2026-11-20");
    let figures = "content/statistics/phan-anh-2026-q3.yaml";
    site.edit(figures, "received: 20", "received: 21");
    site.edit(figures, "resolved_on_time: 15", "resolved_on_time: 16");
    site.edit(figures, "regulation: 8", "regulation: 9");
    site.edit(figures, "  online: 12", "  online: 13");
    site
}

/// What a call says of the comparison, in a language.
fn said(site: &Site, call: &[&str], language: &str) -> String {
    let called = site.run(&[call, &["--message-language", language], &DAY[..]].concat());
    assert_eq!(called.status, 0, "{}", called.text());
    let start = called.out.find("What changes").or(called.out.find("Thay đổi"));
    called.out[start.unwrap_or_else(|| panic!("{}", called.text()))..].to_owned()
}

#[test]
fn every_sort_of_change_is_told_in_both_languages() {
    let site = changed();
    let check = ["check", "--compare", "old"];
    assert_eq!(said(&site, &check, "en"), include_str!("compared/en.txt"));
    assert_eq!(said(&site, &check, "vi"), include_str!("compared/vi.txt"));
    // What a build replaces was read before.
    let build = ["build", "-o", "old", "--compare", "old"];
    assert_eq!(said(&site, &build, "en"), include_str!("compared/en.txt"));
    assert_eq!(said(&site, &build, "en"), NOTHING);
}

#[test]
fn only_what_the_public_sees_counts() {
    let site = published();
    let nothing = |why: &str| assert_eq!(said(&site, &["check", "--compare", "old"], "en"), NOTHING, "{why}");
    nothing("the same");
    site.write("content/pages/nhap.md", "---\ntitle: Nháp\ndraft: true\n---\nLời.\n");
    nothing("a draft");
    site.edit("content/contacts/mot-cua.yaml", "tested_on: 2026-10-20", "tested_on: 2026-11-20");
    nothing("a contact that was tried");
    let elsewhere = ["check", "--compare", "old", "--base-url", "https://khac.example.gov.vn"];
    assert_eq!(said(&site, &elsewhere, "en"), NOTHING, "another address of the same site");
}

#[test]
fn a_sheet_that_was_renewed_is_not_old() {
    let site = published();
    site.edit(MAU, "dossier_sets: 1", "dossier_sets: 2");
    assert!(said(&site, &["check", "--compare", "old"], "en").ends_with("out of date\n  - procedure:mau\n"));
    site.edit(MAU, "on: 2026-01-05", "on: 2026-11-22");
    let said = said(&site, &["check", "--compare", "old"], "en");
    assert!(said.ends_with("Procedures: 1 changed\n  - 1 other change in 1 record\n"), "{said}");
}

#[test]
fn what_has_no_open_data_cannot_be_compared_with() {
    let site = published();
    for place in ["nowhere", "content"] {
        let called = site.run(&["check", "--compare", place]);
        assert_eq!(called.status, 2, "{}", called.text());
        assert!(called.err.contains(&format!("there is no open data of a site at {place}/data/agencies.json")));
    }
    site.write("old/data/pages.json", "{}");
    assert_eq!(site.run(&["check", "--compare", "old"]).status, 2);
}

#[test]
fn github_gets_it_in_the_summary_of_the_run() {
    let site = changed();
    let summary = site.root().join("summary.md");
    std::fs::write(&summary, "Before.\n\n").unwrap();
    let mut call = program();
    call.current_dir(site.root()).env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", &summary);
    let output = call.args(["check", "--compare", "old"]).args(DAY).output().unwrap();
    assert!(output.status.success());
    assert!(output.stdout.is_empty(), "standard output is for annotations");
    let text = std::fs::read_to_string(&summary).unwrap();
    assert!(
        text.starts_with(
            "Before.\n\n## What changes for the public, compared with old\n\n### Agencies: 1 changed\n\n- “"
        )
    );
    assert!(text.contains("- Added “Trang \\*thêm\\*” (page:them)\n- Removed “Trang bo” (page:bo)\n"), "{text}");
}

#[cfg(feature = "online")]
#[test]
fn a_published_site_is_read_over_the_network() {
    let site = changed();
    let url = served(site.root().join("old"));
    let said = said(&site, &["check", "--compare", &format!("{url}/")], "en");
    let expected = include_str!("compared/en.txt").replace("compared with old", &format!("compared with {url}/"));
    assert_eq!(said, expected);
    let called = site.run(&["check", "--compare", &format!("{url}/khong-co")]);
    assert_eq!(called.status, 2, "{}", called.text());
}

/// Serves a folder on this machine, for as long as the test runs.
#[cfg(feature = "online")]
fn served(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines: Vec<String> =
                BufReader::new(&stream).lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
            let path = lines[0].split(' ').nth(1).unwrap().trim_start_matches('/').to_owned();
            let (status, body) =
                std::fs::read(folder.join(path)).map_or(("404 Not Found", Vec::new()), |b| ("200 OK", b));
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).unwrap();
        }
    });
    format!("http://{address}")
}
