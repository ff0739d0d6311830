//! What a cell holds, and what it is called.

use calamine::Data;

use crate::value::date::Date;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing, or only spaces.
    #[default]
    Empty,
    /// Text without spaces around it.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// A time of day: hours and minutes.
    Time(u8, u8),
    /// Yes or no.
    Bool(bool),
    /// What the program shows instead of a value that it could not compute: `#REF!`.
    Error(String),
}

impl Cell {
    /// A cell of a text file.
    pub fn text(text: &str) -> Cell {
        let text = crate::import::text::clean(text);
        let text = text.trim();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }

    /// A cell of a workbook.
    pub fn of(data: &Data) -> Cell {
        match data {
            Data::Empty => Cell::Empty,
            Data::String(text) => Cell::text(text),
            Data::Int(number) => Cell::Number(*number as f64),
            Data::Float(number) => Cell::Number(*number),
            Data::Bool(yes) => Cell::Bool(*yes),
            Data::Error(error) => Cell::Error(error.to_string()),
            Data::DateTime(moment) => {
                let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
                if moment.is_duration() || moment.as_f64() < 1.0 {
                    return Cell::Time(hour, minute);
                }
                date(year, month, day).map_or_else(|| Cell::Number(moment.as_f64()), Cell::Date)
            }
            Data::DateTimeIso(text) => {
                text.get(..10).and_then(Date::parse).map_or_else(|| Cell::text(text), Cell::Date)
            }
            Data::DurationIso(text) => time(text).unwrap_or_else(|| Cell::text(text)),
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }

    /// What a person sees in the cell.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Error(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Time(hour, minute) => format!("{hour:02}:{minute:02}"),
            Cell::Bool(yes) => yes.to_string(),
        }
    }
}

fn date(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// A time of day as OpenDocument writes it: `PT07H30M00S`.
fn time(text: &str) -> Option<Cell> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    Some(Cell::Time(hours.parse().ok()?, minutes.parse().ok()?))
}

/// The name of a cell as spreadsheets show it: row and column count from 0, `D14` is `(13, 3)`.
pub fn name(row: usize, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

/// The column of letters, from 0.
pub fn column(letters: &str) -> Option<usize> {
    let valid = (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    valid.then(|| letters.bytes().fold(0, |sum, b| sum * 26 + usize::from(b - b'A') + 1) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        assert_eq!(name(13, 3), "D14");
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
        assert_eq!(["A", "Z", "AA", "ZZ", "AAA"].map(column), [0, 25, 26, 701, 702].map(Some));
        assert_eq!(["", "a", "A1", "ABCD"].map(column), [None; 4]);
    }

    #[test]
    fn times_of_open_document_are_read() {
        assert_eq!(time("PT07H30M00S"), Some(Cell::Time(7, 30)));
        assert_eq!(time("P1D"), None);
    }
}
