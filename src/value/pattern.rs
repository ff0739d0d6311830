//! A pattern that most texts do not have, told fast.
//!
//! `\b` asks what a letter is, which the regex library can tell only slowly where letters are not ASCII. So the same pattern
//! without its word edges is asked first: wherever the pattern is, that is too.

use regex::{CaptureMatches, Regex};

/// A pattern with word edges.
#[derive(Debug)]
pub struct Pattern {
    exact: Regex,
    /// The same without word edges.
    loose: Regex,
}

impl Pattern {
    /// A pattern from its source, which must be valid.
    pub fn new(source: &str) -> Self {
        let read = |source: &str| Regex::new(source).expect("the pattern is valid");
        Pattern { exact: read(source), loose: read(&source.replace(r"\b", "")) }
    }

    /// Whether a text has it.
    pub fn is_match(&self, text: &str) -> bool {
        self.loose.is_match(text) && self.exact.is_match(text)
    }

    /// Everywhere that a text has it.
    pub fn captures_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = regex::Captures<'t>> {
        let found: Option<CaptureMatches<'t, 't>> = self.loose.is_match(text).then(|| self.exact.captures_iter(text));
        found.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn word_edges_count() {
        let pattern = Pattern::new(r"(?i)\b(phí|fees?)\b");
        assert!(pattern.is_match("Mức phí thẩm định") && pattern.is_match("Fee"));
        assert!(!pattern.is_match("phía Bắc") && !pattern.is_match("coffee"));
        assert_eq!(pattern.captures_iter("phí, phía, lệ phí").count(), 2);
    }
}
