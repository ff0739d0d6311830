//! Sheets as staff make them, saved by LibreOffice (see `make`), imported by the program as a person calls it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calamine::Reader;
use tempfile::TempDir;

struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Site {
        let site = Site { folder: TempDir::new().unwrap() };
        let output = site.program().arg("init").arg(site.root()).arg("--empty").output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        site
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minhbach"));
        command.env("LC_ALL", "en_US.UTF-8").env_remove("GITHUB_ACTIONS").env_remove("GITLAB_CI");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.program().current_dir(self.root()).args(arguments).output().unwrap()
    }

    fn import(&self, file: &Path, kind: &str, more: &[&str]) -> Output {
        let file = file.to_str().unwrap();
        self.run(&[&["import", "sheet", file, "--kind", kind], more].concat())
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join("content").join(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.root().join(path);
        std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        path
    }

    /// Every record with its text.
    fn records(&self) -> Vec<(PathBuf, String)> {
        let files =
            walkdir::WalkDir::new(self.root().join("content")).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| (entry.path().to_owned(), std::fs::read_to_string(entry.path()).unwrap())).collect()
    }
}

fn sheet(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets").join(name)
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// What a run tells, where it ends well.
fn done(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", told(output));
    told(output)
}

#[test]
fn twelve_months_below_a_title_with_a_header_of_two_rows_become_statistics() {
    let site = Site::new();
    let text = done(&site.import(&sheet("thong-ke-12-thang.xlsx"), "statistics", &[]));
    assert!(text.contains("12 rows; 12 new records"), "{text}");
    assert!(text.contains("Row 18 is left out: Tổng cộng") && text.contains("Row 20"), "{text}");
    assert_eq!(
        site.read("statistics/phan-anh-2025-03.yaml"),
        "title: Phản ánh, kiến nghị, tháng 3 năm 2025\nperiod:\n  start: 2025-03-01\n  end: 2025-03-31\ncategory: feedback\nopening: 0\nreceived: 6\nresolved_on_time: 5\nresolved_late: 0\nclosing: 1\nby_channel:\n  online: 5\n  direct: 1\n"
    );
    assert!(
        site.read("statistics/phan-anh-2025-09.yaml").contains("end: 2025-09-30"),
        "a month that the sheet has as a day"
    );
    let check = site.run(&["check", "--as-of", "2026-01-02"]);
    assert!(done(&check).contains("0 errors"), "{}", told(&check));
}

#[test]
fn two_hundred_documents_come_again_from_another_format_without_a_change() {
    let site = Site::new();
    assert!(done(&site.import(&sheet("van-ban-200.ods"), "document", &[])).contains("200 new records"));
    assert_eq!(
        site.read("documents/3-2020-qd-ubnd.yaml"),
        "symbol: 3/2020/QĐ-UBND\ntype: Quyết định\nissuer: Ủy ban nhân dân tỉnh\ntitle: Văn bản minh họa số 3\nissued_on: 2020-01-22\nforce: in_force\n"
    );
    let before = site.records();
    let again = done(&site.import(&sheet("van-ban-200.csv"), "document", &[]));
    assert!(again.contains("0 new records, 0 changed, 200 unchanged"), "{again}");
    assert_eq!(site.records(), before);
}

#[test]
fn what_staff_changed_by_hand_stays_and_other_values_follow_the_sheet() {
    let site = Site::new();
    let sheet = site.write(
        "a.csv",
        "ID,Tên,Loại đầu mối,Email\nmot,Một,Trụ sở,a@example.gov.vn\nhai,Hai,Trụ sở,b@example.gov.vn\n",
    );
    done(&site.import(&sheet, "contact", &[]));
    let mine = site.read("contacts/mot.yaml").replace("title: Một", "# của tôi\ntitle: Tên tôi sửa\nrole: Văn phòng");
    site.write("content/contacts/mot.yaml", &mine);
    site.write("a.csv", "ID,Tên,Loại đầu mối,Email\nmot,Một mới,Trụ sở,c@example.gov.vn\n");
    let preview = done(&site.import(&sheet, "contact", &["--dry-run"]));
    assert!(preview.contains("email: a@example.gov.vn → c@example.gov.vn"), "{preview}");
    assert_eq!(site.read("contacts/mot.yaml"), mine, "a preview writes nothing");
    // An office without a way to reach it is no contact: the sheet's fault is told at its cell.
    site.write("a.csv", "ID,Tên,Loại đầu mối,Email\nmot,Một mới,Trụ sở,c@example.gov.vn\nhai,Hai,Trụ sở,\n");
    let refused = site.import(&sheet, "contact", &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(told(&refused).contains("a!B3: this contact has no address"), "{}", told(&refused));
    site.write("a.csv", "ID,Tên,Loại đầu mối,Email\nmot,Một mới,Trụ sở,c@example.gov.vn\n");
    assert!(done(&site.import(&sheet, "contact", &[])).contains("contacts/mot.yaml: title"));
    assert_eq!(site.read("contacts/mot.yaml"), mine.replace("a@example", "c@example"));
    assert!(site.read("contacts/hai.yaml").contains("b@example"), "a row that is gone takes no record away");
    done(&site.import(&sheet, "contact", &["--overwrite", "--yes"]));
    let text = site.read("contacts/mot.yaml");
    assert!(
        text.contains("title: Một mới") && text.contains("# của tôi") && text.contains("role: Văn phòng"),
        "{text}"
    );
}

#[test]
fn a_contact_list_with_merged_cells_headings_and_spaces_is_read() {
    let site = Site::new();
    let text = done(&site.import(&sheet("dau-moi.xlsx"), "contact", &[]));
    assert!(text.contains("4 rows; 4 new records") && text.contains("Row 4 is left out: I. Trụ sở chính"), "{text}");
    assert_eq!(
        site.read("contacts/phong-tiep-dan.yaml"),
        "type: reception\ntitle: Phòng tiếp dân\naccepts:\n  - complaint\n  - denunciation\naddress:\n  street: Số 1 đường Minh Họa\n  commune: Phường Minh Họa\n  province: Tỉnh Minh Họa\nphones:\n  - number: 0239 385 1236\n"
    );
    assert!(site.read("contacts/van-phong-so.yaml").contains("  - number: 0239 385 1234\n  - number: 0239 385 1235\n"));
    assert!(done(&site.run(&["check", "--as-of", "2026-01-02"])).contains("0 errors"));
}

#[test]
fn every_fault_is_told_at_its_cell_in_both_languages_and_nothing_is_written() {
    let site = Site::new();
    let before = site.records();
    let cells = |language: &str| {
        let output =
            site.import(&sheet("loi.xlsx"), "procedure", &["--message-language", language, "--format", "json"]);
        assert_eq!(output.status.code(), Some(1));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let faults = report["faults"].as_array().unwrap().clone();
        assert!(faults.iter().all(|fault| fault["message"].as_str().is_some_and(|text| !text.is_empty())));
        faults
    };
    let (vi, en) = (cells("vi"), cells("en"));
    let mut places: Vec<_> = vi.iter().map(|fault| fault["cell"].as_str().unwrap()).collect();
    places.dedup();
    let expected = ["A1", "A2", "A3", "E3", "F3", "B4", "E4", "F4"].map(|cell| format!("Sheet1!{cell}"));
    assert_eq!(places, expected);
    assert_eq!(vi.len(), en.len());
    let at = |faults: &[serde_json::Value], cell: &str| {
        faults.iter().find(|fault| fault["cell"] == format!("Sheet1!{cell}")).unwrap().to_string()
    };
    assert!(at(&vi, "A2").contains("có phải `2.001620`?") && at(&en, "A2").contains("is it `2.001620`?"));
    assert!(at(&en, "A3").contains("how a spreadsheet writes a number"));
    assert!(at(&en, "F3").contains("is it 2026-02-10?"));
    assert_eq!(site.records(), before);
}

#[test]
fn unknown_doubled_and_mapped_columns() {
    let site = Site::new();
    let sheet = site.write("a.csv", "Đơn vị;Tên;Loại đầu mối;Tên;Số máy;Người nhập\nA;B;Trụ sở;C;0239 385 1234;x\n");
    let text = told(&site.import(&sheet, "contact", &[]));
    for expected in
        ["a!A1: nobody knows what the column `Đơn vị`", "a!D1: this column is the same as column B", "a!F1:"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let map = site.write("map.yaml", "Đơn vị: title\nB: ~\nD: ~\nSố máy: phones\nNgười nhập: ~\n");
    done(&site.import(&sheet, "contact", &["--map", map.to_str().unwrap()]));
    assert_eq!(site.read("contacts/a.yaml"), "type: office\ntitle: A\nphones:\n  - number: 0239 385 1234\n");
    let wrong = site.write("wrong.yaml", "Đơn vị: titel\n");
    let output = site.import(&sheet, "contact", &["--map", wrong.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("did you mean `title`?"), "{}", told(&output));
}

#[test]
fn references_are_names_symbols_or_rows_of_the_sheet() {
    let site = Site::new();
    let sheet = site.write(
        "a.csv",
        "Số hiệu,Trích yếu,Thay thế\n1/2020/QĐ-UBND,Cũ,\n2/2021/QĐ-UBND,Mới,1/2020/QĐ-UBND\n3/2022/QĐ-UBND,Sai,9/2020/QĐ-UBND\n",
    );
    let text = told(&site.import(&sheet, "document", &[]));
    assert!(text.contains("a!C4: there is no document `9/2020/QĐ-UBND`") && !text.contains("a!C3"), "{text}");
    let contact = site.write("c.csv", "Tên,Loại đầu mối,Cơ quan,Email\nA,Trụ sở,CƠ QUAN MẪU,a@example.gov.vn\n");
    let agency = site.read("agencies/co-quan.yaml");
    let title = agency.lines().find_map(|line| line.strip_prefix("title: ")).unwrap();
    site.write(
        "c.csv",
        &format!("Tên,Loại đầu mối,Cơ quan,Email\nA,Trụ sở,\"{}\",a@example.gov.vn\n", title.to_uppercase()),
    );
    done(&site.import(&contact, "contact", &[]));
    assert!(site.read("contacts/a.yaml").contains("agency: co-quan"));
}

#[test]
fn two_rows_of_one_record_are_told_and_rows_keep_their_numbers_behind_empty_ones() {
    let site = Site::new();
    let sheet = site.write("a.csv", "Số hiệu,Trích yếu\n\n\n1/2020/QĐ-UBND,Một\n\n1/2020/QĐ-UBND,Hai\n");
    let text = told(&site.import(&sheet, "document", &[]));
    assert!(text.contains("a!A6: this row is the same record as row 4"), "{text}");
}

#[test]
fn the_template_of_every_kind_is_understood_and_its_example_left_out() {
    let site = Site::new();
    for kind in minhbach::record::kind::KindName::ALL.iter().map(|kind| kind.word()) {
        for language in ["vi", "en"] {
            let file = site.root().join(format!("{kind}-{language}.xlsx"));
            done(&site.import(&file, kind, &["--template", "--message-language", language]));
            let mut book: calamine::Xlsx<_> = calamine::open_workbook(&file).unwrap();
            let names = book.sheet_names();
            assert_eq!(names.len(), 3);
            assert!(book.worksheet_range(&names[1]).unwrap().height() > 2, "every column is explained");
            let output = site.import(&file, kind, &[]);
            let text = told(&output);
            assert_eq!(output.status.code(), Some(1), "{text}");
            assert!(text.contains("there is no row below the header") && text.contains("1 fault in"), "{kind}: {text}");
        }
    }
    let again = site.import(&site.root().join("contact-vi.xlsx"), "contact", &["--template"]);
    assert_eq!(again.status.code(), Some(2), "a file that is there is not overwritten");
}

#[test]
fn what_is_no_sheet_says_how_to_save_one() {
    let site = Site::new();
    let cases = [
        ("a.doc", "x", "only .xlsx, .ods and .csv"),
        ("b.xlsx", "x", "cannot be opened"),
        ("c.csv", "\u{feff}x;y\n1;2\n", "there is no header"),
    ];
    for (name, text, expected) in cases {
        let file = site.write(name, text);
        let output = site.import(&file, "contact", &[]);
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).contains(expected), "{}", told(&output));
    }
    let latin = site.root().join("d.csv");
    std::fs::write(&latin, b"T\xean;Lo\xe1i\n").unwrap();
    assert!(told(&site.import(&latin, "contact", &[])).contains("UTF-8"));
    let missing = site.import(Path::new("nowhere.xlsx"), "contact", &[]);
    assert_eq!(missing.status.code(), Some(3));
}
