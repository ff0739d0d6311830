//! Phone numbers, checked with the phone-number library against Vietnam's numbering plan.

use phonenumber::{Mode, country};

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

#[cfg(test)]
mod tests {
    use super::*;

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
