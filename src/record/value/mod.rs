//! How each type of value is read and published: the leaves of every shape.

mod formed;
mod number;
mod reference;
mod scalar;
mod text;
mod word;

use std::ops::Deref;

use crate::record::published::{Around, Json};
use crate::record::reader::{Description, Reader, Step, describe};
use crate::record::shape::Type;
use crate::say;
use crate::source::Span;
use crate::syntax::yaml::{Entry, Node, Value as NodeValue};

pub use formed::{
    Email, HttpsUrl, LanguageCode, LocalId, PagePath, PhoneNumber, ProcedureCode, Symbol, Time, TimeZoneName, Url,
    is_id, is_language,
};
pub use number::{Count, Decimal, Degrees, Integer};
pub use reference::{AnyRef, FilePath, Ref, Referable, SameKind};
pub use scalar::shortened;
pub use text::{Markdown, Text};
pub use word::{Words, read_word, unknown_word};

/// A type of value: what it may be, and how it is read.
pub trait Value: Sized {
    /// What it may be.
    fn describe() -> Type;
    /// Reads it; none where a fault was told.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;
    /// What stands for a required value that could not be read. Such a record is never published.
    fn absent() -> Self;
    /// The value as data.
    fn publish(&self, around: &mut dyn Around) -> Json;
}

/// What a key of a map holds: a value, an optional value, or a list.
pub trait Slot: Sized {
    /// What the value may be.
    fn describe() -> Type;
    /// Reads the value of a key.
    fn fill(entry: &Entry, reader: &mut Reader<'_>) -> Self;
    /// What it holds where the key is absent.
    fn empty() -> Self;
    /// The value as data; none where the key is absent.
    fn publish(&self, around: &mut dyn Around) -> Option<Json>;
}

impl<T: Value> Slot for Option<T> {
    fn describe() -> Type {
        T::describe()
    }

    fn fill(entry: &Entry, reader: &mut Reader<'_>) -> Self {
        T::read(&entry.value, reader)
    }

    fn empty() -> Self {
        None
    }

    fn publish(&self, around: &mut dyn Around) -> Option<Json> {
        self.as_ref().map(|value| value.publish(around))
    }
}

impl<T: Value> Slot for Vec<T> {
    fn describe() -> Type {
        Type::List(Box::new(T::describe()))
    }

    fn fill(entry: &Entry, reader: &mut Reader<'_>) -> Self {
        list(&entry.value, reader).unwrap_or_default()
    }

    fn empty() -> Self {
        Vec::new()
    }

    fn publish(&self, around: &mut dyn Around) -> Option<Json> {
        (!self.is_empty()).then(|| published_list(self, around))
    }
}

/// Reads a list, item by item. An item with an error in it is left out, so that no check speaks of what stands in for the
/// faulty value.
pub fn list<T: Value>(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<T>> {
    let NodeValue::List(items) = &node.value else {
        let Description(vi, en) = describe(node);
        let message = say!(
            "cần một danh sách (mỗi mục một dòng, mở đầu bằng `- `), ở đây là {vi}",
            "expected a list (one item a line, each behind `- `), found {en}"
        );
        reader.wrong_type(node, message);
        return None;
    };
    let read = |(index, item): (usize, &Node)| {
        let before = reader.found.faults.len();
        let value = reader.below(Step::Item(index), item.span, |reader| T::read(item, reader))?;
        (!reader.found.has_error_since(before)).then_some(value)
    };
    // As large as it needs to be: all lists of all records are kept.
    let mut list = Vec::with_capacity(items.len());
    list.extend(items.iter().enumerate().filter_map(read));
    Some(list)
}

/// A list as data.
pub fn published_list<T: Value>(list: &[T], around: &mut dyn Around) -> Json {
    list.iter().map(|item| item.publish(around)).collect()
}

/// Makes a [`Value`] a [`Slot`] of its own: a required one.
macro_rules! required_slot {
    ($($ty:ty),* $(,)?) => { $(
        impl $crate::record::value::Slot for $ty {
            fn describe() -> $crate::record::shape::Type {
                <$ty as $crate::record::value::Value>::describe()
            }

            fn fill(entry: &$crate::syntax::yaml::Entry, reader: &mut $crate::record::reader::Reader<'_>) -> Self {
                let read = <$ty as $crate::record::value::Value>::read(&entry.value, reader);
                read.unwrap_or_else(<$ty as $crate::record::value::Value>::absent)
            }

            fn empty() -> Self {
                <$ty as $crate::record::value::Value>::absent()
            }

            fn publish(&self, around: &mut dyn $crate::record::published::Around) -> Option<$crate::record::published::Json> {
                Some(<$ty as $crate::record::value::Value>::publish(self, around))
            }
        }
    )* };
}
pub(crate) use required_slot;

/// A value and its place, for checks that speak of a whole item.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    value: T,
    /// Where it is written.
    pub place: Span,
}

impl<T> Deref for Placed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Value> Value for Placed<T> {
    fn describe() -> Type {
        T::describe()
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(|value| Placed { value, place: node.span })
    }

    fn absent() -> Self {
        Placed { value: T::absent(), place: nowhere() }
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        self.value.publish(around)
    }
}

/// The place of what stands nowhere.
pub fn nowhere() -> Span {
    Span::top(crate::source::FileId::new(0))
}
