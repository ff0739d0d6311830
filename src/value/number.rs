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
    fn decimals_have_digits_on_both_sides() {
        assert_eq!(decimal("6.25"), Some(6.25));
        assert!([".5", "5.", "1e3", "nan", ".inf"].iter().all(|t| decimal(t).is_none()));
    }
}
