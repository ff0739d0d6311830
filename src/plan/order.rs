//! The order of words in a language, as its dictionaries have it: for Vietnamese `a ă â … d đ e ê …`, and among words of the
//! same letters the tones in the order `a à ả ã á ạ`. The rules are the Unicode CLDR's.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

/// The order of words in one language.
pub struct Order(CollatorBorrowed<'static>);

impl Order {
    /// The order of a language; a language without rules of its own has those that most share.
    pub fn of(language: &str) -> Order {
        let locale = Locale::try_from_str(language).unwrap_or(Locale::UNKNOWN);
        let collator = Collator::try_new(CollatorPreferences::from(&locale), CollatorOptions::default());
        Order(collator.expect("the rules of every language are compiled in"))
    }

    /// What a text is sorted by.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        match self.0.write_sort_key_to(text, &mut key) {
            Ok(()) => key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    fn sorted<const N: usize>(language: &str, mut words: [&'static str; N]) -> [&'static str; N] {
        let order = Order::of(language);
        words.sort_by_key(|word| order.key(word));
        words
    }

    #[test]
    fn vietnamese_letters_stand_in_the_order_of_the_alphabet() {
        let words =
            ["đá", "dao", "dz", "ơn", "oản", "ôn", "ăn", "ấn", "an", "áo", "ao", "ưa", "ua", "e", "ế", "đe", "da"];
        let right =
            ["an", "ao", "áo", "ăn", "ấn", "da", "dao", "dz", "đá", "đe", "e", "ế", "oản", "ôn", "ơn", "ua", "ưa"];
        assert_eq!(sorted("vi", words), right);
    }

    #[test]
    fn vietnamese_tones_tell_words_of_the_same_letters_apart() {
        assert_eq!(sorted("vi", ["mạ", "mã", "má", "mả", "ma", "mà"]), ["ma", "mà", "mả", "mã", "má", "mạ"]);
    }

    #[test]
    fn names_of_procedures_stand_where_a_reader_looks_for_them() {
        let names =
            ["Đăng ký khuyến mại", "Cấp lại giấy phép", "Dịch vụ", "Cấp giấy phép", "Ăn uống", "An toàn thực phẩm"];
        let right =
            ["An toàn thực phẩm", "Ăn uống", "Cấp giấy phép", "Cấp lại giấy phép", "Dịch vụ", "Đăng ký khuyến mại"];
        assert_eq!(sorted("vi", names), right);
    }

    #[test]
    fn english_takes_no_notice_of_letter_case_and_puts_foreign_letters_beside_their_own() {
        assert_eq!(
            sorted("en", ["Fuel", "đá", "Zone", "apple", "Dan", "éclair"]),
            ["apple", "đá", "Dan", "éclair", "Fuel", "Zone"]
        );
    }

    #[test]
    fn a_code_that_is_no_language_has_an_order_too() {
        assert_eq!(sorted("x", ["b", "a"]), ["a", "b"]);
    }
}
