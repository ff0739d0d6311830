//! Lays an overlay in another language over a record.
//!
//! An overlay holds only text. What it leaves out falls back to the default language; each text keeps the place where it is
//! written, and so its language.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::read::Tree;
use crate::record::shape::{Shape, Type};
use crate::record::suggest;
use crate::say;
use crate::source::Span;
use crate::syntax::yaml::{Entry, Node, Value};

/// The record's tree with the overlay's texts in it, and what is wrong with the overlay.
///
/// # Errors
/// Where the overlay is no map of keys at all.
pub fn lay(overlay: &Tree, record: &Tree, shape: &Shape) -> Result<(Tree, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let root = match &overlay.root.value {
        Value::Map(entries) => map(entries, &record.root, shape, &mut faults),
        Value::Null => record.root.clone(),
        _ => return Err(vec![not_text(overlay.root.span)]),
    };
    let body = overlay.body.clone().or_else(|| record.body.clone());
    Ok((Tree { root, body, faults: overlay.faults.clone() }, faults))
}

fn map(entries: &[Entry], base: &Node, shape: &Shape, faults: &mut Vec<Diagnostic>) -> Node {
    let Value::Map(base_entries) = &base.value else { return base.clone() };
    let mut laid = base_entries.clone();
    for entry in entries {
        let key = &entry.key;
        let Some(field) = shape.field(&key.text) else {
            let (name, meant) = (&key.text, suggest::key(&key.text, shape));
            let message = say!("không có khóa `{name}` ở đây", "there is no key `{name}` here");
            faults.push(Diagnostic::new(Code::UnknownKey, key.span, message).help(suggest::keys_help(meant, shape)));
            continue;
        };
        match laid.iter_mut().find(|base| base.key.text == key.text) {
            Some(base) => base.value = node(&entry.value, &base.value, &field.ty, key.span, faults),
            None if field.ty.is_text() => laid.push(entry.clone()),
            None => faults.push(without_base(key.span, &key.text)),
        }
    }
    Node { span: base.span, value: Value::Map(laid) }
}

/// A value of the overlay over the record's. `place` is the overlay's key or list item.
fn node(over: &Node, base: &Node, ty: &Type, place: Span, faults: &mut Vec<Diagnostic>) -> Node {
    match (ty, &over.value, &base.value) {
        (Type::Text | Type::Markdown, _, _) => over.clone(),
        (Type::Either(types), Value::Map(_), Value::Map(_)) => {
            let shape = union(types);
            node(over, base, &Type::Map(shape), place, faults)
        }
        (Type::Either(types), Value::List(_), Value::List(_)) => {
            match types.iter().find(|ty| matches!(ty, Type::List(_))) {
                Some(list) => node(over, base, list, place, faults),
                None => refuse(over, base, place, faults),
            }
        }
        (Type::Either(types), Value::Scalar(_), Value::Scalar(_)) if types.iter().any(Type::is_text) => over.clone(),
        (Type::Map(shape), Value::Map(entries), Value::Map(_)) => map(entries, base, shape, faults),
        (Type::List(item), Value::List(overs), Value::List(bases)) => list(over, base, (overs, bases), item, faults),
        _ => refuse(over, base, place, faults),
    }
}

fn list(
    over: &Node,
    base: &Node,
    (overs, bases): (&[Node], &[Node]),
    item: &Type,
    faults: &mut Vec<Diagnostic>,
) -> Node {
    if overs.len() != bases.len() {
        let (have, want) = (overs.len(), bases.len());
        let message =
            say!("danh sách có {have} mục, bản gốc có {want} mục", "the list has {have} items, the record has {want}");
        let help = say!(
            "giữ đủ số mục; mục nào không dịch thì viết `null`",
            "keep one item for each; write `null` for one that is not translated"
        );
        faults.push(
            Diagnostic::new(Code::InvalidOverlay, over.span, message)
                .help(help)
                .related(base.span, say!("danh sách gốc", "the record's list")),
        );
        return base.clone();
    }
    let pairs = overs.iter().zip(bases);
    let items =
        pairs.map(
            |(over, base)| {
                if over.value == Value::Null { base.clone() } else { node(over, base, item, over.span, faults) }
            },
        );
    Node { span: base.span, value: Value::List(items.collect()) }
}

/// The keys of all maps among several types.
fn union(types: &[Type]) -> Shape {
    let maps = types
        .iter()
        .filter_map(|ty| if let Type::Map(shape) | Type::Translated(shape) = ty { Some(shape) } else { None });
    Shape { fields: maps.flat_map(|shape| shape.fields.clone()).collect() }
}

fn refuse(over: &Node, base: &Node, place: Span, faults: &mut Vec<Diagnostic>) -> Node {
    let _ = over;
    faults.push(not_text(place).related(base.span, say!("giá trị gốc", "the record's value")));
    base.clone()
}

fn not_text(place: Span) -> Diagnostic {
    let message = say!(
        "bản dịch chỉ thay được chữ, không thay được giá trị này",
        "an overlay may replace text only, not this value"
    );
    let help = say!(
        "bỏ khóa này khỏi bản dịch; giá trị gốc được giữ nguyên",
        "remove the key from the overlay; the record's value stays"
    );
    Diagnostic::new(Code::InvalidOverlay, place, message).help(help)
}

fn without_base(place: Span, key: &str) -> Diagnostic {
    let message = say!("bản gốc không có khóa `{key}` để dịch", "the record has no key `{key}` to translate");
    Diagnostic::new(Code::InvalidOverlay, place, message)
}
