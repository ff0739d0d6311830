//! Lays what the fields hold over a file's text: only what a person changed is changed there.
//!
//! Change follows change, each proven by `crate::edit::yaml`: comments, order, quoting and keys that the form does not know
//! stay. What cannot be changed so is named, and nothing of the file is.

use crate::edit::tree::{New, Step, Tree};
use crate::edit::yaml::Source;
use crate::edit::{Edit, Edits};
use crate::form::state::{COUNT, Item, State, is_blank};
use crate::form::{BODY, Sheet, choice, value};
use crate::record::shape::{CountKey, Shape, Type};
use crate::source::FileId;
use crate::syntax::front_matter;

/// Fields that could not be changed without touching anything else, by the name of their key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck(pub Vec<String>);

/// The file's text with what the fields hold.
///
/// # Errors
/// Where a change cannot be made, or the file cannot be read at all.
pub fn lay(sheet: Sheet<'_>, shape: &Shape, state: &State) -> Result<String, Stuck> {
    let tree = sheet.tree().ok_or_else(|| Stuck(Vec::new()))?;
    let below = sheet.has_body_below(&tree);
    let mut layer = Layer { text: sheet.text.to_owned(), is_markdown: sheet.is_markdown, stuck: Vec::new() };
    let fields: Vec<_> = shape.fields.iter().filter(|field| !(below && field.key == BODY)).cloned().collect();
    layer.group(&mut Vec::new(), &Shape { fields }, &tree, state);
    if below {
        layer.body(state.get(BODY).unwrap_or(&State::InFile));
    }
    if layer.stuck.is_empty() { Ok(layer.text) } else { Err(Stuck(layer.stuck)) }
}

struct Layer {
    text: String,
    is_markdown: bool,
    stuck: Vec<String>,
}

/// Where a value stands: its way from the top.
type Way = Vec<Step>;

impl Layer {
    fn group(&mut self, way: &mut Way, shape: &Shape, old: &Tree, state: &State) {
        let order: Vec<&str> = shape.fields.iter().map(|field| field.key).collect();
        for field in &shape.fields {
            let Some(state) = state.get(field.key) else { continue };
            let old = old.at(&[field.key.into()]).cloned();
            way.push(field.key.into());
            self.value(way, &field.ty, old.as_ref(), state, &order);
            way.pop();
        }
    }

    fn value(&mut self, way: &mut Way, ty: &Type, old: Option<&Tree>, state: &State, order: &[&str]) {
        if *state == State::InFile {
            return;
        }
        if state.is_blank() {
            if old.is_some_and(|old| !is_blank(old)) {
                self.remove(way);
            }
            return;
        }
        match (ty, old, state) {
            (Type::Either(types), _, State::Either(chosen, state)) => {
                self.value(way, &types[*chosen], old, state, order);
                if let (Some(shape), Some(Tree::Map(entries))) = (choice::group(&types[*chosen]), old) {
                    self.forget_others(way, shape, types, entries);
                }
            }
            (Type::Map(shape) | Type::Translated(shape), Some(old @ Tree::Map(_)), State::Map(_)) => {
                self.group(way, shape, old, state);
            }
            (Type::Counts(CountKey::Word(words)), Some(old @ Tree::Map(_)), State::Map(_)) => {
                let order: Vec<&str> = words.iter().map(|word| word.word).collect();
                for word in &order {
                    let Some(state) = state.get(word) else { continue };
                    way.push((*word).into());
                    self.value(way, &Type::Integer { min: 0 }, old.at(&[(*word).into()]), state, &order);
                    way.pop();
                }
            }
            (Type::Counts(_), Some(Tree::Map(entries)), State::List(items)) => self.counts(way, entries, items),
            (Type::List(item), Some(Tree::List(olds)), State::List(items)) if !olds.is_empty() => {
                self.list(way, item, olds, items);
            }
            (_, Some(Tree::Text(written)), State::Scalar(typed)) if value::is_same(ty, written, typed) => {}
            _ => self.set(way, ty, state, order),
        }
    }

    /// Takes away the keys of the ways that were not chosen.
    fn forget_others(&mut self, way: &mut Way, shape: &Shape, types: &[Type], old: &[(String, Tree)]) {
        let others: Vec<&Shape> = types.iter().filter_map(choice::group).collect();
        for (key, _) in old.iter().filter(|(key, _)| shape.field(key).is_none()) {
            if others.iter().any(|other| other.field(key).is_some()) {
                way.push(Step::Key(key.clone()));
                self.remove(way);
                way.pop();
            }
        }
    }

    fn list(&mut self, way: &mut Way, ty: &Type, olds: &[Tree], items: &[Item]) {
        let items = matched(ty, olds, items);
        let stays = |item: &&Item| match item.from.and_then(|from| olds.get(from)) {
            Some(old) => !item.state.is_blank() || is_blank(old),
            None => false,
        };
        let kept: Vec<usize> = items.iter().filter(stays).filter_map(|item| item.from).collect();
        if kept.is_empty() {
            return self.set(way, &Type::List(Box::new(ty.clone())), &State::List(items), &[]);
        }
        for item in items.iter().filter(stays) {
            let Some(from) = item.from else { continue };
            way.push(from.into());
            self.value(way, ty, olds.get(from), &item.state, &[]);
            way.pop();
        }
        for gone in (0..olds.len()).rev().filter(|at| !kept.contains(at)) {
            way.push(gone.into());
            self.remove(way);
            way.pop();
        }
        self.reorder(way, &kept);
        let is_there = |item: &&Item| stays(item) || (item.from.is_none() && !item.state.is_blank());
        for (at, item) in items.iter().filter(is_there).enumerate().filter(|(_, item)| item.from.is_none()) {
            if let Some(new) = new(ty, &item.state) {
                self.change(way, |source, way| source.insert(way, at, &new));
            }
        }
    }

    /// Puts items into another order, where they are in another: `kept` are their places in the file.
    fn reorder(&mut self, way: &[Step], kept: &[usize]) {
        let mut sorted = kept.to_vec();
        sorted.sort_unstable();
        if sorted != kept {
            let place = |at: &usize| sorted.binary_search(at).unwrap_or_default();
            let order: Vec<usize> = kept.iter().map(place).collect();
            self.change(way, |source, way| source.reorder(way, &order));
        }
    }

    fn counts(&mut self, way: &mut Way, olds: &[(String, Tree)], items: &[Item]) {
        let text = |item: &Item, key: &str| item.state.get(key).map_or("", State::text).trim().to_owned();
        let is_kept = |old: &str| items.iter().any(|item| text(item, COUNT.0) == old);
        let mut left = olds.len();
        for item in items.iter().filter(|item| !text(item, COUNT.0).is_empty()) {
            let (key, count) = (text(item, COUNT.0), text(item, COUNT.1));
            let old = olds.iter().find(|(known, _)| *known == key).map(|(_, count)| count);
            let state = if count.is_empty() { State::Empty } else { State::Scalar(count) };
            left += usize::from(old.is_none());
            way.push(Step::Key(key));
            self.value(way, &Type::Integer { min: 0 }, old, &state, &[]);
            way.pop();
        }
        for (key, _) in olds.iter().filter(|(key, _)| !is_kept(key)) {
            left -= 1;
            if left > 0 {
                way.push(Step::Key(key.clone()));
            }
            self.remove(way);
            if left > 0 {
                way.pop();
            }
        }
    }

    fn set(&mut self, way: &[Step], ty: &Type, state: &State, order: &[&str]) {
        if let Some(new) = new(ty, state) {
            self.change(way, |source, way| source.set_in(way, &new, order));
        }
    }

    fn remove(&mut self, way: &[Step]) {
        self.change(way, |source, way| source.remove(way));
    }

    fn change(&mut self, way: &[Step], change: impl FnOnce(&Source<'_>, &[Step]) -> Option<Edit>) {
        let source = Source::open(&self.text, self.is_markdown);
        match source.and_then(|source| change(&source, way)) {
            Some(edit) => {
                let mut edits = Edits::default();
                edits.add(edit);
                self.text = edits.apply(&self.text);
            }
            None => self.stuck.push(name(way)),
        }
    }

    /// Another text below the front matter; the empty lines around it stay.
    fn body(&mut self, state: &State) {
        let (Ok(parts), false) = (front_matter::split(FileId::new(0), &self.text), *state == State::InFile) else {
            return;
        };
        let old = &self.text[parts.body.clone()];
        let new = value::paragraphs(state.text());
        if value::paragraphs(old.trim()) == new {
            return;
        }
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let new = new.replace('\n', newline);
        let (start, end) = if old.trim().is_empty() {
            (parts.body.start, parts.body.end)
        } else {
            let start = parts.body.start + old.len() - old.trim_start().len();
            (start, start + old.trim().len())
        };
        let lead = if self.text[..start].ends_with('\n') { "" } else { newline };
        let trail = if end == self.text.len() && !new.is_empty() { newline } else { "" };
        self.text = format!("{}{lead}{new}{trail}{}", &self.text[..start], &self.text[end..]);
    }
}

/// Ticked words have no place in the file's list but that of the same word there.
fn matched(ty: &Type, olds: &[Tree], items: &[Item]) -> Vec<Item> {
    if !matches!(ty, Type::Word(_)) {
        return items.to_vec();
    }
    let place = |item: &Item| olds.iter().position(|old| *old == Tree::Text(item.state.text().to_owned()));
    let mut known: Vec<Item> = items.iter().map(|item| Item { from: place(item), state: item.state.clone() }).collect();
    known.sort_by_key(|item| item.from.unwrap_or(usize::MAX));
    known
}

/// What a field holds, as it is written where nothing stood; none where that is nothing.
pub fn new(ty: &Type, state: &State) -> Option<New> {
    if state.is_blank() {
        return None;
    }
    match (ty, state) {
        (Type::Either(types), State::Either(chosen, state)) => new(types.get(*chosen)?, state),
        (Type::Map(shape) | Type::Translated(shape), State::Map(_)) => {
            let field = |key: &str, ty: &Type| Some((key.to_owned(), new(ty, state.get(key)?)?));
            Some(New::Map(shape.fields.iter().filter_map(|known| field(known.key, &known.ty)).collect()))
        }
        (Type::List(item), State::List(items)) => {
            Some(New::List(items.iter().filter_map(|entry| new(item, &entry.state)).collect()))
        }
        (Type::Counts(_), State::Map(entries)) => {
            let count = |(key, state): &(String, State)| Some((key.clone(), new(ty, state)?));
            Some(New::Map(entries.iter().filter_map(count).collect()))
        }
        (Type::Counts(_), State::List(items)) => {
            let count = |item: &Item| {
                let key = item.state.get(COUNT.0)?.text().trim().to_owned();
                Some((key, new(ty, item.state.get(COUNT.1)?)?)).filter(|(key, _)| !key.is_empty())
            };
            Some(New::Map(items.iter().filter_map(count).collect()))
        }
        (ty, State::Scalar(typed)) => Some(value::new(ty, typed)),
        _ => None,
    }
}

/// `channels.0.fees`
fn name(way: &[Step]) -> String {
    let steps = way.iter().map(|step| match step {
        Step::Key(key) => key.clone(),
        Step::Item(at) => at.to_string(),
    });
    steps.collect::<Vec<_>>().join(".")
}
