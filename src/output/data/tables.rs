//! The tables themselves, written record by record.

use std::io::{self, Write};

use crate::output::around::Published;
use crate::output::data::columns::{Cell, Column, columns};
use crate::output::data::excel;
use crate::plan::{Plan, TableFormat};
use crate::record::kind::KindName;
use crate::record::published::{Fields, Json};
use crate::site::Site;

/// What a spreadsheet program needs at a file's start to read it as UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The published fields of each record of a kind, its ID and page before them.
pub fn rows<'a>(site: &'a Site, plan: &'a Plan, kind: KindName) -> impl Iterator<Item = Fields> + 'a {
    let routes = plan.routes(site.config.default_language());
    let table = site.table(kind);
    (0..table.count()).filter(move |index| table.outline(*index).is_published).map(move |index| {
        let id = table.outline(index).id;
        let mut fields = Fields::new();
        fields.insert("id".to_owned(), Json::from(id));
        fields.insert("page".to_owned(), Json::from(plan.url(&routes.record(kind, id))));
        fields.extend(table.published(index, site.config.default_language(), &mut Published::new(site, plan, kind)));
        fields
    })
}

/// Writes a kind's table in a format.
///
/// # Errors
/// What taking the bytes comes to.
pub fn write(site: &Site, plan: &Plan, kind: KindName, format: TableFormat, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = Writer::begin(kind, format, sink)?;
    rows(site, plan, kind).try_for_each(|row| table.row(&row))?;
    table.end()
}

/// A table under way.
pub enum Writer<W: Write> {
    /// A list, a record a line.
    Json {
        /// Where it goes.
        sink: W,
        /// Whether a record stands there already.
        begun: bool,
    },
    /// CSV without a loss, or CSV that spreadsheet programs open as it is meant: letters are right, codes stay texts, and
    /// no cell is a formula.
    Csv {
        /// Where it goes.
        writer: Box<csv::Writer<W>>,
        /// The columns.
        columns: Vec<Column>,
        /// For spreadsheet programs.
        excel: bool,
    },
}

impl<W: Write> Writer<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// What taking the bytes comes to.
    pub fn begin(kind: KindName, format: TableFormat, mut sink: W) -> io::Result<Self> {
        let (excel, terminator) = match format {
            TableFormat::Json => return Ok(Writer::Json { sink, begun: false }),
            TableFormat::Csv => (false, csv::Terminator::Any(b'\n')),
            TableFormat::Excel => (true, csv::Terminator::CRLF),
        };
        if excel {
            sink.write_all(BYTE_ORDER_MARK)?;
        }
        let columns = columns(kind);
        let mut writer = Box::new(csv::WriterBuilder::new().terminator(terminator).from_writer(sink));
        writer.write_record(columns.iter().map(Column::name))?;
        Ok(Writer::Csv { writer, columns, excel })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// What taking the bytes comes to.
    pub fn row(&mut self, row: &Fields) -> io::Result<()> {
        match self {
            Writer::Json { sink, begun } => {
                sink.write_all(if *begun { b",\n" } else { b"[\n" })?;
                *begun = true;
                Ok(serde_json::to_writer(sink, row)?)
            }
            Writer::Csv { writer, columns, excel } => {
                let cell = |column: &Column| {
                    let text = written(column, row);
                    if *excel { excel::cell(text, column.cell) } else { text }
                };
                Ok(writer.write_record(columns.iter().map(cell))?)
            }
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// What taking the bytes comes to.
    pub fn end(self) -> io::Result<()> {
        match self {
            Writer::Json { mut sink, begun } => sink.write_all(if begun { b"\n]\n" } else { b"[]\n" }),
            Writer::Csv { mut writer, .. } => writer.flush(),
        }
    }
}

/// What stands in a column of a row; nothing where the record does not have it.
fn written(column: &Column, row: &Fields) -> String {
    let (first, rest) = column.path.split_first().expect("a column has a key");
    let value = rest.iter().try_fold(row.get(*first), |value, key| Some(value?.get(*key))).flatten();
    match (value, column.cell) {
        (None, _) => String::new(),
        (Some(Json::String(text)), cell) if !matches!(cell, Cell::List | Cell::Map) => text.clone(),
        (Some(value), _) => value.to_string(),
    }
}
