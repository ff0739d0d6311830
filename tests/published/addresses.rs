//! The addresses that were promised are published: sections, records, their other forms, and the files of the whole site.

use minhbach::record::kind::KindName;

use super::SAMPLE;

/// What is promised and not built yet. Empty before a release.
const PENDING: &[&str] = &[];

/// Pages in Vietnamese and in English.
const PAGES: &[(&str, &str)] = &[
    ("/", "/en/"),
    ("/thu-tuc/", "/en/procedures/"),
    ("/thu-tuc/ban-buon-ruou/", "/en/procedures/ban-buon-ruou/"),
    ("/thu-tuc/linh-vuc/an-toan-thuc-pham/", "/en/procedures/field/an-toan-thuc-pham/"),
    ("/thu-tuc/cat-giam/", "/en/procedures/simplified/"),
    ("/thu-tuc/co-quan/so-cong-thuong/", "/en/procedures/agency/so-cong-thuong/"),
    ("/dia-chi/", "/en/contacts/"),
    ("/tiep-cong-dan/", "/en/reception/"),
    ("/thong-ke/", "/en/statistics/"),
    ("/thong-ke/phan-anh-quy-dinh-2026-q3/", "/en/statistics/phan-anh-quy-dinh-2026-q3/"),
    ("/bao-cao/", "/en/reports/"),
    ("/bao-cao/dan-van-2026-9-thang/", "/en/reports/dan-van-2026-9-thang/"),
    ("/van-ban/", "/en/documents/"),
    ("/van-ban/nghi-dinh-63-2010/", "/en/documents/nghi-dinh-63-2010/"),
    ("/hoi-dap/", "/en/answers/"),
    ("/hoi-dap/gui-gop-y-o-dau/", "/en/answers/gui-gop-y-o-dau/"),
    ("/thong-bao/", "/en/updates/"),
    ("/thong-bao/bai-bo-thu-tuc-cap-lai/", "/en/updates/bai-bo-thu-tuc-cap-lai/"),
    ("/gioi-thieu/", "/en/gioi-thieu/"),
    ("/gop-y/", "/en/feedback/"),
    ("/tim-kiem/", "/en/search/"),
    ("/du-lieu/", "/en/data/"),
    ("/tinh-trang/", "/en/status/"),
    ("/404.html", "/en/404.html"),
];

/// Posting sheets are printed for the agency's walls, in Vietnamese; calendars, records as data and feeds.
const OTHER_FORMS: &[&str] = &[
    "/thu-tuc/ban-buon-ruou/niem-yet/",
    "/dia-chi/niem-yet/",
    "/tiep-cong-dan/lich.ics",
    "/thu-tuc/ban-buon-ruou/index.json",
    "/thong-ke/phan-anh-quy-dinh-2026-q3/index.json",
    "/bao-cao/dan-van-2026-9-thang/index.json",
    "/van-ban/nghi-dinh-63-2010/index.json",
    "/hoi-dap/gui-gop-y-o-dau/index.json",
    "/thong-bao/bai-bo-thu-tuc-cap-lai/index.json",
    "/gioi-thieu/index.json",
    "/dia-chi/van-phong-so.json",
    "/dia-chi/van-phong-so.vcf",
    "/atom.xml",
    "/thong-bao/atom.xml",
    "/thu-tuc/atom.xml",
    "/van-ban/atom.xml",
    "/bao-cao/atom.xml",
    "/hoi-dap/atom.xml",
];

/// Files of the whole site. `manifest.json` is the publisher's, and tested there.
const WHOLE_SITE: &[&str] = &[
    "/data/KIND.csv",
    "/data/KIND.excel.csv",
    "/data/KIND.json",
    "/data/datapackage.json",
    "/data/catalog.jsonld",
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/_headers",
];

fn promised() -> impl Iterator<Item = &'static str> {
    let pages = PAGES.iter().flat_map(|(vi, en)| [*vi, *en]);
    pages.chain(OTHER_FORMS.iter().copied()).chain(WHOLE_SITE.iter().copied())
}

/// Whether an address is published; one with `KIND` for every kind.
fn is_published(address: &str) -> bool {
    KindName::ALL.iter().all(|kind| SAMPLE.has(&address.replace("KIND", kind.folder())))
}

#[test]
fn every_promised_address_is_published() {
    let missing: Vec<_> = promised().filter(|address| !is_published(address) && !PENDING.contains(address)).collect();
    assert!(missing.is_empty(), "not published: {}", missing.join(" "));
}

#[test]
fn what_is_published_is_not_pending() {
    let done: Vec<_> = PENDING.iter().filter(|address| is_published(address)).copied().collect();
    assert!(done.is_empty(), "published now, no longer pending: {}", done.join(" "));
    let unknown: Vec<_> = PENDING.iter().filter(|address| !promised().any(|promised| promised == **address)).collect();
    assert!(unknown.is_empty(), "pending, but not promised: {unknown:?}");
}
