//! What the fields of a form hold: read from a file, or from what a browser sent.

use crate::edit::tree::Tree;
use crate::form::choice;
use crate::record::shape::{CountKey, Shape, Type};

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Empty,
    /// A text, as it is written or was typed.
    Scalar(String),
    /// The items of a list.
    List(Vec<Item>),
    /// The fields of a group, in the order of its shape.
    Map(Vec<(String, State)>),
    /// One of several ways to say something, by its number.
    Either(usize, Box<State>),
    /// Something that a form cannot show: it stays in the file as it is.
    InFile,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which item of the file's list it was; none for a new one.
    pub from: Option<usize>,
    /// What it holds.
    pub state: State,
}

/// The fields of a line in a breakdown: what is counted, and how many.
pub const COUNT: (&str, &str) = ("key", "count");

impl State {
    /// What a field of a type holds where the file says `tree`.
    pub fn read(ty: &Type, tree: Option<&Tree>) -> State {
        let Some(tree) = tree.filter(|tree| **tree != Tree::Null) else { return State::Empty };
        match (ty, tree) {
            (Type::Either(types), _) => match choice::of(types, tree) {
                Some(chosen) => State::Either(chosen, Box::new(State::read(&types[chosen], Some(tree)))),
                None => State::InFile,
            },
            (Type::Map(shape) | Type::Translated(shape), Tree::Map(_)) => State::group(shape, tree),
            (Type::List(item), Tree::List(items)) => {
                let item = |(from, tree)| Item { from: Some(from), state: State::read(item, Some(tree)) };
                State::List(items.iter().enumerate().map(item).collect())
            }
            (Type::Counts(CountKey::Word(words)), Tree::Map(_)) => {
                let count = |word: &'static str| (word.to_owned(), State::scalar(tree.at(&[word.into()])));
                State::Map(words.iter().map(|word| count(word.word)).collect())
            }
            (Type::Counts(_), Tree::Map(entries)) => {
                State::List(entries.iter().enumerate().map(|(from, entry)| count(from, entry)).collect())
            }
            (Type::Map(_) | Type::Translated(_) | Type::List(_) | Type::Counts(_) | Type::Levels(_), _) => {
                State::InFile
            }
            (_, tree) => State::scalar(Some(tree)),
        }
    }

    fn group(shape: &Shape, tree: &Tree) -> State {
        let field = |key: &str, ty: &Type| (key.to_owned(), State::read(ty, tree.at(&[key.into()])));
        State::Map(shape.fields.iter().map(|known| field(known.key, &known.ty)).collect())
    }

    fn scalar(tree: Option<&Tree>) -> State {
        match tree {
            None | Some(Tree::Null) => State::Empty,
            Some(Tree::Text(text)) => State::Scalar(text.clone()),
            Some(_) => State::InFile,
        }
    }

    /// Whether nothing is entered.
    pub fn is_blank(&self) -> bool {
        match self {
            State::Empty => true,
            State::Scalar(text) => text.trim().is_empty(),
            State::List(items) => items.iter().all(|item| item.state.is_blank()),
            State::Map(entries) => entries.iter().all(|(_, state)| state.is_blank()),
            State::Either(_, state) => state.is_blank(),
            State::InFile => false,
        }
    }

    /// The text, where it is one.
    pub fn text(&self) -> &str {
        match self {
            State::Scalar(text) => text,
            State::Either(_, state) => state.text(),
            _ => "",
        }
    }

    /// The field of a group.
    pub fn get(&self, key: &str) -> Option<&State> {
        match self {
            State::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, state)| state),
            State::Either(_, state) => state.get(key),
            _ => None,
        }
    }

    /// The field with a name such as `channels.0.fees`.
    pub fn at_mut(&mut self, name: &str) -> Option<&mut State> {
        name.split('.').filter(|step| !step.is_empty()).try_fold(self, |state, step| state.below_mut(step))
    }

    fn below_mut(&mut self, step: &str) -> Option<&mut State> {
        match self {
            State::Either(_, state) => state.below_mut(step),
            State::Map(entries) => entries.iter_mut().find(|(known, _)| known == step).map(|(_, state)| state),
            State::List(items) => items.get_mut(step.parse::<usize>().ok()?).map(|item| &mut item.state),
            _ => None,
        }
    }

    /// The items of the list with a name; a field that holds nothing becomes a list.
    pub fn items_mut(&mut self, name: &str) -> Option<&mut Vec<Item>> {
        let mut state = self.at_mut(name)?;
        while let State::Either(_, inner) = state {
            state = inner;
        }
        if *state == State::Empty {
            *state = State::List(Vec::new());
        }
        match state {
            State::List(items) => Some(items),
            _ => None,
        }
    }
}

fn count(from: usize, (key, value): &(String, Tree)) -> Item {
    let entries =
        vec![(COUNT.0.to_owned(), State::Scalar(key.clone())), (COUNT.1.to_owned(), State::scalar(Some(value)))];
    Item { from: Some(from), state: State::Map(entries) }
}

/// Whether the file says nothing there: no value, or groups and lists of none.
pub fn is_blank(tree: &Tree) -> bool {
    match tree {
        Tree::Null => true,
        Tree::Text(text) => text.trim().is_empty(),
        Tree::List(items) => items.iter().all(is_blank),
        Tree::Map(entries) => entries.iter().all(|(_, value)| is_blank(value)),
    }
}
