//! What a record is recognised by, in a row and in a file: a code, a symbol, a period, else its title.

use crate::import::draft::{Draft, Kind, Record};
use crate::syntax::yaml::Node;
use crate::value::{code, slug, symbol};

/// What a record is recognised by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// What must be the same.
    main: Vec<String>,
    /// What must not differ, where both have it.
    also: Vec<Option<String>>,
}

impl Identity {
    /// Whether both are one record.
    pub fn is_same(&self, other: &Identity) -> bool {
        let agree = |(one, two): (&Option<String>, &Option<String>)| one.is_none() || two.is_none() || one == two;
        self.main == other.main && self.also.iter().zip(&other.also).all(agree)
    }

    /// The identity of a row's record; none where the row does not say enough.
    pub fn of_record(record: &Record) -> Option<Identity> {
        Identity::of(record.kind, &|path| {
            let (first, rest) = path.split_first()?;
            rest.iter()
                .try_fold(record.get(first)?, |draft, key| match draft {
                    Draft::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
                    _ => None,
                })
                .and_then(text_of)
        })
    }

    /// The identity of a file's record.
    pub fn of_node(kind: Kind, root: &Node) -> Option<Identity> {
        Identity::of(kind, &|path| {
            let node = path.iter().try_fold(root, |node, key| node.get(key))?;
            match &node.value {
                crate::syntax::yaml::Value::List(items) => {
                    Some(items.iter().filter_map(Node::text).collect::<Vec<_>>().join("; "))
                }
                _ => node.text().map(str::to_owned),
            }
        })
    }

    fn of(kind: Kind, get: &dyn Fn(&[&str]) -> Option<String>) -> Option<Identity> {
        let sluggish = |path: &[&str]| get(path).map(|text| slug(&text)).filter(|slug| !slug.is_empty());
        match kind {
            Kind::Procedure => {
                let code = get(&["code"])?;
                let prefix = code::prefix(&code)?.to_owned();
                let whole = (prefix != code).then_some(code);
                Some(Identity { main: vec![prefix], also: vec![whole] })
            }
            Kind::Document => Some(Identity {
                main: vec![symbol::normalise(&get(&["symbol"])?)?],
                also: vec![get(&["issued_on"]), sluggish(&["issuer"])],
            }),
            Kind::Statistics => {
                let classes = get(&["classes"]).unwrap_or_default();
                let main = vec![get(&["period", "start"])?, get(&["period", "end"])?, get(&["category"])?, classes];
                Some(Identity { main, also: Vec::new() })
            }
            Kind::Contact => Some(Identity { main: vec![sluggish(&["title"])?], also: vec![get(&["type"])] }),
            Kind::Report => Some(Identity {
                main: vec![sluggish(&["title"])?],
                also: vec![get(&["period", "start"]), get(&["period", "end"])],
            }),
            _ => Some(Identity { main: vec![sluggish(&["title"])?], also: vec![get(&["asked_on"]), get(&["date"])] }),
        }
    }
}

fn text_of(draft: &Draft) -> Option<String> {
    match draft {
        Draft::Text(text) => Some(text.clone()),
        Draft::Date(date) => Some(date.to_string()),
        Draft::List(items) => Some(items.iter().filter_map(text_of).collect::<Vec<_>>().join("; ")),
        _ => None,
    }
}
