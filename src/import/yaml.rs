//! Drafts as YAML that a person would like to edit: block style, two spaces, quotes only where they are needed, texts of
//! several lines as `|` blocks.
//!
//! The work is serde_yaml's; only its options and one exception are here: it would quote dates.

use crate::import::draft::{Draft, Record};

/// A whole record, one block a key.
pub fn record(record: &Record) -> String {
    record.keys.iter().map(|(key, value)| block(key, value)).collect()
}

/// One key and its value, with the line break at its end.
pub fn block(key: &'static str, value: &Draft) -> String {
    if let Draft::Date(date) = value {
        return format!("{key}: {date}\n");
    }
    let options = serde_yaml::ser_options! {
        compact_list_indent: false,
        prefer_block_scalars: false,
        min_fold_chars: usize::MAX,
    };
    let map = Draft::Map(vec![(key.into(), value.clone())]);
    let text = serde_yaml::to_string_with_options(&map, options);
    unquoted(text.expect("texts, numbers, lists and maps can be written as YAML"), value)
}

/// The block with the days that stand in it as days: without quotes, unless a text looks the same.
fn unquoted(block: String, value: &Draft) -> String {
    let (mut days, mut texts) = (Vec::new(), Vec::new());
    scalars(value, &mut days, &mut texts);
    days.iter().filter(|day| !texts.contains(&day.as_str())).fold(block, |block, day| {
        let quoted = format!(" \"{day}\"\n");
        block.replace(&quoted, &format!(" {day}\n"))
    })
}

fn scalars<'a>(value: &'a Draft, days: &mut Vec<String>, texts: &mut Vec<&'a str>) {
    match value {
        Draft::Date(day) => days.push(day.to_string()),
        Draft::Text(text) => texts.push(text),
        Draft::List(items) => items.iter().for_each(|item| scalars(item, days, texts)),
        Draft::Map(entries) => entries.iter().for_each(|(_, value)| scalars(value, days, texts)),
        Draft::Int(_) | Draft::Number(_) | Draft::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::syntax::yaml::{self, Node, Value};
    use crate::value::date::Date;

    fn same(draft: &Draft, node: &Node) -> bool {
        match (draft, &node.value) {
            (Draft::List(items), Value::List(nodes)) => {
                items.len() == nodes.len() && items.iter().zip(nodes).all(|(item, node)| same(item, node))
            }
            (Draft::Map(entries), Value::Map(nodes)) => {
                entries.iter().zip(nodes).all(|((key, value), node)| *key == node.key.text && same(value, &node.value))
            }
            (Draft::Text(text), Value::Scalar(scalar)) => *text == scalar.text.trim_end_matches('\n'),
            (Draft::Int(n), Value::Scalar(scalar)) => n.to_string() == scalar.text,
            (Draft::Number(n), Value::Scalar(scalar)) => n.to_string() == scalar.text,
            _ => false,
        }
    }

    #[test]
    fn a_record_is_tidy() {
        let document = |name: &str| Draft::map([("name", Some(Draft::text(name))), ("originals", Some(Draft::Int(1)))]);
        let case = Draft::map([
            ("case", Some(Draft::text("Cấp lại: do mất"))),
            ("documents", Some(Draft::List(vec![document("Đơn"), document("Ảnh")]))),
        ]);
        let day = Draft::Date(Date::parse("2026-05-05").unwrap());
        let text = [
            block("code", &Draft::text("2.001620")),
            block("issued_on", &day),
            block("requirements", &Draft::text("Một\n\n- hai")),
            block("dossiers", &Draft::List(vec![case])),
            block("legal_basis", &Draft::texts(["63/2010/NĐ-CP"])),
            block("value", &Draft::Number(7.5)),
        ];
        let expected = "code: \"2.001620\"\nissued_on: 2026-05-05\nrequirements: |\n  Một\n\n  - hai\ndossiers:\n  - case: \"Cấp lại: do mất\"\n    documents:\n      - name: Đơn\n        originals: 1\n      - name: Ảnh\n        originals: 1\nlegal_basis:\n  - 63/2010/NĐ-CP\nvalue: 7.5\n";
        assert_eq!(text.concat(), expected);
    }

    #[test]
    fn days_have_no_quotes_wherever_they_stand() {
        let day = || Some(Draft::Date(Date::parse("2026-05-05").unwrap()));
        let period = Draft::map([("start", day()), ("end", day())]);
        assert_eq!(block("period", &period), "period:\n  start: 2026-05-05\n  end: 2026-05-05\n");
        let mixed = Draft::map([("from", day()), ("text", Some(Draft::text("2026-05-05")))]);
        assert_eq!(block("x", &mixed), "x:\n  from: \"2026-05-05\"\n  text: \"2026-05-05\"\n");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let odd = [
            "no",
            "on",
            "1e3",
            "0239",
            "2.001620",
            "null",
            "~",
            "- a",
            "a: b",
            "a #b",
            "'",
            "\"",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "[a]",
            "{a}",
            "|",
            ">",
            "?",
            "? a",
            ":",
            ",",
            "12:30",
            "2026-05-05",
            "=",
            "<<",
            "---",
            "...",
            "a\nb",
            "- a\n  - b",
            "a\n\n\nb",
            "\\- a\n\\# b",
            " a",
            "a ",
            "…",
            "x:",
            "true",
            ".5",
            "0x1",
            "1_000",
            "#a",
        ];
        let draft = Draft::texts(odd);
        let text = block("list", &draft);
        let root = yaml::parse(FileId::new(0), &text).unwrap();
        assert!(same(&draft, root.get("list").unwrap()), "{text}");
    }
}
