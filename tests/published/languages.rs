//! Languages: what falls back says so, every page leads to itself in the other languages, and a site can bring its own.

use std::collections::BTreeSet;

use minhbach::source::{Body, File, SitePath, Snapshot};
use regex::Regex;

use super::dom::{Child, Element};
use super::{Published, SAMPLE, options, sample};

/// Letters that Vietnamese has and English has not.
const VIETNAMESE: &str = "[ăâđêôơưĂÂĐÊÔƠƯà-ãè-éì-íò-õù-úý\u{1ea0}-\u{1ef9}]";

/// Attributes that are read aloud or shown.
const READ: &[&str] = &["alt", "aria-label", "placeholder", "title"];

#[test]
fn on_an_english_page_every_vietnamese_text_says_that_it_is_vietnamese() {
    let vietnamese = Regex::new(VIETNAMESE).unwrap();
    let mut fallen_back = 0;
    for (path, page) in SAMPLE.pages().filter(|(path, _)| path.starts_with("en/")) {
        let mut texts = Vec::new();
        texts_of(&Element::parse(page), "", &mut texts);
        for (language, text) in texts.iter().filter(|(_, text)| is_vietnamese(&vietnamese, text)) {
            assert_eq!(language, "vi", "{path}: {text}");
            fallen_back += 1;
        }
    }
    assert!(fallen_back > 100, "the sample leaves most texts to fall back");
}

/// Names of places and people are Vietnamese in English, too; a text has a word that is none.
fn is_vietnamese(vietnamese: &Regex, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.iter().any(|word| vietnamese.is_match(word) && word.chars().next().is_some_and(char::is_lowercase))
}

/// The texts of a page below the head, each with the language that a screen reader takes it for.
fn texts_of(element: &Element, inherited: &str, out: &mut Vec<(String, String)>) {
    if ["head", "script", "style"].contains(&element.name.as_str()) {
        return;
    }
    let language = element.attr("lang").unwrap_or(inherited);
    let read = READ.iter().filter_map(|name| element.attr(name)).map(|text| (language.to_owned(), text.to_owned()));
    out.extend(read);
    for child in &element.children {
        match child {
            Child::Text(text) => out.push((language.to_owned(), text.clone())),
            Child::Element(element) => texts_of(element, language, out),
        }
    }
}

#[test]
fn every_page_names_itself_in_every_language_and_one_for_all_others() {
    let mut named = 0;
    for (path, page) in SAMPLE.pages().filter(|(path, _)| !is_alone(path)) {
        let page = Element::parse(page);
        let alternates = alternates(&page);
        if alternates.is_empty() {
            continue;
        }
        named += 1;
        let languages: BTreeSet<&str> = alternates.iter().map(|(language, _)| language.as_str()).collect();
        assert_eq!(languages, BTreeSet::from(["vi", "en", "x-default"]), "{path}");
        let address = |wanted: &str| &alternates.iter().find(|(language, _)| language == wanted).unwrap().1;
        assert_eq!(address("x-default"), address("vi"), "{path}: the first language is for all others");
        assert_eq!(address(page.attr("lang").unwrap()), canonical(&page), "{path}: names another page as itself");
        for (_, url) in &alternates {
            let other = Element::parse(SAMPLE.text(&super::file_at(below(url))));
            assert_eq!(self::alternates(&other), alternates, "{path} and {url} name different pages");
        }
    }
    assert!(named > 100, "{named}");
}

/// Redirects and the page for wrong addresses are the same page of nothing.
fn is_alone(path: &str) -> bool {
    path.ends_with("404.html") || SAMPLE.text(path).contains("http-equiv")
}

fn alternates(page: &Element) -> Vec<(String, String)> {
    let links = page.named("link").filter(|link| link.attr("rel") == Some("alternate"));
    links.filter_map(|link| Some((link.attr("hreflang")?.to_owned(), link.attr("href")?.to_owned()))).collect()
}

fn canonical(page: &Element) -> &str {
    let link = page.all().into_iter().find(|element| element.attr("rel") == Some("canonical"));
    link.and_then(|link| link.attr("href")).unwrap()
}

fn below(url: &str) -> &str {
    url.strip_prefix("https://congkhai.example.gov.vn").unwrap()
}

#[test]
fn the_language_switch_leads_to_the_same_page() {
    for (path, page) in SAMPLE.pages().filter(|(path, _)| !is_alone(path)) {
        let page = Element::parse(page);
        for link in page.named("a").filter(|link| link.attr("hreflang").is_some()) {
            let (language, href) = (link.attr("hreflang").unwrap(), link.attr("href").unwrap());
            let same = alternates(&page).into_iter().find(|(other, _)| other == language).unwrap().1;
            assert_eq!(below(&same), href, "{path}");
        }
    }
}

#[test]
fn a_link_on_an_english_page_stays_in_english() {
    let pages: BTreeSet<String> = SAMPLE.pages().map(|(path, _)| address(path)).collect();
    for (path, page) in SAMPLE.pages().filter(|(path, _)| path.starts_with("en/") && !is_alone(path)) {
        for link in Element::parse(page).named("a").filter(|link| link.attr("hreflang").is_none()) {
            let href = link.attr("href").unwrap_or_default();
            let target = href.split(['#', '?']).next().unwrap();
            // What is printed for the agency's walls is Vietnamese.
            let stays = target.starts_with("/en/") || target.ends_with("/niem-yet/");
            assert!(!pages.contains(target) || stays, "{path}: {href}");
        }
    }
}

fn address(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

#[test]
fn a_theme_of_ones_own_brings_another_language() {
    let site = Published::of(&with_french(&sample()), &options());
    assert!(site.has("/fr/fr-procedures/ban-buon-ruou/") && site.has("/fr/fr-contacts/"));
    let home = Element::parse(site.text("fr/index.html"));
    assert_eq!(home.attr("lang"), Some("fr"));
    assert!(home.text().contains("Fr Find a procedure"), "{}", home.text());
    let vi = Element::parse(site.text("index.html"));
    assert_eq!(alternates(&vi).len(), 4, "three languages and x-default");
}

/// The sample with a theme that brings French: every English label with a mark, so that none can be mistaken.
fn with_french(sample: &Snapshot) -> Snapshot {
    let english = std::fs::read_to_string(super::root().join("themes/default/labels/en.yaml")).unwrap();
    let label = Regex::new(r#"(?m)^(  [a-z_0-9]+: "?)(.*)$"#).unwrap();
    let section = Regex::new(r"(?m)^(  [a-z_0-9]+: )(.*)$").unwrap();
    let (sections, rest) = english
        .split_once("\n\n")
        .and_then(|(head, rest)| {
            let (sections, rest) = rest.split_once("\n\n")?;
            Some((format!("{head}\n\n{sections}"), rest.to_owned()))
        })
        .unwrap();
    let french =
        format!("{}\n\n{}", section.replace_all(&sections, "${1}fr-$2"), label.replace_all(&rest, "${1}Fr $2"));
    let mut files: Vec<File> = sample.files().map(|(_, file)| file.clone()).collect();
    for file in &mut files {
        if file.path.as_str() == "content/site.yaml" {
            let Body::Bytes(bytes) = &file.body else { panic!("site.yaml is no text") };
            let text = std::str::from_utf8(bytes).unwrap().replace("  - en\n", "  - en\n  - fr\n");
            file.body = Body::Bytes(format!("{text}theme: rieng\n").as_bytes().into());
        }
    }
    let file = |path: &str, text: &str| File { path: SitePath::new(path), body: Body::Bytes(text.as_bytes().into()) };
    files.push(file("themes/rieng/theme.yaml", "extends: default\n"));
    files.push(file("themes/rieng/labels/fr.yaml", &french));
    Snapshot::new(files)
}
