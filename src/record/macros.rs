//! The two macros in which a kind is described: `shape!` for maps with known keys, `words!` for lists of allowed words.

/// Declares a map with known keys: the type that holds it and the description that reads it, in one.
///
/// A line reads `key: NEED Type, "Vietnamese label", "English label";`, where NEED is `R` (required), `C` (needed for a
/// complete publication) or `O` (optional). A `Vec` that is `R` has at least one item. The word `unpublished` at its end
/// keeps the key to the staff.
macro_rules! shape {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* $key:ident : $need:ident $ty:ty, $vi:literal, $en:literal $(, $audience:ident)?;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $(
            #[doc = concat!($vi, " – ", $en)]
            $(#[$field_doc])*
            pub $key: $ty,
        )*
            /// Where it is written.
            pub at: $crate::record::places::Places,
        }

        impl $name {
            /// The description of the map.
            pub fn shape() -> &'static $crate::record::shape::Shape {
                static SHAPE: std::sync::LazyLock<$crate::record::shape::Shape> = std::sync::LazyLock::new(|| $crate::record::shape::Shape {
                    fields: vec![$($crate::record::shape::Field {
                        key: stringify!($key).trim_start_matches("r#"),
                        need: $crate::record::macros::need!($need),
                        ty: <$ty as $crate::record::value::Slot>::describe(),
                        label: $crate::record::shape::Label { vi: $vi, en: $en },
                        audience: $crate::record::macros::audience!($($audience)?),
                    },)*],
                });
                &SHAPE
            }

            /// Reads the values of an open map.
            pub fn take(fields: &$crate::record::reader::Fields<'_>, reader: &mut $crate::record::reader::Reader<'_>) -> Self {
                $name {
                    $($key: fields.take(stringify!($key).trim_start_matches("r#"), reader),)*
                    at: fields.places(Self::shape()),
                }
            }

            /// Adds what the public gets of it, as data.
            pub fn publish_into(&self, fields: &mut $crate::record::published::Fields, around: &mut dyn $crate::record::published::Around) {
                $(if $crate::record::macros::audience!($($audience)?) == $crate::record::shape::Audience::Public {
                    let value = $crate::record::value::Slot::publish(&self.$key, around);
                    fields.extend(value.map(|value| (stringify!($key).trim_start_matches("r#").to_owned(), value)));
                })*
            }
        }

        impl $crate::record::value::Value for $name {
            fn describe() -> $crate::record::shape::Type {
                $crate::record::shape::Type::Map(Self::shape().clone())
            }

            fn read(node: &$crate::syntax::yaml::Node, reader: &mut $crate::record::reader::Reader<'_>) -> Option<Self> {
                let fields = reader.open(node, Self::shape())?;
                Some(Self::take(&fields, reader))
            }

            fn absent() -> Self {
                $name {
                    $($key: <$ty as $crate::record::value::Slot>::empty(),)*
                    at: $crate::record::places::Places::nowhere(),
                }
            }

            fn publish(&self, around: &mut dyn $crate::record::published::Around) -> $crate::record::published::Json {
                let mut fields = $crate::record::published::Fields::new();
                self.publish_into(&mut fields, around);
                fields.into()
            }
        }

        $crate::record::value::required_slot!($name);
    };
}

/// The need that a letter stands for.
macro_rules! need {
    (R) => {
        $crate::record::shape::Need::Required
    };
    (C) => {
        $crate::record::shape::Need::Complete
    };
    (O) => {
        $crate::record::shape::Need::Optional
    };
}

/// Who sees a key.
macro_rules! audience {
    () => {
        $crate::record::shape::Audience::Public
    };
    (unpublished) => {
        $crate::record::shape::Audience::Staff
    };
}

/// Declares a list of allowed words, each with what a person sees instead of it.
macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident $word:literal $vi:literal $en:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(
            #[doc = concat!($vi, " – ", $en)]
            $variant,
        )* }

        impl $crate::record::value::Words for $name {
            const WORDS: &'static [$crate::record::shape::Word] = &[$($crate::record::shape::Word {
                word: $word,
                label: $crate::record::shape::Label { vi: $vi, en: $en },
            },)*];
            const ALL: &'static [Self] = &[$($name::$variant,)*];

            fn index(self) -> usize {
                self as usize
            }
        }

        impl $crate::record::value::Value for $name {
            fn describe() -> $crate::record::shape::Type {
                $crate::record::shape::Type::Word(<Self as $crate::record::value::Words>::WORDS)
            }

            fn read(node: &$crate::syntax::yaml::Node, reader: &mut $crate::record::reader::Reader<'_>) -> Option<Self> {
                $crate::record::value::read_word(node, reader)
            }

            fn absent() -> Self {
                <Self as $crate::record::value::Words>::ALL[0]
            }

            fn publish(&self, _: &mut dyn $crate::record::published::Around) -> $crate::record::published::Json {
                $crate::record::value::Words::word(*self).into()
            }
        }

        $crate::record::value::required_slot!($name);
    };
}

pub(crate) use {audience, need, shape, words};
