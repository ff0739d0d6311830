//! A citizen's number: CCCD with 12 digits, or the older CMND with 9.
//!
//! Twelve digits tell by themselves whether they can be a citizen's number: three of a province, one of sex and century, two of
//! the year of birth. Nine digits do not, so they count only where the words around them say what they are.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::value::numerals::{Numeral, apart, numerals};
use crate::value::text::last;

/// The codes of provinces in citizens' numbers; those of 1999, which outlive every change of provinces.
const PROVINCES: &[u8] = &[
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
];

/// Longest text between the words and the number that they announce, in characters: a person's name and `số` fit in.
const MAX_GAP: usize = 48;

/// Words that announce a citizen's number.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(chứng\s+minh\s+(nhân\s+dân|thư|quân)|căn\s+cước|định\s+danh\s+cá\s+nhân|giấy\s+tờ\s+tùy\s+thân|\b(cmnd|cmtnd|cmt|cccd|đdcn)\b|\b(identity|id|citizen)\s+(card|number|no\b|id\b))[^;\n\d]*$",
    )
    .expect("the pattern is valid")
});

/// Words that say that a number is something else.
static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(tài\s+khoản|\bstk\b|\bmã\s+(số\s+(thuế|doanh|hồ|thủ)|hồ|đơn|vạch|giao)|\bmst\b|điện\s+thoại|\bsđt\b|\btel\b|tiền|\baccount\b|\btax\b)[^;,\n\d]{0,24}$",
    )
    .expect("the pattern is valid")
});

/// The citizens' numbers in a text. Whether a bearer can have been born by now is for who knows the day.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let wanted = |numeral: &Numeral| is_citizens(numeral, text) || is_older(numeral, text);
    apart(numerals(text, 9), wanted).into_iter().map(|numeral| numeral.range).collect()
}

fn is_citizens(numeral: &Numeral, text: &str) -> bool {
    is_valid(&numeral.digits)
        && (numeral.is_solid() || (numeral.is_even && is_grouped(numeral)))
        && is_alone(numeral, text)
        && !OTHERWISE.is_match(last(numeral.before(text), 40))
}

/// Whether the groups are those in which people write twelve digits.
fn is_grouped(numeral: &Numeral) -> bool {
    matches!(*numeral.groups, [3, 3, 3, 3] | [4, 4, 4] | [6, 6] | [3, 9] | [3, 3, 6] | [3, 1, 2, 6] | [4, 2, 6])
}

/// Whether twelve digits can be a citizen's number.
pub fn is_valid(digits: &str) -> bool {
    let number = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u8>().ok());
    let province = number(0..3).is_some_and(|code| PROVINCES.contains(&code));
    let century = number(3..4).is_some_and(|century| century <= 3);
    digits.len() == 12 && province && century && digits[6..] != *"000000"
}

/// The year of birth in a valid citizen's number.
pub fn birth_year(digits: &str) -> Option<i16> {
    let century = 19 + digits.get(3..4)?.parse::<i16>().ok()? / 2;
    Some(century * 100 + digits.get(4..6)?.parse::<i16>().ok()?)
}

fn is_older(numeral: &Numeral, text: &str) -> bool {
    numeral.digits.len() == 9
        && (numeral.is_solid() || *numeral.groups == [3, 3, 3])
        && is_alone(numeral, text)
        && is_announced(numeral, text)
        && !is_money(numeral.behind(text))
}

fn is_announced(numeral: &Numeral, text: &str) -> bool {
    let before = last(numeral.before(text), MAX_GAP);
    let behind: String = numeral.behind(text).chars().take(10).collect::<String>().to_lowercase();
    let named_behind = ["(cmnd", "(cccd", "(cmt", "(số cmnd"].iter().any(|name| behind.trim_start().starts_with(name));
    named_behind || (ANNOUNCED.is_match(before) && !OTHERWISE.is_match(before))
}

fn is_money(behind: &str) -> bool {
    let word = behind.trim_start().to_lowercase();
    ["đồng", "đ/", "vnđ", "vnd", "usd", "%"].iter().any(|unit| word.starts_with(unit))
}

/// Whether a number is no part of a longer number, symbol or code. A label may stand directly before it: `CCCD001085123456`.
fn is_alone(numeral: &Numeral, text: &str) -> bool {
    let before = numeral.before(text);
    let word: String = before.chars().rev().take_while(|c| c.is_alphabetic()).collect();
    let label: String = word.chars().rev().collect::<String>().to_lowercase();
    let labelled = ["", "cccd", "cmnd", "cmt", "cmtnd", "số", "so", "id", "no"].contains(&label.as_str());
    let inside =
        before.ends_with(|c: char| c.is_ascii_digit()) || (before.ends_with('.') && ends_in_digit_and_dot(before));
    let behind = numeral.behind(text);
    let symbol = behind.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase()));
    labelled && !inside && !symbol && !behind.starts_with(char::is_alphanumeric) && !goes_on(behind)
}

/// Whether a number goes on behind `.` or `,`, as an amount does.
fn goes_on(behind: &str) -> bool {
    behind.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn ends_in_digit_and_dot(before: &str) -> bool {
    before.strip_suffix('.').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn twelve_digits_of_a_citizen_are_found_however_they_are_grouped() {
        for text in ["001085123456", "042 185 123 456", "0421 8512 3456", "042.185.123.456", "042185\u{a0}123456"] {
            assert_eq!(found(&format!("CCCD: {text}, cấp năm 2021")), [text]);
            assert_eq!(found(&format!("({text})")), [text]);
        }
        assert_eq!(found("CCCD001085123456 và 036203004567.").len(), 2);
    }

    #[test]
    fn twelve_digits_that_can_be_nobodys_are_left() {
        for text in
            ["202611230815", "000085123456", "003085123456", "001985123456", "001.085.123.456.789", "2001085123456"]
        {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn an_account_or_tax_number_is_nobodys() {
        assert!(found("Tài khoản số 001085123456 tại Kho bạc").is_empty());
        assert!(found("mã số thuế: 0301234567-001, số 001085123456/QĐ-UBND").is_empty());
    }

    #[test]
    fn nine_digits_count_where_the_words_say_so() {
        assert_eq!(found("CMND số 187123456"), ["187123456"]);
        assert_eq!(found("chứng minh nhân dân của bà Nguyễn Thị Ví Dụ: 187 123 456"), ["187 123 456"]);
        assert_eq!(found("187123456 (CMND)"), ["187123456"]);
        assert!(found("nộp bản sao CMND; phí 150.000.000 đồng").is_empty());
        assert!(found("số tiền 150000000, mã 187123456").is_empty());
    }

    #[test]
    fn the_year_of_birth_is_in_the_number() {
        assert_eq!(birth_year("001085123456"), Some(1985));
        assert_eq!(birth_year("036203004567"), Some(2003));
    }
}
