//! The part of Vietnam's numbering plan to which nearly every number of an agency belongs, as people write such numbers.
//!
//! The library that knows all numbers of the world reads its plans when it is first asked, which takes as long as checking a
//! small site. What is told here it is not asked about; a test asks it about all of that.

use crate::value::phone::Phone;

/// What the plan says about a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    /// It is this number.
    Number(Phone),
    /// It is no number that can be dialled from everywhere: a short code.
    Nothing,
    /// Not for this part of the plan to say.
    Unknown,
}

/// The number that a text is.
pub fn look_up(text: &str) -> Told {
    let Some(digits) = digits(text) else { return Told::Unknown };
    match digits.as_bytes() {
        [b'1', ..] if (3..=5).contains(&digits.len()) => Told::Nothing,
        [b'0', b'2', third, fourth, ..] if digits.len() == 11 && is_area(*third, *fourth) => {
            let area = if matches!(third, b'4' | b'8') { 3 } else { 4 };
            Told::Number(written(&digits, area, 4))
        }
        [b'0', second, third, ..] if digits.len() == 10 && is_mobile(*second, *third) => {
            Told::Number(written(&digits, 4, 3))
        }
        _ => Told::Unknown,
    }
}

/// The digits of a text that has nothing else but one sign between some of them.
fn digits(text: &str) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_digit();
    let groups = || text.split([' ', '.', '-']);
    groups().all(|group| !group.is_empty() && group.chars().all(is_digit)).then(|| groups().collect())
}

/// Whether `2`, and the two digits behind it, begin the code of an area.
fn is_area(first: u8, second: u8) -> bool {
    let seconds: &[u8] = match first {
        b'0' => b"3456789",
        b'1' => b"012345689",
        b'2' => b"01256789",
        b'3' | b'8' => b"23456789",
        b'4' => b"2345678",
        b'5' => b"12456789",
        b'6' => b"01239",
        b'7' => b"01234567",
        b'9' => b"01234679",
        _ => b"",
    };
    seconds.contains(&second)
}

/// Whether these digits, behind a `0`, begin the number of a mobile phone.
fn is_mobile(first: u8, second: u8) -> bool {
    match first {
        b'3' => true,
        b'7' => matches!(second, b'0' | b'6'..=b'9'),
        b'8' => matches!(second, b'1'..=b'8'),
        b'9' => second != b'9',
        _ => false,
    }
}

/// A number in three groups, of which the first two have so many digits.
fn written(digits: &str, first: usize, second: usize) -> Phone {
    let (first, rest) = digits.split_at(first);
    let (second, third) = rest.split_at(second);
    Phone { national: format!("{first} {second} {third}"), e164: format!("+84{}", &digits[1..]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::phone::known_to_library;

    fn agrees(text: &str) -> bool {
        let told = look_up(text);
        let expected = known_to_library(text).map_or(Told::Nothing, Told::Number);
        assert!(told == Told::Unknown || told == expected, "{text}: {told:?}, {expected:?}");
        told != Told::Unknown
    }

    #[test]
    fn the_library_says_the_same() {
        let mut told = 0;
        for start in 0..10_000 {
            for rest in ["385123", "3851234", "000000", "9999999"] {
                told += usize::from(agrees(&format!("{start:04}{rest}")));
            }
        }
        assert!(told > 700, "{told}");
        assert!((100..100_000).filter(|number| agrees(&number.to_string())).count() >= 11_100);
    }

    #[test]
    fn signs_between_digits_do_not_matter() {
        for text in [
            "0239 3855 123",
            "0239.3855.123",
            "0239-385-5123",
            "024 3 855 1234",
            "091 234 56 78",
            "0 9 1 2 3 4 5 6 7 8",
            "1-0 2.2",
        ] {
            assert!(agrees(text), "{text}");
        }
        for text in [
            "",
            " 0912345678",
            "0912345678 ",
            "(0239) 3855123",
            "+84912345678",
            "0912  345678",
            "٠٩١٢٣٤٥٦٧٨",
            "19001234",
        ] {
            assert_eq!(look_up(text), Told::Unknown, "{text}");
        }
    }
}
