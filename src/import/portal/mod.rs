//! The national public-service portal's procedures: its JSON lines to records of procedures, documents, agencies and contacts.
//!
//! Each procedure is mapped by itself, in parallel; [`gather`] decides over all of them; [`report`] accounts for every line.
//! It fetches nothing from the portal and drops nothing in silence.

pub mod channels;
pub mod documents;
pub mod fees;
pub mod gather;
pub mod json;
pub mod lines;
pub mod papers;
pub mod places;
pub mod procedure;
pub mod remark;
pub mod report;
pub mod steps;
pub mod symbol;
pub mod unmapped;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::diagnostic::{Language, Message};
use crate::import::lay::{self, Laid, Unreadable};
use crate::import::memory::{Hashes, Memory};
use crate::import::portal::gather::{Gathered, Plan, gather, present_procedure, procedure_name};
use crate::import::portal::lines::Line;
use crate::import::portal::procedure::Procedure;
use crate::import::portal::remark::Rejection;
use crate::import::portal::report::{Change, LineOutcome, Outcome, RecordOutcome, Report};
use crate::import::site::{Site, write};
use crate::import::text::line as on_one_line;
use crate::import::{Failure, Progress, Stage};

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the report for people goes, instead of `.minhbach/import-portal.md`.
    pub report: Option<PathBuf>,
    /// The language of that report.
    pub language: Language,
}

/// What came of an import, and where that is told.
#[derive(Debug)]
pub struct Summary {
    /// What came of every line.
    pub report: Report,
    /// The report for people.
    pub readable: PathBuf,
    /// The report for programs.
    pub machine: PathBuf,
}

impl Summary {
    /// The counts, for the screen.
    pub fn screen(&self) -> Vec<Message> {
        self.report.screen()
    }
}

/// Imports files of the portal's procedures into the site at `root`, and writes the reports.
///
/// # Errors
/// Where a file cannot be read or written. What was written is whole, and the next import goes on from there.
pub fn run(root: &Path, files: &[PathBuf], options: &Options, progress: &dyn Progress) -> Result<Summary, Failure> {
    let mut lines = Vec::new();
    for file in files {
        lines.extend(lines::lines(file)?);
    }
    let site = Site::read(root)?;
    let path = Memory::path(root, "portal");
    let mut memory = Memory::load(&path)?;
    let mapped = map(&lines, progress);
    let mut sorted = Sorted::of(&lines, &mapped, &site, &memory);
    let Gathered { plans, remarks } = gather(&sorted.procedures, &site, &memory);
    let records = lay_all(root, &plans, &mut memory, progress)?;
    if !plans.is_empty() {
        write_changed(&path, &memory.text())?;
    }
    sorted.settle(&plans, &records);
    let report = sorted.report(&lines, records, remarks);
    write_reports(root, report, options)
}

/// A line as a procedure, or why it is none; with the code as far as there is one.
type Mapped = (String, Result<Procedure, Rejection>);

fn map(lines: &[Line], progress: &dyn Progress) -> Vec<Mapped> {
    let done = AtomicUsize::new(0);
    let map = |line: &Line| {
        let mapped = map_line(line);
        progress.tell(Stage::Mapping, done.fetch_add(1, Ordering::Relaxed) + 1, lines.len());
        mapped
    };
    lines.par_iter().map(map).collect()
}

fn map_line(line: &Line) -> Mapped {
    match serde_json::from_slice::<serde_json::Value>(&line.bytes) {
        Err(error) => (String::new(), Err(Rejection::NotJson(error.to_string()))),
        Ok(portal) => {
            let code = on_one_line(json::text(&portal, "code"));
            (code, procedure::map(&portal))
        }
    }
}

/// The lines sorted by what comes of them.
struct Sorted<'a> {
    outcomes: Vec<(String, Outcome)>,
    /// One for each code, in the order of codes.
    procedures: Vec<&'a Procedure>,
    /// The line that each of them is from.
    from: Vec<usize>,
}

impl<'a> Sorted<'a> {
    fn of(lines: &[Line], mapped: &'a [Mapped], site: &Site, memory: &Memory) -> Self {
        let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut outcomes = Vec::with_capacity(lines.len());
        for (at, (code, result)) in mapped.iter().enumerate() {
            match result {
                Ok(procedure) => {
                    by_code.entry(&procedure.code).or_default().push(at);
                    outcomes.push((procedure.code.clone(), Outcome::Imported(Change::Unchanged)));
                }
                Err(rejection) => outcomes.push((code.clone(), Outcome::Rejected(rejection.clone()))),
            }
        }
        let mut sorted = Sorted { outcomes, procedures: Vec::new(), from: Vec::new() };
        for (code, all) in by_code {
            let newest = newest(&all, lines, mapped);
            for at in all.into_iter().filter(|at| *at != newest) {
                sorted.outcomes[at].1 = Outcome::Merged(lines[newest].file.clone(), lines[newest].number);
            }
            let removed = memory.get(&procedure_name(code)).is_some() && present_procedure(site, code).is_none();
            match &mapped[newest].1 {
                Ok(_) if removed => sorted.outcomes[newest].1 = Outcome::Removed,
                Ok(procedure) => {
                    sorted.procedures.push(procedure);
                    sorted.from.push(newest);
                }
                Err(_) => {}
            }
        }
        sorted
    }

    /// Tells each imported line what happened to its record.
    fn settle(&mut self, plans: &[Plan<'_>], records: &[RecordOutcome]) {
        let first = plans.len() - self.from.len();
        for (at, record) in self.from.iter().zip(&records[first..]) {
            self.outcomes[*at].1 = Outcome::Imported(record.change);
        }
    }

    fn report(self, lines: &[Line], records: Vec<RecordOutcome>, remarks: Vec<(String, remark::Remark)>) -> Report {
        let mut report = Report { records, ..Report::default() };
        for procedure in &self.procedures {
            report.unmapped.add(procedure.unmapped.clone());
            report.remarks.extend(procedure.remarks.iter().map(|remark| (procedure.code.clone(), remark.clone())));
        }
        report.remarks.extend(remarks);
        report.remarks.sort();
        let outcome = |(line, (code, outcome)): (&Line, (String, Outcome))| LineOutcome {
            file: line.file.clone(),
            line: line.number,
            code,
            outcome,
        };
        report.lines = lines.iter().zip(self.outcomes).map(outcome).collect();
        report
    }
}

/// The line that the portal changed last; of equals the one whose bytes come last, whatever the order of files.
fn newest(all: &[usize], lines: &[Line], mapped: &[Mapped]) -> usize {
    let age = |at: &usize| mapped[*at].1.as_ref().map_or(0, |procedure| procedure.updated_at);
    let newest = all.iter().max_by_key(|at| (age(at), &lines[**at].bytes, std::cmp::Reverse(**at)));
    newest.copied().unwrap_or_default()
}

/// Lays every record over its file, and writes those that change.
fn lay_all(
    root: &Path,
    plans: &[Plan<'_>],
    memory: &mut Memory,
    progress: &dyn Progress,
) -> Result<Vec<RecordOutcome>, Failure> {
    let none = Hashes::new();
    let laid: Vec<Result<Laid, Unreadable>> = plans
        .par_iter()
        .map(|plan| match plan.present {
            Some(present) => {
                lay::over(&present.text, present.form, &plan.record, memory.get(&plan.name).unwrap_or(&none))
            }
            None => Ok(lay::fresh(&plan.record)),
        })
        .collect();
    let mut records = Vec::with_capacity(plans.len());
    for (at, (plan, laid)) in plans.iter().zip(laid).enumerate() {
        records.push(settle(root, plan, laid, memory)?);
        progress.tell(Stage::Writing, at + 1, plans.len());
    }
    Ok(records)
}

fn settle(
    root: &Path,
    plan: &Plan<'_>,
    laid: Result<Laid, Unreadable>,
    memory: &mut Memory,
) -> Result<RecordOutcome, Failure> {
    let folder = Path::new("content").join(plan.record.kind.folder());
    let path = plan.present.map_or_else(|| root.join(folder).join(format!("{}.yaml", plan.id)), |p| p.path.clone());
    let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
    let record = format!("{}:{}", plan.record.kind.word(), plan.id);
    let Ok(laid) = laid else {
        let (kept, conflicts) = (Vec::new(), Vec::new());
        return Ok(RecordOutcome { record, path: shown, change: Change::Unreadable, kept, conflicts });
    };
    let change = match plan.present {
        None => Change::New,
        Some(present) if present.text == laid.text => Change::Unchanged,
        Some(_) => Change::Updated,
    };
    if change != Change::Unchanged {
        write(&path, &laid.text)?;
    }
    memory.set(plan.name.clone(), laid.hashes);
    Ok(RecordOutcome { record, path: shown, change, kept: laid.kept, conflicts: laid.conflicts })
}

fn write_reports(root: &Path, report: Report, options: &Options) -> Result<Summary, Failure> {
    let folder = root.join(".minhbach");
    let machine = folder.join("import-portal.json");
    let readable = options.report.clone().unwrap_or_else(|| folder.join("import-portal.md"));
    write(&machine, &report.json())?;
    write(&readable, &report.markdown(options.language))?;
    Ok(Summary { report, readable, machine })
}

/// Writes a file unless it is so already.
fn write_changed(path: &Path, text: &str) -> Result<(), Failure> {
    if std::fs::read_to_string(path).is_ok_and(|there| there == text) { Ok(()) } else { write(path, text) }
}
