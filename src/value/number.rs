//! Numbers as YAML writes them without quotes. No octal, no hexadecimal, no exponent for counts.

/// A whole number: `12`, `-3`; not `012`, `4.0`, `1e3`.
pub fn integer(text: &str) -> Option<Result<i64, TooLarge>> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain =
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    // JSON and JavaScript keep whole numbers exactly up to 2^53.
    let exact = |n: &i64| n.unsigned_abs() <= 1 << 53;
    plain.then(|| text.parse::<i64>().ok().filter(exact).ok_or(TooLarge))
}

/// A number too large to be kept exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// A decimal number: `7.5`, `12`; not `.5`, `1e3`, `0x10`.
pub fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let plain = all_digits(whole) && fraction.is_none_or(all_digits) && (whole == "0" || !whole.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

/// The text of a number without the marks that people put between thousands: `150.000`, `1,200,000`.
pub fn ungrouped(text: &str) -> String {
    let groups: Vec<&str> = text.trim().split(['.', ',', ' ', '_']).collect();
    let digits = |group: &&str| group.bytes().all(|b| b.is_ascii_digit());
    let grouped = (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    if grouped && groups.iter().all(digits) { groups.concat() } else { text.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_plain_digits() {
        assert_eq!(integer("12"), Some(Ok(12)));
        assert_eq!(integer("-3"), Some(Ok(-3)));
        assert!(["4.0", "012", "1e3", "0x10", "", "1_000", "+"].iter().all(|t| integer(t).is_none()));
        assert_eq!(integer("99999999999999999999"), Some(Err(TooLarge)));
    }

    #[test]
    fn thousands_are_understood_for_help() {
        assert_eq!(["150.000", "1,200,000", "12 000", "7"].map(ungrouped), ["150000", "1200000", "12000", "7"]);
        assert_eq!(["1.5", "4.0000", "1.000.00"].map(ungrouped), ["1.5", "4.0000", "1.000.00"]);
    }

    #[test]
    fn decimals_have_digits_on_both_sides() {
        assert_eq!(decimal("6.25"), Some(6.25));
        assert!([".5", "5.", "1e3", "nan", ".inf"].iter().all(|t| decimal(t).is_none()));
    }
}
