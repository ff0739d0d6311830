//! `sitemap.xml` and `robots.txt`, for search engines.

use crate::plan::{Page, Plan, Source};
use crate::record::common::Common;
use crate::record::kind::KindName;
use crate::site::Site;

/// Every page that search engines may find, with the day of its record's last change.
pub fn sitemap(site: &Site, plan: &Plan) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let findable = |page: &&Page| page.source != Source::NotFound && !page.source.is_for_print();
    for page in plan.pages.iter().filter(findable) {
        let common = match &page.source {
            Source::Record(kind, id) => common(site, *kind, id),
            _ => None,
        };
        if common.is_some_and(|common| common.withdrawn.is_some()) {
            continue;
        }
        let address = absolute(plan, &page.address);
        let day = common
            .and_then(|common| common.updated_on)
            .map(|day| format!("<lastmod>{day}</lastmod>"))
            .unwrap_or_default();
        let others = others(plan, page);
        out.push_str(&format!("<url><loc>{address}</loc>{day}{others}</url>\n"));
    }
    out.push_str("</urlset>\n");
    out
}

/// The same page in each language, where there are several.
fn others(plan: &Plan, page: &Page) -> String {
    let all = plan.alternates(&page.source).filter(|(language, _)| plan.has(&page.source, language));
    let all: Vec<_> = all.collect();
    if all.len() < 2 {
        return String::new();
    }
    let link = |(language, address): &(&str, String)| {
        let address = absolute(plan, address);
        format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{address}\"/>")
    };
    all.iter().map(link).collect()
}

/// What search engines may visit: everything, or, on a staging site, nothing.
pub fn robots(site: &Site, plan: &Plan) -> String {
    if site.config.staging == Some(true) {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", absolute(plan, "/sitemap.xml"))
}

fn common<'a>(site: &'a Site, kind: KindName, id: &str) -> Option<&'a Common> {
    site.published_index(kind, id).map(|index| site.table(kind).outline(index).common)
}

/// The whole address of a page, safe inside XML: addresses are encoded, the base address is escaped.
fn absolute(plan: &Plan, address: &str) -> String {
    plan.url(address).replace('&', "&amp;").replace('<', "&lt;")
}
