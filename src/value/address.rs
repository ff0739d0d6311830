//! Addresses of the web and of mail.

use std::ops::Range;

/// Whether `text` is an e-mail address as agencies have them: a plain local part, a domain with a dot.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b));
    local_ok && is_domain(domain) && domain.contains('.')
}

/// The e-mail addresses in a text.
pub fn emails(text: &str) -> Vec<Range<usize>> {
    text.match_indices('@').filter_map(|(at, _)| email_around(text, at)).collect()
}

/// The e-mail address whose `@` is at `at`.
fn email_around(text: &str, at: usize) -> Option<Range<usize>> {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let before: usize = text[..at].chars().rev().take_while(|c| local(*c)).map(char::len_utf8).sum();
    let behind: usize = text[at + 1..].chars().take_while(|c| domain(*c)).map(char::len_utf8).sum();
    let written = &text[at - before..at + 1 + behind];
    let address = written.trim_matches(['.', '-', '%']);
    let start = at - before + (written.len() - written.trim_start_matches(['.', '-', '%']).len());
    is_email(address).then_some(start..start + address.len())
}

/// The domain of an e-mail address, in small letters.
pub fn email_domain(address: &str) -> String {
    address.rsplit('@').next().unwrap_or_default().to_lowercase()
}

/// Whether two hosts belong to one owner: `congkhai.hatinh.gov.vn` and `sct.hatinh.gov.vn` do.
pub fn same_owner(a: &str, b: &str) -> bool {
    registered(&a.to_lowercase()) == registered(&b.to_lowercase())
}

/// The part of a host that its owner registered.
fn registered(host: &str) -> &str {
    const SECOND_LEVEL: &[&str] = &[
        "gov.vn",
        "com.vn",
        "net.vn",
        "org.vn",
        "edu.vn",
        "ac.vn",
        "info.vn",
        "health.vn",
        "int.vn",
        "pro.vn",
        "biz.vn",
    ];
    let labels = if SECOND_LEVEL.iter().any(|second| host.ends_with(&format!(".{second}"))) { 3 } else { 2 };
    let start = host.rmatch_indices('.').nth(labels - 1).map_or(0, |(at, _)| at + 1);
    &host[start..]
}

/// Whether `text` is a web address that a page may link to: `https` or, unless `Scheme::Https` is asked for, `http`.
pub fn is_url(text: &str, scheme: Scheme) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        &text[8..]
    } else if scheme == Scheme::Web && lower.starts_with("http://") {
        &text[7..]
    } else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let port_ok = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let printable =
        !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`'));
    printable && port_ok && is_host(host)
}

/// Which schemes an address may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `http` and `https`.
    Web,
    /// `https` only.
    Https,
}

fn is_host(host: &str) -> bool {
    is_domain(host) && (host.contains('.') || host == "localhost")
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.len() <= 253 && domain.split('.').all(label)
}

/// The host of a web address: `congkhai.example.gov.vn` of `https://congkhai.example.gov.vn/thu-tuc/`.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_web() {
        assert!(is_url("https://example.gov.vn/a?b=c#d", Scheme::Https));
        assert!(is_url("http://example.gov.vn", Scheme::Web));
        for bad in [
            "http://example.gov.vn",
            "https://",
            "https://a b.vn",
            "javascript:alert(1)",
            "https://x",
            "//x.vn",
            "https://x.vn:99999",
            "https://-x.vn",
        ] {
            assert!(!is_url(bad, Scheme::Https), "{bad}");
        }
    }

    #[test]
    fn addresses_of_mail() {
        assert!(is_email("gopy@example.gov.vn"));
        assert!(["gopy", "gopy@", "@x.vn", "a b@x.vn", "a@x", "a..b@x.vn", "a@x..vn"].iter().all(|t| !is_email(t)));
    }

    #[test]
    fn addresses_in_a_text_are_found_without_its_signs() {
        let text = "Thư gửi a.b@x.vn. Hoặc <c@y.com.vn>, mailto:d@z.vn; không phải @ten hay x@y";
        let found: Vec<&str> = emails(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["a.b@x.vn", "c@y.com.vn", "d@z.vn"]);
    }

    #[test]
    fn owners_have_registered_domains() {
        assert!(same_owner("congkhai.hatinh.gov.vn", "HATINH.gov.vn"));
        assert!(!same_owner("hatinh.gov.vn", "nghean.gov.vn"));
        assert!(!same_owner("congkhai.example.gov.vn", "gmail.com"));
    }
}
