//! Keys whose value can be said in several ways: in numbers or in words, chosen from a list or with its articles.

use crate::diagnostic::Message;
use crate::edit::tree::Tree;
use crate::record::shape::{Label, Shape, Type, Word};
use crate::say;

/// Which of several types the file's value is meant to be.
pub fn of(types: &[Type], tree: &Tree) -> Option<usize> {
    let is = |wanted: fn(&Type) -> bool| types.iter().position(wanted);
    match tree {
        Tree::Null => None,
        Tree::Text(text) => types.iter().position(|ty| is_word(ty, text)).or_else(|| is(is_free_text)),
        Tree::List(_) => is(|ty| matches!(ty, Type::List(_))),
        Tree::Map(entries) => {
            let fits = |shape: &Shape| entries.iter().filter(|(key, _)| shape.field(key).is_some()).count();
            let maps = types.iter().enumerate().filter_map(|(at, ty)| group(ty).map(|shape| (at, fits(shape))));
            // Of several that fit as well, the first.
            maps.rev().max_by_key(|(_, fits)| *fits).map(|(at, _)| at)
        }
    }
}

fn is_word(ty: &Type, text: &str) -> bool {
    matches!(ty, Type::Word(words) if words.iter().any(|word| word.word == text))
}

fn is_free_text(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::Word(_) | Type::List(_) | Type::Map(_) | Type::Translated(_) | Type::Counts(_) | Type::Levels(_)
    )
}

/// The keys of a type that is a group.
pub fn group(ty: &Type) -> Option<&Shape> {
    match ty {
        Type::Map(shape) | Type::Translated(shape) => Some(shape),
        _ => None,
    }
}

/// The one word that a type has.
pub fn only_word(ty: &Type) -> Option<&'static Word> {
    match ty {
        Type::Word([word]) => Some(word),
        _ => None,
    }
}

/// What a person chooses.
pub fn label(ty: &Type) -> Message {
    match ty {
        Type::Word([Word { label: Label { vi, en }, .. }]) => say!("{vi}", "{en}"),
        Type::Text | Type::Markdown => say!("ghi bằng lời", "in words"),
        Type::Reference(_) | Type::AnyReference => say!("chọn từ danh sách", "chosen from a list"),
        Type::File => say!("chỉ một tệp", "a file alone"),
        Type::List(item) if matches!(**item, Type::Word(_)) => say!("chọn từng mục", "chosen one by one"),
        Type::List(_) => say!("ghi từng khoản", "one by one"),
        Type::Map(shape) | Type::Translated(shape) => labels(shape),
        _ => say!("giá trị", "a value"),
    }
}

/// `Số, Đơn vị, Ghi chú`
fn labels(shape: &Shape) -> Message {
    if let [only] = &shape.fields[..]
        && only.key == "text"
    {
        return say!("ghi bằng lời", "in words");
    }
    let all = |pick: fn(&Label) -> &'static str| {
        shape.fields.iter().take(3).map(|field| pick(&field.label)).collect::<Vec<_>>().join(", ").to_lowercase()
    };
    let (vi, en) = (all(|label| label.vi), all(|label| label.en));
    say!("ghi {vi}", "{en}")
}
