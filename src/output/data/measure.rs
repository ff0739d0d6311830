//! How large the tables are: for the page that lists them and for what describes them.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;

use crate::output::data::tables::{self, Writer};
use crate::plan::{Plan, TableFormat};
use crate::record::kind::KindName;
use crate::site::Site;

/// One kind's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Whose records it holds.
    pub kind: KindName,
    /// How many.
    pub rows: usize,
    bytes: [u64; TableFormat::ALL.len()],
}

/// All tables.
pub type Measured = Vec<Table>;

impl Table {
    /// How many bytes it has in a format.
    pub fn bytes(&self, format: TableFormat) -> u64 {
        self.bytes[format as usize]
    }
}

/// Measures every table, going through the records once.
pub fn measure(site: &Site, plan: &Plan) -> Measured {
    KindName::ALL.iter().map(|kind| table(site, plan, *kind)).collect()
}

fn table(site: &Site, plan: &Plan, kind: KindName) -> Table {
    const COUNTS: &str = "a counter takes all bytes";
    let counters = TableFormat::ALL.map(|_| Counter::default());
    let begin =
        |(format, counter): (TableFormat, &Counter)| Writer::begin(kind, format, counter.clone()).expect(COUNTS);
    let mut writers: Vec<_> = TableFormat::ALL.into_iter().zip(&counters).map(begin).collect();
    let mut rows = 0;
    for row in tables::rows(site, plan, kind) {
        rows += 1;
        writers.iter_mut().for_each(|writer| writer.row(&row).expect(COUNTS));
    }
    writers.into_iter().for_each(|writer| writer.end().expect(COUNTS));
    Table { kind, rows, bytes: counters.map(|counter| counter.0.get()) }
}

/// Counts bytes and keeps none.
#[derive(Debug, Clone, Default)]
struct Counter(Rc<Cell<u64>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len() as u64);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
