//! A file's sheets as tables of cells: Excel's, OpenDocument's, and text with separators.
//!
//! A cell that is merged over several rows counts for each of them. Only Excel's files tell what is merged.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader, Xlsx};

use crate::diagnostic::Message;
use crate::import::sheet::cell::Cell;
use crate::say;

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its rows, from the first of the sheet, each from its first column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The cell at a row and a column, from 0.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        static EMPTY: Cell = Cell::Empty;
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&EMPTY)
    }

    /// How many columns the widest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }
}

/// Why a file cannot be read as sheets.
#[derive(Debug)]
pub enum Trouble {
    /// The machine's doing.
    Machine(std::io::Error),
    /// The file's.
    Content(Message),
}

/// The sheets of a file, in their order.
///
/// # Errors
/// Where the file cannot be read, or is none of the three formats.
pub fn read(path: &Path) -> Result<Vec<Table>, Trouble> {
    of_bytes(path, fs::read(path).map_err(Trouble::Machine)?)
}

/// The sheets of a file with these bytes; its name tells the format.
///
/// # Errors
/// Where the bytes are none of the three formats.
pub fn of_bytes(path: &Path, bytes: Vec<u8>) -> Result<Vec<Table>, Trouble> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match ending.as_str() {
        "csv" | "tsv" | "txt" => Ok(vec![Table { name: stem, rows: separated(&bytes)? }]),
        "xlsx" | "xlsm" => excel(bytes),
        "ods" => open_document(bytes),
        _ => Err(Trouble::Content(say!(
            "chỉ đọc được bảng tính dạng .xlsx, .ods, .csv; hãy lưu lại ở một trong các dạng đó",
            "only .xlsx, .ods and .csv can be read; save the sheet as one of them"
        ))),
    }
}

fn unreadable(error: impl std::fmt::Display) -> Trouble {
    Trouble::Content(say!(
        "không mở được bảng tính ({error}); hãy mở bằng Excel hoặc LibreOffice, lưu lại rồi thử tiếp",
        "the workbook cannot be opened ({error}); open it in Excel or LibreOffice, save it and try again"
    ))
}

fn excel(bytes: Vec<u8>) -> Result<Vec<Table>, Trouble> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut tables = Vec::new();
    for name in book.sheet_names() {
        let mut rows = rows(&book.worksheet_range(&name).map_err(unreadable)?);
        for merged in book.merge_cells_by_sheet_name(&name).map_err(unreadable)? {
            let at = |(row, column): (u32, u32)| (row as usize, column as usize);
            let ((top, left), (bottom, _)) = (at(merged.start), at(merged.end));
            fill_down(&mut rows, top, left, bottom);
        }
        tables.push(Table { name, rows });
    }
    Ok(tables)
}

/// Gives every row of a merged block the value of its first.
fn fill_down(rows: &mut [Vec<Cell>], top: usize, left: usize, bottom: usize) {
    let value = rows.get(top).and_then(|row| row.get(left)).cloned().unwrap_or_default();
    for row in rows.iter_mut().take(bottom + 1).skip(top + 1) {
        if row.len() <= left {
            row.resize(left + 1, Cell::Empty);
        }
        row[left] = value.clone();
    }
}

fn open_document(bytes: Vec<u8>) -> Result<Vec<Table>, Trouble> {
    let mut book = calamine::Ods::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut tables = Vec::new();
    for name in book.sheet_names() {
        let rows = rows(&book.worksheet_range(&name).map_err(unreadable)?);
        tables.push(Table { name, rows });
    }
    Ok(tables)
}

/// The rows of a range from the first row and column of the sheet, wherever the range begins.
fn rows(range: &calamine::Range<calamine::Data>) -> Vec<Vec<Cell>> {
    let (top, left) = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
    let above = std::iter::repeat_n(Vec::new(), top);
    let before = |row: &[calamine::Data]| {
        std::iter::repeat_n(Cell::Empty, left).chain(row.iter().map(Cell::of)).collect::<Vec<_>>()
    };
    above.chain(range.rows().map(before)).collect()
}

/// Text with separators: a comma, a semicolon or a tab, whichever the first lines have most of.
fn separated(bytes: &[u8]) -> Result<Vec<Vec<Cell>>, Trouble> {
    let not_utf8 = |_| {
        Trouble::Content(say!(
            "tệp không phải chữ UTF-8; trong Excel chọn Lưu thành → CSV UTF-8, hoặc lưu dạng .xlsx",
            "the file is not UTF-8; in Excel choose Save as → CSV UTF-8, or save as .xlsx"
        ))
    };
    let text = std::str::from_utf8(bytes).map_err(not_utf8)?.trim_start_matches('\u{feff}');
    let head: String = text.lines().take(20).collect();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|mark| (head.matches(*mark).count(), *mark == ','));
    let separator = u8::try_from(separator.unwrap_or(',')).unwrap_or(b',');
    // The reader counts lines by their ends, so the last one has one.
    let text = format!("{}\n", text.trim_end_matches(['\n', '\r']));
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let (mut rows, mut record, mut line) = (Vec::new(), csv::StringRecord::new(), 1);
    while reader.read_record(&mut record).map_err(unreadable)? {
        // The reader leaves out empty lines; rows keep the numbers that a spreadsheet shows.
        let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        let consumed = usize::try_from(reader.position().line() - line).unwrap_or_default();
        rows.extend(std::iter::repeat_n(Vec::new(), consumed.saturating_sub(1 + breaks)));
        line = reader.position().line();
        rows.push(record.iter().map(Cell::text).collect());
    }
    Ok(rows)
}
