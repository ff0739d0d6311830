use proptest::prelude::*;

use super::*;

fn path(steps: &[&str]) -> Vec<Step> {
    steps.iter().map(|step| step.parse::<usize>().map_or_else(|_| Step::from(*step), Step::from)).collect()
}

fn applied(text: &str, edit: Edit) -> String {
    let mut edits = Edits::default();
    edits.add(edit);
    edits.apply(text)
}

fn text(value: &str) -> New {
    New::Text(value.to_owned())
}

fn set(source: &str, steps: &[&str], value: &New) -> String {
    let edit = Source::open(source, false).unwrap().set(&path(steps), value).expect("it can be set");
    applied(source, edit)
}

fn remove(source: &str, steps: &[&str]) -> String {
    let edit = Source::open(source, false).unwrap().remove(&path(steps)).expect("it can be removed");
    applied(source, edit)
}

fn push(source: &str, steps: &[&str], value: &New) -> String {
    let edit = Source::open(source, false).unwrap().push(&path(steps), value).expect("it can be added");
    applied(source, edit)
}

#[test]
fn a_value_keeps_its_quotes_and_its_comment() {
    assert_eq!(set("a: \"x\" # nói\nb: 1\n", &["a"], &text("z")), "a: \"z\" # nói\nb: 1\n");
    assert_eq!(set("a: 'x'\n", &["a"], &text("it's")), "a: 'it''s'\n");
    assert_eq!(set("a: x\n", &["a"], &text("b: c")), "a: \"b: c\"\n");
    assert_eq!(set("a:\nb: 1\n", &["a"], &text("z")), "a: z\nb: 1\n");
    assert_eq!(set("a: # nói\nb: 1\n", &["a"], &text("z")), "a: z # nói\nb: 1\n");
}

#[test]
fn a_block_becomes_a_value_and_a_value_a_block() {
    assert_eq!(set("a: # nói\n  - 1\n  - 2\nb: 1\n", &["a"], &New::Bare("3".into())), "a: 3 # nói\nb: 1\n");
    assert_eq!(set("a: |\n  một\n  hai\nb: 1\n", &["a"], &text("x")), "a: x\nb: 1\n");
    assert_eq!(set("a: x\nb: 1\n", &["a"], &New::List(vec![text("z")])), "a:\n  - z\nb: 1\n");
}

#[test]
fn a_new_key_comes_last_in_its_map() {
    assert_eq!(set("a: 1 # nói\n# cuối\n", &["b"], &text("x")), "a: 1 # nói\nb: x\n# cuối\n");
    assert_eq!(set("- a: 1\n  b: 2\n- c\n", &["0", "d"], &text("x")), "- a: 1\n  b: 2\n  d: x\n- c\n");
    assert_eq!(set("m: {a: 1}\n", &["m", "b"], &text("x, y")), "m: {a: 1, b: \"x, y\"}\n");
    assert_eq!(set("m: {}\n", &["m", "b"], &text("x")), "m: {b: x}\n");
    assert_eq!(set("a: 1", &["m", "b"], &text("x")), "a: 1\nm:\n  b: x");
    assert_eq!(set("# trống\n", &["a"], &text("x")), "# trống\na: x\n");
    assert_eq!(set("a: |+\n  x\n\n\nb: 1\n", &["c"], &text("z")), "a: |+\n  x\n\n\nb: 1\nc: z\n");
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    assert_eq!(set("\u{feff}a: 1\r\nb: 2\r\n", &["c"], &text("x")), "\u{feff}a: 1\r\nb: 2\r\nc: x\r\n");
    assert_eq!(remove("\u{feff}a: 1\r\nb: 2\r\n", &["a"]), "\u{feff}b: 2\r\n");
}

#[test]
fn a_key_or_item_goes_with_its_lines_alone() {
    assert_eq!(remove("a: 1\n# b\nb:\n  - 2\nc: 3\n", &["b"]), "a: 1\n# b\nc: 3\n");
    assert_eq!(remove("- a: 1\n  b: 2\n", &["0", "a"]), "- b: 2\n");
    assert_eq!(remove("a:\n  - x\n  - y # nói\n  - z\n", &["a", "1"]), "a:\n  - x\n  - z\n");
    assert_eq!(remove("a: [x, y, z]\n", &["a", "2"]), "a: [x, y]\n");
    assert_eq!(remove("a: [x, y, z]\n", &["a", "0"]), "a: [y, z]\n");
    assert_eq!(remove("a:\n  - x\nb: 1\n", &["a", "0"]), "a: []\nb: 1\n");
    assert_eq!(remove("a:\n  b: 1\n", &["a", "b"]), "a: {}\n");
}

#[test]
fn an_item_comes_last_in_its_list() {
    assert_eq!(push("a:\n  - x # nói\nb: 1\n", &["a"], &text("z")), "a:\n  - x # nói\n  - z\nb: 1\n");
    assert_eq!(push("a:\n- x\nb: 1\n", &["a"], &text("z")), "a:\n- x\n- z\nb: 1\n");
    assert_eq!(push("a: [x]\n", &["a"], &text("z")), "a: [x, z]\n");
    assert_eq!(push("a: [x,]\n", &["a"], &text("z")), "a: [x, z]\n");
    assert_eq!(push("b: 1\n", &["a"], &text("/x/")), "b: 1\na:\n  - /x/\n");
    let map = New::Map(vec![("on".into(), New::Bare("2026-01-01".into())), ("text".into(), text("Một\nhai"))]);
    assert_eq!(
        push("a:\n  - on: 2025-01-01\n", &["a"], &map),
        "a:\n  - on: 2025-01-01\n  - on: 2026-01-01\n    text: |-\n      Một\n      hai\n"
    );
}

#[test]
fn front_matter_is_edited_and_the_text_below_it_stays() {
    let source = "---\ntitle: x\n---\ntitle: không phải khóa\n";
    let edit = Source::open(source, true).unwrap().set(&path(&["draft"]), &New::Bare("true".into())).unwrap();
    assert_eq!(applied(source, edit), "---\ntitle: x\ndraft: true\n---\ntitle: không phải khóa\n");
}

/// How a random value is written: the text, and comments that must stay.
#[derive(Debug, Clone)]
struct Written {
    text: String,
}

fn value() -> impl Strategy<Value = New> {
    let word = prop_oneof![
        "[a-zđ]{1,6}",
        "[a-z]{1,3}: [a-z]{1,3}",
        "[ -~]{1,12}",
        "[a-z]{1,4}\n[a-z]{1,4}\n?",
        "[-#'\"&*!|>%@`\\[\\]{},?:]{1,3}[a-z]?",
    ];
    let scalar = prop_oneof![word.prop_map(New::Text), (0..999u32).prop_map(|n| New::Bare(n.to_string()))];
    scalar.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(New::List),
            proptest::collection::btree_map("[a-f]{1,2}", inner, 0..4)
                .prop_map(|map| New::Map(map.into_iter().collect())),
        ]
    })
}

/// A text that says a value: in blocks or on one line, with comments, blank lines, either line end.
fn source() -> impl Strategy<Value = Written> {
    let entries = proptest::collection::btree_map("[a-f]{1,2}", (value(), any::<bool>(), 0..3u8), 1..5);
    (entries, any::<bool>(), any::<bool>()).prop_map(|(entries, crlf, mark)| {
        let mut text = String::new();
        for (key, (value, on_one_line, comments)) in entries {
            if comments > 0 {
                text.push_str(&format!("# về {key}: [x] \"y\"\n"));
            }
            let lines = if on_one_line {
                vec![format!("{key}: {}", flow(&value))]
            } else {
                behind(&format!("{key}:"), &value, 2)
            };
            let ends_in_block = lines.len() > 1 || lines[0].ends_with('|');
            text.push_str(&lines.join("\n"));
            text.push_str(if comments > 1 && !ends_in_block { " # cuối\n\n" } else { "\n" });
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        Written { text: if mark { format!("\u{feff}{text}") } else { text } }
    })
}

/// Every path into a tree.
fn paths(tree: &Tree, at: &[Step], out: &mut Vec<Vec<Step>>) {
    let mut below = |step: Step, tree: &Tree| {
        let path: Vec<Step> = at.iter().cloned().chain([step]).collect();
        out.push(path.clone());
        paths(tree, &path, out);
    };
    match tree {
        Tree::List(items) => items.iter().enumerate().for_each(|(index, item)| below(index.into(), item)),
        Tree::Map(entries) => entries.iter().for_each(|(key, value)| below(key.as_str().into(), value)),
        _ => {}
    }
}

fn comments(text: &str) -> usize {
    text.matches("# về").count()
}

proptest! {
    /// A change that is handed out does what was meant, and nothing else: the texts differ in one range, and comments stay.
    #[test]
    fn a_change_is_what_was_meant(source in source(), new in value(), pick in any::<prop::sample::Index>(), what in 0..4u8) {
        let Some(opened) = Source::open(&source.text, false) else { return Err(TestCaseError::reject("not readable")) };
        let tree = opened.tree();
        let mut all = Vec::new();
        paths(&tree, &[], &mut all);
        let mut at = all[pick.index(all.len())].clone();
        let mut meant = tree.clone();
        let edit = match what {
            0 => { meant.set(&at, (&new).into()); opened.set(&at, &new) }
            1 => { at.pop(); at.push("zz".into()); if meant.set(&at, (&new).into()).is_none() { return Ok(()) }; opened.set(&at, &new) }
            2 => { meant.remove(&at); opened.remove(&at) }
            _ => { if meant.push(&at, (&new).into()).is_none() { return Ok(()) }; opened.push(&at, &new) }
        };
        let Some(edit) = edit else {
            return Err(TestCaseError::fail(format!("not done: {what} {at:?} {new:?}\n{}", source.text)));
        };
        let (start, end) = edit.range;
        let added = edit.text.len();
        let after = applied(&source.text, edit);
        let emptied = |tree: Tree| if tree == Tree::Map(Vec::new()) { Tree::Null } else { tree };
        let read = Source::open(&after, false).unwrap();
        prop_assert_eq!(emptied(read.tree()), emptied(meant));
        prop_assert_eq!(&after[..start], &source.text[..start]);
        prop_assert_eq!(&after[start + added..], &source.text[end..]);
        prop_assert_eq!(comments(&after), comments(&source.text));
        prop_assert_eq!(after.contains('\u{feff}'), source.text.contains('\u{feff}'));
        let bare = |text: &str| text.replace("\r\n", "").contains('\n');
        prop_assert!(bare(&source.text) || !bare(&after), "a line end of another kind");
    }
}
