//! Which periods `reporting` in `site.yaml` asks for, and which of them statistics cover.

use crate::record::Record;
use crate::record::config::{Granularity, Reporting};
use crate::record::kinds::statistics::{Category, Length, Statistics};
use crate::site::Site;
use crate::value::date::Date;

/// A period for which statistics must exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

/// The categories for which statistics must exist: feedback, where nothing else is said.
pub fn categories(site: &Site) -> Vec<Category> {
    let chosen = site.config.reporting.as_ref().map(|reporting| reporting.categories.clone()).unwrap_or_default();
    if chosen.is_empty() { vec![Category::Feedback] } else { chosen }
}

/// The periods that ended before `day`, in order. The first one begins on `since`, be it in the middle of a period.
pub fn due(reporting: &Reporting, day: Date) -> Vec<Due> {
    let months = months(reporting.granularity);
    let closes = reporting.closes_on_day.map(|day| *day);
    let ends = (1..).map(|count| closing(reporting.since.year(), count * months, closes));
    let mut start = reporting.since;
    let mut all = Vec::new();
    for end in ends.skip_while(|end| *end < reporting.since).take_while(|end| *end < day) {
        all.push(Due { start, end });
        start = end.plus(1);
    }
    all
}

fn months(granularity: Granularity) -> i64 {
    match granularity {
        Granularity::Month => 1,
        Granularity::Quarter => 3,
        Granularity::Half => 6,
        Granularity::Year => 12,
    }
}

/// The day on which the period closes that ends in a month, counted from the January of `year`.
pub fn closing(year: i16, month: i64, closes_on: Option<i64>) -> Date {
    let first = Date::new(year, 1, 1).expect("a date's year is between 1900 and 2199").plus_months(month - 1);
    let last = first.month_end();
    let chosen = closes_on.and_then(|day| Date::new(first.year(), first.month(), i8::try_from(day).ok()?));
    chosen.unwrap_or(last)
}

/// Whether records cover every day of a period. Those much longer than a period are left out: a year says nothing of its months.
pub fn covers(records: &[&Record<Statistics>], reporting: &Reporting, due: Due) -> bool {
    let longest = 32 * months(reporting.granularity);
    let fitting = || records.iter().map(|record| &record.content.data.period).filter(|period| period.days() <= longest);
    let mut day = due.start;
    while day <= due.end {
        match fitting().filter(|period| period.start <= day && day <= period.end).map(|period| period.end).max() {
            Some(end) => day = end.plus(1),
            None => return false,
        }
    }
    true
}

/// The length class of the periods that are asked for.
pub fn length(granularity: Granularity) -> Length {
    match granularity {
        Granularity::Month => Length::Month,
        Granularity::Quarter => Length::Quarter,
        Granularity::Half => Length::Half,
        Granularity::Year => Length::Year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::places::Places;
    use crate::record::value::Integer;

    fn ends(granularity: Granularity, closes: Option<Integer<1>>, since: &str, day: &str) -> Vec<String> {
        let reporting = Reporting {
            granularity,
            closes_on_day: closes,
            since: Date::parse(since).unwrap(),
            categories: Vec::new(),
            at: Places::nowhere(),
        };
        let all = due(&reporting, Date::parse(day).unwrap());
        all.iter().map(|due| format!("{} {}", due.start, due.end)).collect()
    }

    #[test]
    fn periods_follow_one_another() {
        assert_eq!(
            ends(Granularity::Quarter, None, "2026-01-01", "2026-11-23"),
            ["2026-01-01 2026-03-31", "2026-04-01 2026-06-30", "2026-07-01 2026-09-30"]
        );
        assert_eq!(ends(Granularity::Month, None, "2026-01-15", "2026-02-28"), ["2026-01-15 2026-01-31"]);
        assert_eq!(ends(Granularity::Year, None, "2025-06-01", "2027-01-01").len(), 2);
    }
}
