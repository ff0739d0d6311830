//! The data dictionary: every key of a kind that the public gets, those inside lists and maps as well.

use crate::output::data::columns::columns;
use crate::record::kind::KindName;
use crate::record::shape::{Audience, Field, Label, Need, Shape, Type};

/// A key and what it holds.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key and those that lead to it: `period.start`; `channels[].method` is inside a list.
    pub key: String,
    /// What people call it.
    pub label: Label,
    /// What it holds.
    pub ty: Type,
    /// Whether a record, or the part of it that the key stands in, must have it.
    pub need: Need,
    /// Whether it is a column of the CSV table; else it stands in the JSON of another column.
    pub is_column: bool,
}

/// The keys of a kind, in the order of its columns.
pub fn entries(kind: KindName) -> Vec<Entry> {
    let mut entries = Vec::new();
    add(&mut entries, &kind.full_shape(), "");
    let columns: Vec<String> = columns(kind).iter().map(|column| column.name()).collect();
    entries.iter_mut().for_each(|entry| entry.is_column = columns.contains(&entry.key));
    entries
}

fn add(entries: &mut Vec<Entry>, shape: &Shape, above: &str) {
    for Field { key, label, ty, need, audience } in &shape.fields {
        if *audience == Audience::Staff {
            continue;
        }
        let key = format!("{above}{key}");
        entries.push(Entry { key: key.clone(), label: *label, ty: ty.clone(), need: *need, is_column: false });
        inside(entries, ty, &key);
    }
}

/// The keys inside a value.
fn inside(entries: &mut Vec<Entry>, ty: &Type, key: &str) {
    match ty {
        Type::Map(shape) => add(entries, shape, &format!("{key}.")),
        Type::List(item) => inside(entries, item, &format!("{key}[]")),
        Type::Either(types) => types.iter().for_each(|ty| inside(entries, ty, key)),
        _ => {}
    }
}
