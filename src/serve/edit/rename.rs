//! Another ID for a record: what changes is shown first.

use axum::http::StatusCode;

use crate::diagnostic::Message;
use crate::form::posted::Posted;
use crate::mend::create::{check_free, check_id};
use crate::mend::{Rewrite, rename};
use crate::say;
use crate::serve::edit::html::{self, esc, message, query};
use crate::serve::edit::work::Opened;
use crate::serve::edit::{Answer, Desk, ROOT};

impl Desk {
    /// The page that asks for the new ID.
    pub(super) fn rename_page(&self, asked: &Posted) -> Answer {
        match self.open(asked.get("name").unwrap_or_default()) {
            Ok(opened) => Answer::Page(StatusCode::OK, self.ask_new_id(&opened, &opened.id, None, "")),
            Err(message) => self.trouble(StatusCode::NOT_FOUND, &message),
        }
    }

    /// Shows what a new ID changes; changes it where that was seen.
    pub(super) fn rename(&self, asked: &Posted, posted: &Posted) -> Answer {
        let opened = match self.open(asked.get("name").unwrap_or_default()) {
            Ok(opened) => opened,
            Err(message) => return self.trouble(StatusCode::NOT_FOUND, &message),
        };
        let id = posted.get("id").unwrap_or_default().trim().to_owned();
        let renamed = match self.plan_rename(&opened, &id) {
            Ok(renamed) => renamed,
            Err(message) => {
                let page = self.ask_new_id(&opened, &id, Some(&message), "");
                return Answer::Page(StatusCode::UNPROCESSABLE_ENTITY, page);
            }
        };
        let rewrites = renamed.changes.rewrites(&opened.snapshot);
        if posted.get("do") != Some("rename") || posted.get("seen") != Some(id.as_str()) {
            let shown = self.changes(&id, &rewrites, &renamed);
            return Answer::Page(StatusCode::OK, self.ask_new_id(&opened, &id, None, &shown));
        }
        match self.write(&rewrites) {
            Ok(()) => {
                let word = opened.subject.word();
                Answer::Elsewhere(format!("{ROOT}record?name={}&done=renamed", query(&format!("{word}:{id}"))))
            }
            Err(message) => self.trouble(StatusCode::CONFLICT, &message),
        }
    }

    fn plan_rename(&self, opened: &Opened, id: &str) -> Result<rename::Renamed, Message> {
        let kind = opened.kind().ok_or_else(|| say!("Cấu hình trang không có ID.", "The site has no ID."))?;
        check_id(id)?;
        if id == opened.id {
            return Err(say!("Đây là ID hiện nay; điền ID mới.", "This is the ID that it has; fill in another one."));
        }
        check_free(&opened.snapshot, kind, id)?;
        rename::plan(&opened.snapshot, &(self.options)(), kind, &opened.id, id)
    }

    /// Every file that changes, the addresses that lead on, and what is left for a person.
    fn changes(&self, id: &str, rewrites: &[Rewrite], renamed: &rename::Renamed) -> String {
        let file = |rewrite: &Rewrite| {
            let Rewrite { from, to, places, .. } = rewrite;
            let name = if from == to { from.to_string() } else { format!("{from} → {to}") };
            let places =
                if *places > 0 { self.say(&say!(" ({places} chỗ)", " ({places} places)")) } else { String::new() };
            format!("<li><code>{}</code>{}</li>", esc(&name), esc(&places))
        };
        let files: String = rewrites.iter().map(file).collect();
        let alias = |alias: &String| {
            let text = say!(
                "Địa chỉ cũ `{alias}` sẽ dẫn đến trang mới.",
                "The old address `{alias}` will lead to the new page."
            );
            format!("<li>{}</li>", message(&self.say(&text)))
        };
        let left = |(path, text): &(crate::source::SitePath, Message)| {
            format!("<li class=\"warning\"><code>{}</code>: {}</li>", esc(path.as_str()), message(&self.say(text)))
        };
        let notes: String = renamed.aliases.iter().map(alias).chain(renamed.left.iter().map(left)).collect();
        format!(
            "<h2>{}</h2><ul>{files}</ul><ul class=\"faults\">{notes}</ul><input type=\"hidden\" name=\"seen\" value=\"{}\">\
             <button name=\"do\" value=\"rename\" class=\"save\">{}</button>",
            esc(&self.say(&say!("Sẽ thay đổi", "What changes"))),
            esc(id),
            esc(&self.say(&say!("Đổi ID", "Change the ID")))
        )
    }

    fn ask_new_id(&self, opened: &Opened, id: &str, fault: Option<&Message>, shown: &str) -> String {
        let name = query(&opened.name());
        let title = self.say(&say!("Đổi ID của {0}", "Change the ID of {0}", opened.id));
        let fault =
            fault.map(|fault| format!("<p class=\"word bad\" role=\"alert\">{}</p>", message(&self.say(fault))));
        let body = format!(
            "<main class=\"narrow\"><h1>{}</h1>{}<form method=\"post\" action=\"{ROOT}rename?name={name}\"><div class=\"field\">\
             <label for=\"id\">{}</label><p class=\"help\" id=\"id-help\">{}</p><input type=\"text\" id=\"id\" name=\"id\" value=\"{}\" \
             aria-describedby=\"id-help\" autocomplete=\"off\" maxlength=\"80\"></div><button>{}</button>{shown}</form>\
             <p><a href=\"{ROOT}record?name={name}\">{}</a></p></main>",
            esc(&title),
            fault.unwrap_or_default(),
            esc(&self.say(&say!("ID mới", "The new ID"))),
            esc(&self.say(&say!(
                "Chữ thường không dấu, số và dấu gạch nối. Mọi chỗ nhắc đến bản ghi được sửa theo, địa chỉ cũ vẫn dẫn đến trang.",
                "Lower-case letters, digits and hyphens. Whatever names the record changes, too, and the old address leads on."
            ))),
            esc(id),
            esc(&self.say(&say!("Xem sẽ đổi những gì", "Show what changes"))),
            esc(&self.say(&say!("Quay lại biểu mẫu", "Back to the form")))
        );
        html::page(&title, &body, self.language)
    }
}
