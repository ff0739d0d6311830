//! The feedback form: what it is for, what not and where that goes instead, and the other ways.
//!
//! The form is plain HTML that posts to the configured hook. Hook `inbox`: `endpoint` is the inbox's base address, and the
//! form posts to `ENDPOINT/feedback`. Hook `url`: it posts to `endpoint` as it is.

use serde::Serialize;

use crate::record::config::{Feedback, Hook};
use crate::record::kinds::answer::Topic;
use crate::record::kinds::contact::Intention;
use crate::record::kinds::procedure::{Procedure, Status};
use crate::record::value::Words as WordList;
use crate::render::lens::Lens;
use crate::render::view::Made;
use crate::render::view::contact::{IntentionView, intention_view};
use crate::render::words::{Link, Words};
use crate::value::percent;

/// With more procedures than this, the page would be heavy with their names.
const MAX_SUGGESTIONS: usize = 100;

#[derive(Debug, Serialize)]
struct FeedbackView {
    /// The page's heading, the label `feedback.heading`.
    heading: Words,
    /// The form's address; none where feedback is not sent from the site.
    action: Option<String>,
    /// A link that opens a letter with its parts prepared.
    mailto: Option<String>,
    /// The address for those for whom nothing else works.
    email: Option<String>,
    /// What a person can write about: the topics that `site.yaml` offers, else all three.
    topics: Vec<TopicView>,
    /// Names of procedures for the browser to suggest; none where they are too many for a page.
    procedures: Vec<Suggestion>,
    /// Where they are too many: the index of the search page, in which the script looks for them instead.
    search_index: Option<String>,
    /// What the form is not for, and where that goes.
    elsewhere: Vec<IntentionView>,
    /// Other ways to send what the form is for.
    other_ways: Vec<IntentionView>,
    /// The address of the page of all contacts.
    contacts: String,
    /// "Kept for 24 months, then erased."; none where `site.yaml` does not say how long.
    retention: Option<String>,
    /// The contacts for questions on personal data; may be empty.
    data_protection: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct TopicView {
    /// `regulation`, `conduct` or `question`: what the form sends as `topic`.
    word: &'static str,
    /// The same in words.
    title: &'static str,
    /// What belongs there, in a sentence.
    hint: String,
}

#[derive(Debug, Serialize)]
struct Suggestion {
    /// The procedure's code, which the form's field takes.
    code: String,
    /// What the procedure is called.
    title: String,
}

/// The page of the feedback form.
pub fn view(lens: &Lens<'_>) -> Made {
    let config = lens.config();
    let feedback = config.feedback.as_ref();
    let hook = feedback.map_or(Hook::None, Feedback::hook);
    let topics = config.topics();
    let heading = Words::own(lens.label("feedback.heading"));
    let offered: Vec<Intention> = topics.iter().map(|topic| intention(*topic)).collect();
    let others = Intention::ALL.iter().filter(|intention| !offered.contains(intention));
    let procedures = suggestions(lens);
    let searches = procedures.is_empty() && lens.default_config().makes(|outputs| outputs.search);
    let view = FeedbackView {
        heading: heading.clone(),
        action: feedback.and_then(action),
        mailto: feedback.filter(|_| hook == Hook::Mailto).and_then(|feedback| mailto(lens, feedback)),
        email: feedback.and_then(|feedback| feedback.email.as_ref()).map(|email| email.to_string()),
        topics: topics.iter().map(|topic| topic_view(lens, *topic)).collect(),
        procedures,
        search_index: searches.then(|| format!("{}index.json", lens.href(&crate::plan::Source::Search))),
        elsewhere: others.map(|intention| intention_view(lens, *intention)).collect(),
        other_ways: offered.iter().map(|intention| intention_view(lens, *intention)).collect(),
        contacts: lens.href(&crate::plan::Source::Contacts),
        retention: feedback
            .and_then(|feedback| feedback.retention_months)
            .map(|months| lens.labels.count("feedback.retention_n", *months, &lens.language.number(*months))),
        data_protection: data_protection(lens),
    };
    let intro = Words::own(lens.label("feedback.intro"));
    Made::new("feedback.html", "feedback", heading, &view).described(Some(&intro))
}

/// What a person wants to do who writes about a topic.
fn intention(topic: Topic) -> Intention {
    match topic {
        Topic::Regulation => Intention::Regulation,
        Topic::Conduct => Intention::Conduct,
        Topic::Question => Intention::Question,
    }
}

fn action(feedback: &Feedback) -> Option<String> {
    let endpoint = feedback.endpoint.as_ref()?;
    match feedback.hook() {
        Hook::Url => Some(endpoint.to_string()),
        Hook::Inbox => Some(format!("{}/feedback", endpoint.trim_end_matches('/'))),
        Hook::Mailto | Hook::None => None,
    }
}

fn mailto(lens: &Lens<'_>, feedback: &Feedback) -> Option<String> {
    let email = feedback.email.as_ref()?;
    let encoded = |name: &str| percent::encoded(lens.labels.get(name)).replace('/', "%2F");
    let (subject, body) = (encoded("feedback.mail_subject"), encoded("feedback.mail_body"));
    Some(format!("mailto:{}?subject={subject}&body={}", &***email, body.replace("%5Cn", "%0D%0A")))
}

fn topic_view(lens: &Lens<'_>, topic: Topic) -> TopicView {
    TopicView {
        word: topic.word(),
        title: lens.language.word(topic),
        hint: lens.label(&format!("feedback.topic_{}", topic.word())),
    }
}

fn suggestions(lens: &Lens<'_>) -> Vec<Suggestion> {
    let usable = lens.procedures().iter().filter(|record| record.content.data.status() != Status::Abolished);
    let records: Vec<_> = usable.collect();
    if records.len() > MAX_SUGGESTIONS {
        return Vec::new();
    }
    let suggestion = |record: &&crate::record::Record<Procedure>| Suggestion {
        code: record.content.data.code.to_string(),
        title: lens.name_of(record).text,
    };
    records.iter().map(suggestion).collect()
}

/// Who answers for personal data.
fn data_protection(lens: &Lens<'_>) -> Vec<Link> {
    use crate::record::kind::KindName;
    use crate::record::kinds::contact::ContactType;
    let contacts = lens.contacts().iter().filter(|record| record.content.data.r#type == ContactType::DataProtection);
    contacts.filter_map(|record| lens.link(KindName::Contact, &record.id)).collect()
}
