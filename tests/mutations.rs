//! Breaks every key, item and value of every record of the sample and of `tests/base/` in every way that its shape knows, and
//! expects exactly the faults that follow, each at its line and column; in other files none. Places are computed here from
//! the text alone.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

mod mutation {
    pub mod figures;
    pub mod outline;
    pub mod site;
    pub mod typed;
    pub mod ways;
    pub mod wrong;
}

use std::path::Path;

use mutation::figures;
use mutation::outline::{self, Part};
use mutation::site::{self, Fault, Reach, Texts};
use mutation::typed::{shape_of, typed};
use mutation::ways::{self, Mutation};
use rayon::prelude::*;

/// Of a long list as many items are broken as can differ by their position: the first and the second.
const ITEMS: usize = 2;

/// What others name a record by, and one more key: breaking them may show elsewhere.
const FAR: &[&str] = &["code", "symbol", "title"];

#[test]
fn every_fault_is_told_at_its_place_and_nothing_else_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (sample, base) = (site::records(root), site::records(&root.join("tests/base")));
    let records: Vec<(&Texts, &String)> =
        [&sample, &base].into_iter().flat_map(|all| all.keys().map(move |path| (all, path))).collect();
    let read = records.par_iter().filter(|(_, path)| !path.starts_with("content/files/"));
    let results: Vec<(usize, Vec<String>)> = read.map(|(all, path)| broken(all, path)).collect();
    let count: usize = results.iter().map(|(count, _)| count).sum();
    let wrong: Vec<String> = results.into_iter().flat_map(|(_, wrong)| wrong).collect();
    println!("{count} mutations, {} not told as expected", wrong.len());
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
    assert!(count > 10_000, "only {count} mutations");
}

/// How many mutations of a record there are, and what was not told of them as expected.
fn broken(all: &Texts, path: &str) -> (usize, Vec<String>) {
    let text = &all[path];
    let (far, near): (Vec<Part>, Vec<Part>) = outline::parts(text)
        .into_iter()
        .filter(|part| part.items.iter().all(|index| *index < ITEMS))
        .partition(|part| FAR.contains(&part.path.join(".").as_str()));
    let figures = figures::of(path, text, &near);
    let sides = [(Reach::Both, ways(all, path, &far)), (Reach::Named, ways(all, path, &near)), (Reach::Both, figures)];
    let count = sides.iter().map(|(_, mutations)| mutations.len()).sum();
    let wrong =
        sides.iter().flat_map(|(reach, mutations)| differences(site::around(all, path, *reach), path, mutations));
    (count, wrong.collect())
}

fn ways(all: &Texts, path: &str, parts: &[Part]) -> Vec<Mutation> {
    let (folder, _) = path.rsplit_once('/').unwrap();
    let turn = all.keys().filter(|other| other.starts_with(folder)).position(|other| other == path).unwrap();
    let shape = shape_of(path);
    parts.iter().flat_map(|part| ways::of(&all[path], part, typed(&shape, part).as_ref(), turn)).collect()
}

/// What is not told of broken records as expected.
fn differences(mut site: Texts, path: &str, mutations: &[Mutation]) -> Vec<String> {
    let before = site::faults(&site);
    assert!(before.iter().all(|(file, ..)| file != path), "{path} has faults of its own: {before:?}");
    mutations.iter().filter_map(|mutation| difference(&mut site, path, mutation, &before)).collect()
}

/// What is told of a broken record that should not be, and the other way round.
fn difference(site: &mut Texts, path: &str, mutation: &Mutation, before: &[Fault]) -> Option<String> {
    site.insert(path.to_owned(), mutation.text.clone());
    let mut told = site::faults(site);
    told.retain(|fault| !before.contains(fault));
    let mut expected: Vec<Fault> =
        mutation.expected.iter().map(|(code, place)| (path.to_owned(), *code, *place)).collect();
    expected.sort();
    told.sort();
    let shown = |faults: &[Fault]| {
        faults
            .iter()
            .map(|(file, code, at)| format!("{code} {file}:{}:{}", at.line + 1, at.column + 1))
            .collect::<Vec<_>>()
            .join(", ")
    };
    (told != expected)
        .then(|| format!("{path}: {}: expected {}; told {}", mutation.name, shown(&expected), shown(&told)))
}
