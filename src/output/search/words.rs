//! Words, and the form in which accents do not matter. `search.js` does the same with what a person types.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text in lower case. A code or symbol comes apart at its signs: `105/2017/NĐ-CP` is four words.
pub fn of(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).filter(|word| !word.is_empty())
}

/// A word without accents: `đăng` is `dang`.
pub fn folded(word: &str) -> String {
    let bare = |letter: char| if letter == 'đ' { 'd' } else { letter };
    word.nfd().filter(|letter| !is_combining_mark(*letter)).map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::{folded, of};

    #[test]
    fn a_symbol_is_several_words() {
        assert_eq!(of("105/2017/nđ-cp, điều 7").collect::<Vec<_>>(), ["105", "2017", "nđ", "cp", "điều", "7"]);
    }

    #[test]
    fn accents_do_not_matter() {
        assert_eq!(folded("đăng"), "dang");
        assert_eq!(folded("ươ\u{301}"), "uo");
    }
}
