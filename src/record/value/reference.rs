//! What names something elsewhere: another record, a file.

use std::marker::PhantomData;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::published::{Around, Json};
use crate::record::reader::Reader;
use crate::record::shape::Type;
use crate::record::suggest;
use crate::record::value::{Slot, Text, Value, nowhere, required_slot};
use crate::say;
use crate::source::Span;
use crate::syntax::yaml::{Entry, Node};

/// A reference to a record of one kind, by ID or natural key.
#[derive(Debug, Clone, PartialEq)]
pub struct Ref<K> {
    /// The ID or natural key, as written.
    pub key: Text,
    kind: PhantomData<fn() -> K>,
}

/// A kind that can be referred to.
pub trait Referable {
    /// The kind's word, such as `procedure`.
    const WORD: &'static str;
}

impl<K> Ref<K> {
    /// A reference written at a place.
    pub fn new(key: &str, place: Span) -> Self {
        Ref { key: Text::new(key, place), kind: PhantomData }
    }
}

impl<K: Referable> Value for Ref<K> {
    fn describe() -> Type {
        Type::Reference(K::WORD)
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let key = Text::read(node, reader)?;
        reader.reference(K::WORD, &key, node.span);
        Some(Ref { key, kind: PhantomData })
    }

    fn absent() -> Self {
        Ref::new("", nowhere())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        Json::from(around.reference(K::WORD, &self.key))
    }
}

/// A reference to a record of the same kind as the one that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct SameKind(pub Text);

impl Value for SameKind {
    fn describe() -> Type {
        Type::Reference("")
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let key = Text::read(node, reader)?;
        reader.reference(reader.kind(), &key, node.span);
        Some(SameKind(key))
    }

    fn absent() -> Self {
        SameKind(Text::absent())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        let kind = around.kind();
        Json::from(around.reference(kind, &self.0))
    }
}

/// A reference to a record of any kind, written `procedure:ID`.
#[derive(Debug, Clone, PartialEq)]
pub struct AnyRef {
    /// The kind's word.
    pub kind: Text,
    /// The ID or natural key.
    pub key: Text,
}

impl Value for AnyRef {
    fn describe() -> Type {
        Type::AnyReference
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = Text::read(node, reader)?;
        let parts = text.split_once(':').filter(|(kind, _)| crate::record::kind::KindName::from_word(kind).is_some());
        let Some((kind, key)) = parts else {
            let kinds = suggest::listed(crate::record::kind::KindName::ALL.iter().map(|kind| kind.word()));
            let message = say!(
                "viết dạng `loại:ID`, với loại là một trong: {kinds}",
                "write `kind:ID`, where the kind is one of: {kinds}"
            );
            reader.fault(Diagnostic::new(Code::InvalidValue, node.span, message));
            return None;
        };
        reader.reference(kind, key.trim(), node.span);
        Some(AnyRef { kind: Text::new(kind, node.span), key: Text::new(key.trim(), node.span) })
    }

    fn absent() -> Self {
        AnyRef { kind: Text::absent(), key: Text::absent() }
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        let id = around.reference(&self.kind, &self.key);
        Json::from(format!("{}:{id}", &*self.kind))
    }
}

/// A file under `content/files/`, by its path there.
#[derive(Debug, Clone, PartialEq)]
pub struct FilePath(pub Text);

impl Value for FilePath {
    fn describe() -> Type {
        Type::File
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let path = Text::read(node, reader)?;
        let below = path.strip_prefix("files/").unwrap_or(&path).to_owned();
        reader.file(&below, node.span);
        Some(FilePath(Text::new(&below, node.span)))
    }

    fn absent() -> Self {
        FilePath(Text::absent())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        Json::from(around.file(&self.0))
    }
}

impl<K: Referable> Slot for Ref<K> {
    fn describe() -> Type {
        <Self as Value>::describe()
    }

    fn fill(entry: &Entry, reader: &mut Reader<'_>) -> Self {
        <Self as Value>::read(&entry.value, reader).unwrap_or_else(<Self as Value>::absent)
    }

    fn empty() -> Self {
        <Self as Value>::absent()
    }

    fn publish(&self, around: &mut dyn Around) -> Option<Json> {
        Some(<Self as Value>::publish(self, around))
    }
}

required_slot!(SameKind, AnyRef, FilePath);
