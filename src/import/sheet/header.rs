//! Where a sheet's header is, and what its columns are: below a title, above empty rows, of one row or of two.

use std::collections::BTreeMap;

use crate::import::sheet::book::Table;
use crate::import::sheet::cell::{self, Cell};
use crate::import::sheet::columns::{Meaning, Names, Target};
use crate::import::sheet::fault::{Fault, Wrong};
use crate::import::sheet::layout::Layout;
use crate::record::suggest;
use crate::say;

/// How many rows from the top may be a header.
const DEEPEST: usize = 40;

/// A sheet's header.
#[derive(Debug, Default)]
pub struct Header {
    /// The row of the header; of two, the lower one.
    pub row: usize,
    /// The first row below it.
    pub below: usize,
    /// What each column with a meaning is.
    pub columns: BTreeMap<usize, Meaning>,
    /// Columns that nobody knows, and what stands above them.
    unknown: Vec<(usize, String)>,
    /// Columns whose meaning another column has already, and that one.
    doubled: Vec<(usize, usize)>,
}

impl Header {
    /// The header of a sheet: the row, or two rows, of which most is known.
    pub fn find(table: &Table, names: &Names, layout: &Layout) -> Option<Header> {
        let rows = 0..table.rows.len().min(DEEPEST);
        let single = rows.clone().map(|row| Header::read(table, row, row, names, layout));
        let double = rows.skip(1).map(|row| Header::read(table, row - 1, row, names, layout));
        let all = single.chain(double).filter(|header| header.known() > 0);
        // Of equals the first, which is of one row.
        let best = all.reduce(|best, other| if other.known() > best.known() { other } else { best });
        best.filter(|header| header.known() > 1 || table.width() == 1 || !layout.is_empty())
    }

    fn known(&self) -> usize {
        self.columns.values().filter(|meaning| **meaning != Meaning::Nothing).count()
    }

    fn read(table: &Table, top: usize, row: usize, names: &Names, layout: &Layout) -> Header {
        let mut header = Header { row, below: row + 1, ..Header::default() };
        for (column, text) in texts(table, top, row).into_iter().enumerate() {
            let meaning = layout.meaning(&text, column, names).or_else(|| names.meaning(&text));
            match meaning {
                None if text.is_empty() => {}
                None => header.unknown.push((column, text)),
                Some(meaning) => {
                    let same =
                        header.columns.iter().find(|(_, known)| **known == meaning && meaning != Meaning::Nothing);
                    match same {
                        Some((first, _)) => header.doubled.push((column, *first)),
                        None => drop(header.columns.insert(column, meaning)),
                    }
                }
            }
        }
        header
    }

    /// The column of a key.
    pub fn column(&self, target: &Target) -> Option<usize> {
        self.columns
            .iter()
            .find(|(_, meaning)| matches!(meaning, Meaning::Key(own) if own == target))
            .map(|(at, _)| *at)
    }

    /// The keys with their columns.
    pub fn keys(&self) -> impl Iterator<Item = (&Target, usize)> {
        self.columns.iter().filter_map(|(at, meaning)| match meaning {
            Meaning::Key(target) => Some((target, *at)),
            Meaning::Id | Meaning::Nothing => None,
        })
    }

    /// The column of IDs.
    pub fn id(&self) -> Option<usize> {
        self.columns.iter().find(|(_, meaning)| **meaning == Meaning::Id).map(|(at, _)| *at)
    }

    /// The first column with a key: the place of what a whole row lacks.
    pub fn first(&self) -> usize {
        self.keys().map(|(_, at)| at).min().unwrap_or_default()
    }

    /// What is wrong with the header: unknown columns that hold something, and columns for one key.
    pub fn faults(&self, table: &Table, names: &Names) -> Vec<Fault> {
        let filled = |column: usize| (self.below..table.rows.len()).any(|row| !table.cell(row, column).is_empty());
        let unknown = self.unknown.iter().filter(|(column, _)| filled(*column)).map(|(column, text)| {
            let wrong = Wrong::new(say!("không rõ cột `{text}` là gì", "nobody knows what the column `{text}` is"));
            let help = suggest::nearest(text, names.labels()).map(suggest::did_you_mean).unwrap_or_else(|| {
                say!(
                    "đặt tên cột như trong bảng mẫu (`--template`), hoặc ghi cột vào tệp `--map` (`~` để bỏ qua)",
                    "name it as the template does (`--template`), or put it into a `--map` file (`~` leaves it out)"
                )
            });
            wrong.help(help).at(&table.name, self.row, *column)
        });
        let doubled = self.doubled.iter().map(|(column, first)| {
            let first = cell::letters(*first);
            let wrong = Wrong::new(say!("cột này trùng với cột {first}", "this column is the same as column {first}"));
            wrong.help(say!("xóa hoặc đổi tên một trong hai", "remove or rename one of them")).at(
                &table.name,
                self.row,
                *column,
            )
        });
        unknown.chain(doubled).collect()
    }
}

/// What stands above each column: of two rows the upper one's words before the lower one's. An upper cell counts for the empty
/// ones to its right, as merged cells do.
fn texts(table: &Table, top: usize, row: usize) -> Vec<String> {
    let text = |row: usize, column: usize| match table.cell(row, column) {
        Cell::Text(text) => text.clone(),
        Cell::Empty => String::new(),
        other => other.shown(),
    };
    if top == row {
        return (0..table.width()).map(|column| text(row, column)).collect();
    }
    let mut group = String::new();
    (0..table.width())
        .map(|column| {
            let (above, below) = (text(top, column), text(row, column));
            if !above.is_empty() {
                group.clone_from(&above);
            }
            match (group.is_empty(), below.is_empty()) {
                // Merged downwards, a header of one row stands in both.
                _ if above == below => above,
                (_, true) => above,
                (true, false) => below,
                (false, false) => format!("{group} – {below}"),
            }
        })
        .collect()
}
