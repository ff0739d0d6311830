//! The small values of which views are made, and the filters that show them.
//!
//! A text that was not written in the page's language keeps its own: the filter `words` lays a `lang` around it.

use serde::Serialize;
use tera::value::Key;
use tera::{Kwargs, State, TeraResult, Value};

/// A text, and its language where that is not the page's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The text, not escaped.
    pub text: String,
    /// Its language code, where it differs from the page's.
    pub lang: Option<String>,
}

/// HTML made from Markdown, and its language where that is not the page's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Html {
    /// HTML that may stand as it is.
    pub html: String,
    /// Its language code, where it differs from the page's.
    pub lang: Option<String>,
}

/// A day, for people and for machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// `2026-03-01`
    pub iso: String,
    /// "ngày 01 tháng 3 năm 2026"
    pub long: String,
    /// "01/3/2026"
    pub short: String,
}

/// Something with a name that may have an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it is; none where it is not published.
    pub href: Option<String>,
    /// What it is called.
    pub title: Words,
}

impl Words {
    /// Words in the page's own language.
    pub fn own(text: impl Into<String>) -> Self {
        Words { text: text.into(), lang: None }
    }
}

/// The filter `words`: a text, escaped, within its language.
pub fn words(value: &Value, _: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let text = part(value, "text").filter(|text| text.is_string());
    let text = text.ok_or_else(|| tera::Error::message("`words` needs a text with its language"))?;
    let shown = text.as_str().unwrap_or_default();
    Ok(match lang(value) {
        Some(lang) => Value::safe_string(&format!("<span lang=\"{}\">{}</span>", escaped(lang), escaped(shown))),
        // Nearly every text of a page: shared as it is, and escaped by the engine on its way into the page.
        None if state.autoescaping_enabled() => text.clone(),
        None => Value::safe_string(&escaped(shown)),
    })
}

/// The filter `html`: HTML from Markdown, within its language.
pub fn html(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let html = part(value, "html").filter(|html| html.is_string());
    let html = html.ok_or_else(|| tera::Error::message("`html` needs what was made from Markdown"))?;
    Ok(match (lang(value), html.as_str()) {
        (Some(lang), Some(html)) => Value::safe_string(&format!("<div lang=\"{}\">{html}</div>", escaped(lang))),
        _ => html.clone().mark_safe(),
    })
}

fn part<'v>(value: &'v Value, name: &'static str) -> Option<&'v Value> {
    value.as_map()?.get(&Key::Str(name))
}

fn lang(value: &Value) -> Option<&str> {
    part(value, "lang").and_then(Value::as_str)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pulldown_cmark_escape::escape_html(&mut out, text).expect("writing to a string cannot fail");
    out
}
