//! What came of every line: for the screen in counts, for people in Markdown, for programs in JSON.
//!
//! It holds no clock and no machine's name, so the same import over the same site is the same report.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diagnostic::{Language, Message};
use crate::import::portal::remark::{Rejection, Remark};
use crate::import::portal::unmapped::Unmapped;
use crate::say;

/// What came of an import.
#[derive(Debug, Default)]
pub struct Report {
    /// Every line of the input, in the order given.
    pub lines: Vec<LineOutcome>,
    /// Every record that the procedures made, and the procedures.
    pub records: Vec<RecordOutcome>,
    /// What could not be done as the portal has it, by procedure.
    pub remarks: Vec<(String, Remark)>,
    /// What the content model has no key for.
    pub unmapped: Unmapped,
}

/// A line and what came of it.
#[derive(Debug)]
pub struct LineOutcome {
    /// The file, as it was given.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// The procedure's code, as far as there is one.
    pub code: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is the record at this place.
    Imported(Change),
    /// It is a procedure whose record staff took away.
    Removed,
    /// Another line has the same procedure, newer or the same: its file and line.
    Merged(String, usize),
    /// It is not imported.
    Rejected(Rejection),
}

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is new.
    New,
    /// Some of its keys are newer.
    Updated,
    /// Nothing.
    Unchanged,
    /// Its file cannot be read and was left alone.
    Unreadable,
}

/// A record and what happened to it.
#[derive(Debug)]
pub struct RecordOutcome {
    /// As a reference: `document:63-2010-nd-cp`.
    pub record: String,
    /// Its file, from the site's root.
    pub path: String,
    /// What happened.
    pub change: Change,
    /// Keys that stay as staff wrote them although the portal has another value.
    pub kept: Vec<String>,
    /// Those of them that also changed in the portal.
    pub conflicts: Vec<String>,
}

impl Outcome {
    /// The outcome's name in machine-readable reports.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Imported(change) => change.word(),
            Outcome::Removed => "removed-by-staff",
            Outcome::Merged(..) => "merged",
            Outcome::Rejected(_) => "not-imported",
        }
    }
}

impl Change {
    /// The change's name in machine-readable reports.
    pub fn word(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Updated => "updated",
            Change::Unchanged => "unchanged",
            Change::Unreadable => "unreadable",
        }
    }

    fn message(self) -> Message {
        match self {
            Change::New => say!("mới", "new"),
            Change::Updated => say!("cập nhật", "updated"),
            Change::Unchanged => say!("không đổi", "unchanged"),
            Change::Unreadable => say!("tệp có lỗi, để nguyên", "faulty file, left alone"),
        }
    }
}

fn outcome_message(word: &str) -> Message {
    match word {
        "new" => Change::New.message(),
        "updated" => Change::Updated.message(),
        "unchanged" => Change::Unchanged.message(),
        "unreadable" => Change::Unreadable.message(),
        "removed-by-staff" => say!("đã bị xóa khỏi trang, không nhập lại", "taken away by staff, not imported again"),
        "merged" => say!("trùng một dòng khác, gộp làm một", "the same as another line, merged"),
        _ => say!("không nhập", "not imported"),
    }
}

impl Report {
    /// How many lines came to each outcome.
    pub fn outcomes(&self) -> BTreeMap<&'static str, usize> {
        count(self.lines.iter().map(|line| line.outcome.word()))
    }

    /// The counts, for the screen.
    pub fn screen(&self) -> Vec<Message> {
        let total = self.lines.len();
        let mut out = vec![say!("{total} dòng đã đọc", "{total} lines read")];
        out.extend(self.outcomes().into_iter().map(|(word, count)| counted(count, &outcome_message(word))));
        let rejected = count(self.rejected().map(|(_, rejection)| rejection.word()));
        for (word, n) in rejected {
            out.push(say!("    {n} × `{word}`", "    {n} × `{word}`"));
        }
        let kinds = [
            ("agency", say!("cơ quan", "agencies")),
            ("contact", say!("nơi nộp hồ sơ", "contacts")),
            ("document", say!("văn bản", "documents")),
        ];
        for (kind, name) in kinds {
            let changes = count(self.of(kind).map(|record| record.change.word()));
            let (new, updated) = (changes.get("new").unwrap_or(&0), changes.get("updated").unwrap_or(&0));
            let (vi, en, all) = (name.vi, name.en, self.of(kind).count());
            out.push(say!("{all} {vi} ({new} mới, {updated} cập nhật)", "{all} {en} ({new} new, {updated} updated)"));
        }
        let (kept, conflicts) = (self.sum(|record| &record.kept), self.sum(|record| &record.conflicts));
        out.push(say!(
            "{kept} khóa giữ như cán bộ đã viết, trong đó {conflicts} khóa Cổng cũng đã đổi",
            "{kept} keys kept as staff wrote them, of which {conflicts} changed in the portal too"
        ));
        out.extend(
            count(self.remarks.iter().map(|(_, remark)| remark.reason))
                .into_iter()
                .map(|(reason, n)| counted(n, &reason.message())),
        );
        let (keys, values) = (self.unmapped.keys.len(), self.unmapped.keys.values().sum::<usize>());
        out.push(say!(
            "{values} giá trị của {keys} khóa của Cổng không có chỗ trong hồ sơ",
            "{values} values of {keys} portal keys have no place in a record"
        ));
        out
    }

    fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a RecordOutcome> {
        self.records.iter().filter(move |record| record.record.split(':').next() == Some(kind))
    }

    fn rejected(&self) -> impl Iterator<Item = (&LineOutcome, &Rejection)> {
        self.lines.iter().filter_map(|line| match &line.outcome {
            Outcome::Rejected(rejection) => Some((line, rejection)),
            _ => None,
        })
    }

    fn sum(&self, keys: impl Fn(&RecordOutcome) -> &Vec<String>) -> usize {
        self.records.iter().map(|record| keys(record).len()).sum()
    }

    /// The report for programs.
    pub fn json(&self) -> String {
        let lines: Vec<Value> = self.lines.iter().map(line_json).collect();
        let record = |record: &RecordOutcome| {
            json!({"record": record.record, "path": record.path, "change": record.change.word(),
                "kept": record.kept, "conflicts": record.conflicts})
        };
        let remark = |(code, remark): &(String, Remark)| json!({"code": code, "reason": remark.reason.word(), "value": remark.value});
        let report = json!({
            "summary": {"lines": self.lines.len(), "outcomes": self.outcomes()},
            "lines": lines,
            "records": self.records.iter().map(record).collect::<Vec<_>>(),
            "remarks": self.remarks.iter().map(remark).collect::<Vec<_>>(),
            "unmapped": self.unmapped.keys,
            "mended_characters": self.unmapped.characters,
        });
        serde_json::to_string_pretty(&report).expect("a report is texts and numbers") + "\n"
    }

    /// The report for people.
    pub fn markdown(&self, language: Language) -> String {
        let mut page = Page { out: String::new(), language, headings: Vec::new() };
        page.heading(1, &say!("Nhập từ Cổng Dịch vụ công quốc gia", "Import from the national public-service portal"));
        self.screen().iter().for_each(|line| page.line(format!("- {}", line.get(language).trim())));
        self.write_rejected(&mut page);
        self.write_records(&mut page);
        self.write_remarks(&mut page);
        self.write_unmapped(&mut page);
        self.write_lines(&mut page);
        page.out
    }

    fn write_rejected(&self, page: &mut Page) {
        page.heading(2, &say!("Không nhập", "Not imported"));
        for (line, rejection) in self.rejected() {
            let reason = rejection.message();
            page.line(format!("- `{}:{}` – {}", line.file, line.line, reason.get(page.language)));
        }
        page.heading(2, &say!("Trùng, gộp làm một (giữ bản mới nhất)", "Merged (the newest is kept)"));
        for line in &self.lines {
            if let Outcome::Merged(file, number) = &line.outcome {
                page.line(format!("- `{}` `{}:{}` → `{file}:{number}`", line.code, line.file, line.line));
            }
        }
    }

    fn write_records(&self, page: &mut Page) {
        page.heading(
            2,
            &say!(
                "Xung đột: cán bộ và Cổng cùng sửa (giữ của cán bộ)",
                "Conflicts: changed by staff and by the portal (the staff's is kept)"
            ),
        );
        for record in self.records.iter().filter(|record| !record.conflicts.is_empty()) {
            page.line(format!("- `{}`: {}", record.path, ticked(&record.conflicts)));
        }
        page.heading(2, &say!("Giữ như cán bộ đã viết", "Kept as staff wrote it"));
        for record in self.records.iter().filter(|record| !record.kept.is_empty()) {
            page.line(format!("- `{}`: {}", record.path, ticked(&record.kept)));
        }
        page.heading(2, &say!("Tệp có lỗi, để nguyên", "Faulty files, left alone"));
        for record in self.records.iter().filter(|record| record.change == Change::Unreadable) {
            page.line(format!("- `{}`", record.path));
        }
    }

    fn write_remarks(&self, page: &mut Page) {
        page.heading(2, &say!("Giá trị bị bỏ hoặc đổi, từng thủ tục", "Values left out or changed, by procedure"));
        let mut by_reason: BTreeMap<_, Vec<(&str, &str)>> = BTreeMap::new();
        for (code, remark) in &self.remarks {
            by_reason.entry(remark.reason).or_default().push((code, &remark.value));
        }
        for (reason, uses) in by_reason {
            page.heading(3, &reason.message());
            for (code, value) in uses {
                page.line(format!("- `{code}`: {}", quoted(value)));
            }
        }
    }

    fn write_unmapped(&self, page: &mut Page) {
        page.heading(2, &say!("Khóa của Cổng không có chỗ trong hồ sơ", "Portal keys without a place in a record"));
        for (key, count) in &self.unmapped.keys {
            page.line(format!("- `{key}`: {count}"));
        }
        page.heading(2, &say!("Ký tự đã sửa (ẩn, khác bảng mã)", "Characters mended (hidden or of special fonts)"));
        for (character, count) in &self.unmapped.characters {
            page.line(format!("- `{character}`: {count}"));
        }
    }

    fn write_lines(&self, page: &mut Page) {
        page.heading(2, &say!("Từng dòng", "Every line"));
        for line in &self.lines {
            let outcome = outcome_message(line.outcome.word());
            page.line(format!("- `{}:{}` `{}` {}", line.file, line.line, line.code, outcome.get(page.language)));
        }
    }
}

/// A Markdown page in one language. A heading without a line below it is left out.
struct Page {
    out: String,
    language: Language,
    headings: Vec<(usize, String)>,
}

impl Page {
    fn heading(&mut self, level: usize, text: &Message) {
        self.headings.retain(|(above, _)| *above < level);
        self.headings.push((level, text.get(self.language).to_owned()));
    }

    fn line(&mut self, line: String) {
        for (level, text) in self.headings.drain(..) {
            let gap = if self.out.is_empty() { "" } else { "\n" };
            self.out.push_str(&format!("{gap}{} {text}\n\n", "#".repeat(level)));
        }
        self.out.push_str(&line);
        self.out.push('\n');
    }
}

fn line_json(line: &LineOutcome) -> Value {
    let mut object = json!({"file": line.file, "line": line.line, "code": line.code, "outcome": line.outcome.word()});
    match &line.outcome {
        Outcome::Merged(file, number) => object["kept"] = json!({"file": file, "line": number}),
        Outcome::Rejected(rejection) => {
            object["reason"] = json!(rejection.word());
            object["message"] = json!(rejection.message().en);
        }
        Outcome::Imported(_) | Outcome::Removed => {}
    }
    object
}

fn counted(count: usize, what: &Message) -> Message {
    let (vi, en) = (&what.vi, &what.en);
    Message { vi: format!("  {count} {vi}"), en: format!("  {count} {en}") }
}

fn count<T: Ord>(all: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts
}

fn ticked(keys: &[String]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

/// A value in code marks, shortened; the JSON has all of it.
fn quoted(value: &str) -> String {
    const LONGEST: usize = 160;
    let short: String = value.chars().take(LONGEST).collect();
    let more = if short.len() < value.len() { " …" } else { "" };
    format!("`{}`{more}", short.replace('`', "'"))
}
