//! Characters that a text must not hold.

/// A control that turns the direction of text and so can make it read as something else: the embeddings, overrides and
/// isolates of the Unicode bidirectional algorithm (UAX #9).
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
