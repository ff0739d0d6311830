//! `rename`.

use super::site::Site;

/// The base site with everything that can name a procedure, in every way of writing.
fn named_everywhere() -> Site {
    let site = Site::base();
    site.write(
        "content/procedures/khac.yaml",
        "# Ghi chú của Văn phòng\r\ncode: \"2.001621\"\r\ntitle: Khác\r\nfield: An toàn thực phẩm\r\nlevels: [province]\r\napplicants: [Doanh nghiệp]\r\nexecuting_agencies: [so-mau]\r\ndecision: luat-mau\r\nsubmit_at: [mot-cua]\r\nonline_level: none\r\nchannels:\r\n  - {method: direct, processing_time: {value: 5, unit: day}, fees: free}\r\nsteps:\r\n  - text: \"Như [mẫu](procedure:mau), \\u0111úng.\"\r\ndossiers:\r\n  - documents:\r\n      - name: Đơn\r\nresults: [{name: Giấy}]\r\nrequirements: none\r\nlegal_basis: [luat-mau]\r\nrelated: ['mau'] # xem mau\r\n",
    );
    site.write(
        "content/pages/lien-ket.md",
        "---\ntitle: Liên kết\n---\n[a](/thu-tuc/mau/) [b](/thu-tuc/mau/#phi) [c][x] [d](<procedure:mau>) [e](procedure:2.001620) [g](procedure:mau#phi)\n\n[x]: procedure:mau \"Tên\"\n",
    );
    site.write("content/procedures/mau.en.yaml", "title: Sample licence\n");
    site
}

#[test]
fn every_reference_follows_and_every_other_byte_stays() {
    let site = named_everywhere();
    assert_eq!(site.codes(&["--drafts"]).iter().filter(|code| !code.starts_with("broken-anchor")).count(), 0);
    let before = site.files();
    let called = site.run(&["rename", "procedure", "mau", "cap-phep"]);
    assert_eq!(called.status, 0, "{}", called.text());
    let after = site.files();
    let text = |path: &str| String::from_utf8(before[path].clone()).unwrap();

    let own = text("content/procedures/mau.yaml");
    let aliases = "aliases:\n  - /thu-tuc/mau/\n  - /en/procedures/mau/\n";
    assert_eq!(site.read("content/procedures/cap-phep.yaml"), format!("{own}{aliases}"));
    assert_eq!(site.read("content/procedures/cap-phep.en.yaml"), text("content/procedures/mau.en.yaml"));
    assert!(!site.has("content/procedures/mau.yaml") && !site.has("content/procedures/mau.en.yaml"));

    let other = text("content/procedures/khac.yaml");
    let expected =
        other.replace("(procedure:mau)", "(procedure:cap-phep)").replace("['mau'] # xem mau", "['cap-phep'] # xem mau");
    assert_eq!(site.read("content/procedures/khac.yaml"), expected);
    assert_eq!(
        site.read("content/pages/lien-ket.md"),
        "---\ntitle: Liên kết\n---\n[a](/thu-tuc/cap-phep/) [b](/thu-tuc/cap-phep/#phi) [c][x] [d](<procedure:cap-phep>) [e](procedure:2.001620) [g](procedure:cap-phep#phi)\n\n[x]: procedure:cap-phep \"Tên\"\n"
    );
    assert_eq!(
        site.read("content/updates/thong-bao.md"),
        text("content/updates/thong-bao.md").replace("procedure:mau", "procedure:cap-phep")
    );
    assert_eq!(
        site.read("content/answers/nop-o-dau.md"),
        text("content/answers/nop-o-dau.md").replace("procedure: mau", "procedure: cap-phep")
    );

    let changed: Vec<&String> =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|(path, _)| path).collect();
    assert_eq!(changed.len(), 6, "{changed:?}");
    assert!(changed.iter().all(|path| !path.contains("/.")), "{changed:?}");
    assert_eq!(site.codes(&["--drafts"]).iter().filter(|code| !code.starts_with("broken-anchor")).count(), 0);
}

#[test]
fn the_old_address_leads_to_the_page_in_each_language() {
    let site = Site::base();
    assert_eq!(site.run(&["rename", "procedure", "mau", "cap-phep"]).status, 0);
    assert_eq!(site.run(&["build", "--as-of", "2026-11-23"]).status, 0);
    assert!(site.read("public/thu-tuc/mau/index.html").contains("/thu-tuc/cap-phep/"));
    assert!(site.read("public/en/procedures/mau/index.html").contains("/en/procedures/cap-phep/"));
    // Renamed once more, both old addresses stay.
    assert_eq!(site.run(&["rename", "procedure", "cap-phep", "giay-phep"]).status, 0);
    assert_eq!(site.run(&["build", "--as-of", "2026-11-23", "--strict"]).status, 0);
    for old in ["public/thu-tuc/mau/index.html", "public/thu-tuc/cap-phep/index.html"] {
        assert!(site.read(old).contains("/thu-tuc/giay-phep/"), "{old}");
    }
}

#[test]
fn other_kinds_are_renamed_too() {
    for (kind, old) in [
        ("agency", "so-mau"),
        ("answer", "nop-o-dau"),
        ("contact", "mot-cua"),
        ("document", "luat-mau"),
        ("page", "gioi-thieu"),
        ("report", "dan-van-2026"),
        ("statistics", "phan-anh-2026-q3"),
        ("update", "thong-bao"),
    ] {
        let site = Site::base();
        site.edit("content/pages/gioi-thieu.md", "Xem [chức năng]", "Đến [quầy](/dia-chi/#mot-cua). Xem [chức năng]");
        let called = site.run(&["rename", kind, old, "ten-moi"]);
        assert_eq!(called.status, 0, "{kind}: {}", called.text());
        assert_eq!(site.codes(&[]), Vec::<String>::new(), "{kind}");
        assert!(!called.err.contains("to look at"), "{}", called.err);
    }
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let site = named_everywhere();
    let before = site.files();
    let called = site.run(&["rename", "procedure", "mau", "cap-phep", "--dry-run"]);
    assert_eq!(called.status, 0, "{}", called.text());
    for part in ["rename from content/procedures/mau.yaml", "-procedure: mau", "+procedure: cap-phep", "would change"] {
        assert!(called.out.contains(part), "`{part}` in\n{}", called.out);
    }
    assert_eq!(site.files(), before);
}

#[test]
fn what_cannot_be_done_is_refused_before_anything_is_written() {
    let site = Site::base();
    site.write("content/procedures/khac.yaml", "title: Khác\n");
    let before = site.files();
    for call in [["mau", "khac"], ["mau", "Cấp phép"], ["mao", "moi"], ["mau", "mau"]] {
        let called = site.run(&["rename", "procedure", call[0], call[1]]);
        assert_eq!(called.status, 2, "{call:?} {}", called.text());
    }
    let near = site.run(&["rename", "procedure", "mao", "moi"]);
    assert!(near.err.contains("did you mean `mau`?"), "{}", near.err);
    assert_eq!(site.files(), before);
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let site = Site::base();
    site.write("content/pages/hong.yaml", "title: [\n");
    let called = site.run(&["rename", "procedure", "mau", "cap-phep"]);
    assert_eq!(called.status, 0, "{}", called.text());
    assert!(called.err.contains("content/pages/hong.yaml"), "{}", called.err);
}
