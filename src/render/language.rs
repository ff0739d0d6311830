//! Dates, numbers, money and periods as a page's language writes them.
//!
//! Vietnamese as Nghị định 30/2020/NĐ-CP writes it; every other language as English, until it has rules of its own.

use jiff::civil;

use crate::record::kinds::procedure::{Currency, TimeUnit};
use crate::record::kinds::statistics::Period;
use crate::record::shape::Label;
use crate::record::value::Words as WordList;
use crate::render::words::Day;
use crate::value::date::Date;

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How a language writes what is not words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English, and what has no rules of its own.
    En,
}

impl Language {
    /// The rules for a language code.
    pub fn of(code: &str) -> Self {
        if code == "vi" || code.starts_with("vi-") { Language::Vi } else { Language::En }
    }

    /// A description's label.
    pub fn label(self, label: Label) -> &'static str {
        match self {
            Language::Vi => label.vi,
            Language::En => label.en,
        }
    }

    /// What a person sees instead of a word of a list.
    pub fn word<W: WordList>(self, word: W) -> &'static str {
        self.label(W::WORDS[word.index()].label)
    }

    /// A day.
    pub fn day(self, date: Date) -> Day {
        Day { iso: date.to_string(), long: self.long_date(date), short: self.short_date(date) }
    }

    /// "ngày 01 tháng 3 năm 2026": days below 10 and months below 3 have a zero, so that nothing can be put before.
    pub fn long_date(self, date: Date) -> String {
        match self {
            Language::Vi => format!("ngày {:02} tháng {} năm {}", date.day(), month(date), date.year()),
            Language::En => format!("{} {} {}", date.day(), month_name(date), date.year()),
        }
    }

    fn short_date(self, date: Date) -> String {
        match self {
            Language::Vi => format!("{:02}/{}/{}", date.day(), month(date), date.year()),
            Language::En => format!("{} {} {}", date.day(), &month_name(date)[..3], date.year()),
        }
    }

    /// A whole number, its thousands apart.
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(self.thousands());
            }
            out.push(digit);
        }
        if number < 0 { format!("-{out}") } else { out }
    }

    fn thousands(self) -> char {
        match self {
            Language::Vi => '.',
            Language::En => ',',
        }
    }

    /// A decimal number with as many places as it has.
    pub fn decimal(self, number: f64) -> String {
        let text = format!("{number}");
        let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| self.number(whole));
        match (fraction, self) {
            (None, _) => whole,
            (Some(fraction), Language::Vi) => format!("{whole},{fraction}"),
            (Some(fraction), Language::En) => format!("{whole}.{fraction}"),
        }
    }

    /// An amount of money.
    pub fn money(self, amount: f64, currency: Currency) -> String {
        format!("{} {}", self.decimal(amount), self.word(currency))
    }

    /// A share of a whole, to a tenth of a percent; none of nothing.
    #[allow(clippy::cast_precision_loss)]
    pub fn percent(self, part: i64, whole: i64) -> Option<String> {
        let share = (whole > 0).then(|| (part as f64 * 1000.0 / whole as f64).round() / 10.0)?;
        match self {
            Language::Vi => Some(format!("{}%", self.decimal(share))),
            Language::En => Some(format!("{}%", self.decimal(share))),
        }
    }

    /// "10 ngày làm việc"
    pub fn duration(self, value: f64, unit: TimeUnit) -> String {
        let word = self.word(unit);
        let singular = self == Language::En && (value - 1.0).abs() < f64::EPSILON;
        let word = if singular { word.trim_end_matches('s') } else { word };
        format!("{} {word}", self.decimal(value))
    }

    /// The size of a file.
    pub fn size(self, bytes: u64) -> String {
        #[allow(clippy::cast_precision_loss)]
        let mega = |bytes: u64| (bytes as f64 / 104_857.6).round() / 10.0;
        match bytes {
            0..1024 => format!("{bytes} B"),
            1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
            _ => format!("{} MB", self.decimal(mega(bytes))),
        }
    }

    /// A period in the words that people use for it, for the middle of a sentence: "quý I năm 2026".
    pub fn period(self, period: &Period) -> String {
        let (start, end) = (period.start, period.end);
        let whole = start.year() == end.year() && start.day() == 1 && end == end.month_end();
        match (whole, start.month(), end.month(), self) {
            (true, 1, 12, Language::Vi) => format!("năm {}", end.year()),
            (true, 1, 12, Language::En) => end.year().to_string(),
            (true, first, last, _) => self.months(first, last, end),
            (false, _, _, Language::Vi) => format!("từ {} đến {}", self.long_date(start), self.long_date(end)),
            (false, _, _, Language::En) => format!("{} to {}", self.long_date(start), self.long_date(end)),
        }
    }

    fn months(self, first: i8, last: i8, end: Date) -> String {
        let year = end.year();
        let quarter = (last - first == 2 && last % 3 == 0).then(|| usize::from(last.unsigned_abs()) / 3 - 1);
        match (self, quarter) {
            (Language::Vi, Some(quarter)) => format!("quý {} năm {year}", ROMAN[quarter]),
            (Language::En, Some(quarter)) => format!("the {} quarter of {year}", ORDINALS[quarter]),
            (Language::Vi, None) if first == last => format!("tháng {first} năm {year}"),
            (Language::En, None) if first == last => format!("{} {year}", month_name(end)),
            (Language::Vi, None) if first == 1 => format!("{last} tháng đầu năm {year}"),
            (Language::Vi, None) if (first, last) == (7, 12) => format!("6 tháng cuối năm {year}"),
            (Language::Vi, None) => format!("từ tháng {first} đến tháng {last} năm {year}"),
            (Language::En, None) => format!("{} to {} {year}", name_of(first), name_of(last)),
        }
    }
}

fn month(date: Date) -> String {
    if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() }
}

fn month_name(date: Date) -> &'static str {
    name_of(date.month())
}

fn name_of(month: i8) -> &'static str {
    MONTHS[usize::from(month.unsigned_abs()).clamp(1, 12) - 1]
}

/// The day of the week, from Monday as 0.
pub fn weekday(date: Date) -> usize {
    match date.civil().weekday() {
        civil::Weekday::Monday => 0,
        civil::Weekday::Tuesday => 1,
        civil::Weekday::Wednesday => 2,
        civil::Weekday::Thursday => 3,
        civil::Weekday::Friday => 4,
        civil::Weekday::Saturday => 5,
        civil::Weekday::Sunday => 6,
    }
}

/// A text with its first letter large, for the beginning of a sentence.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::value::nowhere;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn period(language: Language, start: &str, end: &str) -> String {
        language.period(&Period { start: day(start), end: day(end), place: nowhere() })
    }

    #[test]
    fn days_below_ten_and_months_below_three_have_a_zero() {
        assert_eq!(Language::Vi.long_date(day("2026-03-01")), "ngày 01 tháng 3 năm 2026");
        assert_eq!(Language::Vi.long_date(day("2026-01-15")), "ngày 15 tháng 01 năm 2026");
        assert_eq!(Language::En.long_date(day("2026-03-01")), "1 March 2026");
    }

    #[test]
    fn numbers_have_the_signs_of_their_language() {
        assert_eq!(Language::Vi.money(1_200_000.0, Currency::Vnd), "1.200.000 đồng");
        assert_eq!(Language::En.decimal(1234.5), "1,234.5");
        assert_eq!(Language::Vi.decimal(0.5), "0,5");
        assert_eq!(Language::En.duration(1.0, TimeUnit::WorkingDay), "1 working day");
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(Language::Vi.percent(0, 0), None);
        assert_eq!(Language::Vi.percent(2, 3).as_deref(), Some("66,7%"));
    }

    #[test]
    fn periods_are_named_as_people_name_them() {
        assert_eq!(period(Language::Vi, "2026-01-01", "2026-03-31"), "quý I năm 2026");
        assert_eq!(period(Language::Vi, "2026-01-01", "2026-09-30"), "9 tháng đầu năm 2026");
        assert_eq!(period(Language::Vi, "2026-07-01", "2026-12-31"), "6 tháng cuối năm 2026");
        assert_eq!(period(Language::Vi, "2026-02-01", "2026-02-28"), "tháng 2 năm 2026");
        assert_eq!(period(Language::En, "2026-01-01", "2026-12-31"), "2026");
        assert_eq!(
            period(Language::Vi, "2025-12-15", "2026-03-14"),
            "từ ngày 15 tháng 12 năm 2025 đến ngày 14 tháng 3 năm 2026"
        );
    }

    #[test]
    fn days_are_written_for_people_in_both_languages() {
        let cases = [
            ("2026-02-09", "ngày 09 tháng 02 năm 2026", "09/02/2026", "9 February 2026", "9 Feb 2026"),
            ("2026-10-10", "ngày 10 tháng 10 năm 2026", "10/10/2026", "10 October 2026", "10 Oct 2026"),
            ("2028-02-29", "ngày 29 tháng 02 năm 2028", "29/02/2028", "29 February 2028", "29 Feb 2028"),
            ("2026-12-31", "ngày 31 tháng 12 năm 2026", "31/12/2026", "31 December 2026", "31 Dec 2026"),
        ];
        for (iso, long_vi, short_vi, long_en, short_en) in cases {
            let [vi, en] = [Language::Vi, Language::En].map(|language| language.day(day(iso)));
            assert_eq!([vi.long, vi.short, en.long, en.short], [long_vi, short_vi, long_en, short_en]);
            assert_eq!([vi.iso, en.iso], [iso, iso]);
        }
    }

    #[test]
    fn numbers_and_money_are_written_in_both_languages() {
        let cases = [
            (0.0, "0", "0"),
            (999.0, "999", "999"),
            (1000.0, "1.000", "1,000"),
            (12_345_678.0, "12.345.678", "12,345,678"),
            (6.25, "6,25", "6.25"),
            (1_000.5, "1.000,5", "1,000.5"),
        ];
        for (number, vi, en) in cases {
            assert_eq!([Language::Vi.decimal(number), Language::En.decimal(number)], [vi, en]);
            let money = [Language::Vi, Language::En].map(|language| language.money(number, Currency::Vnd));
            let currency = [Language::Vi, Language::En].map(|language| language.word(Currency::Vnd));
            assert_eq!(money, [format!("{vi} {}", currency[0]), format!("{en} {}", currency[1])]);
        }
        assert_eq!([Language::Vi.size(1_572_864), Language::En.size(1_572_864)], ["1,5 MB", "1.5 MB"]);
        assert_eq!(
            [Language::Vi.percent(1, 1), Language::En.percent(1, 3)],
            [Some("100%".into()), Some("33.3%".into())]
        );
    }

    #[test]
    fn english_tells_one_from_many_and_vietnamese_does_not() {
        for unit in [TimeUnit::Hour, TimeUnit::WorkingDay, TimeUnit::Day, TimeUnit::Month, TimeUnit::Year] {
            let written = |language: Language, n: f64| language.duration(n, unit).split_once(' ').unwrap().1.to_owned();
            assert_eq!(format!("{}s", written(Language::En, 1.0)), written(Language::En, 2.0));
            assert_eq!(written(Language::En, 0.5), written(Language::En, 2.0));
            assert_eq!(written(Language::Vi, 1.0), written(Language::Vi, 2.0));
        }
    }

    #[test]
    fn every_quarter_half_and_year_has_its_name() {
        let cases = [
            ("2026-04-01", "2026-06-30", "quý II năm 2026", "the second quarter of 2026"),
            ("2026-10-01", "2026-12-31", "quý IV năm 2026", "the fourth quarter of 2026"),
            ("2026-01-01", "2026-06-30", "6 tháng đầu năm 2026", "January to June 2026"),
            ("2026-01-01", "2026-12-31", "năm 2026", "2026"),
            ("2026-05-01", "2026-05-31", "tháng 5 năm 2026", "May 2026"),
            ("2026-02-01", "2026-04-30", "từ tháng 2 đến tháng 4 năm 2026", "February to April 2026"),
        ];
        for (start, end, vi, en) in cases {
            assert_eq!([period(Language::Vi, start, end), period(Language::En, start, end)], [vi, en]);
        }
    }
}
