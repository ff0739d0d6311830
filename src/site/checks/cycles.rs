//! `reference-cycle`: a record that, step by step, replaces, amends or succeeds itself.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kind::{Kind, KindName};
use crate::record::kinds::document::Document;
use crate::record::value::{AnyRef, Referable, Text};
use crate::say;
use crate::site::{Site, Table};

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let documents: [(&str, fn(&Document) -> Vec<&Text>); 3] = [
        ("replaces", |document| document.replaces.iter().map(|reference| &reference.key).collect()),
        ("amends", |document| document.amends.iter().map(|reference| &reference.key).collect()),
        ("implements", |document| document.implements.iter().map(|reference| &reference.key).collect()),
    ];
    for (key, of) in documents {
        faults.extend(cycles(&site.documents, key, |record| of(&record.content.data)));
    }
    faults.extend(cycles(&site.agencies, "parent", |record| {
        record.content.data.parent.iter().map(|same| &same.0).collect()
    }));
    faults.extend(cycles(&site.agencies, "successor", |record| {
        record.content.data.successor.iter().map(|same| &same.0).collect()
    }));
    faults.extend(cycles(&site.procedures, "successor", |record| {
        record
            .content
            .data
            .abolished
            .iter()
            .filter_map(|abolished| abolished.successor.as_ref())
            .map(|reference| &reference.key)
            .collect()
    }));
    faults.extend(cycles(&site.statistics, "corrects", |record| {
        record.content.data.corrects.iter().map(|same| &same.0).collect()
    }));
    faults.extend(cycles(&site.answers, "answered_in", |record| {
        record.content.data.answered_in.iter().map(|same| &same.0).collect()
    }));
    faults.extend(cycles(&site.updates, "corrects", |record| {
        let own = |reference: &&AnyRef| &*reference.kind == KindName::Update.word();
        record.content.data.corrects.iter().filter(own).map(|reference| &reference.key).collect()
    }));
    faults.extend(successions(site));
    faults
}

/// Withdrawn records that succeed one another in a ring, in every kind.
fn successions(site: &Site) -> Vec<Diagnostic> {
    fn of<T: Kind>(table: &Table<T>) -> Vec<Diagnostic> {
        cycles(table, "successor", |record| {
            record
                .content
                .common
                .withdrawn
                .iter()
                .filter_map(|withdrawn| withdrawn.successor.as_ref())
                .map(|same| &same.0)
                .collect()
        })
    }
    let mut faults = of(&site.agencies);
    faults.extend(of(&site.answers));
    faults.extend(of(&site.contacts));
    faults.extend(of(&site.documents));
    faults.extend(of(&site.pages));
    faults.extend(of(&site.procedures));
    faults.extend(of(&site.reports));
    faults.extend(of(&site.statistics));
    faults.extend(of(&site.updates));
    faults
}

/// The cycles of one relation, each told once, at the reference that closes it.
fn cycles<T: Referable>(table: &Table<T>, key: &str, next: impl Fn(&Record<T>) -> Vec<&Text>) -> Vec<Diagnostic> {
    let records = table.all();
    let edges: Vec<Vec<(usize, &Text)>> = records
        .iter()
        .map(|record| next(record).into_iter().filter_map(|text| Some((table.index_of(text)?, text))).collect())
        .collect();
    let mut done: HashSet<usize> = HashSet::new();
    let mut faults = Vec::new();
    for start in 0..records.len() {
        walk(start, &edges, &mut done, &mut |path, closing: &Text| {
            let ids = path.iter().map(|index| records[*index].id.as_str()).collect::<Vec<_>>().join(" → ");
            let back = &records[path[0]].id;
            let message = say!("`{key}` đi vòng tròn: {ids} → {back}", "`{key}` runs in a circle: {ids} → {back}");
            let last = &records[*path.last().unwrap_or(&start)];
            faults.push(Diagnostic {
                record: Some(last.name()),
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
