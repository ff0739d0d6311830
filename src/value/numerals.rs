//! Numbers in a text as people write long ones: `001085123456`, `001 085 123 456`, `0912.345.678`, `(+84) 912 345 678`.
//!
//! Which of them mean something is decided by those who know what they look for.

use std::ops::Range;

/// Longest number that is put together: a country code and a phone number, or a citizen's number.
const MAX_DIGITS: usize = 13;
/// Longest sign between two groups of digits, in characters: `) `.
const MAX_JOINT: usize = 2;

/// Digits that can be read as one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// Its digits.
    pub digits: String,
    /// Where it is, from its first digit to its last.
    pub range: Range<usize>,
    /// How many digits each of its groups has.
    pub groups: Vec<usize>,
    /// Whether the same sign stands between all groups.
    pub is_even: bool,
}

impl Numeral {
    /// The text before it.
    pub fn before<'a>(&self, text: &'a str) -> &'a str {
        &text[..self.range.start]
    }

    /// The text behind it.
    pub fn behind<'a>(&self, text: &'a str) -> &'a str {
        &text[self.range.end..]
    }

    /// Whether it is written without anything between its digits.
    pub fn is_solid(&self) -> bool {
        self.groups.len() == 1
    }
}

/// Every number of at least `min` digits, with all ways of taking neighbouring groups together, the longest first for each start.
pub fn numerals(text: &str, min: usize) -> Vec<Numeral> {
    if text.bytes().filter(u8::is_ascii_digit).count() < min {
        return Vec::new();
    }
    let groups = groups(text);
    (0..groups.len()).flat_map(|first| from(text, &groups[first..], min)).collect()
}

/// The numbers that are not part of one taken before them: of several that overlap, the first that is `wanted`.
pub fn apart(numerals: Vec<Numeral>, wanted: impl Fn(&Numeral) -> bool) -> Vec<Numeral> {
    let mut taken: Vec<Numeral> = Vec::new();
    for numeral in numerals {
        let free = taken.last().is_none_or(|last| last.range.end <= numeral.range.start);
        if free && wanted(&numeral) {
            taken.push(numeral);
        }
    }
    taken
}

/// The runs of digits.
fn groups(text: &str) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        match groups.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + 1,
            None => groups.push(at..at + 1),
        }
    }
    groups
}

/// The numbers that begin with the first of `groups`.
fn from(text: &str, groups: &[Range<usize>], min: usize) -> Vec<Numeral> {
    let first = &groups[0];
    let mut found = Vec::new();
    let (mut digits, mut lengths, mut joints) = (String::new(), Vec::new(), Vec::new());
    let mut end = first.start;
    for group in groups {
        let joint = &text[end..group.start];
        if !lengths.is_empty() && !is_joint(joint) || digits.len() + group.len() > MAX_DIGITS {
            break;
        }
        digits.push_str(&text[group.clone()]);
        lengths.push(group.len());
        joints.push(joint);
        end = group.end;
        if digits.len() >= min {
            let is_even = joints[1..].windows(2).all(|pair| pair[0] == pair[1]);
            found.push(Numeral { digits: digits.clone(), range: first.start..end, groups: lengths.clone(), is_even });
        }
    }
    found.reverse();
    found
}

/// Whether a text may stand between two groups of one number.
fn is_joint(text: &str) -> bool {
    let sign = |c: char| (c.is_whitespace() && c != '\n') || matches!(c, '.' | '-' | '–' | '‑' | '(' | ')');
    !text.is_empty() && text.chars().count() <= MAX_JOINT && text.chars().all(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<String> {
        numerals(text, 10).into_iter().map(|numeral| numeral.digits).collect()
    }

    #[test]
    fn groups_are_taken_together_in_every_way() {
        assert_eq!(digits("số 12 0912 345 678."), ["120912345678", "0912345678"]);
    }

    #[test]
    fn a_comma_or_a_word_keeps_numbers_apart() {
        assert!(digits("12, 345 và 678 901").is_empty());
    }
}
