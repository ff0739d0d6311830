//! Addresses of the web and of mail.

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
}
