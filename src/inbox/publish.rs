//! The `answers` record of one feedback. Only with its sender's consent, and without anything of the sender.

use crate::import::draft::Draft;
use crate::import::markdown::markdown;
use crate::import::yaml::block;
use crate::inbox::error::Error;
use crate::inbox::form::Answers;
use crate::inbox::record::NewFile;
use crate::inbox::store::{Feedback, State};
use crate::record::kind::KindName;
use crate::record::kinds::answer::Topic;
use crate::record::value::Words;
use crate::say;
use crate::site::Site;
use crate::value::date::Date;

/// What staff say otherwise than it was written.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// The page's title.
    pub title: Option<String>,
    /// The question, with what is personal left out.
    pub question: Option<String>,
}

/// The ID of the record.
pub fn id(feedback: &Feedback) -> String {
    format!("gop-y-{}", feedback.id)
}

/// The file of the record.
///
/// # Errors
/// Where the feedback is not answered, its sender did not consent, or a text names the sender.
pub fn file(site: &Site, feedback: &Feedback, wording: &Wording) -> Result<NewFile, Error> {
    let number = feedback.id;
    let (Some(State::Answered), Some(answer), None) = (feedback.state(), &feedback.answer, &feedback.erased_on) else {
        return Err(Error::Refused(say!(
            "góp ý số {number} chưa được trả lời, hoặc đã xóa",
            "feedback {number} is not answered yet, or was erased"
        )));
    };
    if !feedback.consent_publish {
        return Err(Error::Refused(say!(
            "người gửi góp ý số {number} không đồng ý đăng",
            "the sender of feedback {number} did not consent to publishing"
        )));
    }
    let question = wording.question.as_ref().unwrap_or(&feedback.message);
    let title = wording.title.clone().unwrap_or_else(|| default_title(feedback));
    if [question, answer, &title].iter().any(|text| names_sender(text, feedback)) {
        return Err(Error::Refused(say!(
            "nội dung có tên, thư điện tử hoặc điện thoại của người gửi; viết lại bằng `--question`",
            "the text has the sender's name, address or phone number; reword it with `--question`"
        )));
    }
    let text = format!("---\n{}---\n{}\n", keys(site, feedback, &title, question), markdown(answer));
    Ok(NewFile { path: format!("content/answers/{}.md", id(feedback)), text })
}

fn keys(site: &Site, feedback: &Feedback, title: &str, question: &str) -> String {
    let day = |text: &str| Date::parse(text).map(Draft::Date);
    let typed = Answers { procedure: feedback.procedure.clone(), ..Answers::default() };
    let known = |code: &&str| site.published_id(KindName::Procedure, code).is_some();
    let keys = [
        ("title", Some(Draft::text(title))),
        ("mode", Some(Draft::text("online"))),
        ("asked_on", day(&feedback.received_on)),
        ("due_on", day(&feedback.due_on)),
        ("answered_on", feedback.closed_on.as_deref().and_then(day)),
        ("topic", Some(Draft::text(&feedback.topic))),
        ("procedure", typed.procedure_code().filter(known).map(Draft::text)),
        ("question", Some(Draft::text(markdown(question)))),
        ("status", Some(Draft::text("resolved"))),
        ("agency", Some(Draft::text(site.config.agency.key.to_string()))),
    ];
    keys.into_iter().filter_map(|(key, value)| Some(block(key, &value?))).collect()
}

fn default_title(feedback: &Feedback) -> String {
    let topic = Topic::ALL.iter().find(|topic| topic.word() == feedback.topic).copied().unwrap_or(Topic::Question);
    let label = Topic::WORDS[topic.index()].label;
    let (number, label) = (feedback.id, if feedback.language == "en" { label.en } else { label.vi });
    format!("{label} ({number})")
}

/// Whether a text has what the sender told of themselves.
fn names_sender(text: &str, feedback: &Feedback) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let lower = text.to_lowercase();
    let holds = |part: &str| part.chars().count() > 3 && lower.contains(&part.trim().to_lowercase());
    let phone = digits(&feedback.phone);
    holds(&feedback.name) || holds(&feedback.email) || (phone.len() > 6 && digits(text).contains(&phone))
}
