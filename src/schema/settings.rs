//! Visual Studio Code's `.vscode/settings.json`: says which schema describes which files, and leaves alone what else is there.
//!
//! The file is JSON with comments, often with commas behind the last item, and belongs to the staff: it is read for what it
//! means and edited as text, so that every byte that is not ours stays.

use serde_json::{Map, Value};

/// The key under which the YAML extension looks for schemas.
const KEY: &str = "yaml.schemas";

/// The text of the settings with `schemas` in it: schema files and the patterns of what they describe. An entry of the same
/// name is brought up to date; other entries stay. None where the text is no settings file.
pub fn merged(text: &str, schemas: &[(String, Vec<String>)]) -> Option<String> {
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Some(format!("{{\n  \"{KEY}\": {}\n}}\n", block(schemas, "  ")));
    }
    let plain = without_comments(text);
    let settings: Map<String, Value> = serde_json::from_str(plain.trim_start_matches('\u{feff}')).ok()?;
    let Some(known) = settings.get(KEY) else {
        let entry = format!("\"{KEY}\": {}", block(schemas, "  "));
        return Some(inserted(text, &plain, plain.find('{')? + 1, &entry, "  ", settings.is_empty()));
    };
    let known = known.as_object()?;
    let open = value_of(&plain, plain.find('{')? + 1, KEY)?;
    let mut out = (text.to_owned(), plain);
    let mut empty = known.is_empty();
    for (name, patterns) in schemas.iter().rev() {
        let line = entry(name, patterns);
        match value_of(&out.1, open + 1, name) {
            Some(_) if known.get(name) == Some(&Value::from(patterns.clone())) => {}
            Some(at) => {
                let end = at + length(&out.1[at..]);
                out.0.replace_range(at..end, &Value::from(patterns.clone()).to_string());
            }
            None => out.0 = inserted(&out.0, &out.1, open + 1, &line, "    ", empty),
        }
        empty = false;
        out.1 = without_comments(&out.0);
    }
    Some(out.0)
}

fn entry(name: &str, patterns: &[String]) -> String {
    format!("{}: {}", Value::from(name), Value::from(patterns.to_vec()))
}

fn block(schemas: &[(String, Vec<String>)], indent: &str) -> String {
    let lines: Vec<String> =
        schemas.iter().map(|(name, patterns)| format!("{indent}  {}", entry(name, patterns))).collect();
    format!("{{\n{}\n{indent}}}", lines.join(",\n"))
}

/// The text with an entry as the first of the object that opens before `at`.
fn inserted(text: &str, plain: &str, at: usize, entry: &str, indent: &str, empty: bool) -> String {
    let comma = if empty { "" } else { "," };
    let rest = &plain[at..];
    // Where the object's first entry stands on the brace's own line, it moves to a line of its own.
    let breaks = rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    let outer = &indent[2..];
    let end = if breaks {
        String::new()
    } else if empty {
        format!("\n{outer}")
    } else {
        format!("\n{indent}")
    };
    format!("{}\n{indent}{entry}{comma}{end}{}", &text[..at], text[at..].trim_start_matches([' ', '\t']))
}

/// Where the value of a key begins, in the object whose inside begins at `at`.
fn value_of(plain: &str, mut at: usize, key: &str) -> Option<usize> {
    loop {
        at += plain[at..].len() - plain[at..].trim_start().len();
        let name = plain[at..].starts_with('"').then(|| length(&plain[at..]))?;
        let is_it = serde_json::from_str::<String>(&plain[at..at + name]).ok()? == key;
        at += name;
        at += plain[at..].find(':')? + 1;
        at += plain[at..].len() - plain[at..].trim_start().len();
        if is_it {
            return Some(at);
        }
        at += length(&plain[at..]);
        at += plain[at..].find(',')? + 1;
    }
}

/// How many bytes the JSON value at the start of a text has.
fn length(text: &str) -> usize {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => values.byte_offset(),
        _ => text.len(),
    }
}

/// The same text, byte for byte as long, with blanks for comments and for commas behind the last item.
fn without_comments(text: &str) -> String {
    let mut out: Vec<u8> = text.as_bytes().to_vec();
    let mut at = 0;
    let mut comma = None;
    while at < out.len() {
        let end = match (out[at], out.get(at + 1)) {
            (b'"', _) => at + string(&out[at..]),
            (b'/', Some(b'/')) => blank(&mut out, at, |rest| rest.iter().position(|b| *b == b'\n')),
            (b'/', Some(b'*')) => {
                blank(&mut out, at, |rest| rest.windows(2).skip(2).position(|b| b == b"*/").map(|end| end + 4))
            }
            (b'}' | b']', _) => {
                if let Some(comma) = comma {
                    out[comma] = b' ';
                }
                at + 1
            }
            _ => at + 1,
        };
        match out[at] {
            b',' => comma = Some(at),
            byte if byte.is_ascii_whitespace() => {}
            _ => comma = None,
        }
        at = end;
    }
    String::from_utf8(out).unwrap_or_default()
}

/// How many bytes a string has, its quotes included.
fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// Blanks a comment; returns where it ends.
fn blank(out: &mut [u8], at: usize, end: impl Fn(&[u8]) -> Option<usize>) -> usize {
    let end = end(&out[at..]).map_or(out.len(), |length| at + length);
    out[at..end].iter_mut().filter(|byte| !byte.is_ascii_whitespace()).for_each(|byte| *byte = b' ');
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schemas() -> Vec<(String, Vec<String>)> {
        vec![("./a.json".to_owned(), vec!["a/*.yaml".to_owned()]), ("./b.json".to_owned(), vec!["b/*.yaml".to_owned()])]
    }

    fn read(text: &str) -> Value {
        serde_json::from_str(&without_comments(text)).unwrap()
    }

    #[test]
    fn an_empty_file_gets_the_schemas_alone() {
        let text = merged("", &schemas()).unwrap();
        assert_eq!(read(&text)["yaml.schemas"]["./b.json"][0], "b/*.yaml");
    }

    #[test]
    fn what_stands_there_stays_byte_for_byte() {
        let before =
            "// ghi chú của Văn phòng\n{\n\t\"editor.rulers\": [80,], /* xem */\n  \"x\": {\"yaml.schemas\": 1},\n}\n";
        let after = merged(before, &schemas()).unwrap();
        let added = after.len() - before.len();
        let at = before.find('{').unwrap() + 1;
        assert_eq!(format!("{}{}", &after[..at], &after[at + added..]), before);
        assert_eq!(read(&after)["editor.rulers"][0], 80);
        assert_eq!(read(&after)["yaml.schemas"]["./a.json"][0], "a/*.yaml");
        assert_eq!(merged(&after, &schemas()).unwrap(), after);
    }

    #[test]
    fn other_schemas_stay_and_old_patterns_are_renewed() {
        let before = "{ \"yaml.schemas\": { \"./own.json\": \"*.yml\", /* cũ */ \"./b.json\": [\"old\"] } }";
        let after = merged(before, &schemas()).unwrap();
        let schemas = &read(&after)["yaml.schemas"];
        assert_eq!(schemas["./own.json"], "*.yml");
        assert_eq!(schemas["./b.json"][0], "b/*.yaml");
        assert_eq!(schemas["./a.json"][0], "a/*.yaml");
        assert!(after.contains("/* cũ */"));
    }

    #[test]
    fn what_is_no_settings_file_is_left_alone() {
        assert_eq!(merged("{ \"a\": ", &schemas()), None);
        assert_eq!(merged("[]", &schemas()), None);
        assert_eq!(merged("{\"yaml.schemas\": 3}", &schemas()), None);
    }
}
