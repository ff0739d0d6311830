//! Text as other systems hold it, made fit for a record: composed, without invisible signs, one kind of space.
//!
//! Nothing that a reader sees is lost. Bullets of symbol fonts become the hyphens that they stand for.

use crate::value::text::{is_stray_control, latin_twin, nfc};

/// What a text says, where it may say "none" in many ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nothing at all, or that there is no information.
    Nothing,
    /// That there is none.
    None,
    /// Something.
    Text(String),
}

/// The text with its lines: composed, cleaned, look-alike letters mended.
pub fn clean(text: &str) -> String {
    let spaced: String = nfc(&text.replace("\r\n", "\n")).chars().filter_map(character).collect();
    mended(&spaced)
}

/// The text on one line.
pub fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text on one line, unless it says nothing or "none".
pub fn stated(text: &str) -> Option<String> {
    match said(&line(text)) {
        Said::Text(text) => Some(text),
        Said::Nothing | Said::None => None,
    }
}

/// The name of a thing that stood in a list: without its bullet and the list's punctuation.
pub fn name(text: &str) -> Option<String> {
    stated(without_bullet(&line(text))).map(|name| name.trim_end_matches([';', ' ']).to_owned())
}

/// The text without a bullet at its beginning.
pub fn without_bullet(text: &str) -> &str {
    let text = text.trim_start();
    let rest = text.trim_start_matches(['-', '+', '*', '•', '●', '–']);
    if rest.len() < text.len() && !rest.starts_with(|c: char| c.is_ascii_digit()) { rest.trim_start() } else { text }
}

/// What a cleaned text says.
pub fn said(text: &str) -> Said {
    let words = text.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '…' | '–'));
    match words.to_lowercase().as_str() {
        "" if text.trim().is_empty() => Said::Nothing,
        "không có thông tin" | "chưa có thông tin" | "mặc định" => Said::Nothing,
        "" | "không" | "không có" | "không quy định" | "không có quy định" => Said::None,
        _ => Said::Text(text.to_owned()),
    }
}

/// The character as it is kept; none where it is only a hidden sign.
fn character(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // The symbol font's plus; every other sign of such fonts in the portal's texts is a bullet.
        '\u{f02b}' => Some('+'),
        '\u{e000}'..='\u{f8ff}' => Some('-'),
        _ if c.is_whitespace() => Some(' '),
        _ if is_stray_control(c) || crate::value::text::is_bidi_control(c) => None,
        _ => Some(c),
    }
}

/// Whether [`clean`] takes the character for another one, or away.
pub fn is_mended(c: char) -> bool {
    !matches!(c, '\n' | '\r' | '\t') && character(c) != Some(c)
}

/// The text with letters of other scripts, in words that have Latin ones, replaced by the Latin ones they look like.
fn mended(text: &str) -> String {
    if !text.chars().any(|c| latin_twin(c).is_some()) {
        return text.to_owned();
    }
    text.split_inclusive(|c: char| !c.is_alphanumeric()).map(mended_word).collect()
}

fn mended_word(word: &str) -> String {
    let is_latin = |c: char| c.is_alphabetic() && (c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
    if word.chars().any(is_latin) {
        word.chars().map(|c| latin_twin(c).unwrap_or(c)).collect()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_signs_go_and_spaces_are_spaces() {
        assert_eq!(clean("thu\u{200e} tục\u{a0}hành\u{ad} chính\u{202e}"), "thu tục hành chính");
        assert_eq!(clean("a\r\nb\u{2028}c\td"), "a\nb\nc d");
    }

    #[test]
    fn bullets_of_symbol_fonts_are_hyphens() {
        assert_eq!(clean("\u{f02d} một\n\u{f076} hai\n\u{f02b} ba"), "- một\n- hai\n+ ba");
    }

    #[test]
    fn text_is_composed_and_look_alikes_are_mended() {
        assert_eq!(clean("tie\u{302}\u{301}ng"), "tiếng");
        assert_eq!(clean("NÐ-СP Ðiều, Москва"), "NĐ-CP Điều, Москва");
    }

    #[test]
    fn none_has_many_words() {
        for none in ["Không", "không có.", "Không quy định", "……", "- Không", "..."] {
            assert_eq!(said(none), Said::None, "{none}");
        }
        assert_eq!(said(" "), Said::Nothing);
        assert_eq!(said("Không có thông tin"), Said::Nothing);
        assert!(matches!(said("Không quá 5 ngày"), Said::Text(_)));
    }

    #[test]
    fn names_lose_the_bullet_of_their_list() {
        assert_eq!(name("- Đơn đề nghị;").as_deref(), Some("Đơn đề nghị"));
        assert_eq!(name("-5 độ").as_deref(), Some("-5 độ"));
    }
}
