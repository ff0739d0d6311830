//! Every address that a published file names is published, and every anchor is there: followed as a browser would.

use std::collections::{BTreeMap, BTreeSet};

use minhbach::site::Options;
use minhbach::value::percent;
use regex::Regex;

use super::dom::Element;
use super::{Published, SAMPLE, file_at, options, sample};

const BASE: &str = "https://congkhai.example.gov.vn";
const BELOW: &str = "https://a.example/cong-khai/";

/// Attributes that hold one address.
const ADDRESSES: &[&str] = &["href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href"];
/// Attributes that hold IDs of elements of the same page.
const IDS: &[&str] = &["for", "list", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "headers"];

#[test]
fn every_link_anchor_image_asset_and_form_of_the_sample_leads_somewhere() {
    let faults = Crawl::of(&SAMPLE, BASE).faults();
    assert!(faults.is_empty(), "{}\n{} faults", faults.join("\n"), faults.len());
}

#[test]
fn below_a_base_address_with_a_path_every_link_leads_somewhere_too() {
    let site = Published::of(&sample(), &Options { base_url: Some(BELOW.to_owned()), ..options() });
    let faults = Crawl::of(&site, BELOW).faults();
    assert!(faults.is_empty(), "{}\n{} faults", faults.join("\n"), faults.len());
    assert!(site.files.keys().eq(SAMPLE.files.keys()), "the base address changes which files there are");
}

#[test]
fn a_crawl_finds_what_is_broken() {
    let page = r##"<body><a href="/nope/">a</a><a href="#nope">b</a><img src="/x.png"><form action="/y/"></form>
        <label for="z">c</label><a href="//other.example/">d</a><a href="https://congkhai.example.gov.vn/q/">e</a>"##;
    let files = BTreeMap::from([("index.html".to_owned(), page.as_bytes().to_vec())]);
    let faults = Crawl::of(&Published { files }, BASE).faults();
    assert_eq!(faults.len(), 7, "{faults:?}");
}

/// A site whose links are followed.
struct Crawl<'a> {
    site: &'a Published,
    /// The base address without a slash at its end, and its path.
    base: &'a str,
    path: &'a str,
    pages: BTreeMap<&'a str, Element>,
    ids: BTreeMap<&'a str, BTreeSet<String>>,
}

impl<'a> Crawl<'a> {
    fn of(site: &'a Published, base: &'a str) -> Self {
        let base = base.trim_end_matches('/');
        let host = base.find("://").unwrap() + 3;
        let path = base[host..].find('/').map_or("", |start| &base[host + start..]);
        let pages: BTreeMap<&str, Element> = site.pages().map(|(path, text)| (path, Element::parse(text))).collect();
        let ids = pages.iter().map(|(path, page)| (*path, ids(page))).collect();
        Crawl { site, base, path, pages, ids }
    }

    fn faults(&self) -> Vec<String> {
        let pages = self.pages.iter().flat_map(|(path, page)| self.of_page(path, page));
        let texts = self.site.files.iter().filter(|(path, _)| !path.ends_with(".html"));
        pages.chain(texts.flat_map(|(path, bytes)| self.of_file(path, &String::from_utf8_lossy(bytes)))).collect()
    }

    /// What is broken on a page.
    fn of_page(&self, file: &str, page: &Element) -> Vec<String> {
        let mut faults = Vec::new();
        for element in page.all() {
            for address in addresses(element) {
                faults.extend(self.follow(file, address).map(|why| format!("{file}: {address}: {why}")));
            }
            let named = IDS.iter().filter_map(|name| element.attr(name)).flat_map(str::split_whitespace);
            let missing = named.filter(|id| !self.ids[file].contains(*id));
            faults.extend(missing.map(|id| format!("{file}: no element has the ID {id}")));
        }
        faults.extend(repeated(page).map(|id| format!("{file}: two elements have the ID {id}")));
        faults
    }

    /// What is broken among the whole addresses of the site that another file names, and, in style sheets, in `url(…)`.
    fn of_file(&self, file: &str, text: &str) -> Vec<String> {
        let own = Regex::new(&format!(r#"{}[^\s"'<>\\\]),]*"#, regex::escape(self.base))).unwrap();
        let in_styles = Regex::new(r#"url\(["']?([^"')]+)["']?\)"#).unwrap();
        // Calendars and cards break long lines; the next one begins with a space.
        let text = &text.replace("\r\n ", "");
        let whole = own.find_iter(text).map(|found| found.as_str().replace("&amp;", "&"));
        let styles = in_styles.captures_iter(text).filter(|_| file.ends_with(".css")).map(|found| found[1].to_owned());
        // In linked data what stands behind `#` names a thing, not a place on a page.
        let place = |address: String| match address.split_once('#') {
            Some((page, _)) if file.ends_with(".jsonld") => page.to_owned(),
            _ => address,
        };
        let broken =
            |address: String| self.follow(file, &place(address.clone())).map(|why| format!("{file}: {address}: {why}"));
        whole.chain(styles).filter_map(broken).collect()
    }

    /// Why an address on a page leads nowhere, if so.
    fn follow(&self, file: &str, address: &str) -> Option<String> {
        let below = match address.strip_prefix(self.base) {
            Some("") => "/",
            Some(rest) if rest.starts_with(['/', '?', '#']) => rest,
            _ if address.starts_with("//") => return Some("leaves the site without saying how".to_owned()),
            _ if is_elsewhere(address) => return None,
            _ if address.starts_with('/') => match address.strip_prefix(self.path) {
                Some(rest) if rest.starts_with('/') => rest,
                _ => return Some("does not lie below the base address".to_owned()),
            },
            _ if address.starts_with(['#', '?']) => address,
            _ => return Some("is neither whole nor from the root".to_owned()),
        };
        let (path, anchor) = below.split_once('#').map_or((below, None), |(path, anchor)| (path, Some(anchor)));
        let path = path.split('?').next().unwrap();
        let target = if path.is_empty() { file.to_owned() } else { file_at(&percent::decoded(path)) };
        if !self.site.files.contains_key(&target) {
            return Some("is not published".to_owned());
        }
        let anchor = percent::decoded(anchor.filter(|anchor| !anchor.is_empty())?);
        let ids = self.ids.get(target.as_str());
        ids.is_some_and(|ids| !ids.contains(&anchor)).then(|| "has no such anchor".to_owned())
    }
}

/// Whether an address names its scheme: it leaves the site, or is no address of a page at all.
fn is_elsewhere(address: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:", "data:"].iter().any(|scheme| address.starts_with(scheme))
}

fn addresses(element: &Element) -> Vec<&str> {
    let mut found: Vec<&str> = ADDRESSES.iter().filter_map(|name| element.attr(name)).collect();
    let sets = element.attr("srcset").into_iter().flat_map(|set| set.split(','));
    found.extend(sets.filter_map(|image| image.split_whitespace().next()));
    if element.attr("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) {
        found.extend(element.attr("content").and_then(|content| content.split_once("url=")).map(|(_, url)| url));
    }
    found
}

fn ids(page: &Element) -> BTreeSet<String> {
    page.all().into_iter().filter_map(|element| element.attr("id")).map(str::to_owned).collect()
}

fn repeated(page: &Element) -> impl Iterator<Item = String> {
    let mut seen = BTreeSet::new();
    let all: Vec<String> = page.all().into_iter().filter_map(|element| element.attr("id")).map(str::to_owned).collect();
    all.into_iter().filter(move |id| !seen.insert(id.clone()))
}
