//! What a link's destination means: an allow-list, so that a scheme nobody thought of is refused.
//!
//! It reads the destination alone. Whether the record, file or page exists is for the checks across the site.

use serde::{Deserialize, Serialize};

use crate::value::percent;

/// Words that may stand before the `:` of a link to a record.
const KINDS: [&str; 9] =
    ["procedure", "contact", "statistics", "report", "document", "answer", "update", "agency", "page"];

/// What a link points at. Paths, keys and anchors are percent-decoded, because a CommonMark destination has no spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// `https://…` or `http://…`.
    Web,
    /// `mailto:…`.
    Mail,
    /// `tel:…`.
    Phone,
    /// `#chuc-nang`: a place in the same text or on its page, without the `#`.
    Anchor(String),
    /// `files/mau-01.docx#page=2`: a file, its path below `files/`.
    File {
        /// Below `files/`.
        path: String,
        /// Without the `#`.
        anchor: Option<String>,
    },
    /// `/tim-kiem/?q=phi#ket-qua`: a path of the site.
    Site {
        /// With the leading `/`.
        path: String,
        /// As written, without the `?`.
        query: Option<String>,
        /// Without the `#`.
        anchor: Option<String>,
    },
    /// `document:63/2010/NĐ-CP#dieu-8`: a record, by its ID or natural key.
    Record {
        /// One of the kinds' words.
        kind: String,
        /// What stands behind the colon.
        key: String,
        /// Without the `#`.
        anchor: Option<String>,
    },
    /// What a published page must not hold: another scheme, another host in disguise, hidden characters.
    Unsafe,
    /// Anything else, such as `../a.html`: a site has no such address.
    Relative,
}

impl Target {
    /// What a link's destination means. Entities and escapes of CommonMark are already resolved in it.
    pub fn of_link(destination: &str) -> Target {
        let destination = destination.trim();
        if is_deceptive(destination) {
            return Target::Unsafe;
        }
        match scheme(destination) {
            Some((scheme, rest)) => Target::with_scheme(scheme, rest),
            None => Target::in_site(destination),
        }
    }

    /// What an image's destination means: a page loads nothing from elsewhere, so only a file is an image.
    pub fn of_image(destination: &str) -> Target {
        match Target::of_link(destination) {
            file @ Target::File { .. } => file,
            Target::Web | Target::Mail | Target::Phone | Target::Unsafe => Target::Unsafe,
            _ => Target::Relative,
        }
    }

    fn with_scheme(scheme: &str, rest: &str) -> Target {
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" if has_host(rest) => Target::Web,
            "mailto" => Target::Mail,
            "tel" if is_phone(rest) => Target::Phone,
            kind if KINDS.contains(&kind) => Target::record(kind, rest),
            _ => Target::Unsafe,
        }
    }

    fn record(kind: &str, rest: &str) -> Target {
        if is_deceptive(&percent::decoded(rest)) {
            return Target::Unsafe;
        }
        let (key, anchor) = cut(rest, '#');
        Target::Record { kind: kind.into(), key: percent::decoded(key), anchor: anchor.map(percent::decoded) }
    }

    fn in_site(destination: &str) -> Target {
        let decoded = percent::decoded(destination);
        if is_deceptive(&decoded) || scheme(&decoded).is_some() {
            return Target::Unsafe;
        }
        let (address, anchor) = cut(destination, '#');
        let (path, query) = cut(address, '?');
        let anchor = anchor.map(percent::decoded);
        match (percent::decoded(path), query, anchor) {
            (path, None, Some(anchor)) if path.is_empty() => Target::Anchor(anchor),
            (path, query, anchor) if path.starts_with('/') => {
                Target::Site { path, query: query.map(Into::into), anchor }
            }
            (path, None, anchor) => match path.strip_prefix("files/") {
                Some(path) => Target::File { path: path.into(), anchor },
                None => Target::Relative,
            },
            _ => Target::Relative,
        }
    }
}

/// Whether browsers read another address than a person does: they take `\` for `/`, drop tabs and line ends, and start
/// another host at `//`.
fn is_deceptive(address: &str) -> bool {
    address.trim_start().starts_with("//") || address.contains(|c: char| c == '\\' || c.is_control())
}

/// What stands before and behind the colon of the first segment. Whatever is there counts, letters or not: an encoded
/// or misspelt scheme is no better than a plain one.
fn scheme(address: &str) -> Option<(&str, &str)> {
    address.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '?', '#']))
}

fn has_host(rest: &str) -> bool {
    let authority = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    // No `@`: what stands before it looks like the host and is not.
    let allowed = |c: char| c.is_alphanumeric() || "-._~:".contains(c);
    authority.is_some_and(|host| host.starts_with(char::is_alphanumeric) && host.chars().all(allowed))
}

/// Whether it is a number to call: `*` and `#` make codes that a telephone carries out.
fn is_phone(number: &str) -> bool {
    let (number, extension) = number.split_once(";ext=").unwrap_or((number, ""));
    let digits =
        |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | ' '));
    number.contains(|c: char| c.is_ascii_digit()) && digits(&percent::decoded(number)) && digits(extension)
}

fn cut(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(before, behind)| (before, Some(behind)))
}

#[cfg(test)]
mod tests {
    use super::Target;

    fn record(kind: &str, key: &str, anchor: Option<&str>) -> Target {
        Target::Record { kind: kind.into(), key: key.into(), anchor: anchor.map(Into::into) }
    }

    fn site(path: &str, query: Option<&str>, anchor: Option<&str>) -> Target {
        Target::Site { path: path.into(), query: query.map(Into::into), anchor: anchor.map(Into::into) }
    }

    fn file(path: &str, anchor: Option<&str>) -> Target {
        Target::File { path: path.into(), anchor: anchor.map(Into::into) }
    }

    #[test]
    fn addresses_of_other_sites() {
        for web in ["https://a.vn", "HTTP://a.vn/x?y=1%0A2#z", "https://a.vn:8080/", "https://công-khai.vn/đ"] {
            assert_eq!(Target::of_link(web), Target::Web, "{web}");
        }
        assert_eq!(Target::of_link("mailto:a@b.vn"), Target::Mail);
        assert_eq!(Target::of_link("tel:+842393855247"), Target::Phone);
    }

    #[test]
    fn records_by_id_and_by_natural_key() {
        assert_eq!(Target::of_link("procedure:2.001620"), record("procedure", "2.001620", None));
        assert_eq!(Target::of_link("document:63/2010/NĐ-CP"), record("document", "63/2010/NĐ-CP", None));
        assert_eq!(Target::of_link("document:63/2010/N%C4%90-CP#dieu-8"), {
            record("document", "63/2010/NĐ-CP", Some("dieu-8"))
        });
        assert_eq!(Target::of_link("document:30%20QH"), record("document", "30 QH", None));
        assert_eq!(Target::of_link("page:"), record("page", "", None));
    }

    #[test]
    fn files_paths_and_anchors() {
        assert_eq!(Target::of_link("files/m%E1%BA%ABu%2001.docx"), file("mẫu 01.docx", None));
        assert_eq!(Target::of_link("files/a.pdf#page=3"), file("a.pdf", Some("page=3")));
        assert_eq!(Target::of_link("/thu-tuc/#x"), site("/thu-tuc/", None, Some("x")));
        assert_eq!(Target::of_link("/tim-kiem/?q=a:b"), site("/tim-kiem/", Some("q=a:b"), None));
        assert_eq!(Target::of_link("#chuc-nang"), Target::Anchor("chuc-nang".into()));
    }

    #[test]
    fn a_site_has_no_relative_addresses() {
        for relative in ["", "a.html", "../a", "./files/a.pdf", "www.example.com", "?q=1", "files/a?b", "100%"] {
            assert_eq!(Target::of_link(relative), Target::Relative, "{relative}");
        }
    }

    #[test]
    fn whatever_is_not_on_the_list_is_unsafe() {
        let hostile = [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "%6aavascript:alert(1)",
            "%256aavascript:alert(1)",
            "javascript%3Aalert(1)",
            "java\u{200b}script:alert(1)",
            "javascript\u{a0}:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            " data:text/html,x",
            "blob:https://a.vn/x",
            "file:///etc/passwd",
            "feed:javascript:x",
            "view-source:x",
            "ftp://a.vn",
            ":x",
            "//evil.vn",
            " //evil.vn",
            "///evil.vn",
            "\\\\evil.vn",
            "/\\evil.vn",
            "\\/evil.vn",
            "/%5cevil.vn",
            "%2f%2fevil.vn",
            "/%2fevil.vn",
            "/\t/evil.vn",
            "https:evil.vn",
            "https:/evil.vn",
            "https:///evil.vn",
            "https://",
            "https://a b.vn",
            "https:\\\\evil.vn",
            "http%73://a.vn",
            "procedure:a%1b[31m",
            "files/a%00.pdf",
            "#a%0ab",
        ];
        for destination in hostile {
            assert_eq!(Target::of_link(destination), Target::Unsafe, "{destination:?}");
            assert_eq!(Target::of_image(destination), Target::Unsafe, "{destination:?}");
        }
    }

    #[test]
    fn only_a_file_is_an_image() {
        assert_eq!(Target::of_image("files/a.png"), file("a.png", None));
        assert_eq!(Target::of_image("https://a.vn/a.png"), Target::Unsafe);
        assert_eq!(Target::of_image("procedure:a"), Target::Relative);
        assert_eq!(Target::of_image("/a.png"), Target::Relative);
    }
}
