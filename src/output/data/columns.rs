//! The columns of a kind's table, from its shape.
//!
//! Every key that the public gets is a column. A map with known keys gives one column for each of its keys, `period.start`;
//! a list, and a map with free keys, stand in one cell as JSON.

use crate::record::kind::KindName;
use crate::record::shape::{Audience, Field, Form, Label, Need, Shape, Type, Word};

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// The keys that lead to its values.
    pub path: Vec<&'static str>,
    /// What people call it: the labels along the path.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// What its cells hold.
    pub cell: Cell,
    /// Whether a record must have it.
    pub need: Need,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text,
    /// A web address.
    Address,
    /// An e-mail address.
    Email,
    /// A day.
    Date,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// `true` or `false`.
    Bool,
    /// One of these words.
    Word(&'static [Word]),
    /// The ID of a record of this kind; of the same kind where the word is empty.
    Reference(&'static str),
    /// A list, as JSON.
    List,
    /// A map, as JSON.
    Map,
}

impl Column {
    /// Its name in the table's first row.
    pub fn name(&self) -> String {
        self.path.join(".")
    }
}

/// The columns of a kind's table.
pub fn columns(kind: KindName) -> Vec<Column> {
    let own = |key, vi: &str, en: &str, cell| Column {
        path: vec![key],
        vi: vi.to_owned(),
        en: en.to_owned(),
        cell,
        need: Need::Required,
    };
    let mut columns = vec![own("id", "Mã bản ghi", "ID", Cell::Text), own("page", "Trang", "Page", Cell::Address)];
    add(&mut columns, &kind.full_shape(), None);
    columns
}

fn add(columns: &mut Vec<Column>, shape: &Shape, above: Option<&Column>) {
    for field in shape.fields.iter().filter(|field| field.audience == Audience::Public) {
        let column = below(above, field);
        match &field.ty {
            Type::Map(shape) => add(columns, shape, Some(&column)),
            _ => columns.push(column),
        }
    }
}

fn below(above: Option<&Column>, field: &Field) -> Column {
    let Field { key, need, ty, label, .. } = field;
    let Label { vi, en } = label;
    match above {
        None => Column { path: vec![key], vi: (*vi).to_owned(), en: (*en).to_owned(), cell: cell(ty), need: *need },
        Some(above) => Column {
            path: above.path.iter().copied().chain([*key]).collect(),
            vi: format!("{}: {vi}", above.vi),
            en: format!("{}: {en}", above.en),
            cell: cell(ty),
            // A key of a map is needed where the map is.
            need: if above.need == Need::Required { *need } else { Need::Optional },
        },
    }
}

fn cell(ty: &Type) -> Cell {
    match ty {
        Type::Text | Type::Markdown | Type::AnyReference => Cell::Text,
        Type::Bool => Cell::Bool,
        Type::Date => Cell::Date,
        Type::Integer { .. } => Cell::Integer,
        Type::Decimal { .. } | Type::Degrees { .. } => Cell::Number,
        Type::Word(words) => Cell::Word(words),
        Type::Formed(Form::Url | Form::HttpsUrl) | Type::File => Cell::Address,
        Type::Formed(Form::Email) => Cell::Email,
        Type::Formed(_) => Cell::Text,
        Type::Reference(kind) => Cell::Reference(kind),
        Type::List(_) => Cell::List,
        Type::Map(_) | Type::Counts(_) | Type::Levels(_) | Type::Translated(_) => Cell::Map,
        // Words and texts are texts; what may also be a list or a map has no cell but JSON.
        Type::Either(types) if types.iter().all(|ty| !matches!(cell(ty), Cell::List | Cell::Map)) => Cell::Text,
        Type::Either(_) => Cell::Map,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_of_a_table_have_one_name() {
        for kind in KindName::ALL {
            let mut names: Vec<String> = columns(*kind).iter().map(Column::name).collect();
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "{kind:?}");
        }
    }

    #[test]
    fn maps_are_columns_and_lists_are_cells() {
        let names = |kind| -> Vec<String> { columns(kind).iter().map(Column::name).collect() };
        let procedure = names(KindName::Procedure);
        assert!(procedure.contains(&"withdrawn.on".to_owned()) && procedure.contains(&"channels".to_owned()));
        assert!(!procedure.contains(&"draft".to_owned()) && !procedure.contains(&"allow".to_owned()));
        assert!(names(KindName::Statistics).contains(&"period.start".to_owned()));
    }
}
