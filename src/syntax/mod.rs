//! Texts to trees with places: YAML, front matter, Markdown.

pub mod markdown;
