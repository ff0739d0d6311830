//! What YAML says, without how it is written; and what a change means for it.

use crate::syntax::yaml::{Node, Value};

/// What a value says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// Nothing.
    Null,
    /// Anything written as one text: a word, a number, a day.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// A map.
    Map(Vec<(String, Tree)>),
}

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item, counted from 0.
    Item(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Step {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(item: usize) -> Step {
        Step::Item(item)
    }
}

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    /// A text; it gets quotes where it needs some.
    Text(String),
    /// A number, a day or a truth value: written as it is.
    Bare(String),
    /// A list.
    List(Vec<New>),
    /// A map.
    Map(Vec<(String, New)>),
}

impl From<&Node> for Tree {
    fn from(node: &Node) -> Tree {
        match &node.value {
            Value::Null => Tree::Null,
            Value::Scalar(scalar) => Tree::Text(scalar.text.clone()),
            Value::List(items) => Tree::List(items.iter().map(Tree::from).collect()),
            Value::Map(entries) => {
                Tree::Map(entries.iter().map(|entry| (entry.key.text.clone(), Tree::from(&entry.value))).collect())
            }
        }
    }
}

impl From<&New> for Tree {
    fn from(new: &New) -> Tree {
        match new {
            New::Text(text) | New::Bare(text) => Tree::Text(text.clone()),
            New::List(items) => Tree::List(items.iter().map(Tree::from).collect()),
            New::Map(entries) => Tree::Map(entries.iter().map(|(key, value)| (key.clone(), value.into())).collect()),
        }
    }
}

impl Tree {
    /// Sets what is at a path. A map that is not there is made; a key that is not there comes last.
    pub fn set(&mut self, path: &[Step], value: Tree) -> Option<()> {
        let Some((step, rest)) = path.split_first() else {
            *self = value;
            return Some(());
        };
        match (step, &mut *self) {
            (Step::Item(at), Tree::List(items)) => items.get_mut(*at)?.set(rest, value),
            (Step::Key(key), Tree::Map(entries)) => match entries.iter_mut().find(|(known, _)| known == key) {
                Some((_, old)) => old.set(rest, value),
                None => {
                    let mut new = Tree::Null;
                    new.set(rest, value)?;
                    entries.push((key.clone(), new));
                    Some(())
                }
            },
            (Step::Key(_), Tree::Null) => {
                *self = Tree::Map(Vec::new());
                self.set(path, value)
            }
            _ => None,
        }
    }

    /// Takes away what is at a path.
    pub fn remove(&mut self, path: &[Step]) -> Option<()> {
        let (step, rest) = path.split_first()?;
        match (step, self) {
            (Step::Item(at), Tree::List(items)) if rest.is_empty() => (*at < items.len()).then(|| {
                items.remove(*at);
            }),
            (Step::Item(at), Tree::List(items)) => items.get_mut(*at)?.remove(rest),
            (Step::Key(key), Tree::Map(entries)) => {
                let at = entries.iter().position(|(known, _)| known == key)?;
                if rest.is_empty() {
                    entries.remove(at);
                    return Some(());
                }
                entries[at].1.remove(rest)
            }
            _ => None,
        }
    }

    /// Adds an item to the list at a path; where there is nothing, a list of it.
    pub fn push(&mut self, path: &[Step], value: Tree) -> Option<()> {
        match self.at(path) {
            None | Some(Tree::Null) => self.set(path, Tree::List(vec![value])),
            Some(Tree::List(_)) => {
                let Some(Tree::List(items)) = self.at_mut(path) else { return None };
                items.push(value);
                Some(())
            }
            Some(_) => None,
        }
    }

    /// Adds a key to the map at a path, as the one at `index`.
    pub fn add_key(&mut self, path: &[Step], index: usize, key: &str, value: Tree) -> Option<()> {
        match self.at_mut(path)? {
            Tree::Map(entries) if index <= entries.len() => {
                entries.insert(index, (key.to_owned(), value));
                Some(())
            }
            _ => None,
        }
    }

    /// Adds an item to the list at a path, before the one at `index`.
    pub fn insert(&mut self, path: &[Step], index: usize, value: Tree) -> Option<()> {
        match self.at_mut(path)? {
            Tree::List(items) if index <= items.len() => {
                items.insert(index, value);
                Some(())
            }
            _ => None,
        }
    }

    /// Puts the items of the list at a path into another order: first that which is now at `order[0]`.
    pub fn reorder(&mut self, path: &[Step], order: &[usize]) -> Option<()> {
        let Tree::List(items) = self.at_mut(path)? else { return None };
        let sorted: Option<Vec<Tree>> = order.iter().map(|at| items.get(*at).cloned()).collect();
        *items = sorted.filter(|sorted| sorted.len() == items.len())?;
        Some(())
    }

    /// What is at a path.
    pub fn at(&self, path: &[Step]) -> Option<&Tree> {
        path.iter().try_fold(self, |tree, step| match (step, tree) {
            (Step::Item(at), Tree::List(items)) => items.get(*at),
            (Step::Key(key), Tree::Map(entries)) => entries.iter().find(|(known, _)| known == key).map(|(_, v)| v),
            _ => None,
        })
    }

    fn at_mut(&mut self, path: &[Step]) -> Option<&mut Tree> {
        path.iter().try_fold(self, |tree, step| match (step, tree) {
            (Step::Item(at), Tree::List(items)) => items.get_mut(*at),
            (Step::Key(key), Tree::Map(entries)) => entries.iter_mut().find(|(known, _)| known == key).map(|(_, v)| v),
            _ => None,
        })
    }
}
