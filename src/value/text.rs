//! What all text goes through: normalisation, look-alike letters, controls that must not be there.

pub use crate::source::is_bidi_control;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether a text holds nothing but what nearly all text does: letters as Vietnamese and its neighbours write them, digits
/// and common signs. Then it is normalised and regular, and needs no closer look.
pub fn is_ordinary(text: &str) -> bool {
    let mut rest = text.as_bytes();
    // By bytes, because every text of a site comes by.
    loop {
        rest = match rest {
            [] => return true,
            [b' '..=b'~' | b'\t' | b'\n' | b'\r', rest @ ..] => rest,
            // À to ɏ without Ð and ð.
            [0xc3, second, rest @ ..] if !matches!(second, 0x90 | 0xb0) => rest,
            [0xc4..=0xc8, _, rest @ ..] | [0xc9, 0x80..=0x8f, rest @ ..] => rest,
            // Ạ to ỹ.
            [0xe1, 0xba, 0xa0..=0xbf, rest @ ..] | [0xe1, 0xbb, 0x80..=0xb9, rest @ ..] => rest,
            // – — ‘ ’ “ ” …
            [0xe2, 0x80, 0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6, rest @ ..] => rest,
            _ => return false,
        }
    }
}

/// The text in Unicode normalisation form C.
pub fn nfc(text: &str) -> String {
    if is_ordinary(text) || is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

/// Whether a text is in normalisation form C already.
pub fn is_nfc(text: &str) -> bool {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => true,
        IsNormalized::No => false,
        IsNormalized::Maybe => text.nfc().eq(text.chars()),
    }
}

/// An invisible character that has no business in a record: a control, a soft hyphen, a zero-width sign, a
/// directional mark, a selector that hides data, what Word writes for a picture, or a private-use bullet as word processors write them.
pub fn is_stray_control(c: char) -> bool {
    is_filler(c)
        || matches!(c,
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A letter that fills a place without ink.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

/// Whether a text shows nothing: it holds only spaces and invisible signs.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_stray_control(c) || is_bidi_control(c))
}

/// The sign for a letter that was lost when a text was converted.
const LOST: char = '\u{fffd}';

/// The Latin letter or digit that a Cyrillic or Greek letter, the Icelandic `Ð`, or a full-width or mathematical letter only looks like.
pub fn latin_twin(c: char) -> Option<char> {
    const TWINS: &[(char, char)] = &[
        ('Ð', 'Đ'),
        ('ð', 'đ'),
        ('А', 'A'),
        ('В', 'B'),
        ('С', 'C'),
        ('Е', 'E'),
        ('Н', 'H'),
        ('І', 'I'),
        ('Ј', 'J'),
        ('К', 'K'),
        ('М', 'M'),
        ('О', 'O'),
        ('Р', 'P'),
        ('Ѕ', 'S'),
        ('Т', 'T'),
        ('Х', 'X'),
        ('У', 'Y'),
        ('а', 'a'),
        ('с', 'c'),
        ('е', 'e'),
        ('һ', 'h'),
        ('і', 'i'),
        ('ј', 'j'),
        ('о', 'o'),
        ('р', 'p'),
        ('ѕ', 's'),
        ('х', 'x'),
        ('у', 'y'),
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Η', 'H'),
        ('Ι', 'I'),
        ('Κ', 'K'),
        ('Μ', 'M'),
        ('Ν', 'N'),
        ('Ο', 'O'),
        ('Ρ', 'P'),
        ('Τ', 'T'),
        ('Χ', 'X'),
        ('Υ', 'Y'),
        ('Ζ', 'Z'),
        ('ο', 'o'),
    ];
    // Nearly every character of a record is ASCII, which needs no search.
    if c.is_ascii() {
        return None;
    }
    TWINS.iter().find(|(twin, _)| *twin == c).map(|(_, latin)| *latin).or_else(|| plain(c))
}

/// The letter or digit that a full-width or mathematical one is a style of: people copy those to make a text stand out, and no
/// search finds them. Signs for which a text has no other, such as `²`, `½` or `Ⅳ`, stay.
fn plain(c: char) -> Option<char> {
    let is_style = matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7ff}');
    std::iter::once(c).nfkc().next().filter(|plain| is_style && plain.is_ascii_alphanumeric())
}

/// Why a text is not as it should be written, if it is not. Look-alikes count only inside words of Latin letters, so
/// that a Russian or Greek name stays what it is.
pub fn irregularity(text: &str) -> Option<Irregularity> {
    if is_ordinary(text) {
        return None;
    }
    if let Some(c) = text.chars().find(|&c| is_stray_control(c)) {
        return Some(Irregularity::Control(c));
    }
    if text.contains(LOST) {
        return Some(Irregularity::Lost);
    }
    if let Some((c, latin)) = look_alike(text) {
        return Some(Irregularity::LookAlike(c, latin));
    }
    (!is_nfc(text)).then_some(Irregularity::Decomposed)
}

/// The text as it should be written; none where that is not clear (a private-use bullet) or nothing is irregular.
pub fn mended(text: &str) -> Option<String> {
    let bullet = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c) || ('\u{e0000}'..='\u{e007f}').contains(&c);
    if text.contains(bullet) {
        return None;
    }
    let mut now = text.to_owned();
    // One letter mended can make its word a Latin one, and so show the next.
    for _ in 0..4 {
        match irregularity(&now) {
            None | Some(Irregularity::Lost) => break,
            Some(Irregularity::Control(_)) => now = now.chars().filter_map(without_control).collect(),
            Some(Irregularity::LookAlike(..)) => now = with_latin_letters(&now),
            Some(Irregularity::Decomposed) => now = nfc(&now),
        }
    }
    (now != text && irregularity(&now).is_none()).then_some(now)
}

/// What parts words becomes a space; what is only invisible goes.
fn without_control(c: char) -> Option<char> {
    match c {
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_stray_control(c) => None,
        c => Some(c),
    }
}

/// Latin letters for those that only look so, in words where [`irregularity`] would tell them.
fn with_latin_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        match look_alike(part) {
            Some(_) => out.extend(part.chars().map(|c| latin_twin(c).unwrap_or(c))),
            None => out.push_str(part),
        }
    }
    out
}

/// What is irregular about a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Irregularity {
    /// An invisible character.
    Control(char),
    /// A letter was lost.
    Lost,
    /// A letter of another script that looks like the Latin one given second.
    LookAlike(char, char),
    /// Letters and their marks written apart (not NFC).
    Decomposed,
}

fn look_alike(text: &str) -> Option<(char, char)> {
    text.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
        let latin = |c: char| {
            c.is_ascii_alphabetic() || ('\u{c0}'..'\u{250}').contains(&c) || ('\u{1ea0}'..'\u{1f00}').contains(&c)
        };
        let mut twins = word.chars().filter_map(|c| latin_twin(c).map(|latin| (c, latin)));
        let mixed = || word.chars().any(|c| latin(c) && latin_twin(c).is_none());
        let never_meant = |c: char| matches!(c, 'Ð' | 'ð') || plain(c).is_some();
        let first = twins.next()?;
        if mixed() { Some(first) } else { std::iter::once(first).chain(twins).find(|(c, _)| never_meant(*c)) }
    })
}

/// The text with one space wherever there is white space, and none around it.
pub fn on_one_line(text: String) -> String {
    // White space beyond ASCII begins with one of three bytes or, once, has this one second.
    let may_have_other = text
        .bytes()
        .fold(false, |other, byte| other | (byte < b' ') | matches!(byte, 0x7f | 0x9a | 0xc2 | 0xe2 | 0xe3));
    let is_so = !may_have_other && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ");
    if is_so { text } else { text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// The last `count` characters of a text.
pub fn last(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or("", |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cyrillic_letter_in_a_latin_word_is_a_look_alike() {
        assert_eq!(irregularity("Nghị định NĐ-СP"), Some(Irregularity::LookAlike('С', 'C')));
        assert_eq!(irregularity("Москва"), None);
    }

    #[test]
    fn what_is_ordinary_is_regular() {
        let ordinary = |c: &char| is_ordinary(&c.to_string());
        let listed = |c: &char| matches!(c, ' '..='~' | '\t' | '\n' | '\r' | 'À'..='Ï' | 'Ñ'..='ï' | 'ñ'..='ɏ' | 'Ạ'..='ỹ' | '–' | '—' | '‘' | '’' | '“' | '”' | '…');
        assert!(('\0'..=char::MAX).all(|c| ordinary(&c) == listed(&c)));
        for c in ('\0'..=char::MAX).filter(ordinary) {
            let text = c.to_string();
            assert!(is_nfc(&text) && !is_stray_control(c) && latin_twin(c).is_none() && !is_bidi_control(c), "{c:?}");
            assert!(is_nfc(&format!("a{c}")), "{c:?} combines with what is before it");
        }
        assert!(is_ordinary("Nghị định 63/2010/NĐ-CP – “đã hết hiệu lực”…"));
    }

    #[test]
    fn white_space_becomes_one_space() {
        for space in ('\0'..=char::MAX).filter(|c| c.is_whitespace()) {
            let [inner, around] = [format!("tiếng{space}Việt"), format!("{space}tiếng {space}Việt{space}")];
            assert_eq!([on_one_line(inner), on_one_line(around)], ["tiếng Việt", "tiếng Việt"], "{space:?}");
        }
        assert_eq!(on_one_line("Ớt  và  hành ".to_owned()), "Ớt và hành");
    }

    #[test]
    fn icelandic_eth_is_taken_for_d_with_stroke() {
        assert_eq!(irregularity("63/2010/NÐ-CP"), Some(Irregularity::LookAlike('Ð', 'Đ')));
    }

    #[test]
    fn a_style_of_a_letter_only_looks_like_it() {
        assert_eq!(irregularity("Ｔhông báo"), Some(Irregularity::LookAlike('Ｔ', 'T')));
        assert_eq!(mended("𝐓hông báo số ２").as_deref(), Some("Thông báo số 2"));
        assert_eq!(mended("𝗤𝘂𝘆").as_deref(), Some("Quy"));
        for meant in ["120 m², ½ ngày, 37 ℃, bậc Ⅳ", "天津（中国）", "nhịp tim ❤\u{fe0f}", "№ 5", "góc α = 30°"]
        {
            assert_eq!(irregularity(meant), None, "{meant}");
        }
    }

    #[test]
    fn a_lost_letter_is_told_and_nobody_can_mend_it() {
        assert_eq!(irregularity("Quy\u{fffd}t định"), Some(Irregularity::Lost));
        assert_eq!(mended("Quy\u{fffd}t định"), None);
    }

    #[test]
    fn decomposed_text_is_told_and_composed_is_not() {
        assert_eq!(irregularity("tie\u{302}\u{301}ng"), Some(Irregularity::Decomposed));
        assert_eq!(irregularity("tiếng Việt"), None);
    }
}
