//! Durations in a text: `trong 03 ngày làm việc`, `02 (hai) tháng`, `01,5 giờ`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A duration as an author writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Duration {
    /// How many.
    pub value: f64,
    /// Of what.
    pub unit: Unit,
    /// Where it is in the text.
    pub range: Range<usize>,
}

/// The unit of a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Hours; eight are a working day.
    Hour,
    /// Days on which offices are open.
    WorkingDay,
    /// Days of the calendar, or what a careless author calls so.
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
}

static DURATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?P<value>\d+(?:[.,]\d+)?)\s*(?:\([^()\d]{1,30}\)\s*)?(?P<unit>giờ|ngày(?:\s*làm\s*việc)?|tháng|năm|hours?|working\s+days?|days?|months?|years?)\b",
    )
    .expect("the pattern is valid")
});

/// The durations in a text. Days of the calendar (`ngày 15 tháng 3 năm 2026`) are none.
pub fn find(text: &str) -> Vec<Duration> {
    // Nearly no sentence has a number, and the pattern is slow to tell.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let found = DURATION.captures_iter(text).filter_map(|found| {
        let (whole, value, unit) = (found.get(0)?, found.name("value")?, found.name("unit")?);
        let number: f64 = value.as_str().replace(',', ".").parse().ok()?;
        let duration = Duration { value: number, unit: unit_of(unit.as_str()), range: whole.range() };
        (!is_date(text, &duration) && !is_part(&text[..whole.start()])).then_some(duration)
    });
    found.collect()
}

fn unit_of(word: &str) -> Unit {
    let word = word.to_lowercase();
    match word.split_whitespace().collect::<Vec<_>>()[..] {
        ["giờ" | "hour" | "hours"] => Unit::Hour,
        ["ngày" | "day" | "days"] => Unit::Day,
        ["tháng" | "month" | "months"] => Unit::Month,
        ["năm" | "year" | "years"] => Unit::Year,
        _ => Unit::WorkingDay,
    }
}

/// Whether it is a part of a date: `ngày 15 tháng 3`, `tháng 3 năm 2026`, `15 giờ 30`.
fn is_date(text: &str, duration: &Duration) -> bool {
    let before = text[..duration.range.start].trim_end().to_lowercase();
    let named = ["ngày", "tháng", "năm", "mùng", "lúc", "quý", "đến", "từ"].iter().any(|word| before.ends_with(word));
    let behind = text[duration.range.end..].trim_start();
    let goes_on = behind.starts_with(|c: char| c.is_ascii_digit());
    goes_on || (named && matches!(duration.unit, Unit::Month | Unit::Year | Unit::Hour))
}

/// Whether the number goes on before it: `1.000 ngày`, `03-05 ngày` is told from its end on.
fn is_part(before: &str) -> bool {
    before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/'))
}

impl Duration {
    /// At least so many days of the calendar.
    pub fn at_least(&self) -> f64 {
        self.value * days(self.unit, 1.0, 28.0)
    }

    /// At most so many days of the calendar: five working days are a week, and holidays come in between.
    pub fn at_most(&self) -> f64 {
        match self.unit {
            Unit::WorkingDay if self.value >= 5.0 => self.value * 1.4 + 2.0,
            unit => self.value * days(unit, 1.4, 31.0),
        }
    }
}

fn days(unit: Unit, working_day: f64, month: f64) -> f64 {
    match unit {
        Unit::Hour => working_day / 8.0,
        Unit::WorkingDay => working_day,
        Unit::Day => 1.0,
        Unit::Month => month,
        Unit::Year => month * 12.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn durations(text: &str) -> Vec<(f64, Unit)> {
        find(text).into_iter().map(|duration| (duration.value, duration.unit)).collect()
    }

    #[test]
    fn durations_are_found_as_people_write_them() {
        assert_eq!(
            durations("trong 03 ngày làm việc, chậm nhất 02 (hai) tháng, hoặc 1,5 giờ"),
            [(3.0, Unit::WorkingDay), (2.0, Unit::Month), (1.5, Unit::Hour)]
        );
    }

    #[test]
    fn dates_are_no_durations() {
        assert!(durations("ngày 15 tháng 3 năm 2026; từ 8 giờ 30; tháng 3 năm 2025").is_empty());
    }
}
