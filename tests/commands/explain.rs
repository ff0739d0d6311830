//! `explain`: every example is run through the check.

use std::collections::BTreeMap;
use std::path::Path;

use minhbach::build;
use minhbach::diagnostic::{Code, Level};
use minhbach::explain::{self, Example, Side};
use minhbach::site::{Day, Options};
use minhbach::source::Snapshot;
use minhbach::value::date::Date;
use rayon::prelude::*;

use super::site::call;

fn base() -> BTreeMap<String, Vec<u8>> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
    let files = walkdir::WalkDir::new(&base).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&base).unwrap().to_str().unwrap().to_owned();
            (path, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The faults of one side of an example: code, level, message.
fn faults(example: &Example, side: Side) -> Result<Vec<(Code, Level, String)>, String> {
    let mut site = base();
    example.apply(&mut site, side)?;
    let day = example.as_of.as_deref().unwrap_or("2026-11-23");
    let options = Options { as_of: Day::Of(Date::parse(day).unwrap()), ..Options::default() };
    let outcome = build::check(&Snapshot::from_texts(site), &options, &|_, _| {});
    Ok(outcome.diagnostics.iter().map(|fault| (fault.code, fault.level, fault.message.en.clone())).collect())
}

#[test]
fn every_example_shows_its_code_on_the_wrong_side_and_nothing_on_the_right() {
    let wrong: Vec<String> =
        Code::ALL.par_iter().filter_map(|code| failure(*code).map(|why| format!("{code}: {why}"))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn failure(code: Code) -> Option<String> {
    let Some(example) = explain::of(code)?.example else {
        // What the last build published is not in the content, so no example of content can show it.
        return (code != Code::PageVanished).then(|| "there is no example".to_owned());
    };
    match (faults(&example, Side::Wrong), faults(&example, Side::Right)) {
        (Err(why), _) | (_, Err(why)) => Some(why),
        (Ok(wrong), _) if !wrong.iter().any(|(found, ..)| *found == code) => {
            Some(format!("wrong, and not told: {wrong:?}"))
        }
        (_, Ok(right)) if !right.is_empty() => Some(format!("right, and told: {right:?}")),
        _ => None,
    }
}

#[test]
fn a_code_is_explained_in_the_language_of_the_reader() {
    let vi = call(&["explain", "unknown-key", "--message-language", "vi"]);
    assert_eq!(vi.status, 0, "{}", vi.text());
    for part in [
        "unknown-key (lỗi)",
        "Vì sao:",
        "Cách sửa:",
        "Sai: content/procedures/mau.yaml",
        "    titel: Cấp giấy phép mẫu",
        "Đúng:",
    ] {
        assert!(vi.out.contains(part), "`{part}` in\n{}", vi.out);
    }
    let en = call(&["explain", "error[balance]:"]);
    assert!(en.out.contains("Why it matters:") && en.out.contains("balance (error)"), "{}", en.text());
}

#[test]
fn without_a_code_all_are_listed_and_a_wrong_one_gets_a_hint() {
    let all = call(&["explain"]);
    assert_eq!(Code::ALL.iter().filter(|code| all.out.contains(&format!("  {code} "))).count(), Code::ALL.len());
    let wrong = call(&["explain", "unknown-kei"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("did you mean `unknown-key`?"), "{}", wrong.err);
}
