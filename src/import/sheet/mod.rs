//! Spreadsheets as staff keep them: a sheet's rows to records of one kind.
//!
//! [`book`] reads the file, [`columns`] makes a kind's description flat, [`header`] finds what each column is, [`row`] and [`value`] make drafts
//! of rows, [`plan`] lays them over the site, and [`judge`] reads what would be written as a build would. Nothing is written while
//! one cell is wrong. What staff wrote into a record by hand stays, as with every import.

pub mod book;
pub mod cell;
pub mod columns;
pub mod fault;
pub mod header;
mod identity;
mod judge;
pub mod layout;
pub mod period;
pub mod plan;
pub mod references;
pub mod row;
pub mod template;
pub mod value;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::Message;
use crate::import::draft::Kind;
use crate::import::memory::Memory;
use crate::import::sheet::book::{Table, Trouble};
use crate::import::sheet::columns::{Names, Target};
use crate::import::sheet::fault::{Fault, Wrong};
use crate::import::sheet::header::Header;
use crate::import::sheet::layout::Layout;
use crate::import::sheet::plan::{Change, Planner};
use crate::import::sheet::references::References;
use crate::import::sheet::row::{Content, Reading, Row};
use crate::import::site::{Site, write};
use crate::import::{Failure, Progress, Stage};
use crate::say;

/// The importer's name in the site's memory.
const IMPORTER: &str = "sheet";

/// What to import.
#[derive(Debug, Clone)]
pub struct Call {
    /// The file.
    pub file: PathBuf,
    /// The kind of its records.
    pub kind: Kind,
    /// The sheet, where not the first that has a header.
    pub sheet: Option<String>,
    /// What the columns are, where their headers do not say it.
    pub map: Option<PathBuf>,
    /// Whether the sheet wins over what staff wrote by hand.
    pub overwrite: bool,
}

/// What an import would do.
#[derive(Debug)]
pub struct Prepared {
    /// The sheet.
    pub sheet: String,
    /// All that is wrong, in the order of cells.
    pub faults: Vec<Fault>,
    /// What becomes of each record, in the order of rows.
    pub changes: Vec<Change>,
    /// Rows that are no records although something stands in them: their number from 0, and what stands there.
    pub skipped: Vec<(usize, String)>,
    kind: Kind,
    memory: Memory,
    memory_path: PathBuf,
}

/// Why nothing can be imported.
#[derive(Debug)]
pub enum Stop {
    /// The machine's doing.
    Machine(Failure),
    /// The file or the call is wrong.
    Content(Message),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Machine(failure)
    }
}

impl Trouble {
    fn with(self, path: &Path) -> Stop {
        match self {
            Trouble::Machine(error) => Stop::Machine(Failure { path: path.to_owned(), error }),
            Trouble::Content(message) => Stop::Content(message),
        }
    }
}

/// Reads a sheet and says what its import would do. Writes nothing.
///
/// # Errors
/// Where a file cannot be read, or has no sheet with a header.
pub fn prepare(root: &Path, call: &Call, progress: &dyn Progress) -> Result<Prepared, Stop> {
    let names = Names::of(call.kind);
    let layout = match &call.map {
        Some(path) => Layout::read(path, &names).map_err(|trouble| trouble.with(path))?,
        None => Layout::default(),
    };
    let tables = book::read(&call.file).map_err(|trouble| trouble.with(&call.file))?;
    let (table, header) = chosen(tables, call, &names, &layout)?;
    let site = Site::read(root)?;
    let memory_path = Memory::path(root, IMPORTER);
    let memory = Memory::load(&memory_path)?;
    let mut prepared = Prepared {
        sheet: table.name.clone(),
        faults: header.faults(&table, &names),
        changes: Vec::new(),
        skipped: Vec::new(),
        kind: call.kind,
        memory: Memory::default(),
        memory_path,
    };
    let rows = prepared.read(&table, &header, &site, progress);
    let columns = top_keys(&header, call.kind);
    let mut planner = Planner::new(call.kind, &site, &memory, columns, call.overwrite, root.to_owned());
    for (done, row) in rows.iter().enumerate() {
        match planner.plan(row, &table.name, header.id().unwrap_or(header.first())) {
            Ok(change) => {
                prepared.faults.extend(judge::faults(&change, call.kind, &table.name, &header));
                prepared.changes.push(change);
            }
            Err(fault) => prepared.faults.push(*fault),
        }
        progress.tell(Stage::Writing, done + 1, rows.len());
    }
    prepared.memory = memory;
    prepared.settle();
    Ok(prepared)
}

/// The sheet to import, and its header.
fn chosen(tables: Vec<Table>, call: &Call, names: &Names, layout: &Layout) -> Result<(Table, Header), Stop> {
    let all: Vec<String> = tables.iter().map(|table| format!("`{}`", table.name)).collect();
    let all = all.join(", ");
    let asked = |table: &Table| call.sheet.as_ref().is_none_or(|name| *name == table.name);
    let mut asked = tables.into_iter().filter(asked).peekable();
    if let (None, Some(name)) = (asked.peek(), &call.sheet) {
        return Err(Stop::Content(say!(
            "không có trang tính `{name}`; có: {all}",
            "there is no sheet `{name}`; there are: {all}"
        )));
    }
    let found = asked.find_map(|table| Header::find(&table, names, layout).map(|header| (table, header)));
    let kind = call.kind.word();
    found.ok_or_else(|| {
        Stop::Content(say!(
            "không thấy hàng tiêu đề trong {all}: không cột nào tên như trong bảng mẫu; tạo bảng mẫu bằng `minhbach import sheet mau.xlsx --kind {kind} --template`, hoặc chỉ các cột bằng `--map`",
            "there is no header in {all}: no column is called as in the template; make one with `minhbach import sheet template.xlsx --kind {kind} --template`, or name the columns with `--map`"
        ))
    })
}

/// The top-level keys that have a column, in the kind's order.
fn top_keys(header: &Header, kind: Kind) -> Vec<&'static str> {
    let has = |key: &str| header.keys().any(|(target, _)| target.path.split(['.', '[']).next() == Some(key));
    kind.full_shape().fields.iter().map(|field| field.key).filter(|key| has(key)).collect()
}

impl Prepared {
    /// The rows that are records; tells what is wrong with their cells and notes the rows that are none.
    fn read(&mut self, table: &Table, header: &Header, site: &Site, progress: &dyn Progress) -> Vec<Row> {
        let mut references = References::of(site);
        let natural = |key: &str| header.column(&Target { path: key.to_owned(), count: None });
        let below = header.below..table.rows.len();
        for column in ["code", "symbol"].into_iter().filter_map(natural) {
            below.clone().for_each(|row| references.add(self.kind, &table.cell(row, column).shown()));
        }
        let shape = self.kind.full_shape();
        let reading = Reading { kind: self.kind, shape: &shape, table, header, references: &references };
        let mut rows = Vec::new();
        for number in below {
            match row::content(table, header, number) {
                Content::Empty => {}
                Content::Remark => self.skipped.push((number, row::shown(table, number))),
                Content::Record => {
                    let (mut row, faults) = reading.row(number);
                    if self.kind == Kind::Statistics && row.record.get("title").is_none() {
                        row.record.keys.extend(row::statistics_title(&row.record).map(|title| ("title", title)));
                        row.record.keys.sort_by_key(|(key, _)| self.kind.rank(key));
                    }
                    self.faults.extend(faults);
                    rows.push(row);
                }
            }
            progress.tell(Stage::Mapping, number + 1, table.rows.len());
        }
        if rows.is_empty() {
            let wrong = Wrong::new(say!("không có dòng nào dưới hàng tiêu đề", "there is no row below the header"));
            self.faults.push(wrong.at(&table.name, header.row, header.first()));
        }
        rows
    }

    /// Puts the faults into order. A cell that could not be read is not also told as missing.
    fn settle(&mut self) {
        self.faults.sort_by(|a, b| (&a.place, &a.message.en).cmp(&(&b.place, &b.message.en)));
        self.faults.dedup();
        let unread: BTreeSet<_> =
            self.faults.iter().filter(|fault| !fault.is_missing).map(|fault| fault.place.clone()).collect();
        self.faults.retain(|fault| !fault.is_missing || !unread.contains(&fault.place));
    }

    /// How many records are new, changed and as they were.
    pub fn counts(&self) -> (usize, usize, usize) {
        let new = self.changes.iter().filter(|change| change.is_new).count();
        let changed = self.changes.iter().filter(|change| change.is_change()).count() - new;
        (new, changed, self.changes.len() - new - changed)
    }

    /// Writes all records that change, and remembers what was written.
    ///
    /// # Errors
    /// Where the disk will not have it. What was written is whole, and the next import goes on from there.
    pub fn write(mut self, progress: &dyn Progress) -> Result<(), Failure> {
        let total = self.changes.len();
        for (done, change) in std::mem::take(&mut self.changes).into_iter().enumerate() {
            if change.is_change() {
                write(&change.path, &change.after)?;
            }
            self.memory.set(format!("{}:{}", self.kind.word(), change.id), change.hashes);
            progress.tell(Stage::Writing, done + 1, total);
        }
        write(&self.memory_path, &self.memory.text())
    }
}
