//! A legal document's number and symbol (số, ký hiệu), such as `63/2010/NĐ-CP`.

use unicode_normalization::UnicodeNormalization;

use crate::value::text::latin_twin;

/// The symbol as it is compared: NFC, spaces collapsed, and look-alike letters (`Ð`, Cyrillic) mended. None where the text is
/// no symbol: one has a digit and a `/` or `-`.
pub fn normalise(text: &str) -> Option<String> {
    let mended: String = text.nfc().map(|c| latin_twin(c).unwrap_or(c)).collect();
    let symbol = mended.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_symbol = symbol.contains(|c: char| c.is_ascii_digit()) && symbol.contains(['/', '-']);
    is_symbol.then_some(symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_and_spaces_are_mended() {
        assert_eq!(normalise(" 63/2010/NÐ-СP ").as_deref(), Some("63/2010/NĐ-CP"));
    }

    #[test]
    fn a_title_is_no_symbol() {
        assert_eq!(normalise("Luật Thương mại"), None);
        assert_eq!(normalise("114-KL/TW").as_deref(), Some("114-KL/TW"));
    }
}
