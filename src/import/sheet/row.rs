//! A row to a draft of a record: the kind's description, filled with the cells that have a column.

use std::borrow::Cow;

use crate::import::draft::{Draft, Record};
use crate::import::sheet::book::Table;
use crate::import::sheet::cell::Cell;
use crate::import::sheet::columns::Target;
use crate::import::sheet::fault::{Fault, Wrong};
use crate::import::sheet::header::Header;
use crate::import::sheet::references::References;
use crate::import::sheet::value;
use crate::record::kind::KindName;
use crate::record::shape::{CountKey, Shape, Type};
use crate::say;
use crate::value::slug;

/// How many items of one list may have columns of their own.
const MOST_ITEMS: usize = 60;

/// A row of a sheet, read.
#[derive(Debug)]
pub struct Row {
    /// Its number, from 0.
    pub number: usize,
    /// The ID that it gives.
    pub id: Option<String>,
    /// The record that it describes.
    pub record: Record,
}

/// What a row is.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Content {
    /// A record.
    Record,
    /// Nothing.
    Empty,
    /// A sum, an example, a heading or a signature.
    Remark,
}

/// What a row is, before its values are looked at.
pub fn content(table: &Table, header: &Header, row: usize) -> Content {
    let filled = |column: usize| !table.cell(row, column).is_empty();
    let values = header.keys().filter(|(_, column)| filled(*column)).count();
    if values == 0 {
        return Content::Empty;
    }
    let first = (0..table.width()).map(|column| table.cell(row, column)).find(|cell| !cell.is_empty());
    let said = first.map(|cell| slug(&cell.shown())).unwrap_or_default();
    let is_sum = ["tong", "tong-cong", "tong-so", "cong", "total", "sum"].contains(&said.as_str());
    let is_example = said.starts_with("vi-du") || said.starts_with("example");
    // A heading inside the table and a signature below it stand in one cell; a record has more.
    let is_lone = values == 1 && header.keys().count() > 3;
    if is_sum || is_example || is_lone { Content::Remark } else { Content::Record }
}

/// Reads rows of one sheet.
pub struct Reading<'a> {
    /// The kind of the records.
    pub kind: KindName,
    /// All keys of the kind.
    pub shape: &'a Shape,
    /// The sheet.
    pub table: &'a Table,
    /// Its header.
    pub header: &'a Header,
    /// What cells can refer to.
    pub references: &'a References,
}

impl Reading<'_> {
    /// The record of a row, and all that is wrong with its cells.
    pub fn row(&self, number: usize) -> (Row, Vec<Fault>) {
        let mut faults = Vec::new();
        let fields = self.shape.fields.iter();
        let keys: Vec<_> =
            fields.map(|field| (field.key, self.value(&field.ty, field.key, number, &mut faults))).collect();
        let id = self.header.id().map(|column| self.table.cell(number, column).shown()).filter(|id| !id.is_empty());
        (Row { number, id, record: Record::new(self.kind, keys) }, faults)
    }

    /// The value at a path, from its own column or from those of its parts.
    fn value(&self, ty: &Type, path: &str, row: usize, faults: &mut Vec<Fault>) -> Option<Draft> {
        let own = Target { path: path.to_owned(), count: None };
        if let Some(column) = self.header.column(&own) {
            let cell = self.table.cell(row, column);
            if !cell.is_empty() {
                return self.told(value::of(cell, ty, self.references), row, column, faults);
            }
        }
        match ty {
            Type::Map(shape) => self.map(shape, path, row, faults),
            Type::List(item) => self.items(item, path, row, faults),
            Type::Either(types) => types.iter().find_map(|ty| self.parts(ty, path, row, faults)),
            Type::Counts(keys) => self.counts(*keys, path, row, faults),
            _ => None,
        }
    }

    /// The value from the columns of its parts alone.
    fn parts(&self, ty: &Type, path: &str, row: usize, faults: &mut Vec<Fault>) -> Option<Draft> {
        match ty {
            Type::Map(shape) if self.header.keys().any(|(key, _)| fits(shape, path, &key.path)) => {
                self.map(shape, path, row, faults)
            }
            Type::List(item) => self.items(item, path, row, faults),
            _ => None,
        }
    }

    fn map(&self, shape: &Shape, path: &str, row: usize, faults: &mut Vec<Fault>) -> Option<Draft> {
        let mut entries = Vec::new();
        for field in &shape.fields {
            let value = self.value(&field.ty, &format!("{path}.{}", field.key), row, faults);
            entries.extend(value.map(|value| (Cow::Borrowed(field.key), value)));
        }
        (!entries.is_empty()).then_some(Draft::Map(entries))
    }

    fn items(&self, item: &Type, path: &str, row: usize, faults: &mut Vec<Fault>) -> Option<Draft> {
        let has = |number: usize| {
            let start = format!("{path}[{number}]");
            self.header.keys().any(|(key, _)| key.path.starts_with(&start))
        };
        let numbers = (1..=MOST_ITEMS).filter(|number| has(*number));
        let items = numbers.filter_map(|number| self.value(item, &format!("{path}[{number}]"), row, faults));
        Draft::list(items.collect())
    }

    fn counts(&self, keys: CountKey, path: &str, row: usize, faults: &mut Vec<Fault>) -> Option<Draft> {
        let columns: Vec<(&String, usize)> = self
            .header
            .keys()
            .filter(|(key, _)| key.path == path)
            .filter_map(|(key, at)| Some((key.count.as_ref()?, at)))
            .collect();
        let mut entries = Vec::new();
        for (key, column) in columns {
            let cell = self.table.cell(row, column);
            if cell.is_empty() {
                continue;
            }
            if let (CountKey::Code, Err(wrong)) = (keys, self.references.resolve("procedure", key)) {
                faults.push(wrong.at(&self.table.name, self.header.row, column));
            }
            let count = value::of(cell, &Type::Integer { min: 0 }, self.references);
            entries.extend(self.told(count, row, column, faults).map(|count| (Cow::Owned(key.clone()), count)));
        }
        (!entries.is_empty()).then_some(Draft::Map(entries))
    }

    fn told(&self, value: Result<Draft, Wrong>, row: usize, column: usize, faults: &mut Vec<Fault>) -> Option<Draft> {
        match value {
            Ok(draft) => Some(draft),
            Err(wrong) => {
                faults.push(wrong.at(&self.table.name, row, column));
                None
            }
        }
    }
}

/// Whether a column is of a part of this map.
fn fits(shape: &Shape, path: &str, key: &str) -> bool {
    let Some(part) = key.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')) else { return false };
    let first = part.split(['.', '[']).next().unwrap_or_default();
    shape.field(first).is_some()
}

/// The title of statistics that have none: their category and period, as the sample's.
pub fn statistics_title(record: &Record) -> Option<Draft> {
    use crate::record::kinds::statistics::Category;
    use crate::record::value::Words;
    let Some(Draft::Text(category)) = record.get("category") else { return None };
    let label = Category::WORDS.iter().find(|word| word.word == category)?.label.vi;
    let (start, end) = period(record)?;
    let (year, first) = (start.year(), start.month());
    let months = i32::from(end.year() - year) * 12 + i32::from(end.month() - first) + 1;
    let whole = start.day() == 1 && end == end.month_end();
    let span = match (whole, months, first) {
        (true, 1, month) => format!("tháng {month} năm {year}"),
        (true, 3, 1 | 4 | 7 | 10) => {
            format!("quý {} năm {year}", ["I", "II", "III", "IV"][usize::from(first.unsigned_abs() / 3)])
        }
        (true, 6, 1) => format!("6 tháng đầu năm {year}"),
        (true, 6, 7) => format!("6 tháng cuối năm {year}"),
        (true, 12, 1) => format!("năm {year}"),
        _ => format!("từ {start} đến {end}"),
    };
    Some(Draft::text(format!("{label}, {span}")))
}

/// The first and the last day of a record's period.
pub fn period(record: &Record) -> Option<(crate::value::date::Date, crate::value::date::Date)> {
    let Some(Draft::Map(entries)) = record.get("period") else { return None };
    let day = |name: &str| match entries.iter().find(|(key, _)| key == name) {
        Some((_, Draft::Date(day))) => Some(*day),
        _ => None,
    };
    Some((day("start")?, day("end")?))
}

/// What stands in a row, for people: its first texts.
pub fn shown(table: &Table, row: usize) -> String {
    let cells = table.rows.get(row).into_iter().flatten().filter(|cell| !cell.is_empty()).map(Cell::shown);
    crate::record::value::shortened(&cells.take(3).collect::<Vec<_>>().join(" | "))
}

/// Two rows are the same record.
pub fn doubled(first: usize) -> Wrong {
    let row = first + 1;
    let wrong =
        Wrong::new(say!("dòng này là cùng một bản ghi với dòng {row}", "this row is the same record as row {row}"));
    wrong.help(say!("xóa một trong hai dòng, hoặc thêm cột ID", "remove one of the two rows, or add a column ID"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::sheet::columns::Names;
    use crate::import::sheet::layout::Layout;
    use crate::import::sheet::template;

    /// A table of texts.
    fn table(rows: &[Vec<String>]) -> Table {
        let row = |row: &Vec<String>| row.iter().map(|text| Cell::text(text)).collect();
        Table { name: "S".to_owned(), rows: rows.iter().map(row).collect() }
    }

    /// The record of the only row of a table.
    fn read(kind: KindName, table: &Table) -> (Record, Vec<Fault>) {
        let header = Header::find(table, &Names::of(kind), &Layout::default()).unwrap();
        let (shape, references) = (kind.full_shape(), References::default());
        let reading = Reading { kind, shape: &shape, table, header: &header, references: &references };
        let (row, faults) = reading.row(header.below);
        (row.record, faults)
    }

    #[test]
    fn every_column_of_every_kind_reaches_its_key() {
        for kind in KindName::ALL.iter().copied() {
            for column in Names::of(kind).columns() {
                let value = template::example_of(&column.ty, &References::default(), crate::diagnostic::Language::Vi);
                let (record, faults) = read(kind, &table(&[vec![column.path.clone()], vec![value.clone()]]));
                let top = column.path.split(['.', '[']).next().unwrap();
                // References find no record here; all else is taken.
                let is_reference =
                    !faults.is_empty() && faults.iter().all(|fault| fault.message.en.contains("there is no"));
                let path = &column.path;
                assert!(record.get(top).is_some() || is_reference, "{} `{path}`: {value} {faults:?}", kind.word());
            }
        }
    }

    #[test]
    fn items_and_lists_are_read_from_several_columns_or_one() {
        let header = [
            "Tên",
            "Loại đầu mối",
            "Điện thoại",
            "Giờ làm việc 1 – Ngày trong tuần",
            "Giờ làm việc 1 – Mở cửa",
            "Giờ làm việc 2 – Mở cửa",
        ];
        let row = ["Hàng A", "Trụ sở", "0239 1; 0239 2", "Thứ Hai", "7h30", "13:30"];
        let rows = [header, row].map(|row| row.map(str::to_owned).to_vec());
        let (record, faults) = read(KindName::Contact, &table(&rows));
        assert!(faults.is_empty(), "{faults:?}");
        let text: String = crate::import::yaml::record(&record);
        assert_eq!(
            text,
            "type: office\ntitle: Hàng A\nphones:\n  - number: 0239 1\n  - number: 0239 2\nhours:\n  - days:\n      - monday\n    opens: 07:30\n  - opens: \"13:30\"\n"
        );
    }
}
