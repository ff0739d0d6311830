#![allow(clippy::disallowed_types)] // A test has a clock: linear time is measured.
use std::collections::HashSet;
use std::time::{Duration, Instant};

use super::{Labels, Link, Options, parsed_to_html, to_html, to_plain};
use crate::syntax::markdown::{LinkUse, Outline, Target, events, is_words, outline};

const LABELS: Labels<'_> = Labels {
    table: "Bảng",
    footnote: "Chú thích",
    footnote_back: "Trở lại chỗ dẫn",
    done: "Đã xong",
    to_do: "Chưa xong",
};

/// Everything exists but `procedure:khong-co`; documents have a title.
fn resolve(link: &LinkUse) -> Option<Link> {
    let untitled = |href: String| Some(Link { href, title: None });
    match &link.target {
        Target::File { path, .. } => untitled(format!("/files/{path}")),
        Target::Site { .. } => untitled(link.raw.clone()),
        Target::Record { key, .. } if key == "khong-co" => None,
        Target::Record { kind, key, .. } if kind == "document" => {
            Some(Link { href: "/van-ban/a/".into(), title: Some(format!("Số \"{key}\"")) })
        }
        Target::Record { key, .. } => untitled(format!("/thu-tuc/{key}/")),
        Target::Anchor(anchor) => untitled(format!("#trang-{anchor}")),
        _ => panic!("nobody is asked about {:?}", link.target),
    }
}

fn html_with(text: &str, heading_shift: u8, id_prefix: &str) -> String {
    to_html(text, &Options { heading_shift, id_prefix, labels: LABELS, resolve: &resolve })
}

#[test]
fn plain_words_need_no_parsing() {
    let words = [
        "Nộp hồ sơ",
        "Điều 1. Phí: 1.200.000 đồng (một lần) - \"x\"!",
        "a # b",
        "a  b",
        "a\u{a0}b",
        "x: y",
        "a = b + c",
        "a {b}",
        "http://a.vn/b",
    ];
    let others = [
        "*a*",
        "1. a",
        "- a",
        "# a",
        "a\nb",
        " a",
        "a ",
        "a &amp; b",
        "a <b",
        "[a](b)",
        "a|b",
        "",
        "`a`",
        "a\\",
        "a\tb",
        "> a",
        ": a",
        "~a~",
    ];
    for text in words {
        assert!(is_words(text), "{text}");
        let options = Options { heading_shift: 1, id_prefix: "", labels: LABELS, resolve: &resolve };
        assert_eq!(to_html(text, &options), parsed_to_html(text, &options));
        assert_eq!(outline(text), Outline::of(text, &events(text)));
    }
    assert!(!others.into_iter().any(is_words));
}

fn html(text: &str) -> String {
    html_with(text, 1, "")
}

#[test]
fn blocks() {
    assert_eq!(html("Một\nhai\\\nba"), "<p>Một\nhai<br>\nba</p>\n");
    assert_eq!(html("> a\n\n---\n"), "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n");
    assert_eq!(html("- a\n- b\n"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    assert_eq!(html("3. a\n"), "<ol start=\"3\">\n<li>a</li>\n</ol>\n");
    assert_eq!(html("*a* **b** ~~c~~ `<d>`"), {
        "<p><em>a</em> <strong>b</strong> <del>c</del> <code>&lt;d&gt;</code></p>\n"
    });
}

#[test]
fn a_definition_list() {
    assert_eq!(html("Lệ phí\n: 10.000\n: 20.000\n"), {
        "<dl>\n<dt>Lệ phí</dt>\n<dd>10.000</dd>\n<dd>20.000</dd>\n</dl>\n"
    });
}

#[test]
fn a_heading_shifts_and_has_an_id() {
    assert_eq!(html("# Chức năng\n"), "<h2 id=\"chuc-nang\">Chức năng</h2>\n");
    assert_eq!(html_with("# A\n", 3, "y-"), "<h4 id=\"y-a\">A</h4>\n");
    assert_eq!(html("# *A*\n# A\n"), "<h2 id=\"a\"><em>A</em></h2>\n<h2 id=\"a-2\">A</h2>\n");
    assert_eq!(html("#\n\na"), "<p>a</p>\n");
}

#[test]
fn headings_skip_no_level() {
    let levels = |text: &str, shift| -> String {
        html_with(text, shift, "").split("<h").skip(1).map(|rest| &rest[..1]).collect()
    };
    assert_eq!(levels("# a\n## b\n### c\n## d\n# e\n", 1), "23432");
    assert_eq!(levels("## a\n### b\n## c\n# d\n", 1), "2322");
    assert_eq!(levels("# a\n#### b\n### c\n#### d\n", 1), "2334");
    assert_eq!(levels("# a\n## b\n### c\n#### d\n", 4), "5666");
}

#[test]
fn links_lead_where_they_are_resolved() {
    assert_eq!(html("[a](procedure:x)"), "<p><a href=\"/thu-tuc/x/\">a</a></p>\n");
    assert_eq!(html("[a](document:1/QH 'b')"), "<p><a href=\"/van-ban/a/\" title=\"Số &quot;1/QH&quot;\">a</a></p>\n");
    assert_eq!(html("[a *b*](procedure:khong-co)"), "<p>a <em>b</em></p>\n");
    assert_eq!(html("[a](<files/mẫu 1.pdf> 'b')"), "<p><a href=\"/files/m%E1%BA%ABu%201.pdf\" title=\"b\">a</a></p>\n");
    assert_eq!(html("<a@b.vn>"), "<p><a href=\"mailto:a@b.vn\">a@b.vn</a></p>\n");
    assert_eq!(html("[a](tel:1022)"), "<p><a href=\"tel:1022\">a</a></p>\n");
}

#[test]
fn links_to_other_sites_tell_them_nothing() {
    assert_eq!(html("[a](https://a.vn/?b=1&c=2)"), {
        "<p><a href=\"https://a.vn/?b=1&amp;c=2\" rel=\"noopener noreferrer\">a</a></p>\n"
    });
}

#[test]
fn an_anchor_of_the_text_takes_its_prefix_and_another_is_resolved() {
    let text = html_with("# A\n\n[a](#a) [b](#b)", 1, "y-");
    assert!(text.ends_with("<p><a href=\"#y-a\">a</a> <a href=\"#trang-b\">b</a></p>\n"), "{text}");
}

#[test]
fn an_unsafe_or_relative_link_leaves_its_text() {
    for text in
        ["[a](javascript:x)", "[a](JaVaScRiPt&colon;x)", "[a](//b.vn)", "[a](b.html)", "[a](/\\\\b)", "![a](//b)"]
    {
        assert_eq!(html(text), "<p>a</p>\n", "{text}");
    }
}

#[test]
fn no_link_stands_in_a_link() {
    for text in
        ["[a <https://b.vn>](/c/)", "[a [^1]](/c/)\n\n[^1]: b", "[a [b](/b/)](/c/)", "[![[a](/b/)](files/c)](/d/)"]
    {
        let html = html(text);
        let mut depth = 0;
        for tag in html.split('<') {
            depth += i32::from(tag.starts_with("a ")) - i32::from(tag.starts_with("/a>"));
            assert!((0..=1).contains(&depth), "{text} gave {html}");
        }
    }
}

#[test]
fn an_address_is_valid_whatever_is_in_it() {
    assert_eq!(
        html("[a](</b c/%C4%91/100%/%|^'\">)"),
        "<p><a href=\"/b%20c/%C4%91/100%25/%25%7C%5E&#x27;%22\">a</a></p>\n"
    );
}

#[test]
fn images_load_late_and_have_an_alternative() {
    assert_eq!(html("![Sơ *đồ* [b](/c/)](files/a.png 'x')"), {
        "<p><img src=\"/files/a.png\" alt=\"Sơ đồ b\" title=\"x\" loading=\"lazy\" decoding=\"async\"></p>\n"
    });
    assert_eq!(html("[![](files/a.png)](/b/)"), {
        "<p><a href=\"/b/\"><img src=\"/files/a.png\" alt=\"\" loading=\"lazy\" decoding=\"async\"></a></p>\n"
    });
}

#[test]
fn a_table_scrolls_and_names_its_columns() {
    assert_eq!(html("# Phí\n\n|  | *B* | C |\n|---|--:|:-:|\n| **1** | 2 | 3 |\n"), {
        "<h2 id=\"phi\">Phí</h2>\n\
         <div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng 1: Phí\">\n<table>\n<thead>\n\
         <tr><td></td><th scope=\"col\" class=\"align-right\"><em>B</em></th>\
         <th scope=\"col\" class=\"align-center\">C</th></tr>\n</thead>\n<tbody>\n\
         <tr><td><strong>1</strong></td><td class=\"align-right\">2</td><td class=\"align-center\">3</td></tr>\n\
         </tbody>\n</table>\n</div>\n"
    });
}

#[test]
fn boxes_are_disabled_and_named() {
    assert_eq!(html("- [x] a\n- [ ] b\n"), {
        "<ul>\n<li><input type=\"checkbox\" disabled checked aria-label=\"Đã xong\"> a</li>\n\
         <li><input type=\"checkbox\" disabled aria-label=\"Chưa xong\"> b</li>\n</ul>\n"
    });
}

#[test]
fn a_note_is_reached_and_left() {
    assert_eq!(html_with("a[^x]\n\n[^x]: b\n\nc\n", 1, "y-"), {
        "<p>a<sup><a id=\"y-fnref_1_1\" href=\"#y-fn_1\" role=\"doc-noteref\" aria-label=\"Chú thích 1\">1</a></sup></p>\n\
         <p>c</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Chú thích\">\n<ol>\n\
         <li id=\"y-fn_1\"><p>b <a href=\"#y-fnref_1_1\" role=\"doc-backlink\" aria-label=\"Trở lại chỗ dẫn 1\">↩</a></p>\n\
         </li>\n</ol>\n</section>\n"
    });
}

#[test]
fn notes_are_numbered_as_they_are_met_and_none_is_lost() {
    let text = html("a[^b] c[^A] d[^b]\n\n[^a]: Một[^c]\n\n[^b]: Hai\n\n[^c]: Ba[^b]\n\n[^d]: Bốn\n\n[^a]: Năm\n");
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    assert!(place("<li id=\"fn_1\"><p>Hai") < place("<li id=\"fn_2\"><p>Một"));
    assert!(place("<li id=\"fn_3\"><p>Ba") < place("<li id=\"fn_4\"><p>Bốn</p>"));
    assert!(text.contains("href=\"#fnref_1_3\" role=\"doc-backlink\" aria-label=\"Trở lại chỗ dẫn 1-3\""));
    assert!(!text.contains("Năm"));
}

#[test]
fn a_note_that_ends_in_no_paragraph_gets_one_for_its_way_back() {
    let text = html("a[^1]\n\n[^1]:\n    - b\n");
    assert!(text.contains("</ul>\n<p><a href=\"#fnref_1_1\""), "{text}");
}

#[test]
fn identifiers_are_unique_and_links_to_them_lead_somewhere() {
    let text = html("# fn 1\n# fn_1\n# a\n# a\n[^1][^1][^b] [x](#a-2)\n\n[^1]: # a\n[^b]: [^1]\n");
    let values = |name: &str| -> Vec<String> {
        text.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values("id");
    let unique: HashSet<_> = ids.iter().cloned().collect();
    assert_eq!(unique.len(), ids.len(), "{text}");
    assert!(values("href").iter().all(|href| unique.contains(&href[1..])), "{text}");
}

#[test]
fn a_headings_id_is_the_outlines_even_in_a_note() {
    let text = html("b[^1]\n\n[^1]:\n    # a\n\n# a\n");
    assert!(text.contains("<h2 id=\"a-2\">a</h2>\n<section"), "{text}");
}

#[test]
fn raw_html_comes_out_as_text() {
    assert_eq!(html("a <b onclick=x>c</b>"), "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n");
    assert_eq!(html("<script>\nx\n</script>\n"), "<p>&lt;script&gt;\nx\n&lt;/script&gt;\n</p>\n");
    assert_eq!(
        html("![<b>](files/a.png)"),
        "<p><img src=\"/files/a.png\" alt=\"\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
}

#[test]
fn nothing_breaks_out_of_an_attribute() {
    let hostile = [
        "[a](/b/ '\" onclick=\"x')",
        "[a](/b/ \"&quot; onclick=&quot;x\")",
        "[a](</b/\" onclick=\"x>)",
        "[a](https://b.vn/\"onclick=\"x)",
        "[a](https://b.vn\"onclick=\"x)",
        "![\" onerror=\"x](files/a.png)",
        "![&quot; onerror=&quot;x](files/a.png)",
        "![a](<files/\" onerror=\"x>)",
        "```\"onclick=\"x\na\n```",
        "```&quot;onclick=&quot;x\na\n```",
        "```a\"><b onclick=x>\na\n```",
        "# \" onclick=\"x\n\n|a|\n|-|\n|b|\n",
        "# A {onclick=x}\n",
        "[^\"onclick=x]\n\n[^\"onclick=x]: a\n",
    ];
    for text in hostile {
        let html = html(text);
        for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
            let outside_quotes: String = tag.split('"').step_by(2).collect();
            assert!(!outside_quotes.contains("onclick") && !outside_quotes.contains("onerror"), "{text} gave {html}");
            assert!(tag.matches('"').count() % 2 == 0, "{text} gave {html}");
        }
    }
}

#[test]
fn fences_stand_in_longer_fences() {
    assert_eq!(html("````rust\n```js\n<x>\n```\n````\n"), {
        "<pre><code class=\"language-rust\">```js\n&lt;x&gt;\n```\n</code></pre>\n"
    });
    assert_eq!(html("```a,b\tc\nx\n```"), "<pre><code>x\n</code></pre>\n");
}

#[test]
fn template_syntax_stays_as_it_is() {
    assert_eq!(html("{{ x }} {% raw %} {# y #}"), "<p>{{ x }} {% raw %} {# y #}</p>\n");
}

#[test]
fn what_is_too_large_is_shown_as_written() {
    assert_eq!(html(&"> ".repeat(100)), format!("<pre>\n{}</pre>\n", "&gt; ".repeat(100)));
}

#[test]
fn hostile_texts_make_pages_of_linear_size() {
    let n = 5_000;
    let hostile = [
        "# a\n".repeat(n),
        format!("# {}\n\n", "a".repeat(n)) + &"|a|\n|-|\n\n".repeat(n),
        "[^a]".repeat(n) + "\n\n[^a]: b",
        (0..n).map(|i| format!("[^{i}]\n\n[^{i}]: [^{}]\n\n", i + 1)).collect(),
        "[a]".repeat(n) + "\n\n[a]: /" + &"b".repeat(n),
        format!("{}\n{}\n{}", "|a".repeat(n), "|-".repeat(n), "|b\n".repeat(n)),
    ];
    for text in hostile {
        let start = Instant::now();
        let size = html(&text).len();
        let name: String = text.chars().take(20).collect();
        assert!(size < 100 * text.len(), "{name}… of {} bytes made {size}", text.len());
        assert!(start.elapsed() < Duration::from_secs(5), "{name}…");
    }
}

#[test]
fn plain_text_is_one_block_a_line() {
    let text =
        "# Đầu *mục*\n\nMột\nhai[^1] [ba](/a/) ![bốn](files/a.png)\n\n- a\n  - b\n\n|x|y|\n|-|-|\n|1|2|\n\n[^1]: Chú\n";
    assert_eq!(to_plain(text), "Đầu mục\nMột hai ba bốn\na\nb\nx y\n1 2\nChú");
}

#[test]
fn plain_text_has_no_markup() {
    assert_eq!(to_plain("a <b>c</b> `d` &amp; \\*e\\*\n\n<p>f</p>\n\n```\ng\n```\n\nh\n: i\n"), "a c d & *e*\ng\nh\ni");
    assert_eq!(to_plain(""), "");
}
