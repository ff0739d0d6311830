//! What a cell must not be when a spreadsheet program opens a file: a formula, or a number that was meant as a text.

use std::borrow::Cow;

use crate::output::data::columns::Cell;

/// The most characters that such programs keep in a cell, and where a longer text is cut.
const MOST: usize = 32_767;
const CUT: usize = 32_000;

/// The cell as a spreadsheet program takes it for what it is. A `'` stands before what it would change, as people write it
/// there to say "this is a text"; what is too long for a cell is cut and ends with `…`.
pub fn cell(text: String, cell: Cell) -> String {
    let text = cut(text);
    let is_text = !matches!(cell, Cell::Date | Cell::Integer | Cell::Number | Cell::Bool);
    if is_formula(&text) || (is_text && is_taken_for_another(&text)) { format!("'{text}") } else { text }
}

fn cut(text: String) -> String {
    // Such programs count UTF-16 units.
    if text.len() <= MOST || text.encode_utf16().count() <= MOST {
        return text;
    }
    text.chars().take(CUT / 2).chain(['…']).collect()
}

/// Whether it would be run: also behind spaces, and behind the wide signs that some programs take for the narrow ones.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%'])
}

/// Whether a text would become a number, a day, a time or a truth: a code `2.001620`, a postal code, `12/2025`, `1e3`.
fn is_taken_for_another(text: &str) -> bool {
    let text = text.trim();
    let folded: Cow<'_, str> = text.to_ascii_lowercase().into();
    let digits = text.contains(|c: char| c.is_ascii_digit());
    let of_number = |c: char| c.is_ascii_digit() || " .,:/-+()%eE$₫".contains(c);
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let letters: String = folded.chars().filter(char::is_ascii_alphabetic).collect();
    let short = text.len() <= 20 && text.is_ascii();
    matches!(&*folded, "true" | "false")
        || (digits && text.chars().all(of_number))
        || (digits && short && months.iter().any(|month| letters.starts_with(month)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_or_change_is_marked_as_text() {
        for text in
            ["=1+1", "+84 239", "- một", "@SUM(A1)", "\tx", " =1", "2.001620", "0239 3855 123", "12/2025", "1e3"]
        {
            assert!(cell(text.to_owned(), Cell::Text).starts_with('\''), "{text}");
        }
        for text in ["TRUE", "07:30", "MAR-01", "480000"] {
            assert!(cell(text.to_owned(), Cell::Text).starts_with('\''), "{text}");
        }
    }

    #[test]
    fn texts_numbers_and_days_stay_as_they_are() {
        for text in ["Cấp giấy phép", "63/2010/NĐ-CP", "[\"province\"]", "", "12-NQ/TU"] {
            assert_eq!(cell(text.to_owned(), Cell::Text), text);
        }
        assert_eq!(cell("12.5".to_owned(), Cell::Number), "12.5");
        assert_eq!(cell("2026-03-01".to_owned(), Cell::Date), "2026-03-01");
        assert_eq!(cell("-105.5".to_owned(), Cell::Number), "'-105.5");
    }

    #[test]
    fn no_cell_is_longer_than_a_spreadsheet_keeps() {
        let long = cell("ệ".repeat(40_000), Cell::Text);
        assert!(long.encode_utf16().count() <= MOST && long.ends_with('…'));
        assert_eq!(cell("ệ".repeat(MOST), Cell::Text), "ệ".repeat(MOST));
    }
}
