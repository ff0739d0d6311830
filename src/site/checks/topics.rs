//! `topic-without-contact`: the feedback form offers a topic that no published contact accepts.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::config::Hook;
use crate::record::kinds::answer::Topic;
use crate::record::value::Words;
use crate::say;
use crate::site::Site;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let Some(feedback) = site.config.feedback.as_ref().filter(|feedback| feedback.hook() != Hook::None) else {
        return Vec::new();
    };
    let accepted = |topic: &Topic| {
        site.contacts
            .iter()
            .any(|contact| contact.content.data.accepts.iter().any(|intention| intention.word() == topic.word()))
    };
    let place = feedback.endpoint.as_ref().map(|url| url.place).or(feedback.email.as_ref().map(|email| email.place));
    let lonely = site.config.topics().into_iter().filter(|topic| !accepted(topic));
    lonely
        .map(|topic| {
            let word = topic.word();
            let message = say!(
                "biểu mẫu góp ý có nội dung `{word}` nhưng không đầu mối nào tiếp nhận",
                "the feedback form offers `{word}`, but no contact accepts it"
            );
            let help = say!(
                "thêm `{word}` vào `accepts` của một đầu mối, hoặc bỏ khỏi `feedback.topics`",
                "add `{word}` to a contact's `accepts`, or take it out of `feedback.topics`"
            );
            let place = place.unwrap_or(site.config.title.place);
            Diagnostic::new(Code::TopicWithoutContact, place, message).help(help)
        })
        .collect()
}
