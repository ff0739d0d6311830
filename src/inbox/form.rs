//! What a person typed: read strictly, kept verbatim, and told kindly where something is missing.

use serde::Serialize;

use crate::record::kinds::answer::Topic;
use crate::record::value::Words;
use crate::value::{address, code, phone};

/// The names of the form's fields. `website` is the honeypot: people do not see it.
pub const FIELDS: [&str; 9] =
    ["topic", "procedure", "message", "name", "email", "phone", "consent_publish", "language", "website"];

/// Longest message, in characters.
pub const MESSAGE: usize = 20_000;
/// Longest of the other fields, in characters.
const LINE: usize = 300;

/// The fields as typed; absent ones are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answers {
    /// What it is about: `regulation`, `conduct` or `question`.
    pub topic: String,
    /// A procedure's code or name.
    pub procedure: String,
    /// The message.
    pub message: String,
    /// Name, where given.
    pub name: String,
    /// E-mail address, where given.
    pub email: String,
    /// Phone number, where given.
    pub phone: String,
    /// `yes` or nothing.
    pub consent_publish: String,
    /// The language of the form.
    pub language: String,
    /// The honeypot: people do not see it, programs fill it in.
    pub website: String,
}

/// What came in a request's body.
#[derive(Debug, Default)]
pub struct Body {
    /// The form's fields.
    pub answers: Answers,
    /// The token of the "check your answers" page.
    pub token: String,
    /// The tracking code, where one is looked up.
    pub code: String,
    /// Whether the receipt is asked for at once, by those whose browser keeps no cookie.
    pub at_once: bool,
    /// What is wrong with the body as a whole: not UTF-8, or a field that stands there twice.
    pub broken: bool,
}

/// Something wrong with a field: its name, and the label that says what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// The label.
    pub label: &'static str,
}

impl Answers {
    fn slot(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "topic" => &mut self.topic,
            "procedure" => &mut self.procedure,
            "message" => &mut self.message,
            "name" => &mut self.name,
            "email" => &mut self.email,
            "phone" => &mut self.phone,
            "consent_publish" => &mut self.consent_publish,
            "language" => &mut self.language,
            "website" => &mut self.website,
            _ => return None,
        })
    }

    fn values(&self) -> [&str; 9] {
        let Answers { topic, procedure, message, name, email, phone, consent_publish, language, website } = self;
        [topic, procedure, message, name, email, phone, consent_publish, language, website]
    }

    /// All of it as bytes that no other answers give: what a token binds.
    pub fn bound(&self) -> Vec<u8> {
        // A browser that sends a field back may write its line breaks in another way.
        let values = self.values().map(|value| value.replace("\r\n", "\n").replace('\r', "\n"));
        values.iter().flat_map(|value| format!("{}:{value}", value.len()).into_bytes()).collect()
    }

    /// Whether publishing was agreed to.
    pub fn consents(&self) -> bool {
        self.consent_publish == "yes"
    }

    /// The code of the procedure, where its field begins with one.
    pub fn procedure_code(&self) -> Option<&str> {
        let first = self.procedure.split_whitespace().next()?;
        code::prefix(first.trim_end_matches([',', ';', ':']))
    }

    /// Everything that is wrong with the fields, in their order.
    pub fn faults(&self, topics: &[Topic]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut tell = |wrong: bool, field, label| {
            if wrong && !faults.iter().any(|fault: &Fault| fault.field == field) {
                faults.push(Fault { field, label });
            }
        };
        tell(!topics.iter().any(|topic| topic.word() == self.topic), "topic", "fault_topic");
        tell(is_ill_line(&self.procedure), "procedure", "fault_line");
        tell(self.message.trim().is_empty(), "message", "fault_message");
        tell(self.message.chars().count() > MESSAGE, "message", "fault_long");
        tell(
            self.message.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')),
            "message",
            "fault_signs",
        );
        tell(is_ill_line(&self.name), "name", "fault_line");
        tell(!self.email.is_empty() && !address::is_email(self.email.trim()), "email", "fault_email");
        tell(is_ill_line(&self.email), "email", "fault_line");
        tell(!self.phone.is_empty() && phone::parse(self.phone.trim()).is_none(), "phone", "fault_phone");
        tell(!matches!(self.consent_publish.as_str(), "" | "yes"), "consent_publish", "fault_consent");
        tell(is_ill_line(&self.language) || is_ill_line(&self.website), "message", "fault_line");
        faults
    }
}

/// Whether a field of one line has several, or signs that nobody can type, or is far too long.
fn is_ill_line(text: &str) -> bool {
    text.chars().any(char::is_control) || text.chars().count() > LINE
}

/// Reads a body in the encoding of forms. Nothing that was typed is lost, whatever is wrong with the rest.
pub fn read(bytes: &[u8]) -> Body {
    let mut body = Body::default();
    let mut seen: Vec<String> = Vec::new();
    for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, name_sound) = decoded(&pair[..at]);
        let (value, value_sound) = decoded(pair.get(at + 1..).unwrap_or_default());
        body.broken |= !name_sound || !value_sound;
        let slot = match name.as_str() {
            "token" => &mut body.token,
            "code" => &mut body.code,
            "at_once" => {
                body.at_once = true;
                continue;
            }
            name => match body.answers.slot(name) {
                Some(slot) => slot,
                None => continue,
            },
        };
        if seen.contains(&name) {
            body.broken = true;
            continue;
        }
        *slot = value;
        seen.push(name);
    }
    body
}

/// The text behind `+` and `%XX`, and whether all of it was sound UTF-8.
fn decoded(bytes: &[u8]) -> (String, bool) {
    let mut out = Vec::with_capacity(bytes.len());
    let mut sound = true;
    let mut at = 0;
    while at < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'+', ..) => out.push(b' '),
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 2;
            }
            (byte, ..) => {
                sound &= byte != b'%';
                out.push(byte);
            }
        }
        at += 1;
    }
    match String::from_utf8(out) {
        Ok(text) => (text, sound),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(body: &str) -> Vec<&'static str> {
        read(body.as_bytes()).answers.faults(Topic::ALL).iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_form_is_read_as_it_was_typed() {
        let body = read("topic=conduct&message=Xin+ch%C3%A0o%0D%0A%3Cb%3E&consent_publish=yes&other=1".as_bytes());
        assert_eq!(body.answers.message, "Xin chào\r\n<b>");
        assert!(body.answers.consents() && !body.broken);
        assert_eq!(faults("topic=conduct&message=a"), [""; 0]);
    }

    #[test]
    fn what_is_broken_is_told_and_the_rest_kept() {
        for ill in ["message=%FF", "message=%zz", "message=a&message=b", "message=%C3"] {
            let body = read(format!("topic=conduct&{ill}").as_bytes());
            assert!(body.broken, "{ill}");
            assert_eq!(body.answers.topic, "conduct");
        }
        assert_eq!(read(b"message=a&message=b").answers.message, "a");
    }

    #[test]
    fn each_field_is_judged() {
        assert_eq!(faults(""), ["topic", "message"]);
        assert_eq!(faults("topic=other&message=+&email=a&phone=12"), ["topic", "message", "email", "phone"]);
        assert_eq!(faults("topic=conduct&message=a%00b"), ["message"]);
        assert_eq!(faults("topic=conduct&message=a&name=a%0D%0ABcc:+b"), ["name"]);
        assert_eq!(faults(&format!("topic=conduct&message={}", "a".repeat(MESSAGE + 1))), ["message"]);
    }

    #[test]
    fn a_procedure_is_known_by_its_code() {
        let code =
            |text: &str| Answers { procedure: text.into(), ..Answers::default() }.procedure_code().map(str::to_owned);
        assert_eq!(code("2.001620"), Some("2.001620".into()));
        assert_eq!(code("2.001620, bán buôn rượu"), Some("2.001620".into()));
        assert_eq!(code("bán buôn rượu"), None);
    }
}
