//! The frame of every page, and how texts are written into HTML.

use crate::diagnostic::Language;
use crate::serve::edit::ROOT;

/// A text inside an element or a quoted attribute.
pub fn esc(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pulldown_cmark_escape::escape_html(&mut out, text).expect("writing to a string cannot fail");
    out.replace('\'', "&#39;")
}

/// A message: what stands in backticks is shown as it is written.
pub fn message(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(at, part)| match at % 2 {
        0 => esc(part),
        _ => format!("<code>{}</code>", esc(part)),
    });
    parts.collect()
}

/// A text in an address's query.
pub fn query(text: &str) -> String {
    let encoded = crate::value::percent::encoded(text);
    encoded.replace("%3A", ":").replace('&', "%26").replace('+', "%2B").replace('#', "%23")
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

/// A whole page. `body` is HTML.
pub fn page(title: &str, body: &str, language: Language) -> String {
    let (home, site) = match language {
        Language::Vi => ("Mọi bản ghi", "Xem trang"),
        Language::En => ("All records", "Look at the site"),
    };
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title} · minhbach</title><link rel=\"icon\" href=\"data:,\">\
         <link rel=\"stylesheet\" href=\"{ROOT}style.css\"><script src=\"{ROOT}script.js\" defer></script></head><body>\
         <header class=\"top\"><a class=\"home\" href=\"{ROOT}\">{home}</a>\
         <a href=\"/\" target=\"_blank\" rel=\"noopener\">{site}</a></header>{body}</body></html>",
        lang = code(language),
        title = esc(title),
    )
}

/// A page with nothing but a sentence.
pub fn bare(text: &str, language: Language) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><title>minhbach</title><body><main><h1>minhbach</h1><p>{}</p></main></body></html>",
        code(language),
        message(text)
    )
}
