//! What a browser sent, as what the fields hold.
//!
//! A field is named by its way from the top: `channels.0.fees`. Beside it stand, with a sign that no key has: `~count`, how many
//! items a list has; `~from`, which item of the file one was; `~as`, which of several ways was chosen, `~was`, which it was; `~set`, that words
//! could be ticked; `~keep`, that the form could not show it. A field that was not sent at all is left as it is.

use std::collections::HashMap;

use crate::form::choice;
use crate::form::state::{COUNT, Item, State};
use crate::record::shape::{CountKey, Shape, Type};

/// No list of a record has more items.
const MOST_ITEMS: usize = 5000;

/// What a browser sent, by name.
#[derive(Debug, Default)]
pub struct Posted(HashMap<String, Vec<String>>);

impl Posted {
    /// Names and values in the order in which they were sent.
    pub fn new(pairs: Vec<(String, String)>) -> Posted {
        let mut all: HashMap<String, Vec<String>> = HashMap::new();
        pairs.into_iter().for_each(|(name, value)| all.entry(name).or_default().push(value));
        Posted(all)
    }

    /// The value with a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str)
    }

    /// What a form's fields hold.
    pub fn state(&self, shape: &Shape) -> State {
        self.group(shape, "")
    }

    fn mark(&self, name: &str, sign: &str) -> Option<&str> {
        self.get(&format!("{name}~{sign}"))
    }

    fn group(&self, shape: &Shape, above: &str) -> State {
        let field = |key: &str, ty: &Type| (key.to_owned(), self.value(ty, &below(above, key)));
        State::Map(shape.fields.iter().map(|known| field(known.key, &known.ty)).collect())
    }

    fn value(&self, ty: &Type, name: &str) -> State {
        if self.mark(name, "keep").is_some() {
            return State::InFile;
        }
        match ty {
            Type::Either(types) => self.either(types, name),
            Type::Map(shape) | Type::Translated(shape) => self.group(shape, name),
            Type::List(item) if matches!(**item, Type::Word(_)) => self.ticked(name),
            Type::List(item) => self.items(name, |name| self.value(item, name)),
            Type::Counts(CountKey::Word(words)) => {
                let count = |word: &'static str| (word.to_owned(), self.scalar(&below(name, word)));
                State::Map(words.iter().map(|word| count(word.word)).collect())
            }
            Type::Counts(_) => self.items(name, |name| self.count(name)),
            _ => self.scalar(name),
        }
    }

    fn scalar(&self, name: &str) -> State {
        match self.get(name) {
            None => State::InFile,
            Some(text) if text.trim().is_empty() => State::Empty,
            Some(text) => State::Scalar(text.to_owned()),
        }
    }

    fn either(&self, types: &[Type], name: &str) -> State {
        let Some(chosen) = self.mark(name, "as") else { return State::InFile };
        let Some((chosen, ty)) = chosen.parse().ok().and_then(|at: usize| Some((at, types.get(at)?))) else {
            return State::Empty;
        };
        let state = match choice::only_word(ty) {
            Some(word) => State::Scalar(word.word.to_owned()),
            None => self.value(ty, name),
        };
        let is_new = self.mark(name, "was") != self.mark(name, "as");
        State::Either(chosen, Box::new(if is_new && is_unsent(&state) { State::Empty } else { state }))
    }

    fn ticked(&self, name: &str) -> State {
        if self.mark(name, "set").is_none() {
            return State::InFile;
        }
        let words = self.0.get(name).into_iter().flatten();
        State::List(words.map(|word| Item { from: None, state: State::Scalar(word.clone()) }).collect())
    }

    fn items(&self, name: &str, item: impl Fn(&str) -> State) -> State {
        let Some(count) = self.mark(name, "count").and_then(|count| count.parse::<usize>().ok()) else {
            return State::InFile;
        };
        let item = |at: usize| {
            let name = below(name, &at.to_string());
            Item { from: self.mark(&name, "from").and_then(|from| from.parse().ok()), state: item(&name) }
        };
        State::List((0..count.min(MOST_ITEMS)).map(item).collect())
    }

    fn count(&self, name: &str) -> State {
        let field = |key: &str| (key.to_owned(), self.scalar(&below(name, key)));
        State::Map(vec![field(COUNT.0), field(COUNT.1)])
    }
}

/// Whether nothing was sent: a way that was chosen just now has no fields yet.
fn is_unsent(state: &State) -> bool {
    match state {
        State::InFile => true,
        State::Map(entries) => entries.iter().all(|(_, state)| is_unsent(state)),
        _ => false,
    }
}

/// The name of a field of a group.
pub fn below(above: &str, key: &str) -> String {
    if above.is_empty() { key.to_owned() } else { format!("{above}.{key}") }
}
