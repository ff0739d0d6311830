//! Texts to trees with places: YAML, front matter, Markdown.

pub mod front_matter;
pub mod markdown;
pub mod place;
pub mod yaml;
