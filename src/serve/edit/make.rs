//! A new record: its kind, its title, and an ID that is made from it.

use axum::http::StatusCode;

use crate::diagnostic::Message;
use crate::form::posted::Posted;
use crate::mend::create::{self, Created};
use crate::record::kind::KindName;
use crate::record::read::id_from;
use crate::say;
use crate::serve::edit::html::{self, esc, message, query};
use crate::serve::edit::{Answer, Desk, ROOT};

/// An ID that is made from a long title ends at a word before this.
const ID_LENGTH: usize = 48;

impl Desk {
    /// The page that asks for a new record's kind and title.
    pub(super) fn new_record(&self, asked: &Posted) -> Answer {
        Answer::Page(StatusCode::OK, self.new_page(asked, None))
    }

    /// Makes the record.
    pub(super) fn make(&self, posted: &Posted) -> Answer {
        let refused =
            |message: Message| Answer::Page(StatusCode::UNPROCESSABLE_ENTITY, self.new_page(posted, Some(&message)));
        let Some(kind) = posted.get("kind").and_then(KindName::from_word) else {
            return refused(say!("Chọn loại bản ghi.", "Choose a kind."));
        };
        let title = posted.get("title").unwrap_or_default().trim();
        if title.is_empty() {
            return refused(say!("Điền tên.", "Fill in the title."));
        }
        let id = match posted.get("id").unwrap_or_default().trim() {
            "" => suggested(title),
            id => id.to_owned(),
        };
        let snapshot = self.live.latest();
        let Created { path, text, .. } = match create::plan(&snapshot, kind, &id, Some(title), self.language) {
            Ok(created) => created,
            Err(message) => return refused(message),
        };
        match self.create(&path, &text) {
            Ok(()) => {
                let name = query(&format!("{}:{id}", kind.word()));
                Answer::Elsewhere(format!("{ROOT}record?name={name}&done=new"))
            }
            Err(message) => refused(message),
        }
    }

    fn new_page(&self, given: &Posted, fault: Option<&Message>) -> String {
        let chosen = given.get("kind").unwrap_or_default();
        let option = |kind: &KindName| {
            let text = kind.label().get(self.language);
            let selected = if kind.word() == chosen { " selected" } else { "" };
            format!("<option value=\"{}\"{selected}>{}</option>", kind.word(), esc(&super::list::capital(text)))
        };
        let mut kinds = KindName::ALL.to_vec();
        // What is made most often comes first.
        kinds.sort_by_key(|kind| *kind != KindName::Procedure);
        let kinds: String = kinds.iter().map(option).collect();
        let title = self.say(&say!("Thêm bản ghi mới", "A new record"));
        let fault =
            fault.map(|fault| format!("<p class=\"word bad\" role=\"alert\">{}</p>", message(&self.say(fault))));
        let body = format!(
            "<main class=\"narrow\"><h1>{title}</h1>{fault}<form method=\"post\" action=\"{ROOT}new\">\
             <div class=\"field\"><label for=\"kind\">{kind}</label><select id=\"kind\" name=\"kind\">{kinds}</select></div>\
             <div class=\"field\"><label for=\"title\">{name}</label><p class=\"help\" id=\"title-help\">{name_help}</p>\
             <textarea id=\"title\" name=\"title\" rows=\"2\" required aria-describedby=\"title-help\" data-slug=\"id\">\n{given_title}</textarea></div>\
             <div class=\"field\"><label for=\"id\">{id}</label><p class=\"help\" id=\"id-help\">{id_help}</p>\
             <input type=\"text\" id=\"id\" name=\"id\" value=\"{given_id}\" aria-describedby=\"id-help\" autocomplete=\"off\" maxlength=\"80\"></div>\
             <button class=\"save\">{make}</button></form></main>",
            title = esc(&title),
            fault = fault.unwrap_or_default(),
            kind = esc(&self.say(&say!("Loại", "Kind"))),
            name = esc(&self.say(&say!("Tên", "Title"))),
            name_help = esc(&self.say(&say!(
                "Tên chính thức, như trong quyết định công bố. Sửa lại sau cũng được.",
                "The official title. You can change it later."
            ))),
            given_title = esc(given.get("title").unwrap_or_default()),
            id = esc(&self.say(&say!("ID (tên ngắn trong địa chỉ trang)", "ID (the short name in the address)"))),
            id_help = esc(&self.say(&say!(
                "Máy tự đặt theo tên; nên rút ngắn, như ban-buon-ruou. Chỉ chữ thường không dấu, số và dấu gạch nối.",
                "Made from the title; better shorter, such as wholesale-licence. Lower-case letters, digits and hyphens."
            ))),
            given_id = esc(given.get("id").unwrap_or_default()),
            make = esc(&self.say(&say!("Tạo bản nháp", "Make the draft"))),
        );
        html::page(&title, &body, self.language)
    }
}

/// The ID that a title suggests, cut at a word.
fn suggested(title: &str) -> String {
    let slug = id_from(title);
    if slug.len() <= ID_LENGTH {
        return slug;
    }
    let cut = slug[..ID_LENGTH].rfind('-').unwrap_or(ID_LENGTH);
    slug[..cut].to_owned()
}
