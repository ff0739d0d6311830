//! `reference-cycle`: a record that, step by step, replaces, amends or succeeds itself.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kind::{Kind, KindName};
use crate::record::value::{AnyRef, Text};
use crate::say;
use crate::site::{AnyTable, Found, Site, Table};

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = successions(site);
    faults.extend(of(&site.documents, "replaces", |document| {
        document.replaces.iter().map(|reference| &reference.key).collect()
    }));
    faults.extend(of(&site.documents, "amends", |document| {
        document.amends.iter().map(|reference| &reference.key).collect()
    }));
    faults.extend(of(&site.documents, "implements", |document| {
        document.implements.iter().map(|reference| &reference.key).collect()
    }));
    faults.extend(of(&site.agencies, "parent", |agency| agency.parent.iter().map(|same| &same.0).collect()));
    faults.extend(of(&site.agencies, "successor", |agency| agency.successor.iter().map(|same| &same.0).collect()));
    faults.extend(of(&site.procedures, "successor", |procedure| {
        procedure
            .abolished
            .iter()
            .filter_map(|abolished| abolished.successor.as_ref())
            .map(|reference| &reference.key)
            .collect()
    }));
    faults.extend(of(&site.statistics, "corrects", |statistics| {
        statistics.corrects.iter().map(|same| &same.0).collect()
    }));
    faults.extend(of(&site.answers, "answered_in", |answer| answer.answered_in.iter().map(|same| &same.0).collect()));
    faults.extend(of(&site.updates, "corrects", |update| {
        let own = |reference: &&AnyRef| &*reference.kind == KindName::Update.word();
        update.corrects.iter().filter(own).map(|reference| &reference.key).collect()
    }));
    faults
}

/// Withdrawn records that succeed one another in a ring, in every kind.
fn successions(site: &Site) -> Vec<Diagnostic> {
    let of_kind = |kind: &KindName| {
        cycles(site.table(*kind), kind.word(), "successor", |index| {
            let withdrawn = site.table(*kind).outline(index).common.withdrawn.as_ref();
            withdrawn.and_then(|withdrawn| withdrawn.successor.as_ref()).map(|same| &same.0).into_iter().collect()
        })
    };
    KindName::ALL.iter().flat_map(of_kind).collect()
}

/// The cycles of a relation between the records of one typed table.
fn of<T: Kind>(table: &Table<T>, key: &str, next: impl Fn(&T) -> Vec<&Text>) -> Vec<Diagnostic> {
    cycles(table, T::WORD, key, |index| next(&table.all()[index].content.data))
}

/// The cycles of one relation, each told once, at the reference that closes it.
fn cycles<'a>(
    table: &'a dyn AnyTable,
    word: &str,
    key: &str,
    next: impl Fn(usize) -> Vec<&'a Text>,
) -> Vec<Diagnostic> {
    let target = |text: &'a Text| match table.look_up(text) {
        Found::One(index) => Some((index, text)),
        _ => None,
    };
    let edges: Vec<Vec<(usize, &Text)>> =
        (0..table.count()).map(|index| next(index).into_iter().filter_map(target).collect()).collect();
    let mut done: HashSet<usize> = HashSet::new();
    let mut faults = Vec::new();
    for start in 0..table.count() {
        walk(start, &edges, &mut done, &mut |path, closing: &Text| {
            let ids = path.iter().map(|index| table.outline(*index).id).collect::<Vec<_>>().join(" → ");
            let back = table.outline(path[0]).id;
            let message = say!("`{key}` đi vòng tròn: {ids} → {back}", "`{key}` runs in a circle: {ids} → {back}");
            let last = table.outline(*path.last().unwrap_or(&start)).id;
            faults.push(Diagnostic {
                record: Some(format!("{word}:{last}")),
                ..Diagnostic::new(Code::ReferenceCycle, closing.place, message)
            });
        });
    }
    faults
}

/// Walks from `start` without recursion, so that a long chain cannot exhaust the stack; tells every path that comes back to one of its own.
fn walk<'a>(
    start: usize,
    edges: &[Vec<(usize, &'a Text)>],
    done: &mut HashSet<usize>,
    tell: &mut impl FnMut(&[usize], &'a Text),
) {
    if done.contains(&start) {
        return;
    }
    let (mut path, mut at) = (vec![start], vec![0]);
    while let (Some(&node), Some(step)) = (path.last(), at.last_mut()) {
        let Some((next, text)) = edges[node].get(*step) else {
            done.insert(node);
            path.pop();
            at.pop();
            continue;
        };
        *step += 1;
        if let Some(position) = path.iter().position(|on_path| on_path == next) {
            tell(&path[position..], text);
        } else if !done.contains(next) {
            path.push(*next);
            at.push(0);
        }
    }
}
