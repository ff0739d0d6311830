//! A procedure's code (mã thủ tục hành chính), as the national portal assigns it.

/// The code without a portal suffix, where `text` is one: `2.001620`, or `2.001620.000.00.00.H27`, which is
/// `\d\.\d{6}` and then, for an agency, `(\.\d\d\d?){3}\.[A-Z]\d\d(\.\d\d)*`.
pub fn prefix(text: &str) -> Option<&str> {
    let mut parts = text.split('.');
    let group = |part: Option<&str>, lengths: std::ops::RangeInclusive<usize>| {
        part.is_some_and(|p| lengths.contains(&p.len()) && digits(p))
    };
    if !group(parts.next(), 1..=1) || !group(parts.next(), 6..=6) {
        return None;
    }
    let rest: Vec<&str> = parts.collect();
    let suffixed = rest.len() >= 4
        && rest[..3].iter().all(|p| (2..=3).contains(&p.len()) && digits(p))
        && agency(rest[3])
        && rest[4..].iter().all(|p| p.len() == 2 && digits(p));
    (rest.is_empty() || suffixed).then(|| &text[..8])
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn agency(text: &str) -> bool {
    text.len() == 3 && text.as_bytes()[0].is_ascii_uppercase() && digits(&text[1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_with_and_without_suffix() {
        assert_eq!(prefix("2.001620"), Some("2.001620"));
        assert_eq!(prefix("2.001620.000.00.00.H27"), Some("2.001620"));
        assert_eq!(prefix("2.001620.000.00.00.H27.01"), Some("2.001620"));
    }

    #[test]
    fn what_only_resembles_a_code_is_none() {
        assert!(
            ["1.0133611", "1.014955-Xoa", " 1.014325", "2.00162", "2.001620.H27", "", "đ.001620"]
                .iter()
                .all(|t| prefix(t).is_none())
        );
    }
}
