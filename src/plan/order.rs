//! The order of Vietnamese words: letters first (`a ă â … d đ e ê …`), tones only where the letters agree.

use unicode_normalization::UnicodeNormalization;

/// What a text is sorted by.
pub fn key(text: &str) -> (Vec<u32>, Vec<char>) {
    let (mut letters, mut tones) = (Vec::new(), Vec::new());
    for mark in text.to_lowercase().nfd() {
        match mark {
            // Breve, circumflex and horn make another letter.
            '\u{306}' | '\u{302}' | '\u{31b}' => {
                let step = u32::from(mark == '\u{302}') + 2 * u32::from(mark == '\u{31b}') + 1;
                letters.last_mut().into_iter().for_each(|letter| *letter += step);
            }
            '\u{300}'..='\u{36f}' => tones.push(mark),
            'đ' => letters.push(u32::from('d') * 4 + 1),
            _ => letters.push(u32::from(mark) * 4),
        }
    }
    (letters, tones)
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn letters_stand_in_the_order_of_the_alphabet() {
        let mut words = ["đá", "dao", "dz", "ơn", "oản", "ôn", "ăn", "ấn", "an", "áo", "ao"];
        words.sort_by_key(|word| key(word));
        assert_eq!(words, ["an", "ao", "áo", "ăn", "ấn", "dao", "dz", "đá", "oản", "ôn", "ơn"]);
    }
}
