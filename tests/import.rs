//! `import portal` as a whole: what comes of lines, of records that are there, and of the real data.

#![allow(clippy::disallowed_methods, clippy::disallowed_types)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

#[cfg(feature = "sheets")]
#[path = "sheets/import.rs"]
mod sheets;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use minhbach::diagnostic::Level;
use minhbach::import::markdown::markdown;
use minhbach::import::portal::report::{Change, Outcome};
use minhbach::import::portal::{Options, Summary, run};
use minhbach::import::text::clean;
use minhbach::source::Snapshot;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A site with one agency, and imports into it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(TempDir::new().unwrap());
        desk.write(
            "content/site.yaml",
            "title: Trang\nagency: so\nbase_url: https://x.example.gov.vn\nportal: {procedure_url: \"https://dvc.example.gov.vn/{code}\"}\nfeedback: {hook: none}\n",
        );
        desk.write("content/agencies/so.yaml", "title: Sở\n");
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{text}");
        self.write(path, &text.replace(from, to));
    }

    fn import(&self, procedures: &[Value]) -> Summary {
        let lines: Vec<String> = procedures.iter().map(Value::to_string).collect();
        self.import_text(&lines.join("\n"))
    }

    fn import_text(&self, text: &str) -> Summary {
        self.write("portal.jsonl", text);
        run(self.0.path(), &[self.path("portal.jsonl")], &Options::default(), &()).unwrap()
    }

    /// Every file below `content/` with its bytes.
    fn content(&self) -> BTreeMap<String, Vec<u8>> {
        let files = walkdir::WalkDir::new(self.path("content")).into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(self.0.path()).unwrap().to_str().unwrap().to_owned();
        files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
    }

    /// The errors that `check` finds.
    fn errors(&self) -> Vec<String> {
        let visible = self.content().into_iter().filter(|(path, _)| !path.contains("/."));
        let snapshot = Snapshot::from_texts(visible);
        let loaded = minhbach::site::load(&snapshot, &minhbach::site::Options::default());
        let errors = loaded.diagnostics.iter().filter(|fault| fault.level == Level::Error);
        errors.map(|f| format!("{}: {}", snapshot.file(f.place.file).path, f.message.en)).collect()
    }
}

fn procedure(code: &str, name: &str) -> Value {
    json!({"id": "x", "code": code, "name": name, "detail": {
        "code": code, "name": name, "updatedAt": 1, "isProvince": true,
        "categoriesDetails": [{"name": "Rượu"}],
        "subjectTypesDetails": [{"name": "Doanh nghiệp"}],
        "departmentsExecuting": [{"name": "Sở Công Thương", "code": "H27.12"}],
        "procedureProposal": {"proposalNumber": "1040/QĐ-BCT", "decisionDate": 1_777_914_000_000_i64, "issuingAgency": {"name": "Bộ Công Thương"}},
        "executionMethods": [{"submissionMethod": "ONLINE", "processingTime": 5, "processingTimeUnit": "DAY", "fees": []}],
        "executionSteps": [{"name": "", "description": "Nộp"}],
        "legalBasisesDetails": [{"code": "105/2017/NĐ-CP", "name": "Về kinh doanh rượu"}],
        "dossierReceivingAddresses": "Trung tâm, số 1 Lê Lợi, phường A, tỉnh Hà Tĩnh"}})
}

fn with(mut procedure: Value, key: &str, value: Value) -> Value {
    procedure["detail"][key] = value;
    procedure
}

fn words(summary: &Summary) -> Vec<(&str, &str)> {
    summary.report.lines.iter().map(|line| (line.code.as_str(), line.outcome.word())).collect()
}

#[test]
fn a_procedure_and_all_that_it_names_become_records_without_an_error() {
    let desk = Desk::new();
    desk.import(&[procedure("2.001620", "Cấp giấy phép")]);
    assert_eq!(desk.errors(), Vec::<String>::new());
    assert_eq!(
        desk.read("content/procedures/2-001620.yaml"),
        "code: \"2.001620\"\ntitle: Cấp giấy phép\nfield: Rượu\nlevels:\n  - province\napplicants:\n  - Doanh nghiệp\nexecuting_agencies:\n  - so-cong-thuong\ndecision: 1040/QĐ-BCT\nsubmit_at:\n  - trung-tam\nonline_level: partial\nchannels:\n  - method: online\n    processing_time:\n      value: 5\n      unit: day\n    note: |\nsteps:\n  - text: Nộp\nlegal_basis:\n  - 105/2017/NĐ-CP\n".replace("    note: |\n", "")
    );
    assert_eq!(
        desk.read("content/documents/1040-qd-bct.yaml"),
        "symbol: 1040/QĐ-BCT\ntype: Quyết định\nissuer: Bộ Công Thương\ntitle: Quyết định số 1040/QĐ-BCT của Bộ Công Thương công bố thủ tục hành chính\nissued_on: 2026-05-05\n"
    );
    assert_eq!(desk.read("content/agencies/so-cong-thuong.yaml"), "title: Sở Công Thương\ncode: H27.12\n");
    assert!(desk.read("content/contacts/trung-tam.yaml").contains("commune: phường A"));
}

#[test]
fn every_line_is_accounted_for_and_none_is_fatal() {
    let desk = Desk::new();
    let good = procedure("1.000001", "A").to_string();
    let lines =
        [good.as_str(), "", "{no json", "[1]", "{\"code\": \"1.000002\"}", &procedure("1.014955-Xoa", "B").to_string()];
    let summary = desk.import_text(&lines.join("\r\n"));
    let told: Vec<_> = summary.report.lines.iter().map(|line| (line.line, line.outcome.word())).collect();
    assert_eq!(told, [(1, "new"), (3, "not-imported"), (4, "not-imported"), (5, "not-imported"), (6, "not-imported")]);
    let report: Value = serde_json::from_str(&fs::read_to_string(&summary.machine).unwrap()).unwrap();
    assert_eq!(report["lines"].as_array().unwrap().len(), 5);
    assert_eq!(report["lines"][4]["reason"], "invalid-code");
    assert!(fs::read_to_string(&summary.readable).unwrap().contains("1.014955-Xoa"));
}

#[test]
fn codes_that_are_one_after_trimming_are_one_procedure_and_the_newest_wins_in_any_order() {
    let old = procedure("1.014325", "Cũ");
    let new = with(procedure(" 1.014325", "Mới"), "updatedAt", json!(2));
    let results = [[old.clone(), new.clone()], [new, old]].map(|lines| {
        let desk = Desk::new();
        let summary = desk.import(&lines);
        assert_eq!(summary.report.outcomes().into_iter().collect::<Vec<_>>(), [("merged", 1), ("new", 1)]);
        desk.content()
    });
    assert_eq!(results[0], results[1]);
    let text = String::from_utf8(results[0]["content/procedures/1-014325.yaml"].clone()).unwrap();
    assert!(text.contains("title: Mới"));
}

#[test]
fn the_same_data_again_changes_no_byte_whatever_the_order() {
    let desk = Desk::new();
    let all: Vec<Value> = (1..20).map(|n| procedure(&format!("1.{n:06}"), &format!("Thủ tục {}", n % 3))).collect();
    desk.import(&all);
    let before = desk.content();
    let backwards: Vec<Value> = all.into_iter().rev().collect();
    let again = desk.import(&backwards);
    assert_eq!(desk.content(), before);
    assert!(again.report.records.iter().all(|record| record.change == Change::Unchanged));
}

#[test]
fn newer_data_keeps_what_staff_wrote() {
    let desk = Desk::new();
    let path = "content/procedures/1-000001.yaml";
    desk.import(&[procedure("1.000001", "Tên cũ")]);
    desk.edit(path, "field: Rượu\n", "# đã rà soát\nfield: Rượu bia # của Sở\nplain_title: Xin giấy\n");
    desk.edit(path, "applicants:\n  - Doanh nghiệp\n", "");
    let newer = with(procedure("1.000001", "Tên mới"), "keywords", json!("rượu; bia"));
    let summary = desk.import(&[newer]);
    let text = desk.read(path);
    assert!(text.contains("title: Tên mới\n# đã rà soát\nfield: Rượu bia # của Sở\nplain_title: Xin giấy\n"), "{text}");
    assert!(!text.contains("applicants") && text.ends_with("keywords:\n  - rượu\n  - bia\n"), "{text}");
    let record = summary.report.records.iter().find(|record| record.record == "procedure:1-000001").unwrap();
    assert_eq!(
        (record.change, record.kept.as_slice()),
        (Change::Updated, &["field".to_owned(), "applicants".into()][..])
    );
    assert!(record.conflicts.is_empty());
}

#[test]
fn a_key_changed_on_both_sides_is_a_conflict_told_once_and_kept() {
    let desk = Desk::new();
    desk.import(&[procedure("1.000001", "Tên cũ")]);
    desk.edit("content/procedures/1-000001.yaml", "title: Tên cũ", "title: Tên của Sở");
    let newer = procedure("1.000001", "Tên mới");
    let conflicts =
        |summary: &Summary| summary.report.records.iter().map(|r| r.conflicts.clone()).collect::<Vec<_>>().concat();
    assert_eq!(conflicts(&desk.import(std::slice::from_ref(&newer))), ["title"]);
    let before = desk.content();
    assert!(conflicts(&desk.import(&[newer])).is_empty());
    assert_eq!(desk.content(), before);
    assert!(desk.read("content/procedures/1-000001.yaml").contains("title: Tên của Sở"));
}

#[test]
fn records_under_other_names_are_used_and_not_doubled() {
    let desk = Desk::new();
    desk.write("content/procedures/rượu/ban-ruou.yaml", "code: \"1.000001\"\ntitle: Tôi viết\n");
    desk.write("content/documents/nd-ruou.yaml", "symbol: 105/2017/NĐ-CP\ntitle: Nghị định về rượu\n");
    desk.write("content/agencies/sct.yaml", "title: Sở công thương\n");
    let summary = desk.import(&[procedure("1.000001", "Cấp giấy")]);
    assert_eq!(words(&summary), [("1.000001", "updated")]);
    assert!(!desk.path("content/procedures/1-000001.yaml").exists());
    assert!(!desk.path("content/documents/105-2017-nd-cp.yaml").exists());
    let text = desk.read("content/procedures/rượu/ban-ruou.yaml");
    assert!(
        text.starts_with("code: \"1.000001\"\ntitle: Tôi viết\nfield: Rượu\n") && text.contains("- sct\n"),
        "{text}"
    );
    assert_eq!(desk.errors(), Vec::<String>::new());
}

#[test]
fn a_symbol_that_staff_mended_stays_the_same_document() {
    let desk = Desk::new();
    let typo =
        with(procedure("1.000001", "A"), "legalBasisesDetails", json!([{"code": "41/201Đ-CP", "name": "Nghị định"}]));
    desk.import(std::slice::from_ref(&typo));
    desk.edit("content/documents/41-201d-cp.yaml", "symbol: 41/201Đ-CP", "symbol: 41/2010/NĐ-CP");
    desk.import(&[typo]);
    assert!(desk.read("content/procedures/1-000001.yaml").contains("legal_basis:\n  - 41/2010/NĐ-CP\n"));
    assert_eq!(desk.errors(), Vec::<String>::new());
}

#[test]
fn a_procedure_that_staff_took_away_stays_away() {
    let desk = Desk::new();
    desk.import(&[procedure("1.000001", "A"), procedure("1.000002", "B")]);
    fs::remove_file(desk.path("content/procedures/1-000002.yaml")).unwrap();
    let summary = desk.import(&[procedure("1.000001", "A"), procedure("1.000002", "B")]);
    assert_eq!(words(&summary), [("1.000001", "unchanged"), ("1.000002", "removed-by-staff")]);
    assert!(!desk.path("content/procedures/1-000002.yaml").exists());
}

#[test]
fn a_lost_memory_loses_no_work() {
    let desk = Desk::new();
    desk.import(&[procedure("1.000001", "Tên cũ")]);
    desk.edit("content/procedures/1-000001.yaml", "field: Rượu", "field: Bia");
    let before = desk.content();
    fs::remove_file(desk.path("content/.import/portal.json")).unwrap();
    desk.import(&[procedure("1.000001", "Tên cũ")]);
    assert_eq!(desk.content(), before);
    desk.import(&[procedure("1.000001", "Tên mới")]);
    let text = desk.read("content/procedures/1-000001.yaml");
    assert!(text.contains("title: Tên mới\nfield: Bia\n"), "{text}");
}

#[test]
fn a_faulty_file_is_left_alone() {
    let desk = Desk::new();
    desk.write("content/procedures/1-000001.yaml", "code: \"1.000001\"\ntitle: [\n");
    let summary = desk.import(&[procedure("1.000001", "A")]);
    assert_eq!(words(&summary), [("1.000001", "unreadable")]);
    assert_eq!(desk.read("content/procedures/1-000001.yaml"), "code: \"1.000001\"\ntitle: [\n");
}

#[test]
fn agencies_with_long_names_of_one_beginning_have_ids_of_their_own() {
    let long = "Cơ quan ".repeat(15);
    let agencies = json!([{"name": format!("{long} một")}, {"name": format!("{long} hai")}]);
    let desk = Desk::new();
    desk.import(&[with(procedure("1.000001", "A"), "departmentsExecuting", agencies)]);
    let ids = desk.content().into_keys().filter(|path| path.contains("agencies/co-quan-co-quan")).count();
    assert_eq!((ids, desk.errors()), (2, vec![]));
}

/// The folder with real data; none where it is not on this machine.
fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("MINHBACH_SHARED").map_or_else(beside, PathBuf::from).join("data");
    if !shared.is_dir() {
        eprintln!("skipped: no real data in {}", shared.display());
        return None;
    }
    Some(shared)
}

#[test]
fn the_real_data_is_accounted_for_and_passes_check() {
    let Some(shared) = shared() else { return };
    let files = [("portal-procedures-industry-trade.jsonl.gz", 219, 219), ("portal-procedures.jsonl.gz", 2833, 2832)];
    for (file, total, imported) in files {
        let desk = Desk::new();
        let summary = run(desk.0.path(), &[shared.join(file)], &Options::default(), &()).unwrap();
        let report = &summary.report;
        assert_eq!(report.lines.len(), total);
        assert_eq!(report.outcomes().get("new"), Some(&imported));
        let rejected =
            |line: &&minhbach::import::portal::report::LineOutcome| matches!(line.outcome, Outcome::Rejected(_));
        assert_eq!(report.lines.iter().filter(rejected).count(), total - imported);
        assert_eq!(fs::read_dir(desk.path("content/procedures")).unwrap().count(), imported);
        assert_eq!(desk.errors(), Vec::<String>::new());
        let before = desk.content();
        run(desk.0.path(), &[shared.join(file)], &Options::default(), &()).unwrap();
        assert!(desk.content() == before, "a second import changed something");
    }
}

#[test]
fn the_real_texts_keep_every_character_as_markdown() {
    use pulldown_cmark::{Event, Options, Parser};
    let Some(shared) = shared() else { return };
    let file = fs::File::open(shared.join("portal-procedures-industry-trade.jsonl.gz")).unwrap();
    let lines = std::io::BufRead::lines(std::io::BufReader::new(flate2::read::MultiGzDecoder::new(file)));
    let visible =
        |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '+')).collect::<String>();
    for procedure in lines.map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap()) {
        let detail = &procedure["detail"];
        let steps = detail["executionSteps"].as_array().unwrap().iter().map(|step| &step["description"]);
        for text in steps.chain([&detail["requirementsAndConditions"]]).filter_map(Value::as_str) {
            let markdown = markdown(text);
            let shown: String = Parser::new_ext(&markdown, Options::all())
                .filter_map(|event| match event {
                    Event::Text(text) => Some(text.into_string()),
                    Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => panic!("{markdown}"),
                    _ => None,
                })
                .collect();
            assert_eq!(visible(&shown), visible(&clean(text)), "{markdown}");
        }
    }
}
