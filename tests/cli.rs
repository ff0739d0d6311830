//! The program as a person calls it: commands, exit statuses, what is left behind.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

struct Site {
    folder: TempDir,
}

impl Site {
    fn empty() -> Site {
        Site::init(&["--empty"])
    }

    fn sample() -> Site {
        Site::init(&[])
    }

    fn init(options: &[&str]) -> Site {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("site");
        let output = program().arg("init").arg(&root).args(options).output().unwrap();
        assert_eq!(status(&output), 0, "{}", text(&output));
        Site { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        program().current_dir(self.root()).args(arguments).output().unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn published(&self) -> Vec<(PathBuf, Vec<u8>)> {
        tree(&self.root().join("public"))
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhbach"));
    command.env_remove("SOURCE_DATE_EPOCH").env("LC_ALL", "en_US.UTF-8");
    for service in ["GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "GITLAB_CI", "CI_PROJECT_DIR"] {
        command.env_remove(service);
    }
    command
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

#[test]
fn a_new_empty_site_builds_without_a_warning() {
    let site = Site::empty();
    let output = site.run(&["build", "--strict"]);
    assert_eq!(status(&output), 0, "{}", text(&output));
    assert!(site.root().join("public/index.html").is_file());
}

#[test]
fn the_sample_is_strictly_clean_and_builds() {
    let site = Site::sample();
    let output = site.run(&["build", "--strict", "--as-of", "2026-11-23"]);
    assert_eq!(status(&output), 0, "{}", text(&output));
    assert!(text(&output).contains("0 errors, 0 warnings"), "{}", text(&output));
}

#[test]
fn init_touches_no_folder_that_holds_something() {
    let site = Site::empty();
    let before = tree(&site.root());
    let output = program().arg("init").arg(site.root()).output().unwrap();
    assert_eq!(status(&output), 2);
    assert_eq!(tree(&site.root()), before);
}

#[test]
fn an_error_in_content_ends_with_1_and_leaves_the_published_folder() {
    let site = Site::empty();
    assert_eq!(status(&site.run(&["build"])), 0);
    let before = site.published();
    site.write("content/documents/x.yaml", "titel: Luật\n");
    let output = site.run(&["build"]);
    assert_eq!(status(&output), 1);
    assert!(text(&output).contains("content/documents/x.yaml:1:1"), "{}", text(&output));
    assert_eq!(site.published(), before);
    assert!(!has_leftovers(&site.root()));
}

fn has_leftovers(root: &Path) -> bool {
    std::fs::read_dir(root).unwrap().any(|entry| entry.unwrap().file_name().to_string_lossy().contains("staging"))
}

#[test]
fn an_error_in_site_yaml_ends_with_2_also_beside_others() {
    let site = Site::empty();
    site.write("content/documents/x.yaml", "titel: Luật\n");
    let config = std::fs::read_to_string(site.root().join("content/site.yaml")).unwrap();
    site.write("content/site.yaml", &config.replace("base_url: https", "base_url: ftp"));
    let output = site.run(&["check", "--format", "json"]);
    assert_eq!(status(&output), 2);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<&str> =
        report["diagnostics"].as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"invalid-url") && codes.contains(&"unknown-key"), "{codes:?}");
}

#[test]
fn a_fault_in_a_theme_ends_with_2_and_leaves_the_published_folder() {
    let site = Site::empty();
    assert_eq!(status(&site.run(&["build"])), 0);
    let before = site.published();
    let config = std::fs::read_to_string(site.root().join("content/site.yaml")).unwrap();
    site.write("content/site.yaml", &format!("{config}theme: rieng\n"));
    for manifest in ["extends: rieng\n", "extends: default\nminhbach: \">=9\"\n"] {
        site.write("themes/rieng/theme.yaml", manifest);
        let output = site.run(&["build"]);
        assert_eq!(status(&output), 2, "{}", text(&output));
        assert!(text(&output).contains("themes/rieng/theme.yaml"), "{}", text(&output));
        assert_eq!(site.published(), before);
    }
}

#[test]
fn warnings_end_with_0_and_strictly_with_1() {
    let site = Site::empty();
    site.write("content/documents/x.yaml", "title: Luật Thương mại\nsymbol: 36/2005/QH11\n");
    assert_eq!(status(&site.run(&["check"])), 0);
    assert_eq!(status(&site.run(&["check", "--strict"])), 1);
}

#[test]
fn wrong_calls_end_with_2() {
    let site = Site::empty();
    for call in [
        &["chek"][..],
        &["build", "--as-of", "23/11/2026"],
        &["build", "--base-url", "x"],
        &["build", "--jobs", "0"],
        &["--root", "/nowhere", "check"],
        &[],
    ] {
        assert_eq!(status(&site.run(call)), 2, "{call:?}");
    }
    let outside = program().current_dir("/").arg("check").output().unwrap();
    assert_eq!(status(&outside), 2);
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let site = Site::empty();
    let root = site.root();
    let root = root.to_str().unwrap();
    for call in [["--root", root, "check"], ["check", "--root", root]] {
        assert_eq!(status(&program().current_dir("/").args(call).output().unwrap()), 0);
    }
    let below = program().current_dir(site.root().join("content/agencies")).arg("check").output().unwrap();
    assert_eq!(status(&below), 0);
}

#[test]
fn messages_are_in_the_language_asked_for() {
    let site = Site::empty();
    assert!(text(&site.run(&["check", "--message-language", "vi"])).contains("0 lỗi"));
    assert!(text(&site.run(&["check", "--message-language", "en"])).contains("0 errors"));
    assert!(text(&site.run(&["--help", "--message-language", "vi"])).contains("Kiểm tra"));
    let unset = program().env("LC_ALL", "C").current_dir(site.root()).arg("check").output().unwrap();
    assert!(text(&unset).contains("0 lỗi"), "the site's first language is Vietnamese");
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    let site = Site::empty();
    site.write("content/documents/x.yaml", "titel: Luật\n");
    assert!(!text(&site.run(&["check"])).contains('\u{1b}'));
    assert!(text(&site.run(&["check", "--color", "always"])).contains('\u{1b}'));
}

#[test]
fn two_builds_from_two_folders_zones_locales_and_thread_counts_give_the_same_bytes() {
    let (a, b) = (Site::sample(), Site::sample());
    let built = |site: &Site, zone: &str, locale: &str, jobs: &str| {
        let output = program()
            .current_dir(site.root())
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .args(["build", "--as-of", "2026-11-23", "--jobs", jobs])
            .output()
            .unwrap();
        assert_eq!(status(&output), 0, "{}", text(&output));
        site.published()
    };
    assert_eq!(built(&a, "UTC", "C", "1"), built(&b, "Pacific/Auckland", "vi_VN.UTF-8", "4"));
}

#[test]
fn source_date_epoch_is_a_day_in_the_sites_time_zone() {
    let site = Site::empty();
    // 2026-01-01T00:30 in Vietnam is still 2025 in UTC.
    site.write("content/pages/moi.yaml", "title: Trang mới\npublish_on: 2026-01-01\n");
    let build = |epoch: &str| {
        assert_eq!(
            status(&program().current_dir(site.root()).env("SOURCE_DATE_EPOCH", epoch).arg("build").output().unwrap()),
            0
        );
        site.root().join("public/moi/index.html").is_file()
    };
    assert!(build("1767202200"));
    assert!(!build("1767200000"));
}

#[test]
fn the_output_folder_is_refused_where_a_build_would_harm_something() {
    let site = Site::empty();
    site.write("mine/notes.txt", "keep");
    for target in ["/", ".", "content", "themes", "content/files/x", "mine", ".."] {
        let output = site.run(&["build", "-o", target]);
        assert_eq!(status(&output), 2, "{target}: {}", text(&output));
    }
    assert!(site.root().join("mine/notes.txt").is_file());
}

#[test]
fn a_second_build_changes_no_file() {
    let site = Site::sample();
    let first = site.run(&["build", "--as-of", "2026-11-23"]);
    assert_eq!(status(&first), 0, "{}", text(&first));
    let second = site.run(&["build", "--as-of", "2026-11-23"]);
    assert!(text(&second).contains("0 files new or changed"), "{}", text(&second));
}

#[test]
fn the_next_day_of_change_is_told() {
    let site = Site::empty();
    site.write("content/pages/sau.yaml", "title: Trang sau\npublish_on: 2026-12-01\n");
    let output = site.run(&["build", "--as-of", "2026-11-23"]);
    assert!(text(&output).contains("2026-12-01"), "{}", text(&output));
}

/// A site with an error in a file with a long name, as a folder of a repository.
fn faulty_in_repository() -> (Site, String) {
    let site = Site::empty();
    site.write("content/documents/x.yaml", "titel: Luật\nsymbol: 1/2026/QĐ\n");
    let repository = site.folder.path().to_str().unwrap().to_owned();
    (site, repository)
}

#[test]
fn github_actions_gets_its_annotations_on_standard_output_and_people_the_text() {
    let (site, repository) = faulty_in_repository();
    let environment = [("GITHUB_ACTIONS", "true"), ("GITHUB_WORKSPACE", &repository)];
    let output = program().current_dir(site.root()).envs(environment).arg("check").output().unwrap();
    assert_eq!(status(&output), 1);
    let annotations = String::from_utf8(output.stdout).unwrap();
    assert!(annotations.lines().all(|line| line.starts_with("::")), "{annotations}");
    assert!(
        annotations.contains(
            "::error file=site/content/documents/x.yaml,line=1,endLine=1,col=1,endColumn=6,title=unknown-key::"
        ),
        "{annotations}"
    );
    let read = String::from_utf8(output.stderr).unwrap();
    assert!(read.contains("content/documents/x.yaml:1:1") && read.contains("1 error"), "{read}");
}

#[test]
fn gitlab_ci_gets_its_report_in_the_projects_folder_also_an_empty_one() {
    let (site, repository) = faulty_in_repository();
    let report = || {
        let environment = [("GITLAB_CI", "true"), ("CI_PROJECT_DIR", &repository)];
        let output = program().current_dir(site.root()).envs(environment).arg("check").output().unwrap();
        assert!(output.stdout.is_empty(), "{}", text(&output));
        let bytes = std::fs::read(site.folder.path().join("gl-code-quality-report.json")).unwrap();
        serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()
    };
    let issues = report();
    assert_eq!(issues[0]["location"]["path"], "site/content/documents/x.yaml");
    assert_eq!(issues[0]["severity"], "critical");
    std::fs::remove_file(site.root().join("content/documents/x.yaml")).unwrap();
    assert_eq!(report(), serde_json::json!([]));
}

#[test]
fn a_format_asked_for_is_all_that_comes_also_in_a_service() {
    let (site, repository) = faulty_in_repository();
    for (format, first) in [("github", "::error"), ("gitlab", "["), ("sarif", "{"), ("json", "{")] {
        let environment = [("GITLAB_CI", "true"), ("CI_PROJECT_DIR", &repository)];
        let call = ["check", "--format", format];
        let output = program().current_dir(site.root()).envs(environment).args(call).output().unwrap();
        assert_eq!(status(&output), 1);
        assert!(output.stdout.starts_with(first.as_bytes()) && output.stderr.is_empty(), "{}", text(&output));
    }
    assert!(!site.folder.path().join("gl-code-quality-report.json").exists());
}

#[test]
fn why_a_run_stopped_is_an_annotation_too() {
    let output = program().current_dir("/").env("GITHUB_ACTIONS", "true").arg("check").output().unwrap();
    assert_eq!(status(&output), 2);
    assert!(output.stdout.starts_with(b"::error title=minhbach::there is no content/site.yaml"), "{}", text(&output));
}
