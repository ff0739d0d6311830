//! The hash of values: the same values have the same hash, in whichever order their maps happen to hold them.

use blake3::Hasher;
use tera::Value;

/// Room for a view, in bytes: nearly all are smaller.
const VIEW: usize = 32 << 10;

/// Adds what a value holds.
pub fn add(hasher: &mut Hasher, value: &Value) {
    // Hashed in one piece: a view has thousands of small parts.
    let mut bytes = Vec::with_capacity(VIEW);
    lay(&mut bytes, value);
    add_bytes(hasher, &bytes);
}

/// Adds a part of known meaning, so that no two parts can run into each other.
pub fn add_bytes(hasher: &mut Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
}

/// A value as bytes that no other value has.
fn lay(out: &mut Vec<u8>, value: &Value) {
    if let Some(map) = value.as_map() {
        let mut entries: Vec<_> = map.iter().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        lay_length(out, b'm', entries.len());
        for (key, value) in entries {
            match key.as_str() {
                Some(key) => lay_bytes(out, b'k', key.as_bytes()),
                None => lay_bytes(out, b'v', key.to_string().as_bytes()),
            }
            lay(out, value);
        }
    } else if let Some(items) = value.as_array() {
        lay_length(out, b'l', items.len());
        items.iter().for_each(|item| lay(out, item));
    } else if let Some(text) = value.as_str() {
        lay_bytes(out, if value.is_safe() { b'h' } else { b's' }, text.as_bytes());
    } else {
        lay_bytes(out, b'o', value.name().as_bytes());
        lay_bytes(out, b'=', value.to_string().as_bytes());
    }
}

fn lay_length(out: &mut Vec<u8>, kind: u8, length: usize) {
    out.push(kind);
    out.extend((length as u64).to_le_bytes());
}

fn lay_bytes(out: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    lay_length(out, kind, bytes.len());
    out.extend(bytes);
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

    fn hash_json(value: &serde_json::Value) -> blake3::Hash {
        hash(&Value::from_serializable(value))
    }

    #[test]
    fn the_order_of_keys_does_not_matter_and_all_else_does() {
        assert_eq!(hash_json(&json!({"a": 1, "b": [2]})), hash_json(&json!({"b": [2], "a": 1})));
        let different = [
            json!(["ab"]),
            json!(["a", "b"]),
            json!({"a": "b"}),
            json!("ab"),
            json!(1),
            json!(true),
            json!("1"),
            json!(null),
            json!([]),
            json!({}),
        ];
        let mut hashes: std::collections::HashSet<_> =
            different.iter().map(|value| *hash_json(value).as_bytes()).collect();
        hashes.insert(*hash(&Value::safe_string("ab")).as_bytes());
        assert_eq!(hashes.len(), different.len() + 1);
    }
}
