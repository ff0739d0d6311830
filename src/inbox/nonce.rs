//! The token of a "check your answers" page: it makes a double click or a retry one feedback, and binds what was checked.
//!
//! `TIME.NONCE.MAC`, in hexadecimal. The server remembers nothing of pages that were never sent.

use crate::inbox::key::{Key, Mac, hex, random, same};

/// How long a page may stay open before it is sent, in seconds.
const LIFE: i64 = 24 * 60 * 60;

/// A sound token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What tells this page from all others.
    pub nonce: String,
    /// How old it is, in seconds.
    pub age: i64,
}

/// Why a token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ill {
    /// It was not given by this inbox, or not for these answers.
    Forged,
    /// The page was open for too long.
    Expired,
}

/// A new token for answers, at a moment in seconds.
pub fn issue(answers: &[u8], now: i64, key: &Key) -> String {
    let nonce = hex(&random::<16>());
    let mac = short(&mac(now, &nonce, answers, key));
    format!("{now:x}.{nonce}.{mac}")
}

/// Reads a token back.
///
/// # Errors
/// Why it is not taken.
pub fn read(token: &str, answers: &[u8], now: i64, key: &Key) -> Result<Token, Ill> {
    let parts: Vec<&str> = token.split('.').collect();
    let [time, nonce, given] = parts[..] else { return Err(Ill::Forged) };
    let time = i64::from_str_radix(time, 16).map_err(|_| Ill::Forged)?;
    if !same(given, &short(&mac(time, nonce, answers, key))) {
        return Err(Ill::Forged);
    }
    let age = now - time;
    if age > LIFE { Err(Ill::Expired) } else { Ok(Token { nonce: nonce.to_owned(), age }) }
}

fn mac(time: i64, nonce: &str, answers: &[u8], key: &Key) -> Mac {
    let mut text = format!("{time:x}.{nonce}.").into_bytes();
    text.extend_from_slice(answers);
    key.nonce(&text)
}

fn short(mac: &Mac) -> String {
    hex(&mac[..16])
}

/// The value of the cookie that leads from sending to the receipt: the code itself is in no address.
pub fn sealed(nonce: &str, key: &Key) -> String {
    format!("{nonce}.{}", short(&key.seal(nonce.as_bytes())))
}

/// The nonce in such a cookie.
pub fn unsealed(value: &str, key: &Key) -> Option<String> {
    let (nonce, given) = value.split_once('.')?;
    same(given, &short(&key.seal(nonce.as_bytes()))).then(|| nonce.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_answers_and_its_day_only() {
        let key = Key::new(b"a key for a test");
        let token = issue(b"answers", 1_000_000, &key);
        assert_eq!(read(&token, b"answers", 1_000_010, &key).unwrap().age, 10);
        assert_eq!(read(&token, b"others", 1_000_010, &key), Err(Ill::Forged));
        assert_eq!(read(&token, b"answers", 1_000_000 + LIFE + 1, &key), Err(Ill::Expired));
        assert_eq!(read(&token, b"answers", 1_000_010, &Key::new(b"another")), Err(Ill::Forged));
        let older = token.replacen("f4240", "f4241", 1);
        assert_eq!(read(&older, b"answers", 1_000_010, &key), Err(Ill::Forged));
        assert!(["", ".", "..", "a.b.c.d", "zz.1.2"].iter().all(|text| read(text, b"", 0, &key).is_err()));
        assert_eq!(unsealed(&sealed("abc", &key), &key).as_deref(), Some("abc"));
        assert_eq!(unsealed("abc.def", &key), None);
    }
}
