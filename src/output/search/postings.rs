//! Lists of records as text: the gaps between their numbers, small ones as one character. Runs of neighbours become runs of
//! one character, which compression makes nearly nothing of.

/// One character stands for a gap below this.
const SHORT: u32 = 64;
/// Each further character stands for this many values.
const STEP: u32 = 30;
/// The first printable character that no separator uses.
const FIRST: u8 = b'!';

/// Ascending numbers as text.
pub fn encoded(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut text = String::new();
    let mut next = 0;
    for number in numbers {
        let mut gap = number - next;
        while gap >= SHORT {
            gap -= SHORT;
            push(&mut text, SHORT + gap % STEP);
            gap /= STEP;
        }
        push(&mut text, gap);
        next = number + 1;
    }
    text
}

/// A small number, such as a length, as one character.
pub fn push(text: &mut String, value: u32) {
    let value = u8::try_from(value).expect("a character stands for less than 94 values");
    text.push(char::from(FIRST + value));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What `search.js` does.
    fn decoded(text: &str) -> Vec<u32> {
        let (mut numbers, mut next, mut gap, mut factor) = (Vec::new(), 0, 0, 1);
        for character in text.bytes() {
            let value = u32::from(character - FIRST);
            gap += value * factor;
            if value >= SHORT {
                factor *= STEP;
            } else {
                numbers.push(next + gap);
                next += gap + 1;
                (gap, factor) = (0, 1);
            }
        }
        numbers
    }

    #[test]
    fn neighbours_are_one_character_each() {
        assert_eq!(encoded([0, 1, 2, 3]), "!!!!");
        assert_eq!(encoded([63, 64, 128]), "`!a!".replace("a!", "`"));
    }

    proptest! {
        #[test]
        fn what_is_written_can_be_read(numbers in prop::collection::btree_set(0u32..2_000_000, 0..200)) {
            let numbers: Vec<u32> = numbers.into_iter().collect();
            prop_assert_eq!(decoded(&encoded(numbers.iter().copied())), numbers);
        }
    }
}
