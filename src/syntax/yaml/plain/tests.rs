#![allow(clippy::disallowed_methods)]

use std::path::Path;

use proptest::prelude::*;
use walkdir::WalkDir;

use super::read;
use crate::source::FileId;
use crate::syntax::yaml::parse_any;

/// Whether a text is simple, after making sure that then its tree is the one that the parser of all YAML gives.
fn is_simple(text: &str) -> bool {
    let Some(tree) = read(FileId::new(3), text, 7) else { return false };
    let all = parse_any(FileId::new(3), text, 7);
    assert_eq!(Ok(tree), all, "{text}");
    true
}

fn in_folder(folder: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = WalkDir::new(root).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let texts = files.filter_map(|entry| std::fs::read_to_string(entry.path()).ok());
    texts.collect()
}

#[test]
fn records_give_the_same_tree_either_way() {
    let sample = in_folder("content");
    let simple = sample.iter().filter(|text| is_simple(text)).count();
    assert!(simple * 2 > sample.len(), "only {simple} of {} are simple", sample.len());
    // Cases are several files in one.
    for text in in_folder("tests/cases").iter().chain(&in_folder("tests/base")) {
        let parts = text.split(">>> ").map(|part| part.split_once('\n').map_or("", |(_, part)| part));
        parts.map(|part| part.split("=== ").next().unwrap()).chain([text.as_str()]).for_each(|part| {
            is_simple(part);
        });
    }
}

#[test]
fn what_is_simple_is_taken() {
    let simple = [
        "a: một\nb: \"hai\"\nc: 'ba'\nd: |\n  bốn\n\n  năm\n\ne:\n  - sáu\n  - f: 7\n    g:\n\n# h\nh: ~\n",
        "# a\na:\nb:\n  # c\n  c: |-\n    x: y\n      z # w\n# d\nd:\n  - e: 1\n    f: 2\n\n  - e: 3\n    f:\n      - g\n",
        "a: http://b.c/d#e\nb: 12:30\nc: “d”\n",
    ];
    assert!(simple.iter().all(|text| is_simple(text)));
}

#[test]
fn what_is_not_is_left() {
    let others = [
        "a: b\n  c\n",
        "a: b # c\n",
        "a: [b]\n",
        "a: {b: c}\n",
        "a: \"b\\n\"\n",
        "a: 'b''c'\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !c d\n",
        "a:\n- b\n",
        "a: >\n  b\n",
        "a: |2\n   b\n",
        "a: b\na: c\n",
        "a:\tb\n",
        "- a\n",
        "a\n",
        "a: b: c\n",
        "a: b:\n",
        "? a\n: b\n",
        "---\na: b\n",
        "a: |\n\n  b\n",
        "a: |\n  b\n    \n",
        "a: |\n  b\n # c\n",
        " a: b\n",
        "a:\n    b: c\n  d: e\n",
        "a: b",
        "",
        "<<: a\n",
        "a: - b\n",
        "a: b\u{85}c\n",
        "a: b\u{2028}c\n",
        "\u{feff}a: b\n",
        "a: \"b\n",
        "a:\n  - - b\n",
        "%a\n",
        "a: @b\n",
    ];
    let taken: Vec<_> = others.iter().filter(|text| is_simple(text)).collect();
    assert!(taken.is_empty(), "{taken:?}");
}

/// Lines as they may follow one another in a record, sensible or not.
fn lines() -> impl Strategy<Value = String> {
    let indent = (0..5usize).prop_map(|steps| " ".repeat(steps));
    let mark = prop_oneof![4 => Just(""), 2 => Just("- "), 1 => Just("-  "), 1 => Just("# ")];
    let key = prop_oneof![Just(""), Just("a: "), Just("b: "), Just("c:"), Just("d:"), Just("lĩnh-vực: "), Just("e :")];
    let value = prop_oneof![
        Just(""),
        Just("x"),
        Just("\"y\""),
        Just("'z'"),
        Just("|"),
        Just("|-"),
        Just("~"),
        Just("ổn định"),
        Just("1.5"),
        Just("a b  "),
        Just("p: q"),
        Just("r #s"),
        Just("t#u"),
        Just("\"v"),
        Just("- w"),
        Just("-"),
        Just("\"\""),
        Just("  "),
        Just("null"),
        Just("x:"),
    ];
    let line =
        (indent, mark, key, value).prop_map(|(indent, mark, key, value)| format!("{indent}{mark}{key}{value}\n"));
    proptest::collection::vec(line, 1..9).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_lines_give_the_same_tree_either_way(text in lines()) {
        is_simple(&text);
    }
}
