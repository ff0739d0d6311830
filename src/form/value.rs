//! How a text that a person typed is written: a day, a number, a word, a text of one paragraph or of several.

use crate::edit::tree::New;
use crate::record::shape::{Form, Type};
use crate::value::{date, number};

/// Whether a typed text says what the file says. What differs only in line breaks is the same.
pub fn is_same(ty: &Type, written: &str, typed: &str) -> bool {
    match ty {
        Type::Markdown => paragraphs(written) == paragraphs(typed),
        _ => one_line(written) == one_line(typed),
    }
}

/// A typed text as it is written into a file. What is not of its type stays a text: the check tells it.
pub fn new(ty: &Type, typed: &str) -> New {
    let line = one_line(typed);
    match ty {
        Type::Markdown => {
            let text = paragraphs(typed);
            New::Text(if text.contains('\n') { text + "\n" } else { text })
        }
        Type::Bool if matches!(line.as_str(), "true" | "false") => New::Bare(line),
        Type::Date => match date::Date::parse(&line).or_else(|| date::meant(&line)) {
            Some(day) => New::Bare(day.to_string()),
            None => New::Text(line),
        },
        Type::Integer { .. } | Type::Counts(_) => whole(&line),
        Type::Decimal { .. } => decimal(&line),
        Type::Degrees { .. } => {
            let point = line.replace(',', ".");
            if number::decimal(&point).is_some() { New::Bare(point) } else { New::Text(line) }
        }
        Type::Word(words) if words.iter().any(|word| word.word == line) => New::Bare(line),
        Type::Formed(Form::Time) => New::Text(time(&line)),
        _ => New::Text(line),
    }
}

fn whole(line: &str) -> New {
    let digits = number::ungrouped(line);
    if number::integer(&digits).is_some() { New::Bare(digits) } else { New::Text(line.to_owned()) }
}

/// A number as people in Viet Nam write it: points between thousands, a comma before decimals.
fn decimal(line: &str) -> New {
    let digits = number::ungrouped(line);
    let digits = if number::decimal(&digits).is_some() { digits } else { digits.replace(',', ".") };
    if number::decimal(&digits).is_some() { New::Bare(digits) } else { New::Text(line.to_owned()) }
}

/// `7:30`, `7.30` and `7h30` are `07:30`.
fn time(line: &str) -> String {
    let lower = line.to_lowercase();
    let parts = lower.split_once(['h', ':', 'g', '.']);
    let number = |text: &str| text.trim().parse::<u8>().ok();
    let read = parts.and_then(|(hour, minute)| {
        let minute = if minute.trim().is_empty() { Some(0) } else { number(minute) };
        Some((number(hour)?, minute?))
    });
    match read {
        Some((hour, minute)) if hour < 24 && minute < 60 => format!("{hour:02}:{minute:02}"),
        _ => line.to_owned(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without empty lines around it, its line ends as the file's library reads them.
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.split('\n').map(|line| if line.trim().is_empty() { "" } else { line });
    lines.collect::<Vec<_>>().join("\n").trim_matches('\n').trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> New {
        New::Bare(text.to_owned())
    }

    #[test]
    fn what_people_type_is_written_as_it_should_be() {
        assert_eq!(new(&Type::Date, "23/11/2026"), bare("2026-11-23"));
        assert_eq!(new(&Type::Date, "mai"), New::Text("mai".into()));
        assert_eq!(new(&Type::Decimal { positive: false }, "1.200.000"), bare("1200000"));
        assert_eq!(new(&Type::Decimal { positive: false }, "1.200"), bare("1200"));
        assert_eq!(new(&Type::Decimal { positive: true }, "7,5"), bare("7.5"));
        assert_eq!(new(&Type::Degrees { limit: 90 }, "18.343"), bare("18.343"));
        assert_eq!(new(&Type::Integer { min: 0 }, "hai"), New::Text("hai".into()));
        assert_eq!(new(&Type::Formed(Form::Time), "7h30"), New::Text("07:30".into()));
        assert_eq!(new(&Type::Markdown, "một\r\n\r\nhai\r\n"), New::Text("một\n\nhai\n".into()));
    }

    #[test]
    fn line_breaks_alone_are_no_change() {
        assert!(is_same(&Type::Text, "một\nhai\n", "một hai"));
        assert!(is_same(&Type::Markdown, "một\n\nhai\n", "một\r\n\r\nhai"));
        assert!(!is_same(&Type::Markdown, "một\n\nhai\n", "một\nhai"));
    }
}
