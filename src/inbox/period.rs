//! Periods as people name them: `2026`, `2026-h1`, `2026-q3`, `2026-10`, `2026-07-01..2026-07-15`.
//!
//! Where the site's periods close on another day than the month's last, these do, too.

use crate::record::config::Reporting;
use crate::site::closing;
use crate::value::date::Date;

/// A period with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// For file names.
    pub name: String,
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

/// The period that a text names.
pub fn parse(text: &str, reporting: Option<&Reporting>) -> Option<Named> {
    if let Some((start, end)) = text.split_once("..") {
        let (start, end) = (Date::parse(start)?, Date::parse(end)?);
        return (start <= end).then(|| Named { name: format!("{start}-{end}"), start, end });
    }
    let lower = text.to_lowercase();
    let (year, part) = lower.split_once('-').map_or((lower.as_str(), ""), |(year, part)| (year, part));
    let year: i16 = year.parse().ok().filter(|year| (1901..2199).contains(year))?;
    let (first, last) = months(part)?;
    let closes = reporting.and_then(|reporting| reporting.closes_on_day.as_ref()).map(|day| **day);
    let (start, end) = (closing(year, first - 1, closes).plus(1), closing(year, last, closes));
    Some(Named { name: lower.clone(), start, end })
}

/// The first and last month of a part of a year.
fn months(part: &str) -> Option<(i64, i64)> {
    let number = |text: &str, most: i64| text.parse().ok().filter(|number| (1..=most).contains(number));
    match part.as_bytes() {
        [] => Some((1, 12)),
        [b'h', ..] => number(&part[1..], 2).map(|half| (half * 6 - 5, half * 6)),
        [b'q', ..] => number(&part[1..], 4).map(|quarter| (quarter * 3 - 2, quarter * 3)),
        [_, _] => number(part, 12).map(|month| (month, month)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::config::Granularity;
    use crate::record::places::Places;
    use crate::record::value::Integer;

    fn days(text: &str, closes_on_day: Option<Integer<1>>) -> Option<String> {
        let reporting = Reporting {
            granularity: Granularity::Quarter,
            closes_on_day,
            since: Date::parse("2026-01-01").unwrap(),
            categories: Vec::new(),
            at: Places::nowhere(),
        };
        parse(text, Some(&reporting)).map(|named| format!("{} {}", named.start, named.end))
    }

    #[test]
    fn periods_are_read_as_people_name_them() {
        assert_eq!(days("2026-Q3", None).as_deref(), Some("2026-07-01 2026-09-30"));
        assert_eq!(days("2026-h1", None).as_deref(), Some("2026-01-01 2026-06-30"));
        assert_eq!(days("2026-02", None).as_deref(), Some("2026-02-01 2026-02-28"));
        assert_eq!(days("2026", None).as_deref(), Some("2026-01-01 2026-12-31"));
        assert_eq!(days("2026-07-01..2026-07-15", None).as_deref(), Some("2026-07-01 2026-07-15"));
        for ill in ["", "26", "2026-13", "2026-q5", "2026-q", "2026-h0", "2026-1", "2026-02-01..2026-01-01", "q3"] {
            assert_eq!(days(ill, None), None, "{ill}");
        }
    }
}
