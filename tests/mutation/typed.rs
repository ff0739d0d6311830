//! What a record's shape says of a part of it.

use minhbach::record::config::Config;
use minhbach::record::kind::KindName;
use minhbach::record::shape::{CountKey, Field, Need, Shape, Type};

use super::outline::{Part, Value};

/// What is known of a part.
#[derive(Debug, Clone)]
pub struct Typed {
    /// What its value may be: one type, or several.
    pub types: Vec<Type>,
    /// Whether its key must be there; none for items and free keys.
    pub need: Option<Need>,
    /// What its key may be, where it is a breakdown's.
    pub count: Option<CountKey>,
    /// Whether its map is one of several that could stand there.
    pub in_either: bool,
}

/// The shape of the file at a path.
pub fn shape_of(path: &str) -> Shape {
    let folder = path.split('/').nth(1).unwrap();
    KindName::from_folder(folder).map_or_else(|| Config::shape().clone(), KindName::full_shape)
}

/// What the shape says of a part; none where it leaves the key to the author.
pub fn typed(shape: &Shape, part: &Part) -> Option<Typed> {
    let mut now = Typed { types: vec![Type::Map(shape.clone())], need: None, count: None, in_either: false };
    for step in &part.path {
        now = below(&now, step)?;
    }
    // `checks` is described by its values alone.
    now.current(part)?;
    Some(now)
}

fn below(above: &Typed, step: &str) -> Option<Typed> {
    let in_either = above.types.len() > 1;
    let of_item = |ty: &Type| Typed { types: alternatives(ty), need: None, count: None, in_either };
    above.types.iter().find_map(|ty| match ty {
        Type::List(item) if step == "-" => Some(of_item(item)),
        Type::Map(shape) | Type::Translated(shape) => shape.field(step).map(|field| of_field(field, in_either)),
        Type::Counts(key) => {
            let types = vec![Type::Integer { min: 0 }];
            Some(Typed { types, need: None, count: Some(*key), in_either: false })
        }
        _ => None,
    })
}

fn of_field(field: &Field, in_either: bool) -> Typed {
    Typed { types: alternatives(&field.ty), need: Some(field.need), count: None, in_either }
}

fn alternatives(ty: &Type) -> Vec<Type> {
    match ty {
        Type::Either(types) => types.iter().flat_map(alternatives).collect(),
        other => vec![other.clone()],
    }
}

impl Typed {
    /// The type that the value as written has.
    pub fn current(&self, part: &Part) -> Option<&Type> {
        let fits = |ty: &&Type| match part.value {
            Value::Map => matches!(ty, Type::Map(_) | Type::Translated(_) | Type::Counts(_)),
            Value::List => matches!(ty, Type::List(_)),
            Value::Inline | Value::Block => {
                !matches!(ty, Type::Map(_) | Type::Translated(_) | Type::Levels(_) | Type::Counts(_) | Type::List(_))
            }
        };
        // A word beside a free text is no closed list.
        let free = self.types.iter().find(|ty| matches!(ty, Type::Text | Type::Markdown)).filter(fits);
        free.or_else(|| self.types.iter().find(fits))
    }

    /// Whether a map may stand here.
    pub fn takes_map(&self) -> bool {
        self.types.iter().any(|ty| matches!(ty, Type::Map(_) | Type::Translated(_) | Type::Counts(_)))
    }

    /// Whether a list may stand here.
    pub fn takes_list(&self) -> bool {
        self.types.iter().any(|ty| matches!(ty, Type::List(_)))
    }

    /// Whether a single value may stand here.
    pub fn takes_scalar(&self) -> bool {
        self.types.iter().any(|ty| {
            !matches!(ty, Type::Map(_) | Type::Translated(_) | Type::Levels(_) | Type::Counts(_) | Type::List(_))
        })
    }
}
