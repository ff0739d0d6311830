//! Texts: a paragraph, or Markdown. Each keeps its place for good, which tells its language.

use std::ops::Deref;

use crate::record::published::{Around, Json};
use crate::record::reader::Reader;
use crate::record::shape::Type;
use crate::record::value::{Value, nowhere, required_slot};
use crate::source::Span;
use crate::syntax::yaml::{Node, Value as NodeValue};
use crate::value::text;

/// A text of one paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    text: Box<str>,
    /// Where it is written; its file tells the language.
    pub place: Span,
}

/// A Markdown text.
#[derive(Debug, Clone, PartialEq)]
pub struct Markdown {
    text: Box<str>,
    /// Where it is written.
    pub place: Span,
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl Deref for Markdown {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl Text {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A text at a place.
    pub fn new(text: &str, place: Span) -> Self {
        Text { text: text.into(), place }
    }
}

impl Markdown {
    /// A Markdown text at a place.
    pub fn new(text: &str, place: Span) -> Self {
        Markdown { text: text.into(), place }
    }
}

impl Value for Text {
    fn describe() -> Type {
        Type::Text
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = text::on_one_line(reader.text(node)?);
        Some(Text { text: text.into(), place: node.span })
    }

    fn absent() -> Self {
        Text::new("", nowhere())
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        Json::from(&*self.text)
    }
}

impl Value for Markdown {
    fn describe() -> Type {
        Type::Markdown
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        reader.text(node)?;
        let NodeValue::Scalar(scalar) = &node.value else { return None };
        let text = reader.markdown(node.span, scalar.style, &scalar.text);
        Some(Markdown { text: text.into(), place: node.span })
    }

    fn absent() -> Self {
        Markdown::new("", nowhere())
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        Json::from(&*self.text)
    }
}

required_slot!(Text, Markdown);
