//! What a page says to machines: schema.org in JSON-LD, as one data block. Data is no script: no browser runs it.
//!
//! Each view's file makes the node of its own record; here is what they have in common.

use serde_json::{Map, Value, json};

use crate::render::words::{Link, Words};

/// A node of a schema.org type. What is null or empty is left out.
pub fn node(kind: &str, values: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let mut node = Map::from_iter([("@type".to_owned(), json!(kind))]);
    node.extend(values.into_iter().filter(|(_, value)| !is_empty(value)).map(|(key, value)| (key.to_owned(), value)));
    Value::Object(node)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// The text of words that may be missing.
pub fn text(words: Option<&Words>) -> Value {
    words.map_or(Value::Null, |words| json!(words.text))
}

/// Something named, such as an organization.
pub fn named(kind: &str, name: &Words) -> Value {
    node(kind, [("name", json!(name.text))])
}

/// The way to a page. Addresses below the base stand as whole ones.
pub fn breadcrumbs(crumbs: &[Link], here: (&Words, &str), whole: impl Fn(&str) -> String) -> Value {
    let above = crumbs.iter().map(|crumb| (&crumb.title, crumb.href.as_deref().map(&whole)));
    let all = above.chain([(here.0, Some(here.1.to_owned()))]).enumerate();
    let item = |(index, (title, address)): (usize, (&Words, Option<String>))| {
        node("ListItem", [("position", json!(index + 1)), ("name", json!(title.text)), ("item", json!(address))])
    };
    node("BreadcrumbList", [("itemListElement", all.map(item).collect())])
}

/// Nodes as the text of a data block, safe inside a `script` element whatever they say.
pub fn block(nodes: Vec<Value>) -> String {
    let graph = json!({ "@context": "https://schema.org", "@graph": nodes });
    let text = graph.to_string();
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some((at, found)) =
        rest.char_indices().find(|(_, c)| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'))
    {
        out.push_str(&rest[..at]);
        out.push_str(&format!("\\u{:04x}", u32::from(found)));
        rest = &rest[at + found.len_utf8()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_block_cannot_be_left_by_what_it_says() {
        let nasty = "</script><script>alert(1)</script><!-- & \u{2028}";
        let block = block(vec![node("Thing", [("name", json!(nasty))])]);
        assert!(!block.contains(['<', '>', '&', '\u{2028}']), "{block}");
        let read: Value = serde_json::from_str(&block).unwrap();
        assert_eq!(read["@graph"][0]["name"], nasty);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        assert_eq!(
            node("Thing", [("name", Value::Null), ("url", json!("")), ("a", json!([]))]),
            json!({"@type": "Thing"})
        );
    }
}
