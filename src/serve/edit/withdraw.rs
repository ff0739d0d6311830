//! A record that is withdrawn: its page stays and says so.

use axum::http::StatusCode;

use crate::diagnostic::Message;
use crate::edit::tree::{New, Step};
use crate::edit::yaml::Source;
use crate::edit::{Edit, Edits};
use crate::form::lay;
use crate::form::posted::Posted;
use crate::form::state::State;
use crate::record::common::Withdrawn;
use crate::record::shape::{Shape, Type};
use crate::say;
use crate::schema::known::Known;
use crate::serve::edit::field::Fields;
use crate::serve::edit::html::{self, esc, message, query};
use crate::serve::edit::work::Opened;
use crate::serve::edit::{Answer, Desk, ROOT};
use crate::site;

impl Desk {
    /// The page that asks for the day and the reason.
    pub(super) fn withdraw_page(&self, asked: &Posted) -> Answer {
        match self.open(asked.get("name").unwrap_or_default()) {
            Ok(opened) if opened.kind().is_some() => {
                let today = site::day(self.build_options().as_of, "Asia/Ho_Chi_Minh").to_string();
                let state = State::Map(vec![("on".to_owned(), State::Scalar(today))]);
                Answer::Page(StatusCode::OK, self.ask_reason(&opened, &state, None))
            }
            Ok(_) => Answer::Nothing,
            Err(message) => self.trouble(StatusCode::NOT_FOUND, &message),
        }
    }

    /// Withdraws the record.
    pub(super) fn withdraw(&self, asked: &Posted, posted: &Posted) -> Answer {
        let opened = match self.open(asked.get("name").unwrap_or_default()) {
            Ok(opened) if opened.kind().is_some() => opened,
            Ok(_) => return Answer::Nothing,
            Err(message) => return self.trouble(StatusCode::NOT_FOUND, &message),
        };
        let shape = Withdrawn::shape();
        let state = posted.state(shape);
        let lacking = ["on", "reason"].iter().any(|key| state.get(key).is_none_or(State::is_blank));
        let text = if lacking {
            Err(say!("Điền ngày và lý do thu hồi.", "Fill in the day and the reason."))
        } else {
            withdrawn(&opened, shape, &state)
        };
        match text.and_then(|text| self.save(&opened, &text)) {
            Ok(()) => Answer::Elsewhere(format!("{ROOT}record?name={}&done=withdrawn", query(&opened.name()))),
            Err(message) => {
                Answer::Page(StatusCode::UNPROCESSABLE_ENTITY, self.ask_reason(&opened, &state, Some(&message)))
            }
        }
    }

    fn ask_reason(&self, opened: &Opened, state: &State, fault: Option<&Message>) -> String {
        let prepared =
            crate::build::prepare(&opened.snapshot, &self.build_options(), &self.memo, &crate::build::Unobserved);
        let known = prepared.ready().map(|ready| Known::of(&ready.site)).unwrap_or_default();
        let fields = Fields {
            language: self.language,
            known: &known,
            faults: &[],
            word: opened.subject.word(),
            shape: Withdrawn::shape(),
        };
        let inside: String = Withdrawn::shape()
            .fields
            .iter()
            .map(|field| fields.field(field, "", state.get(field.key).unwrap_or(&State::Empty)))
            .collect();
        let name = query(&opened.name());
        let title = self.say(&say!("Thu hồi {0}", "Withdraw {0}", opened.id));
        let text = say!(
            "Không xóa tệp: người dân còn theo liên kết cũ. Trang ở lại như tấm biển báo, ghi ngày, lý do và nơi xem thay.",
            "The file is not deleted: people still follow old links. The page stays as a sign with the day, the reason and where to look instead."
        );
        let fault =
            fault.map(|fault| format!("<p class=\"word bad\" role=\"alert\">{}</p>", message(&self.say(fault))));
        let body = format!(
            "<main class=\"narrow\"><h1>{}</h1><p>{}</p>{}<form method=\"post\" action=\"{ROOT}withdraw?name={name}\">{inside}{}\
             <button class=\"save\">{}</button></form><p><a href=\"{ROOT}record?name={name}\">{}</a></p></main>",
            esc(&title),
            esc(&self.say(&text)),
            fault.unwrap_or_default(),
            fields.lists(),
            esc(&self.say(&say!("Thu hồi", "Withdraw"))),
            esc(&self.say(&say!("Quay lại biểu mẫu", "Back to the form")))
        );
        html::page(&title, &body, self.language)
    }
}

/// The record's text with what withdraws it.
fn withdrawn(opened: &Opened, shape: &Shape, state: &State) -> Result<String, Message> {
    let stuck = || say!("Không ghi được vào tệp này; sửa trong tệp.", "This file cannot be changed here; edit it.");
    let value = lay::new(&Type::Map(shape.clone()), state).ok_or_else(stuck)?;
    let edit = edit(opened, &value).ok_or_else(stuck)?;
    let mut edits = Edits::default();
    edits.add(edit);
    Ok(edits.apply(&opened.text))
}

fn edit(opened: &Opened, value: &New) -> Option<Edit> {
    let source = Source::open(&opened.text, opened.is_markdown())?;
    let all = opened.subject.shape();
    let order: Vec<&str> = all.fields.iter().map(|field| field.key).collect();
    source.set_in(&[Step::from("withdrawn")], value, &order)
}
