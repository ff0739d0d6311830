//! The hash of values: the same values have the same hash, in whichever order their maps happen to hold them.

use blake3::Hasher;
use serde::Serialize;
use serde_json::Value;

/// Adds what a value holds.
pub fn add(hasher: &mut Hasher, value: &impl Serialize) {
    let value = serde_json::to_value(value).expect("a view holds text, numbers and lists of them");
    add_value(hasher, &value);
}

/// Adds a part of known meaning, so that no two parts can run into each other.
pub fn add_bytes(hasher: &mut Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
}

fn add_value(hasher: &mut Hasher, value: &Value) {
    match value {
        Value::Object(entries) => {
            let mut entries: Vec<(&String, &Value)> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            add_bytes(hasher, format!("map of {}", entries.len()).as_bytes());
            for (key, value) in entries {
                add_bytes(hasher, key.as_bytes());
                add_value(hasher, value);
            }
        }
        Value::Array(items) => {
            add_bytes(hasher, format!("list of {}", items.len()).as_bytes());
            items.iter().for_each(|item| add_value(hasher, item));
        }
        Value::String(text) => {
            hasher.update(b"s");
            add_bytes(hasher, text.as_bytes());
        }
        other => add_bytes(hasher, other.to_string().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hash(value: &Value) -> blake3::Hash {
        let mut hasher = Hasher::new();
        add(&mut hasher, value);
        hasher.finalize()
    }

    #[test]
    fn the_order_of_keys_does_not_matter_and_all_else_does() {
        assert_eq!(hash(&json!({"a": 1, "b": [2]})), hash(&json!({"b": [2], "a": 1})));
        let different = [
            json!(["ab"]),
            json!(["a", "b"]),
            json!({"a": "b"}),
            json!("ab"),
            json!(1),
            json!("1"),
            json!(null),
            json!([]),
        ];
        let hashes: std::collections::HashSet<_> = different.iter().map(|value| *hash(value).as_bytes()).collect();
        assert_eq!(hashes.len(), different.len());
    }
}
