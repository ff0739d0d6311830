//! Tracking codes: 20 characters of Crockford's base32, for people to copy by hand and say on the phone.
//!
//! Seven characters find the feedback (*selector*), twelve prove that one may see it (*secret*, 60 bits), the last one
//! *checks* the others: any one wrong character and any two that are swapped are noticed before the database is asked.

use std::fmt;

use crate::inbox::key::{Key, same};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SELECTOR: usize = 7;
const SIGNS: usize = 19;

/// A tracking code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The code of a feedback. The same nonce gives the same code, so a retry shows it again though it is kept nowhere.
    pub fn of(nonce: &[u8], key: &Key) -> Self {
        let mac = key.code(nonce);
        let number = mac[..16].iter().fold(0u128, |number, byte| number << 8 | u128::from(*byte));
        let digits: Vec<u8> = (0..SIGNS).map(|at| u8::try_from(number >> (5 * at) & 31).unwrap_or(0)).collect();
        let text: String = digits.iter().chain([&check(&digits)]).map(|digit| sign(*digit)).collect();
        Code(text)
    }

    /// The code that a person typed: small letters, spaces and hyphens do not matter; `O` is 0, `I` and `L` are 1.
    pub fn parse(text: &str) -> Option<Self> {
        let meant = |c: char| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        let is_apart = |c: &char| c.is_whitespace() || matches!(c, '-' | '–' | '.');
        let text: String = text.chars().filter(|c| !is_apart(c)).take(SIGNS + 2).map(meant).collect();
        let digits: Option<Vec<u8>> = text.chars().map(digit).collect();
        let digits = digits.filter(|digits| digits.len() == SIGNS + 1)?;
        (check(&digits[..SIGNS]) == digits[SIGNS]).then_some(Code(text))
    }

    /// The part that finds the feedback.
    pub fn selector(&self) -> &str {
        &self.0[..SELECTOR]
    }

    /// What is kept to know it again.
    pub fn verifier(&self, key: &Key) -> String {
        key.verifier(&self.0)
    }

    /// Whether it is the code of which `verifier` was kept.
    pub fn fits(&self, verifier: &str, key: &Key) -> bool {
        same(&self.verifier(key), verifier)
    }
}

/// In four groups.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}-{}", &self.0[..5], &self.0[5..10], &self.0[10..15], &self.0[15..])
    }
}

fn sign(digit: u8) -> char {
    char::from(ALPHABET[usize::from(digit & 31)])
}

fn digit(sign: char) -> Option<u8> {
    let at = ALPHABET.iter().position(|other| char::from(*other) == sign)?;
    u8::try_from(at).ok()
}

/// The sum of the digits weighted by the powers of 2 in GF(32): all weights differ, so no single fault and no swap cancels out.
fn check(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |sum, digit| double(sum ^ digit))
}

/// Twice a number in GF(32), modulo x⁵ + x² + 1.
fn double(number: u8) -> u8 {
    let twice = number << 1;
    if twice & 32 == 0 { twice } else { twice ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_character_and_every_swap_is_noticed() {
        let key = Key::new(b"a key for a test");
        for nonce in 0u8..20 {
            let code = Code::of(&[nonce], &key);
            let plain: Vec<char> = code.0.chars().collect();
            assert_eq!(plain.len(), 20);
            for at in 0..20 {
                for other in ALPHABET.iter().map(|sign| char::from(*sign)).filter(|sign| *sign != plain[at]) {
                    let mut wrong = plain.clone();
                    wrong[at] = other;
                    assert_eq!(Code::parse(&wrong.iter().collect::<String>()), None);
                }
                for other in (0..20).filter(|other| plain[*other] != plain[at]) {
                    let mut wrong = plain.clone();
                    wrong.swap(at, other);
                    assert_eq!(Code::parse(&wrong.iter().collect::<String>()), None, "{code} {at} {other}");
                }
            }
        }
    }

    #[test]
    fn a_code_is_read_however_people_write_it() {
        let key = Key::new(b"a key for a test");
        let code = Code::of(b"one", &key);
        let (shown, verifier) = (code.to_string(), code.verifier(&key));
        for written in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "O")] {
            assert!(Code::parse(&written).unwrap().fits(&verifier, &key), "{written}");
        }
        assert!(!Code::of(b"two", &key).fits(&verifier, &key));
        assert!(
            ["", "abc", "ÀÀÀÀÀ-ÀÀÀÀÀ-ÀÀÀÀÀ-ÀÀÀÀÀ", &"0".repeat(400)].iter().all(|text| Code::parse(text).is_none())
        );
    }
}
