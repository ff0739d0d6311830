#![allow(clippy::disallowed_types)] // A test has a clock: linear time is measured.
use std::time::{Duration, Instant};

use super::{Excess, Fault, Heading, MAX_CELLS, MAX_DEPTH, Outline, Target, outline};

/// The links of a text: what stands at the place, and what it points at.
fn links(text: &str) -> Vec<(String, Target)> {
    outline(text).links.into_iter().map(|link| (text[link.range].to_owned(), link.target)).collect()
}

fn target(text: &str) -> Target {
    let mut links = outline(text).links;
    assert_eq!(links.len(), 1, "{text}");
    links.remove(0).target
}

fn anchors(text: &str) -> Vec<String> {
    outline(text).headings.into_iter().map(|heading| heading.anchor).collect()
}

fn raw_html(text: &str) -> Vec<usize> {
    let place = |fault| if let Fault::RawHtml { range } = fault { Some(range.start) } else { None };
    outline(text).faults.into_iter().filter_map(place).collect()
}

fn excess(text: &str) -> Vec<(Excess, usize)> {
    let excess = |fault| if let Fault::TooLarge { range, what } = fault { Some((what, range.start)) } else { None };
    outline(text).faults.into_iter().filter_map(excess).collect()
}

#[test]
fn plain_text_holds_nothing() {
    assert_eq!(outline("Một đoạn *văn* có `mã`.\n\n- [ ] việc\n"), Outline::default());
}

#[test]
fn a_link_is_reported_at_its_bracket() {
    let found = links("Xem [mẫu](files/a.pdf) và ![ảnh](files/a.png), <https://a.vn>.");
    let file = |path: &str| Target::File { path: path.into(), anchor: None };
    assert_eq!(
        found,
        [
            ("[mẫu](files/a.pdf)".to_owned(), file("a.pdf")),
            ("![ảnh](files/a.png)".to_owned(), file("a.png")),
            ("<https://a.vn>".to_owned(), Target::Web),
        ]
    );
}

#[test]
fn a_link_by_reference_is_reported_where_it_is_used() {
    let found = links("[một][x], [x][], [x]\n\n[x]: javascript:a\n[y]: javascript:b\n");
    let places: Vec<_> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["[một][x]", "[x]", "[x]"]);
    assert!(found.iter().all(|(_, target)| *target == Target::Unsafe));
}

#[test]
fn undefined_references_and_notes_are_text() {
    assert_eq!(outline("[a][b] [c] [^d]"), Outline::default());
}

#[test]
fn an_address_in_angles_is_mail() {
    let link = outline("<a@example.vn>").links.remove(0);
    assert_eq!((link.target, link.raw.as_str()), (Target::Mail, "mailto:a@example.vn"));
}

#[test]
fn entities_and_escapes_hide_no_scheme() {
    let hostile = [
        "[x](javascript&colon;alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](javascript\\:alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](java&NewLine;script:alert(1))",
        "[x](<&#1;javascript:alert(1)>)",
        "[x](< javascript:alert(1)>)",
        "[x](&#32;data:text/html,x)",
        "[x](JaVaScRiPt:alert(1))",
        "[x](%6aavascript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHg+)",
        "[x](//evil.vn)",
        "[x](&sol;&sol;evil.vn)",
        "[x](\\\\\\\\evil.vn)",
        "[x](/\\\\evil.vn)",
        "[x](/&bsol;evil.vn)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "![x](https://evil.vn/a.png)",
        "![x](data:image/png;base64,AA)",
        "![x](//evil.vn/a.png)",
    ];
    for text in hostile {
        assert_eq!(target(text), Target::Unsafe, "{text}");
    }
}

#[test]
fn a_line_end_makes_no_link() {
    assert_eq!(outline("[x](java\nscript:alert(1))").links, []);
}

#[test]
fn alternatives_and_names_are_seen() {
    let has_alt = |text: &str| outline(text).links.iter().map(|link| link.has_alt).collect::<Vec<_>>();
    assert_eq!(has_alt("![](files/a.png) ![ ](files/a.png) ![a](files/a.png) ![`a`](files/a.png)"), {
        [false, false, true, true]
    });
    assert_eq!(has_alt("[](/a/) [![](files/a.png)](/a/) [![a](files/a.png)](/a/)"), [false, false, false, true, true]);
}

#[test]
fn headings_have_text_level_and_place() {
    let text = "# Chức *năng* `x`\n\nHai\n---\n";
    let heading =
        |level, text: &str, anchor: &str, range| Heading { level, text: text.into(), anchor: anchor.into(), range };
    assert_eq!(
        outline(text).headings,
        [heading(1, "Chức năng x", "chuc-nang-x", 0..21), heading(2, "Hai", "hai", 22..30),]
    );
}

#[test]
fn namesakes_get_numbers_that_nobody_has() {
    assert_eq!(anchors("# A\n# A\n# A 2\n# A\n"), ["a", "a-2", "a-2-2", "a-3"]);
    assert_eq!(anchors("# A 2\n# A\n# A\n"), ["a-2", "a", "a-3"]);
    assert_eq!(anchors("# ?\n# !\n"), ["muc", "muc-2"]);
}

#[test]
fn an_empty_heading_is_none() {
    assert_eq!(anchors("#\n\n## \n\n# [](/a/)\n"), Vec::<String>::new());
}

#[test]
fn heading_attributes_are_text() {
    assert_eq!(outline("# H {#x onclick=alert(1)}").headings[0].text, "H {#x onclick=alert(1)}");
}

#[test]
fn raw_html_is_reported_once_a_block_or_tag() {
    assert_eq!(raw_html("a <b>c</b>"), [2, 6]);
    assert_eq!(raw_html("<div>\n<p>x</p>\n</div>\n\ny"), [0]);
    assert_eq!(raw_html("  <!-- ghi\n\nchú -->\n"), [2]);
    assert_eq!(raw_html("a <!-- b --> c"), [2]);
    assert_eq!(raw_html("> <script>\n> x\n> </script>"), [2]);
    assert_eq!(raw_html("- a\n\n  <br>\n"), [7]);
    assert_eq!(raw_html("![a <b>](files/a.png)"), [4]);
    assert_eq!(raw_html("<?php x ?>"), [0]);
    assert_eq!(raw_html("<!DOCTYPE html>"), [0]);
}

#[test]
fn what_only_looks_like_html_is_text() {
    assert_eq!(raw_html("1 < 2 > 0, &lt;b&gt;, `<b>`, \\<b>\n\n    <b>\n\n```\n<b>\n```\n"), Vec::<usize>::new());
}

#[test]
fn a_table_of_many_left_out_cells_is_too_large() {
    let columns = 200;
    let rows = MAX_CELLS / columns;
    let table = |rows| format!("x\n\n{}\n{}\n{}", "|a".repeat(columns), "|-".repeat(columns), "|b\n".repeat(rows));
    assert_eq!(excess(&table(rows - 1)), []);
    assert_eq!(excess(&table(rows)), [(Excess::Cells, 3)]);
}

#[test]
fn deep_nesting_is_too_large_and_told_once() {
    assert_eq!(excess(&format!("{}a", "> ".repeat(MAX_DEPTH - 1))), []);
    assert_eq!(excess(&format!("{}a", "> ".repeat(MAX_DEPTH + 5))).len(), 1);
    assert_eq!(excess(&format!("{}a", "- ".repeat(MAX_DEPTH + 5))).len(), 1);
    assert_eq!(excess(&format!("{0}a{0}", "**".repeat(MAX_DEPTH + 5))).len(), 1);
}

#[test]
fn hostile_texts_take_linear_time() {
    let n = 20_000;
    let hostile = [
        "[".repeat(n),
        "![".repeat(n),
        "[a](".repeat(n),
        "*a _b ".repeat(n),
        "**".repeat(n) + "a" + &"**".repeat(n),
        "`".repeat(n) + "a",
        (1..300).map(|i| "`".repeat(i) + " ").collect(),
        "<".repeat(n),
        "<!-- ".repeat(n),
        "<a b=".repeat(n),
        "> ".repeat(n),
        "- ".repeat(n),
        "# a\n".repeat(n),
        "[^a]".repeat(n) + "\n\n[^a]: b",
        "[^a]: b\n".repeat(n),
        "[a]".repeat(n) + "\n\n[a]: /" + &"b".repeat(n),
        "![".repeat(n) + &"a](files/b)".repeat(n),
        format!("{}\n{}\n{}", "|a".repeat(n), "|-".repeat(n), "|b\n".repeat(n)),
        "a\n: b\n".repeat(n),
        "\\".repeat(n) + "&amp;",
    ];
    for text in hostile {
        let start = Instant::now();
        outline(&text);
        assert!(start.elapsed() < Duration::from_secs(5), "{}…", text.chars().take(20).collect::<String>());
    }
}
