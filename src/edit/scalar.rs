//! How a text is written as a YAML scalar.

use crate::source::FileId;
use crate::syntax::yaml::{self, Style, Value};

/// A text on one line: without quotes where it stays the same text, for people and for other programs; else in double quotes.
pub fn inline(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { double_quoted(text) }
}

/// A key. A word such as `on` stays as people write it: it is a key of ours, and no other program takes it for a value.
pub fn key(text: &str) -> String {
    let is_word = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
    if is_word { text.to_owned() } else { in_flow(text) }
}

/// The same inside `[…]` or `{…}`, where more signs mean something.
pub fn in_flow(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}']) { double_quoted(text) } else { inline(text) }
}

/// A text instead of one that is `written` in `style`: in the same quotes where it had some.
pub fn like(written: &str, style: Style, text: &str) -> String {
    match style {
        Style::Quoted if written.starts_with('\'') && !text.contains(|c: char| c.is_control()) => {
            format!("'{}'", text.replace('\'', "''"))
        }
        Style::Quoted => double_quoted(text),
        Style::Plain | Style::Block => inline(text),
    }
}

/// A text in double quotes. YAML's are JSON's, and take more.
pub fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text as it is where it can stand without quotes as the same text, whatever its type; else in double quotes. One of several
/// lines stays as it is.
pub fn plain_or_quoted(text: String) -> String {
    let same = || {
        let line = format!("k: {text}");
        let root = yaml::parse(FileId::new(0), &line).ok()?;
        root.get("k").and_then(yaml::Node::text).filter(|read| *read == text.trim()).map(|_| ())
    };
    if text.contains('\n') || same().is_some() { text } else { double_quoted(&text) }
}

/// Whether a text can stand without quotes. What other programs would take for a number, a day or a truth value is quoted.
fn is_plain(text: &str) -> bool {
    let is_odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{85}');
    if text.is_empty() || text.trim() != text || text.contains(is_odd) || looks_like_another_type(text) {
        return false;
    }
    let line = format!("k: {text}");
    match yaml::parse(FileId::new(0), &line).ok().and_then(|root| root.get("k").cloned()) {
        Some(node) => match node.value {
            Value::Scalar(scalar) => scalar.style == Style::Plain && scalar.text == text,
            _ => false,
        },
        None => false,
    }
}

fn looks_like_another_type(text: &str) -> bool {
    const WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "null", "~", "y", "n"];
    let lower = text.to_ascii_lowercase();
    WORDS.contains(&lower.as_str())
        || lower.trim_start_matches(['+', '-', '.']).starts_with(|c: char| c.is_ascii_digit())
            && lower.chars().all(|c| c.is_ascii_hexdigit() || ".,_:+-xo".contains(c))
}
