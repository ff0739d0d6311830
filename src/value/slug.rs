//! The ASCII form of a text, for addresses: anchors, fields of work, file names.
//!
//! It does not make slugs unique, nor limit their length, nor put anything in place of an empty one: what is right there
//! depends on what the slug names.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The slug of a text: `Chức năng, nhiệm vụ` is `chuc-nang-nhiem-vu`. Empty where nothing has an ASCII form.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.nfd().filter(|&c| !is_combining_mark(c)) {
        match letter {
            'đ' | 'Đ' => slug.push('d'),
            _ if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn vietnamese_letters_lose_their_marks() {
        assert_eq!(slug("Chức năng"), "chuc-nang");
        assert_eq!(slug("Điều kiện để ĐĂNG KÝ"), "dieu-kien-de-dang-ky");
    }

    #[test]
    fn composed_and_decomposed_letters_have_one_slug() {
        assert_eq!(slug("Chu\u{31b}\u{301}c na\u{306}ng"), slug("Chức năng"));
    }

    #[test]
    fn everything_else_becomes_one_hyphen_and_none_at_the_ends() {
        assert_eq!(slug("  «An toàn» – thực phẩm (2026)! "), "an-toan-thuc-pham-2026");
        assert_eq!(slug("a--b__c//d"), "a-b-c-d");
    }

    #[test]
    fn a_text_without_ascii_form_has_an_empty_slug() {
        assert_eq!(slug("???"), "");
        assert_eq!(slug("日本"), "");
    }
}
