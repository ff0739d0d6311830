//! Small values: slugs and symbols.

use minhbach::value::{slug as slug_of, symbol as symbols};

/// A slug is an address as it stands, and its own slug.
pub fn slug(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let slug = slug_of(&text);
    assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{slug}");
    assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"), "{slug}");
    assert_eq!(slug_of(&slug), slug);
}

/// A symbol is a digit and a sign at the least, and normalised once is normalised.
pub fn symbol(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(symbol) = symbols::normalise(&text) {
        assert!(symbol.contains(|c: char| c.is_ascii_digit()) && symbol.contains(['/', '-']), "{symbol}");
        assert_eq!(symbols::normalise(&symbol).as_deref(), Some(symbol.as_str()));
    }
}
