//! `new`.

use super::site::Site;

const KINDS: [(&str, &str); 9] = [
    ("agency", "content/agencies/moi.yaml"),
    ("answer", "content/answers/moi.md"),
    ("contact", "content/contacts/moi.yaml"),
    ("document", "content/documents/moi.yaml"),
    ("page", "content/pages/moi.md"),
    ("procedure", "content/procedures/moi.yaml"),
    ("report", "content/reports/moi.md"),
    ("statistics", "content/statistics/moi.yaml"),
    ("update", "content/updates/moi.md"),
];

#[test]
fn every_kind_has_a_new_record_that_lacks_only_what_must_be_filled_in() {
    for (kind, path) in KINDS {
        let site = Site::base();
        let called = site.run(&["new", kind, "moi", "--title", "Tên: có dấu hai chấm"]);
        assert_eq!(called.status, 0, "{}", called.text());
        assert!(called.out.contains(path) && called.out.contains("minhbach check"), "{}", called.out);
        let codes = site.codes(&[]);
        assert!(codes.iter().all(|code| *code == format!("wrong-type {path}")), "{kind}: {codes:?}");
        assert!(site.read(path).contains("title: \"Tên: có dấu hai chấm\""), "{}", site.read(path));
    }
}

#[test]
fn comments_are_in_the_language_of_the_messages() {
    let site = Site::base();
    site.run(&["--message-language", "vi", "new", "document", "luat-moi"]);
    assert!(site.read("content/documents/luat-moi.yaml").contains("## Số, ký hiệu (bắt buộc): dạng `63/2010/NĐ-CP`"));
}

#[test]
fn a_filled_in_record_is_published() {
    let site = Site::base();
    site.run(&["new", "page", "dich-vu", "--title", "Dịch vụ"]);
    site.edit("content/pages/dich-vu.md", "draft: true\n", "");
    assert_eq!(site.codes(&[]), Vec::<String>::new());
}

#[test]
fn what_is_no_id_is_refused_with_the_one_that_was_meant() {
    let site = Site::base();
    let before = site.files();
    let called = site.run(&["new", "procedure", "Bán buôn rượu"]);
    assert_eq!(called.status, 2);
    assert!(called.err.contains("use `ban-buon-ruou`"), "{}", called.err);
    for taken in [["contact", "mot-cua"], ["page", "thu-tuc"], ["page", "gioi-thieu"]] {
        assert_eq!(site.run(&["new", taken[0], taken[1]]).status, 2, "{taken:?}");
    }
    assert_eq!(site.files(), before);
}
