//! Plain text as Markdown that means and looks the same.
//!
//! Every line of the text is a paragraph, or an item of a list where it begins with `-`, `+` or `++`, the marks of first,
//! second and third rank in official texts. Whatever else Markdown would take for a sign is escaped. Indentation is not
//! kept, so nothing becomes code; numbers of paragraphs stay the characters that they are.

use crate::import::text::clean;

/// The text as Markdown; empty where it has no line.
pub fn markdown(text: &str) -> String {
    let mut out = String::new();
    let mut ranks: Vec<usize> = Vec::new();
    for line in clean(text).lines().map(str::trim).filter(|line| !line.is_empty()) {
        let item = item(line);
        let in_list = !ranks.is_empty();
        place(&mut ranks, item.map(|(rank, _)| rank));
        if !out.is_empty() {
            out.push_str(if in_list && item.is_some() { "\n" } else { "\n\n" });
        }
        if !ranks.is_empty() {
            out.push_str(&"  ".repeat(ranks.len() - 1));
            out.push_str("- ");
        }
        out.push_str(&escaped(item.map_or(line, |(_, text)| text)));
    }
    out
}

/// The open ranks after a line: those that are above an item's own, and its own; none after a paragraph.
fn place(ranks: &mut Vec<usize>, item: Option<usize>) {
    match item {
        Some(rank) => {
            ranks.retain(|above| *above < rank);
            ranks.push(rank);
        }
        None => ranks.clear(),
    }
}

/// The rank and the text of an item of a list.
fn item(line: &str) -> Option<(usize, &str)> {
    let marks: &[(usize, &str)] = &[(2, "++"), (1, "+"), (0, "-")];
    let (rank, rest) = marks.iter().find_map(|(rank, mark)| Some((*rank, line.strip_prefix(mark)?)))?;
    let opens = rest.starts_with(|c: char| c == ' ' || c.is_alphabetic());
    let text = rest.trim_start();
    (opens && text.contains(char::is_alphanumeric)).then_some((rank, text))
}

/// One line with everything escaped that Markdown would take for a sign.
fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut before = ' ';
    let special = opening(line);
    for (at, c) in line.char_indices() {
        let after = line[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        if special == Some(at) || is_sign(c, before, &line[at..], after) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Where a sign stands that has a meaning only at the beginning of a line.
fn opening(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    if matches!(first, '-' | '+' | '#' | '>' | '=' | ':' | '|') {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let ordered = (1..=9).contains(&digits) && rest.starts_with(['.', ')']);
    (ordered && rest[1..].chars().next().is_none_or(char::is_whitespace)).then_some(digits)
}

/// Whether a character has a meaning wherever it stands.
fn is_sign(c: char, before: char, rest: &str, after: char) -> bool {
    match c {
        '\\' | '`' | '*' | '[' | ']' | '~' => true,
        '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
        '<' => after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'),
        '&' => is_entity(&rest[1..]),
        _ => false,
    }
}

fn is_entity(rest: &str) -> bool {
    let name = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    name > 0 && rest[name..].starts_with(';')
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    fn options() -> Options {
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST
    }

    /// The visible text, and whether anything but paragraphs and lists came of it.
    fn seen(text: &str) -> (String, bool) {
        let markdown = markdown(text);
        let (mut out, mut plain) = (String::new(), true);
        for event in Parser::new_ext(&markdown, options()) {
            match event {
                Event::Text(text) => out.push_str(&text),
                Event::Start(Tag::Paragraph | Tag::List(None)) | Event::End(_) => {}
                Event::Start(Tag::Item) => out.push('\n'),
                _ => plain = false,
            }
        }
        (out, plain)
    }

    #[test]
    fn signs_stay_characters() {
        for line in [
            "* Lưu ý",
            "# 1",
            "> 5 tỷ",
            "1. Một",
            "2) Hai",
            "a < b <b>đậm</b> <!-- x -->",
            "a_b _c_ **d** `e` [f](g) ![h](i)",
            "---",
            "***",
            "===",
            "```",
            "~~~",
            "~~x~~",
            "| a | b |",
            ": nghĩa",
            "[^1]: chú",
            "&lt; &amp; & Co",
            "\\",
            "a\\*b",
            "<a@b.vn>",
            "https://x.vn/a_b",
            "- - x",
            "- 1. x",
            "- # x",
            "+ > x",
            "- [ ] x",
            "[x]: https://y.vn",
            "x  ",
            "2 + 20 < C",
            "-",
            "+",
            "-5 ngày",
            "--- x",
            "= 5",
        ] {
            let (text, plain) = seen(line);
            assert!(plain, "{line} -> {}", markdown(line));
            let line = item(line.trim()).map_or(line.trim(), |(_, text)| text);
            assert_eq!(text.trim(), line);
        }
    }

    #[test]
    fn ranks_make_lists_of_lists() {
        assert_eq!(
            markdown("Gồm:\n- a\n+ b\n++ c\n+ d\n-e\nHết\n+ f"),
            "Gồm:\n\n- a\n  - b\n    - c\n  - d\n- e\n\nHết\n\n- f"
        );
    }

    #[test]
    fn no_line_becomes_code_a_heading_or_part_of_another() {
        assert_eq!(markdown("\tmột\n    hai\n---\n  ba  \n\n\n"), "một\n\nhai\n\n\\---\n\nba");
    }
}
