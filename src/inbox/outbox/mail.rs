//! Mail to staff: that something came in, and how long there is. Not the message's text: mail is read in too many places.

use lettre::message::Mailbox;
use lettre::{Message, SmtpTransport, Transport};

use crate::inbox::config::Mail;
use crate::inbox::store::Letter;

/// Sends a letter.
pub fn send(mail: &Mail, letter: &Letter) -> Result<(), String> {
    let transport = SmtpTransport::from_url(&mail.smtp).map_err(|error| error.to_string())?.build();
    let message = message(mail, letter)?;
    transport.send(&message).map(drop).map_err(|error| error.to_string())
}

fn message(mail: &Mail, letter: &Letter) -> Result<Message, String> {
    let mailbox = |text: &str| text.parse::<Mailbox>().map_err(|_| format!("`{text}` is no mail address"));
    let number = letter.feedback;
    let data: serde_json::Value = serde_json::from_str(&letter.body).unwrap_or_default();
    let due = data["data"]["due_on"].as_str().unwrap_or_default().to_owned();
    let text = format!(
        "Có góp ý mới, số {number}, hạn trả lời {due}.\nXem bằng lệnh: minhbach inbox show {number}\n\n\
         New feedback, number {number}, due by {due}.\nSee it with: minhbach inbox show {number}\n"
    );
    let mut builder = Message::builder()
        .from(mailbox(&mail.from)?)
        .message_id(Some(format!("<feedback-{number}-{}@minhbach>", letter.id)))
        .subject(format!("Góp ý mới, số {number}"));
    for reader in &mail.to {
        builder = builder.to(mailbox(reader)?);
    }
    builder.body(text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_says_that_something_came_and_not_what() {
        let mail = Mail {
            smtp: "smtp://127.0.0.1:25".into(),
            from: "Hộp thư <hopthu@example.gov.vn>".into(),
            to: vec!["vanphong@example.gov.vn".into()],
        };
        let body = r#"{"data":{"ref":7,"topic":"conduct","procedure":"x","due_on":"2026-07-08"}}"#;
        let letter = Letter { id: 1, feedback: 7, target: "mail".into(), body: body.into(), attempts: 0 };
        let text = String::from_utf8(message(&mail, &letter).unwrap().formatted()).unwrap();
        assert!(text.contains("To: vanphong@example.gov.vn") && !text.contains("conduct"), "{text}");
        assert!(message(&Mail { from: "no address".into(), ..mail }, &letter).is_err());
    }
}
