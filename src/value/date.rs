//! Calendar dates: days in the site's own time zone, never instants, so nothing shifts by a day.

use std::fmt;

use jiff::civil;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The day written `YYYY-MM-DD`, where there is such a day between the years 1900 and 2199.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().ok();
        if !shaped {
            return None;
        }
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
    }

    /// The day with these numbers, where there is one between the years 1900 and 2199.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        (1900..2200).contains(&year).then(|| civil::Date::new(year, month, day).ok()).flatten().map(Date)
    }

    /// The day of a civil date.
    pub fn from_civil(date: civil::Date) -> Date {
        Date(date)
    }

    /// The civil date of this day.
    pub fn civil(self) -> civil::Date {
        self.0
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day `days` later, or earlier where negative.
    #[must_use]
    pub fn plus(self, days: i32) -> Date {
        Date(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// The same day `months` later, or earlier where negative; the month's last where it has no such day.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Date {
        let span = jiff::Span::new().try_months(months).unwrap_or_default();
        Date(self.0.saturating_add(span))
    }

    /// The last day of this day's month.
    #[must_use]
    pub fn month_end(self) -> Date {
        Date(self.0.last_of_month())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// The day that a person may have meant by another notation: `25/12/2026`, `2026/12/25`, `25-12-2026`.
pub fn meant(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |text: &str| text.trim().parse::<i16>().ok();
    let (a, b, c) = (number(a)?, number(b)?, number(c)?);
    let month = i8::try_from(b).ok()?;
    if a > 1899 { Date::new(a, month, i8::try_from(c).ok()?) } else { Date::new(c, month, i8::try_from(a).ok()?) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        assert!(Date::parse("2024-02-29").is_some());
        assert!(
            ["2023-02-29", "2023-13-01", "2023-1-01", "23-01-01", "2023-01-01T00:00", "0000-01-01"]
                .iter()
                .all(|t| Date::parse(t).is_none())
        );
    }

    #[test]
    fn other_notations_are_understood_for_help() {
        assert_eq!(meant("25/12/2026").map(|d| d.to_string()).as_deref(), Some("2026-12-25"));
        assert_eq!(meant("2026-1-5").map(|d| d.to_string()).as_deref(), Some("2026-01-05"));
        assert_eq!(meant("31/02/2026"), None);
    }
}
