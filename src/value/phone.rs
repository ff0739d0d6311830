//! Phone numbers, checked with the phone-number library against Vietnam's numbering plan.

mod plan;

use std::ops::Range;
use std::sync::LazyLock;

use phonenumber::{Mode, country};
use regex::Regex;

use self::plan::Told;
use crate::value::numerals::{Numeral, apart, numerals};
use crate::value::text::last;

/// A valid phone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// As people write it: `0239 3 855 123`, or `+84…` abroad.
    pub national: String,
    /// For `tel:` links: `+842393855123`; a short code as it is.
    pub e164: String,
}

/// The number in `text`, read as one of Vietnam where it has no country code.
pub fn parse(text: &str) -> Option<Phone> {
    match plan::look_up(text) {
        Told::Number(phone) => Some(phone),
        Told::Nothing => None,
        Told::Unknown => known_to_library(text),
    }
}

/// The number in a text, whichever country's it is.
fn known_to_library(text: &str) -> Option<Phone> {
    let allowed = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '+'));
    let number = allowed.then(|| phonenumber::parse(Some(country::VN), text).ok()).flatten()?;
    let valid = phonenumber::is_valid(&number) && number.extension().is_none();
    let domestic = number.code().value() == 84;
    let mode = if domestic { Mode::National } else { Mode::International };
    valid.then(|| Phone {
        national: number.format().mode(mode).to_string(),
        e164: number.format().mode(Mode::E164).to_string(),
    })
}

/// A short code or toll line (`1022`, `1800 1234`, `1900 545 409`), as hotlines have them: 3 to 8 digits or `1800`/`1900` numbers.
pub fn parse_hotline(text: &str) -> Option<Phone> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let numeric = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let short = numeric && (3..=5).contains(&digits.len()) && digits.starts_with('1');
    let toll =
        numeric && (8..=10).contains(&digits.len()) && (digits.starts_with("1800") || digits.starts_with("1900"));
    if short || toll { Some(Phone { national: text.trim().to_owned(), e164: digits }) } else { parse(text) }
}

/// Words that announce the number of an agency, a hotline, or something that is no phone number.
static NOT_PERSONAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(đường\s+dây\s+nóng|tổng\s+đài|hot-?line|\bmã\s+số|\bmst\b|tài\s+khoản|\bstk\b|doanh\s+nghiệp\s+số|tax\s+(code|number)|account)[^.;\n]{0,30}$",
    )
    .expect("the pattern is valid")
});

/// Words for bodies that have landlines of their own.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(sở|phòng|trung\s+tâm|văn\s+phòng|cục|chi\s+cục|ban|bộ|bộ\s+phận|ubnd|ủy\s+ban|trụ\s+sở|cơ\s+quan|đơn\s+vị|trường|bệnh\s+viện|công\s+ty|kho\s+bạc|ngân\s+hàng|công\s+an|office|cent(er|re)|department|agency|desk|company|bank|quầy|lễ\s+tân|lĩnh\s+vực)\b[^;\n]{0,120}$",
    )
    .expect("the pattern is valid")
});

/// A word for a person, before a number.
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(ông|bà|anh|chị|tôi|em|nhà\s+riêng|gia\s+đình|mr|mrs|ms|my|private)\b[^.;\n]{0,60}$")
        .expect("the pattern is valid")
});

/// Whose landlines a text gives where it does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Landlines {
    /// People's: somebody asked something.
    Peoples,
    /// Agencies'.
    Agencies,
}

impl Landlines {
    fn are_personal(self, before: &str) -> bool {
        match self {
            Landlines::Peoples => !BODY.is_match(before),
            Landlines::Agencies => PERSON.is_match(before) && !BODY.is_match(before),
        }
    }
}

/// The phone numbers in a text that may be a person's: mobiles, and landlines that the text does not give as those of a body.
/// Hotlines are left out. Each with its form for `tel:` links.
pub fn find_personal(text: &str, landlines: Landlines) -> Vec<(Range<usize>, String)> {
    let wanted = |numeral: &Numeral| number_of(numeral, text).is_some();
    let found = apart(numerals(text, 10), wanted);
    found
        .into_iter()
        .filter(|numeral| !NOT_PERSONAL.is_match(last(numeral.before(text), 60)))
        .filter(|numeral| is_mobile(&numeral.digits) || landlines.are_personal(last(numeral.before(text), 140)))
        .filter_map(|numeral| number_of(&numeral, text).map(|e164| (with_sign(&numeral, text), e164)))
        .collect()
}

/// The range of a number with the `+` before it, and with a `(` that is closed inside it: `(0239) 3855 123`. Any other parenthesis is
/// the sentence's.
fn with_sign(numeral: &Numeral, text: &str) -> Range<usize> {
    let closes = text[numeral.range.clone()].contains(')');
    let before = numeral.before(text);
    let belongs = |c: &char| *c == '+' || (*c == '(' && closes);
    before.len() - before.chars().rev().take_while(belongs).count()..numeral.range.end
}

fn is_mobile(digits: &str) -> bool {
    let national = digits.strip_prefix("84").or_else(|| digits.strip_prefix('0')).unwrap_or(digits);
    national.len() == 9 && !national.starts_with('2')
}

/// The phone number that a numeral is, for `tel:` links.
fn number_of(numeral: &Numeral, text: &str) -> Option<String> {
    let (before, behind) = (numeral.before(text), numeral.behind(text));
    let international = before.ends_with('+');
    let shaped = match numeral.digits.as_bytes() {
        [b'0', b'0', ..] => false,
        [b'0', ..] => !international,
        [b'8', b'4', ..] => international || (numeral.is_solid() && numeral.digits.len() == 11),
        _ => false,
    };
    let in_pairs = numeral.groups.len() > 4 || numeral.groups.iter().all(|digits| *digits < 3);
    let tail = behind.strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let touched = tail || behind.starts_with(char::is_alphanumeric) || !may_follow(before);
    if !shaped || in_pairs || touched {
        return None;
    }
    let digits = if numeral.digits.starts_with("84") { format!("+{}", numeral.digits) } else { numeral.digits.clone() };
    parse(&digits).map(|phone| phone.e164)
}

/// Whether a phone number may begin behind this text: no letter, but for a label such as `ĐT0912…`, and no longer number.
fn may_follow(before: &str) -> bool {
    let word: String = before.chars().rev().take_while(|c| c.is_alphabetic()).collect();
    let label: String = word.chars().rev().collect::<String>().to_lowercase();
    let labelled = ["", "đt", "sđt", "dđ", "đtdđ", "tel", "phone", "zalo", "số", "so"].contains(&label.as_str());
    let goes_on = before.strip_suffix(['.', ',']).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    labelled && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn personal(text: &str) -> Vec<&str> {
        find_personal(text, Landlines::Peoples).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn mobiles_are_found_however_they_are_written() {
        for number in ["0912345678", "0912 345 678", "0912.345.678", "091-234-5678", "+84 912 345 678", "+84912345678"]
        {
            assert_eq!(personal(&format!("Liên hệ ông A ({number}).")).len(), 1, "{number}");
            assert_eq!(find_personal(&format!("ĐT: {number}"), Landlines::Agencies)[0].1, "+84912345678", "{number}");
        }
        assert_eq!(personal("ĐT0912345678/0987654321 hoặc tel:0912345678").len(), 3);
        assert_eq!(personal("số 12 0912 345 678 15"), ["0912 345 678"]);
    }

    #[test]
    fn a_landline_is_personal_unless_it_is_a_bodys() {
        assert_eq!(personal("Nhà riêng ông A: 0239 3855 123"), ["0239 3855 123"]);
        assert!(personal("Trung tâm Phục vụ hành chính công, điện thoại 0239.3855.123").is_empty());
        let notice = |text: &str| find_personal(text, Landlines::Agencies).len();
        assert_eq!(notice("ĐT: 0210 2222 555"), 0);
        assert_eq!(notice("Liên hệ bà B, số 0210 2222 555"), 1);
    }

    #[test]
    fn hotlines_amounts_dates_and_symbols_are_left() {
        for text in [
            "Đường dây nóng: 0912.345.678",
            "tổng đài 1900 1234, 1022, 18001096",
            "84.912.345.678 đồng",
            "1.091.234.567",
            "từ 01.02.2026 đến 09.12.2026",
            "số 0912345678/QĐ-UBND",
            "mã số thuế 0900123456",
            "Biểu: 09 12 34 56 78",
            "2.001620.000.00.00.H27",
        ] {
            assert!(personal(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn numbers_of_vietnam_are_valid_and_shown_as_people_write_them() {
        let phone = parse("0239.3855123").unwrap();
        assert_eq!(phone.e164, "+842393855123");
        assert!(phone.national.starts_with("0239"));
    }

    #[test]
    fn what_is_no_number_is_none() {
        assert!(["", "abc", "12", "0239 385", "0239 3855 12345", "gọi 0239"].iter().all(|t| parse(t).is_none()));
    }

    #[test]
    fn hotlines_may_be_short() {
        assert_eq!(parse_hotline("1022").unwrap().e164, "1022");
        assert!(parse("1022").is_none());
    }
}
