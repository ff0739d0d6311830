//! Spans of days as people say them: `01/2026`, `Tháng 1 năm 2026`, `Quý I/2026`, `6 tháng đầu năm 2026`, `2026`.

use crate::value::date::Date;
use crate::value::slug;

/// The first and the last day of a span.
pub fn read(text: &str) -> Option<(Date, Date)> {
    if let Some(ends) = two_days(text) {
        return Some(ends);
    }
    let slug = slug(text);
    let words: Vec<&str> = slug.split('-').filter(|word| !["nam", "ky", "cua", "of", "the"].contains(word)).collect();
    match words[..] {
        ["6", "thang", "dau", year] | ["first", "half", year] => months(year, 1, 6),
        ["6", "thang", "cuoi", year] | ["second", "half", year] => months(year, 7, 6),
        ["quy" | "quarter" | "q", number, year] => months(year, quarter(number)? * 3 - 2, 3),
        ["thang" | "month", month, year] => months(year, month.parse().ok()?, 1),
        [year] if year.len() == 4 => months(year, 1, 12),
        [quarter_number, year] if quarter_number.len() == 2 && quarter_number.starts_with('q') => {
            months(year, quarter(&quarter_number[1..])? * 3 - 2, 3)
        }
        [year, month] if year.len() == 4 => months(year, month.parse().ok()?, 1),
        [month, year] => months(year, month.parse().ok()?, 1),
        _ => None,
    }
}

/// `01/01/2026 – 31/01/2026`, `2026-01-01 đến 2026-01-31`
fn two_days(text: &str) -> Option<(Date, Date)> {
    let (start, end) = ["–", "—", " - ", "đến", "..", "to"].iter().find_map(|mark| text.split_once(mark))?;
    let day = |text: &str| {
        let text = text.trim().trim_start_matches("từ").trim();
        Date::parse(text).or_else(|| crate::value::date::meant(text))
    };
    Some((day(start)?, day(end)?))
}

fn quarter(number: &str) -> Option<i8> {
    match number {
        "1" | "i" => Some(1),
        "2" | "ii" => Some(2),
        "3" | "iii" => Some(3),
        "4" | "iv" => Some(4),
        _ => None,
    }
}

/// So many months from a month of a year on.
fn months(year: &str, first: i8, count: i64) -> Option<(Date, Date)> {
    let start = Date::new(year.parse().ok().filter(|_| year.len() == 4)?, first, 1)?;
    Some((start, start.plus_months(count - 1).month_end()))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn periods_are_understood_as_people_say_them() {
        let span = |text: &str| read(text).map(|(start, end)| format!("{start} {end}"));
        let cases = [
            ("02/2026", "2026-02-01 2026-02-28"),
            ("Tháng 2/2026", "2026-02-01 2026-02-28"),
            ("tháng 02 năm 2024", "2024-02-01 2024-02-29"),
            ("2026-02", "2026-02-01 2026-02-28"),
            ("Quý II/2026", "2026-04-01 2026-06-30"),
            ("quý 4 năm 2026", "2026-10-01 2026-12-31"),
            ("Q3 2026", "2026-07-01 2026-09-30"),
            ("6 tháng đầu năm 2026", "2026-01-01 2026-06-30"),
            ("Năm 2026", "2026-01-01 2026-12-31"),
            ("15/12/2025 – 14/01/2026", "2025-12-15 2026-01-14"),
        ];
        for (text, expected) in cases {
            assert_eq!(span(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["từ đầu năm đến nay", "13/2026", "Quý V/2026", "x", "", "1/26"] {
            assert_eq!(span(text), None, "{text}");
        }
    }
}
