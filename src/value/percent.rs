//! Percent-encoding of addresses.

/// The text with `%C4%91` and the like resolved; as written where that makes no UTF-8.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let escape = (*first == b'%').then(|| hex_pair(behind)).flatten();
        bytes.push(escape.unwrap_or(*first));
        rest = if escape.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let digit = |i: usize| char::from(*bytes.get(i)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// A path as it stands in an address: all but letters and digits of ASCII and a few signs is encoded.
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_comes_back() {
        assert_eq!(encoded("mẫu 01.docx"), "m%E1%BA%ABu%2001.docx");
        assert_eq!(decoded("m%E1%BA%ABu%2001.docx"), "mẫu 01.docx");
    }

    #[test]
    fn what_is_no_text_stays_as_written() {
        assert_eq!(decoded("%FF%zz%"), "%FF%zz%");
    }
}
