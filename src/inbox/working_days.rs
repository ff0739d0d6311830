//! Days on which an agency works: Monday to Friday but for the site's holidays.

use jiff::civil::Weekday;

use crate::value::date::Date;

/// The last of `count` working days after `day`: what comes in on a Friday and has one day is due on Monday.
pub fn after(day: Date, count: u16, holidays: &[Date]) -> Date {
    let is_working =
        |day: &Date| !matches!(day.civil().weekday(), Weekday::Saturday | Weekday::Sunday) && !holidays.contains(day);
    let days = std::iter::successors(Some(day.plus(1)), |day| Some(day.plus(1)));
    days.filter(is_working).nth(usize::from(count).saturating_sub(1)).expect("working days never end")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(day: &str, count: u16) -> String {
        let holidays = [Date::parse("2026-04-30").unwrap(), Date::parse("2026-05-01").unwrap()];
        after(Date::parse(day).unwrap(), count, &holidays).to_string()
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        assert_eq!(due("2026-11-20", 1), "2026-11-23");
        assert_eq!(due("2026-11-21", 5), "2026-11-27");
        assert_eq!(due("2026-04-29", 1), "2026-05-04");
        assert_eq!(due("2026-04-27", 10), "2026-05-13");
    }
}
