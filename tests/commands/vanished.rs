//! `page-vanished`: what the last build published and this one does not.

use super::site::Site;

const DAY: [&str; 2] = ["--as-of", "2026-11-23"];
const OLD: &str = "content/pages/cu.md";
const TEXT: &str = "title: Trang cũ\n---\nLời.\n";

/// The base site with one more page, published.
fn published() -> Site {
    let site = Site::base();
    site.write(OLD, format!("---\n{TEXT}"));
    assert_eq!(told(&site, "build", &[]), [""; 0]);
    site
}

/// The places and messages of the faults that a command tells.
fn told(site: &Site, command: &str, options: &[&str]) -> Vec<String> {
    let called = site.run(&[&[command, "--format", "json"], &DAY[..], options].concat());
    let report: serde_json::Value = serde_json::from_str(&called.out).unwrap_or_else(|_| panic!("{}", called.text()));
    let faults = report["diagnostics"].as_array().unwrap().iter().filter(|fault| fault["code"] == "page-vanished");
    let word = |fault: &serde_json::Value, key: &str| fault[key].as_str().unwrap().to_owned();
    faults.map(|fault| format!("{}:{} {}", word(fault, "file"), fault["line"], word(fault, "message"))).collect()
}

fn remove(site: &Site) {
    std::fs::remove_file(site.root().join(OLD)).unwrap();
}

fn gone(address: &str) -> String {
    format!("content/site.yaml:1 the last build published the page `{address}`, and it is gone without an alias")
}

#[test]
fn a_page_that_is_gone_is_told_in_every_language_until_it_is_built() {
    let site = published();
    assert_eq!(told(&site, "check", &[]), [""; 0]);
    remove(&site);
    for _ in 0..2 {
        assert_eq!(told(&site, "check", &[]), [gone("/cu/"), gone("/en/cu/")]);
    }
    assert_eq!(told(&site, "build", &[]), [gone("/cu/"), gone("/en/cu/")]);
    for options in [&[][..], &[], &["--no-cache"]] {
        assert_eq!(told(&site, "build", options), [""; 0], "{options:?}");
    }
    assert_eq!(told(&site, "check", &[]), [""; 0]);
    let shown = site.run(&["explain", "page-vanished"]).out;
    assert!(shown.contains("minhbach rename") && shown.contains("aliases") && shown.contains("withdrawn"), "{shown}");
}

#[test]
fn it_is_told_of_the_folder_that_is_published_to() {
    let site = published();
    assert_eq!(site.run(&[&["build", "-o", "other"], &DAY[..]].concat()).status, 0);
    remove(&site);
    assert_eq!(told(&site, "build", &["-o", "other"]).len(), 2);
    assert_eq!(told(&site, "check", &["-o", "other"]), [""; 0]);
    assert_eq!(told(&site, "check", &["-o", "never-published"]), [""; 0]);
    assert_eq!(told(&site, "check", &["-o", "content/site.yaml"]), [""; 0]);
    assert_eq!(told(&site, "check", &[]).len(), 2);
}

/// What is done to a site.
type Change<'a> = &'a dyn Fn(&Site);

#[test]
fn an_alias_a_withdrawal_a_rename_and_a_day_are_no_loss() {
    let aliases = "aliases: [/cu, /en/cu/]\n";
    let mended: [(&str, Change<'_>); 4] = [
        ("alias", &|site| {
            remove(site);
            site.write("content/pages/moi.md", format!("---\n{aliases}{TEXT}"));
        }),
        ("withdrawal", &|site| {
            site.write(OLD, format!("---\nwithdrawn: {{on: 2026-11-20, reason: Hết hiệu lực}}\n{TEXT}"));
        }),
        ("rename", &|site| {
            let called = site.run(&["rename", "page", "cu", "moi"]);
            assert_eq!(called.status, 0, "{}", called.text());
        }),
        ("day", &|site| site.write(OLD, format!("---\nexpire_on: 2026-11-22\n{TEXT}"))),
    ];
    for (way, mend) in mended {
        let site = published();
        mend(&site);
        assert_eq!(told(&site, "check", &[]), [""; 0], "{way}");
        assert_eq!(told(&site, "build", &[]), [""; 0], "{way}");
    }
}

#[test]
fn a_record_that_became_a_draft_is_told_at_the_record() {
    let site = published();
    site.write(OLD, format!("---\ndraft: true\n{TEXT}"));
    let drafted = |address: &str| {
        format!("{OLD}:1 the last build published the page `{address}`, and the record is a draft again")
    };
    assert_eq!(told(&site, "check", &[]), [drafted("/cu/"), drafted("/en/cu/")]);
    let allow = "allow: [{check: page-vanished, reason: Đang sửa, until: 2026-12-31}]\n";
    site.write(OLD, format!("---\ndraft: true\n{allow}{TEXT}"));
    assert_eq!(told(&site, "check", &[]), [""; 0]);
}

#[test]
fn drafts_and_lists_are_no_promise() {
    let site = Site::base();
    site.write(OLD, format!("---\ndraft: true\n{TEXT}"));
    assert_eq!(told(&site, "build", &["--drafts"]), [""; 0]);
    let manifest: serde_json::Value = serde_json::from_str(&site.read("public/manifest.json")).unwrap();
    let files = manifest["files"].as_object().unwrap();
    let pages: Vec<&str> = manifest["pages"].as_array().unwrap().iter().map(|page| page.as_str().unwrap()).collect();
    assert!(files.contains_key("cu/index.html") && !pages.contains(&"/cu/"), "{pages:?}");
    assert!(pages.contains(&"/thu-tuc/mau/") && pages.contains(&"/en/procedures/mau/"), "{pages:?}");
    assert!(files.contains_key("thu-tuc/mau/niem-yet/index.html") && !pages.contains(&"/thu-tuc/mau/niem-yet/"));
    assert!(!pages.contains(&"/") && !pages.contains(&"/thu-tuc/"), "{pages:?}");
    assert_eq!(told(&site, "build", &[]), [""; 0]);
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let site = published();
    site.write(OLD, "---\ntitle: [\n---\n");
    assert_eq!(told(&site, "check", &[]), [""; 0]);
}

#[test]
fn the_level_is_the_sites() {
    let site = published();
    remove(&site);
    let config = site.read("content/site.yaml");
    site.write("content/site.yaml", format!("{config}checks: {{page-vanished: off}}\n"));
    assert_eq!(told(&site, "check", &[]), [""; 0]);
    site.write("content/site.yaml", format!("{config}checks: {{page-vanished: error}}\n"));
    assert_eq!(told(&site, "build", &[]).len(), 2);
    assert_eq!(site.run(&[&["build"], &DAY[..]].concat()).status, 1);
    assert!(site.has("public/cu/index.html"));
    site.write("content/site.yaml", &config);
    assert_eq!(site.run(&[&["build", "--strict"], &DAY[..]].concat()).status, 1);
    assert_eq!(told(&site, "build", &[]).len(), 2);
}
