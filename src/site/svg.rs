//! Whether an SVG is a picture and nothing more: where somebody opens it by itself, a browser runs what it holds.
//!
//! It looks for words and does not parse: what one parser takes for harmless another may not. So it refuses some pictures that
//! would do no harm, and none that drawing programs write.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::diagnostic::Message;
use crate::say;

/// What stands in no picture. White space and controls are left out of the text in which they are looked for, capitals too.
const MARKS: &[&str] = &[
    "<script",
    ":script",
    "javascript:",
    "<foreignobject",
    "<iframe",
    "<embed",
    "<object",
    "srcdoc=",
    "www.w3.org/1999/xhtml",
    "data:text/html",
    "data:image/svg",
    "<?xml-stylesheet",
    "@import",
    "image-set(",
    "<!entity",
    "<!attlist",
    "<!element",
    "<!notation",
    "&#",
];

/// How a document type begins that programs write: one that is published, with nothing of its own.
const DOCUMENT_TYPES: &[&str] = &["svgpublic\"-//w3c//dtdsvg", "svgpublic'-//w3c//dtdsvg"];

/// Encodings in which a letter is what it looks like.
const ENCODINGS: &[&str] =
    &["utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "windows-1258"];

/// What may hold an address.
const ADDRESSES: &[&str] = &["href=", "url(", "to=", "from=", "values=", "src="];

/// Handlers that count also where no value follows.
const HANDLERS: &[&str] = &["onload", "onerror", "onclick", "onmouseover", "onfocus", "onbegin"];

/// Why a file is more than a picture, or none, if it is.
pub fn objection(path: &str, bytes: &[u8]) -> Option<Message> {
    let text = readable(bytes);
    if !text.contains("<svg") && !text.contains(":svg") {
        return Some(say!("`{path}` không phải là ảnh SVG", "`{path}` is no SVG picture"));
    }
    if let Some(encoding) = odd_encoding(&text) {
        return Some(say!(
            "ảnh SVG `{path}` dùng bảng mã `{encoding}`; hãy lưu lại bằng UTF-8",
            "the SVG `{path}` is in the encoding `{encoding}`; save it as UTF-8"
        ));
    }
    is_active(&text).then(|| {
        say!(
            "ảnh SVG `{path}` có mã chạy được hoặc tải từ nơi khác",
            "the SVG `{path}` holds script or loads from elsewhere"
        )
    })
}

/// The text as a browser reads it, in small letters: without the NUL that stands beside each letter in UTF-16, and with letters
/// for their numbers.
fn readable(bytes: &[u8]) -> String {
    static NUMBERED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("&#(?:x([0-9A-Fa-f]+)|([0-9]+));").expect("the pattern is a constant"));
    let letter = |found: &Captures<'_>| {
        let hexadecimal = found.get(1).map(|digits| u32::from_str_radix(digits.as_str(), 16));
        let number = hexadecimal.or_else(|| found.get(2).map(|digits| digits.as_str().parse()));
        let letter = number.and_then(Result::ok).and_then(char::from_u32);
        letter.unwrap_or(char::REPLACEMENT_CHARACTER).to_string()
    };
    NUMBERED.replace_all(&String::from_utf8_lossy(bytes).replace('\0', ""), letter).to_lowercase()
}

/// The encoding that the picture says it is in, where bytes could be other letters than they look like; an escape begins one.
fn odd_encoding(text: &str) -> Option<&str> {
    let declaration = text.trim_start_matches(['\u{feff}', '\u{fffd}']).strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start_matches(|c: char| c == '=' || c.is_whitespace());
    let encoding = value.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
    (!ENCODINGS.contains(&encoding)).then_some(encoding)
}

fn is_active(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    MARKS.iter().any(|mark| compact.contains(mark))
        || compact
            .split("<!doctype")
            .skip(1)
            .any(|behind| !DOCUMENT_TYPES.iter().any(|known| behind.starts_with(known)))
        || ADDRESSES.iter().any(|before| compact.split(before).skip(1).any(leads_elsewhere))
        || text.contains('\u{1b}')
        || text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).any(is_handler)
}

fn leads_elsewhere(behind: &str) -> bool {
    let address = behind.trim_start_matches(['"', '\'']);
    let address = address.strip_prefix("&quot;").or_else(|| address.strip_prefix("&apos;")).unwrap_or(address);
    address.starts_with("http") || address.starts_with("//")
}

fn is_handler(word: &str) -> bool {
    let name = word.split('=').next().unwrap_or("");
    let is_name = name.len() > 3 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_alphabetic());
    is_name && (word.contains('=') || HANDLERS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::objection;

    fn refused(text: &str) -> bool {
        objection("a.svg", text.as_bytes()).is_some()
    }

    #[test]
    fn a_picture_is_a_picture() {
        let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">";
        for body in ["<path d=\"M0 0\" stroke=\"only\"/></svg>", "<text>B&#x1B0;&#7899;c 1 &#8594; 2</text></svg>"] {
            assert!(!refused(&format!("{start}{body}")), "{body}");
        }
        let program =
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
        assert!(!refused(&format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{program}\n{start}</svg>")));
    }

    #[test]
    fn script_in_a_picture_is_found() {
        for bad in [
            "<svg><script/></svg>",
            "<svg onload=alert(1)>",
            "<svg\nonload = \"x\">",
            "<svg><a href=\" javascript:x\"/></svg>",
            "<svg><a href=\"&#106;avascript:x\"/></svg>",
            "<svg><a xlink:href='//x'/></svg>",
            "<svg xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:iframe srcdoc=\"x\"/></svg>",
            "<!DOCTYPE svg SYSTEM \"x.dtd\"><svg/>",
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG>\" \"\" [<!ATTLIST svg onload CDATA \"x\">]><svg/>",
            "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><svg><scr\u{1b}(Bipt>x</scr\u{1b}(Bipt></svg>",
        ] {
            assert!(refused(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(refused("") && refused("GIF89a") && refused("<html></html>"));
    }
}
