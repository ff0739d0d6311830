//! From a place in a value back to the place in the file.
//!
//! A value differs from what is written by quotes, escapes, folding, indentation and Unicode normalisation, but its visible
//! characters stand in the same order. So the two are walked side by side, and only when a fault needs a place.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

use crate::source::Span;
use crate::syntax::yaml::Style;

/// The place of the bytes `range` of `value`, which is written in `style` as `written`, the file's bytes at `span`.
pub fn within(span: Span, written: &str, style: Style, value: &str, range: std::ops::Range<usize>) -> Span {
    if written == value {
        // A text with very many links would be walked once for each.
        return Span::new(span.file, span.start as usize + range.start, span.start as usize + range.end);
    }
    let escapes = match (style, written.as_bytes().first()) {
        (Style::Quoted, Some(b'"')) => Escapes::Backslash,
        (Style::Quoted, _) => Escapes::DoubledQuote,
        _ => Escapes::None,
    };
    let written_marks = visible(written, escapes);
    let value_marks = visible(value, Escapes::None);
    let skip = written_marks.len().saturating_sub(value_marks.len());
    // Quotes and block sigils come first and last; the first visible character of the value fixes the start.
    let lead = lead(style, &written_marks, &value_marks).min(skip);
    let find = |offset: usize| value_marks.partition_point(|mark| mark.offset < offset) + lead;
    let first = find(range.start);
    let start = written_marks.get(first).map_or(written.len(), |mark| mark.offset);
    let last = find(range.end).max(first + 1);
    let end = written_marks.get(last - 1).map_or(written.len(), |mark| mark.offset + mark.length);
    let base = span.start as usize;
    Span::new(span.file, base + start, base + end.max(start))
}

/// How a text writes what it cannot write as it is.
#[derive(Clone, Copy)]
enum Escapes {
    /// Not at all.
    None,
    /// `\n` and the like, between double quotes.
    Backslash,
    /// `''`, between single quotes.
    DoubledQuote,
}

struct Mark {
    character: char,
    offset: usize,
    length: usize,
}

/// The visible characters of a text, canonically decomposed and ordered, each with the place that it came from.
fn visible(text: &str, escapes: Escapes) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::with_capacity(text.len());
    let mut rest = text.char_indices().peekable();
    while let Some((offset, character)) = rest.next() {
        let (character, length) = match (escapes, character) {
            (Escapes::Backslash, '\\') => unescape(text, offset, &mut rest),
            (Escapes::DoubledQuote, '\'') if offset > 0 && rest.next_if(|(_, next)| *next == '\'').is_some() => {
                ('\'', 2)
            }
            _ => (character, character.len_utf8()),
        };
        if !character.is_whitespace() {
            decompose_canonical(character, |character| marks.push(Mark { character, offset, length }));
        }
    }
    order(&mut marks);
    marks
}

/// Puts combining marks into canonical order, as normalisation does.
fn order(marks: &mut [Mark]) {
    let class = |mark: &Mark| canonical_combining_class(mark.character);
    let mut at = 0;
    while at < marks.len() {
        let run = marks[at..].iter().take_while(|mark| class(mark) != 0).count();
        marks[at..at + run].sort_by_key(class);
        at += run.max(1);
    }
}

type Characters<'a> = std::iter::Peekable<std::str::CharIndices<'a>>;

/// What an escape of a double-quoted text stands for, and its length in bytes.
fn unescape(text: &str, offset: usize, rest: &mut Characters<'_>) -> (char, usize) {
    let Some((at, letter)) = rest.next() else { return ('\\', 1) };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        'n' | 't' | 'r' | '\n' | ' ' | '_' | 'N' | 'L' | 'P' => return (' ', 2),
        other => return (other, 1 + other.len_utf8()),
    };
    let code =
        text.get(at + 1..at + 1 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
    for _ in 0..digits {
        rest.next();
    }
    (code.unwrap_or(' '), at + 1 + digits - offset)
}

/// How many visible characters come before the value's first: a quote, or a block's `|-`.
fn lead(style: Style, written: &[Mark], value: &[Mark]) -> usize {
    match style {
        Style::Plain => 0,
        Style::Quoted => 1,
        Style::Block => block_header(written, value),
    }
}

/// The length of `|`, `>-`, `|2+` and their like: as much as is not the value itself.
fn block_header(written: &[Mark], value: &[Mark]) -> usize {
    (1..=3.min(written.len()))
        .find(|&n| written[n..].iter().zip(value).take(32).all(|(a, b)| a.character == b.character))
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn found<'a>(written: &'a str, value: &str, part: &str) -> &'a str {
        let start = value.find(part).unwrap();
        let span = Span::new(FileId::new(0), 0, written.len());
        let style = match &written[..1] {
            "|" => Style::Block,
            "'" | "\"" => Style::Quoted,
            _ => Style::Plain,
        };
        let place = within(span, written, style, value, start..start + part.len());
        &written[place.start as usize..place.end as usize]
    }

    #[test]
    fn a_plain_value_is_itself() {
        assert_eq!(found("xem [a](b)", "xem [a](b)", "[a](b)"), "[a](b)");
    }

    #[test]
    fn quotes_and_escapes_are_stepped_over() {
        assert_eq!(found(r#""x \u0111 [a](b)""#, "x đ [a](b)", "[a](b)"), "[a](b)");
        assert_eq!(found("'x [a](b)'", "x [a](b)", "[a](b)"), "[a](b)");
        assert_eq!(found("'''x'' [a](b)'", "'x' [a](b)", "[a](b)"), "[a](b)");
    }

    #[test]
    fn a_block_has_its_indentation_and_sigil() {
        assert_eq!(found("|-\n    một\n    <b>hai", "một\n<b>hai", "<b>"), "<b>");
    }

    #[test]
    fn normalised_text_is_found_in_its_decomposed_writing() {
        assert_eq!(found("tie\u{302}\u{301}ng <b>", "tiếng <b>", "<b>"), "<b>");
    }
}
