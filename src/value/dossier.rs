//! The code of one person's dossier (mã hồ sơ): `H27.12-240101-0001`, `000.00.12.H27-240101-0001`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// An agency's code in either of its two orders, a day, a count. In file names a hyphen stands for each dot.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:\d{2,3}[.-]\d{2,3}[.-]\d{2,3}[.-][A-Z]\d{2}|[A-Z]\d{2}(?:[.-]\d{1,3}){0,4}) ?[-–‑] ?(\d{2})(\d{2})(\d{2}) ?[-–‑] ?\d{3,6}",
    )
    .expect("the pattern is valid")
});

/// The dossier codes in a text.
pub fn find(text: &str) -> Vec<Range<usize>> {
    if text.bytes().filter(u8::is_ascii_digit).count() < 10 {
        return Vec::new();
    }
    let codes = CODE.captures_iter(text).filter(|found| is_day(&found[2], &found[3]));
    codes.filter_map(|found| found.get(0)).map(|found| found.range()).filter(|range| is_alone(text, range)).collect()
}

fn is_day(month: &str, day: &str) -> bool {
    let within = |text: &str, range: std::ops::RangeInclusive<u8>| text.parse().is_ok_and(|n| range.contains(&n));
    within(month, 1..=12) && within(day, 1..=31)
}

/// Whether no letter or digit touches the code.
fn is_alone(text: &str, range: &Range<usize>) -> bool {
    !text[..range.start].ends_with(char::is_alphanumeric) && !text[range.end..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn both_orders_are_found() {
        assert_eq!(found("Hồ sơ H27.12-240101-0001 đã xong."), ["H27.12-240101-0001"]);
        assert_eq!(found("(mã 000.00.12.H27-240101-0001)"), ["000.00.12.H27-240101-0001"]);
        assert_eq!(found("G01.899.501-240311-0034; H27 – 251231 – 12345").len(), 2);
    }

    #[test]
    fn file_names_have_hyphens_for_dots() {
        assert_eq!(found("tra-loi-h27-12-240101-0001.pdf"), ["h27-12-240101-0001"]);
    }

    #[test]
    fn other_codes_are_left() {
        for text in [
            "2.001620.000.00.00.H27",
            "A12-123456-7890 ngày",
            "000.00.00.G02-KQ005239",
            "H27.12-249901-0001",
            "12 hồ sơ",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
