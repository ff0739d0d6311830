//! Text into HTML. The tables are the library's.

const INFALLIBLE: &str = "writing to a string cannot fail";

/// For text between tags.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pulldown_cmark_escape::escape_html_body_text(&mut out, text).expect(INFALLIBLE);
    out
}

/// For a quoted attribute.
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pulldown_cmark_escape::escape_html(&mut out, text).expect(INFALLIBLE);
    out
}

/// For an attribute that holds an address. What no address may hold is percent-encoded; so is a `%` that begins no
/// encoded character.
pub fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pulldown_cmark_escape::escape_href(&mut out, &with_whole_escapes(text.trim())).expect(INFALLIBLE);
    // The library's table lets it pass; the URL standard does not.
    out.replace('^', "%5E")
}

fn with_whole_escapes(text: &str) -> String {
    let is_escape = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    let mut parts = text.split('%');
    let start = parts.next().unwrap_or_default().to_owned();
    parts.fold(start, |out, part| out + if is_escape(part) { "%" } else { "%25" } + part)
}
