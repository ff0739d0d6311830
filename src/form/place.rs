//! From a fault in a file back to the field of the form that it is about.

use crate::diagnostic::Diagnostic;
use crate::edit::tree::{Step, Tree};
use crate::form::state::{COUNT, State, is_blank};
use crate::form::{BODY, Sheet, choice};
use crate::record::shape::{Label, Shape, Type};
use crate::source::Span;
use crate::syntax::front_matter;
use crate::syntax::yaml::{self, Node, Value};

/// The name of the field that a fault of this file is about: `channels.0.fees`; empty where it is about the whole record.
///
/// `state` is what the fields hold that were laid over the file: there, items stand that the file has not got.
pub fn field(sheet: Sheet<'_>, shape: &Shape, state: &State, fault: &Diagnostic) -> String {
    let way = way(sheet, fault.place);
    let named = named_key(shape, &way, &fault.message.en);
    let way: Vec<Step> = way.into_iter().chain(named.map(Step::from)).collect();
    let tree = sheet.tree().unwrap_or(Tree::Null);
    name(state, &Type::Map(shape.clone()), Some(&tree), &way).join(".")
}

/// What people call a key that a message names: `fees` or `channels.0.fees`. A bare key may stand anywhere below.
pub fn label(shape: &Shape, word: &str) -> Option<Label> {
    let way: Vec<&str> = word.trim_end_matches(':').split('.').filter(|step| step.parse::<usize>().is_err()).collect();
    let (first, rest) = way.split_first()?;
    let known = shape.field(first);
    if let Some(field) = known {
        return if rest.is_empty() {
            Some(field.label)
        } else {
            groups_below(&field.ty).iter().find_map(|shape| label(shape, &rest.join(".")))
        };
    }
    let only = rest.is_empty();
    shape
        .fields
        .iter()
        .filter(|_| only)
        .flat_map(|field| groups_below(&field.ty))
        .find_map(|shape| label(&shape, first))
}

fn groups_below(ty: &Type) -> Vec<Shape> {
    match ty {
        Type::List(item) => groups_below(item),
        Type::Either(types) => types.iter().flat_map(groups_below).collect(),
        ty => choice::group(ty).cloned().into_iter().collect(),
    }
}

/// The fields that a fault of this file is about, where it names several: `incomplete-record` does.
pub fn named_fields(sheet: Sheet<'_>, shape: &Shape, state: &State, message: &str) -> Vec<String> {
    let tree = sheet.tree().unwrap_or(Tree::Null);
    let words = message.split('`').skip(1).step_by(2);
    let step = |step: &str| step.parse::<usize>().map_or_else(|_| Step::from(step), Step::from);
    let way = |word: &str| word.split('.').map(step).collect::<Vec<_>>();
    words.map(|word| name(state, &Type::Map(shape.clone()), Some(&tree), &way(word)).join(".")).collect()
}

/// The way to the value at a place.
fn way(sheet: Sheet<'_>, place: Span) -> Vec<Step> {
    let parts = sheet.is_markdown.then(|| front_matter::split(place.file, sheet.text).ok()).flatten();
    let yaml = parts.as_ref().map_or(0..sheet.text.len(), |parts| parts.yaml.clone());
    if parts.is_some_and(|parts| place.start as usize >= parts.body.start && place.end > place.start) {
        return vec![BODY.into()];
    }
    let mut way = Vec::new();
    if place == Span::top(place.file) {
        return way;
    }
    if let Ok(root) = yaml::parse_at(place.file, &sheet.text[yaml.clone()], yaml.start) {
        descend(&root, place, &mut way);
    }
    way
}

fn descend(node: &Node, place: Span, way: &mut Vec<Step>) {
    match &node.value {
        Value::Map(entries) => {
            let Some(entry) = entries.iter().rev().find(|entry| entry.key.span.start <= place.start) else { return };
            way.push(Step::Key(entry.key.text.clone()));
            // A fault at a key is about all that stands below it.
            if entry.key.span != place {
                descend_into(&entry.value, place, way);
            }
        }
        Value::List(items) => {
            let Some(at) = items.iter().rposition(|item| item.span.start <= place.start) else { return };
            way.push(at.into());
            descend_into(&items[at], place, way);
        }
        _ => {}
    }
}

fn descend_into(node: &Node, place: Span, way: &mut Vec<Step>) {
    if node.span != place {
        descend(node, place, way);
    }
}

/// Of a fault that is about a whole group, the key that its message names: mostly one that is missing.
fn named_key(shape: &Shape, way: &[Step], message: &str) -> Option<&'static str> {
    let ty = type_at(&Type::Map(shape.clone()), way)?;
    let known: Vec<&'static str> = groups(&ty).iter().flat_map(|shape| &shape.fields).map(|field| field.key).collect();
    let words = message.split('`').skip(1).step_by(2);
    let first = |word: &str| word.split(['.', '[', ':']).next().unwrap_or(word).to_owned();
    words.map(first).find_map(|word| known.iter().copied().find(|key| *key == word))
}

fn groups(ty: &Type) -> Vec<Shape> {
    match ty {
        Type::Either(types) => types.iter().filter_map(choice::group).cloned().collect(),
        ty => choice::group(ty).cloned().into_iter().collect(),
    }
}

fn type_at(ty: &Type, way: &[Step]) -> Option<Type> {
    let Some((step, rest)) = way.split_first() else { return Some(ty.clone()) };
    match (ty, step) {
        (Type::Either(types), _) => types.iter().find_map(|ty| type_at(ty, way)),
        (Type::Map(shape) | Type::Translated(shape), Step::Key(key)) => type_at(&shape.field(key)?.ty, rest),
        (Type::List(item), Step::Item(_)) => type_at(item, rest),
        _ => None,
    }
}

/// The name of the field at a way in the file. Steps beyond what the form has are left out.
fn name(state: &State, ty: &Type, tree: Option<&Tree>, way: &[Step]) -> Vec<String> {
    let Some((step, rest)) = way.split_first() else { return Vec::new() };
    match (state, ty, step) {
        (State::Either(chosen, state), Type::Either(types), _) => match types.get(*chosen) {
            Some(ty) => name(state, ty, tree, way),
            None => Vec::new(),
        },
        (State::Map(entries), _, Step::Key(key)) => {
            let Some((_, state)) = entries.iter().find(|(known, _)| known == key) else { return Vec::new() };
            let below = choice::group(ty).and_then(|shape| shape.field(key)).map(|field| field.ty.clone());
            let below = below.unwrap_or(Type::Integer { min: 0 });
            let tree = tree.and_then(|tree| tree.at(std::slice::from_ref(step)));
            [vec![key.clone()], name(state, &below, tree, rest)].concat()
        }
        // The words of a list that are ticked are one field.
        (State::List(_), Type::List(item), _) if matches!(**item, Type::Word(_)) => Vec::new(),
        (State::List(items), Type::List(item), Step::Item(at)) => {
            let is_there = |state: &State| !state.is_blank();
            let blank_in_file = tree.and_then(|tree| tree.at(std::slice::from_ref(step))).is_some_and(is_blank);
            let mut there = items
                .iter()
                .enumerate()
                .filter(|(_, item)| is_there(&item.state) || (blank_in_file && item.from.is_some()));
            let Some((index, found)) = there.nth(*at) else { return Vec::new() };
            let tree = tree.and_then(|tree| tree.at(std::slice::from_ref(step)));
            [vec![index.to_string()], name(&found.state, item, tree, rest)].concat()
        }
        (State::List(items), Type::Counts(_), Step::Key(key)) => {
            let own = |state: &State| state.get(COUNT.0).is_some_and(|text| text.text().trim() == key);
            match items.iter().position(|item| own(&item.state)) {
                Some(index) => vec![index.to_string(), COUNT.1.to_owned()],
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}
