//! A record's form: shown, checked while one types, saved.

use axum::http::StatusCode;
use serde_json::json;

use crate::diagnostic::{Fix, Message};
use crate::edit::{Edit, Edits};
use crate::form::lay::{Stuck, lay};
use crate::form::posted::Posted;
use crate::form::state::{Item, State};
use crate::record::common::Common;
use crate::record::shape::{Field, Need, Shape};
use crate::say;
use crate::serve::edit::field::{self, Fields, button};
use crate::serve::edit::html::{self, esc, message, query};
use crate::serve::edit::work::{Fault, Judged, Opened};
use crate::serve::edit::{Answer, Desk, ROOT};

/// The field that holds which bytes of the file the form was made from.
const SEAL: &str = "~seal";

/// A word above the form.
enum Word {
    Good(Message),
    Bad(Message),
}

impl Desk {
    /// A record's form as the file is.
    pub(super) fn record(&self, asked: &Posted) -> Answer {
        let opened = match self.open(asked.get("name").unwrap_or_default()) {
            Ok(opened) => opened,
            Err(message) => return self.trouble(StatusCode::NOT_FOUND, &message),
        };
        let word = asked.get("done").map(|done| Word::Good(done_word(done)));
        let shape = opened.subject.shape();
        match opened.sheet(&opened.text).state(&shape) {
            Some(state) => self.form(StatusCode::OK, &opened, &opened.text, &state, word, &opened.seal()),
            None => self.unreadable(&opened),
        }
    }

    /// What was asked of a form: to save it, or to change how it looks.
    pub(super) fn work_on(&self, asked: &Posted, posted: &Posted) -> Answer {
        let opened = match self.open(asked.get("name").unwrap_or_default()) {
            Ok(opened) => opened,
            Err(message) => return self.trouble(StatusCode::NOT_FOUND, &message),
        };
        let shape = opened.subject.shape();
        let mut state = posted.state(&shape);
        let seal = posted.get(SEAL).unwrap_or_default().to_owned();
        if seal != opened.seal() {
            return self.form(StatusCode::CONFLICT, &opened, &opened.text, &state, Some(Word::Bad(conflict())), &seal);
        }
        let act = posted.get("do").unwrap_or("save");
        let (act, name) = act.split_once(':').unwrap_or((act, ""));
        match act {
            "save" => return self.save_form(&opened, &shape, &state),
            "publish" => {
                if let Some(draft) = state.at_mut("draft") {
                    *draft = State::Empty;
                }
                return self.save_form(&opened, &shape, &state);
            }
            "mend" => return self.mend(&opened, &shape, state, name),
            act => change(&mut state, act, name),
        }
        let laid = lay(opened.sheet(&opened.text), &shape, &state);
        let (text, word) = match laid {
            Ok(text) => (text, None),
            Err(stuck) => (opened.text.clone(), Some(Word::Bad(stuck_word(&stuck)))),
        };
        self.form(StatusCode::OK, &opened, &text, &state, word, &seal)
    }

    fn save_form(&self, opened: &Opened, shape: &Shape, state: &State) -> Answer {
        let text = match lay(opened.sheet(&opened.text), shape, state) {
            Ok(text) => text,
            Err(stuck) => {
                let word = Some(Word::Bad(stuck_word(&stuck)));
                return self.form(StatusCode::CONFLICT, opened, &opened.text, state, word, &opened.seal());
            }
        };
        if text == opened.text {
            return self.done(opened, "same");
        }
        match self.save(opened, &text) {
            Ok(()) => self.done(opened, "saved"),
            Err(message) => {
                let word = Some(Word::Bad(message));
                self.form(StatusCode::CONFLICT, opened, &text, state, word, &opened.seal())
            }
        }
    }

    fn done(&self, opened: &Opened, done: &str) -> Answer {
        Answer::Elsewhere(format!("{ROOT}record?name={}&done={done}", query(&opened.name())))
    }

    /// Makes the change that a fault carries: in the field that it is about, else in the file, which is saved then.
    fn mend(&self, opened: &Opened, shape: &Shape, mut state: State, wanted: &str) -> Answer {
        let Ok(text) = lay(opened.sheet(&opened.text), shape, &state) else {
            return self.form(StatusCode::CONFLICT, opened, &opened.text, &state, None, &opened.seal());
        };
        let judged = self.judge(opened, &text, shape, &state);
        let is_wanted = |fault: &&Fault| format!("{}:{}", fault.fault.code.name(), fault.field) == wanted;
        let Some((fault, mended)) =
            judged.faults.iter().filter(is_wanted).find_map(|fault| Some((fault, mended(&text, fault)?)))
        else {
            return self.form(StatusCode::OK, opened, &text, &state, None, &opened.seal());
        };
        let fresh = opened.sheet(&mended).state(shape);
        let value = fresh.and_then(|mut fresh| fresh.at_mut(&fault.field).map(|state| state.clone()));
        match (state.at_mut(&fault.field), value) {
            (Some(field @ State::Scalar(_)), Some(value @ State::Scalar(_))) => *field = value,
            _ => match self.save(opened, &mended) {
                Ok(()) => return self.done(opened, "saved"),
                Err(message) => return self.trouble(StatusCode::CONFLICT, &message),
            },
        }
        let text = lay(opened.sheet(&opened.text), shape, &state).unwrap_or(text);
        self.form(StatusCode::OK, opened, &text, &state, None, &opened.seal())
    }

    /// What is wrong with what is typed, for the script.
    pub(super) fn check(&self, asked: &Posted, posted: &Posted) -> Answer {
        let Ok(opened) = self.open(asked.get("name").unwrap_or_default()) else { return Answer::Nothing };
        let shape = opened.subject.shape();
        let state = posted.state(&shape);
        if posted.get(SEAL).unwrap_or_default() != opened.seal() {
            return Answer::Json(json!({ "conflict": self.say(&conflict()) }));
        }
        let text = match lay(opened.sheet(&opened.text), &shape, &state) {
            Ok(text) => text,
            Err(stuck) => return Answer::Json(json!({ "conflict": self.say(&stuck_word(&stuck)) })),
        };
        let judged = self.judge(&opened, &text, &shape, &state);
        let fields = self.fields(&opened, &judged, &shape);
        let fault =
            |fault: &Fault| json!({ "field": fault.field, "error": fault.is_error(), "html": fields.fault(fault) });
        Answer::Json(json!({
            "faults": judged.faults.iter().map(fault).collect::<Vec<_>>(),
            "summary": self.summary(&judged, &fields),
            "preview": judged.preview,
            "changed": text != opened.text,
        }))
    }

    fn fields<'a>(&self, opened: &Opened, judged: &'a Judged, shape: &'a Shape) -> Fields<'a> {
        Fields {
            language: self.language,
            known: &judged.known,
            faults: &judged.faults,
            word: opened.subject.word(),
            shape,
        }
    }

    fn form(
        &self,
        status: StatusCode,
        opened: &Opened,
        text: &str,
        state: &State,
        word: Option<Word>,
        seal: &str,
    ) -> Answer {
        let shape = opened.subject.shape();
        let judged = self.judge(opened, text, &shape, state);
        let fields = self.fields(opened, &judged, &shape);
        let name = opened.name();
        let title = state.get("title").map_or("", State::text).trim();
        let title = if title.is_empty() { opened.id.clone() } else { title.to_owned() };
        let word = word.map(|word| match word {
            Word::Good(text) => format!("<p class=\"word good\" role=\"status\">{}</p>", message(&self.say(&text))),
            Word::Bad(text) => format!("<p class=\"word bad\" role=\"alert\">{}</p>", message(&self.say(&text))),
        });
        let is_draft = state.get("draft").is_some_and(|draft| draft.text() == "true");
        let publish = is_draft
            .then(|| button("publish", &esc(&self.say(&say!("Lưu và bỏ nháp", "Save, no longer a draft"))), ""));
        let body = format!(
            "<main class=\"editor\"><div class=\"work\"><h1>{title}</h1>{about}{word}\
             <form id=\"form\" method=\"post\" action=\"{ROOT}record?name={query}\" data-check=\"{ROOT}check?name={query}\" data-leave=\"{leave}\" novalidate>\
             <div class=\"bar\"><div class=\"acts\">{save}{publish}<a class=\"to-preview\" href=\"#preview-part\">{see}</a></div><div id=\"summary\" role=\"status\">{summary}</div></div>\
             <input type=\"hidden\" name=\"{SEAL}\" value=\"{seal}\"><div id=\"fields\">{fields}{lists}</div>\
             <p>{again}</p></form></div>{preview}</main>",
            title = esc(&title),
            about = self.about(opened),
            word = word.unwrap_or_default(),
            query = query(&name),
            leave = esc(&self.say(&say!("Có thay đổi chưa lưu.", "There are unsaved changes."))),
            save = button("save", &esc(&self.say(&say!("Lưu", "Save"))), "save"),
            publish = publish.unwrap_or_default(),
            see = esc(&self.say(&say!("Xem thử", "Preview"))),
            summary = self.summary(&judged, &fields),
            seal = esc(seal),
            fields = self.sections(opened, &shape, state, &fields),
            lists = fields.lists(),
            again = button("save", &esc(&self.say(&say!("Lưu", "Save"))), "save"),
            preview = self.preview_part(opened, &judged),
        );
        Answer::Page(status, html::page(&title, &body, self.language))
    }

    /// The record's kind, its file, and what else can be done with it.
    fn about(&self, opened: &Opened) -> String {
        let label = super::list::capital(opened.subject.label().get(self.language));
        let path = &opened.path;
        let name = query(&opened.name());
        let acts = opened.kind().map(|_| {
            format!(
                " · <a href=\"{ROOT}rename?name={name}\">{}</a> · <a href=\"{ROOT}withdraw?name={name}\">{}</a>",
                esc(&self.say(&say!("Đổi ID", "Change the ID"))),
                esc(&self.say(&say!("Thu hồi", "Withdraw")))
            )
        });
        format!(
            "<p class=\"about\">{} · <code>{}</code>{}</p>",
            esc(&label),
            esc(path.as_str()),
            acts.unwrap_or_default()
        )
    }

    /// How many faults there are, and where.
    fn summary(&self, judged: &Judged, fields: &Fields<'_>) -> String {
        let errors = judged.errors();
        let warnings = judged.faults.len() - errors;
        let elsewhere = judged.elsewhere;
        let head = match (errors, elsewhere) {
            (0, 0) => say!("Không có lỗi.", "No errors."),
            (0, _) => say!(
                "Bản ghi này không có lỗi. Trang chưa đăng được vì còn {elsewhere} lỗi ở chỗ khác.",
                "No errors in this record. The site is not published while there are {elsewhere} errors elsewhere."
            ),
            _ => say!(
                "Còn {errors} lỗi. Vẫn lưu được để làm tiếp, nhưng còn lỗi thì trang chưa đăng.",
                "{errors} errors. You can save and go on later, but the site is not published while there are any."
            ),
        };
        let more = if warnings > 0 {
            let text = say!(
                " {warnings} nhắc nhở (không cản việc đăng).",
                " {warnings} warnings (they do not keep it from being published)."
            );
            self.say(&text)
        } else {
            String::new()
        };
        let others = if errors == 0 && elsewhere > 0 {
            let text = self.say(&say!("Xem các bản ghi có lỗi", "Show the faulty records"));
            format!(" <a href=\"{ROOT}?faulty=1\">{}</a>", esc(&text))
        } else {
            String::new()
        };
        let class = if errors > 0 { "bad" } else { "good" };
        let item = |fault: &Fault| {
            let class = if fault.is_error() { "error" } else { "warning" };
            let text = fields.told(&fault.fault.message);
            if fault.field.is_empty() {
                let line = fault.line;
                let place = self.say(&say!("trong tệp, dòng {line}", "in the file, line {line}"));
                return format!(
                    "{} <span class=\"line\">({})</span></li>",
                    fields.fault(fault).trim_end_matches("</li>"),
                    esc(&place)
                );
            }
            format!(
                "<li class=\"{class}\"><a href=\"#{}\">{}: {text}</a></li>",
                field::id(&fault.field),
                esc(&fields.name_of(&fault.field))
            )
        };
        let items: String = judged.faults.iter().map(item).collect();
        let list = if items.is_empty() {
            String::new()
        } else {
            let open = if judged.faults.len() <= 5 { " open" } else { "" };
            let label = self.say(&say!("Xem từng chỗ", "Show each"));
            format!("<details{open}><summary>{}</summary><ul class=\"faults\">{items}</ul></details>", esc(&label))
        };
        format!("<p class=\"{class}\"><strong>{}</strong>{others}{}</p>{list}", esc(&self.say(&head)), esc(&more))
    }

    /// The fields in three parts: what a publication needs, what it may have, how the record is kept.
    fn sections(&self, opened: &Opened, shape: &Shape, state: &State, fields: &Fields<'_>) -> String {
        // Of records whose text is what they are for, it stands among what they say.
        let is_main = |field: &Field| match field.key {
            "summary" => true,
            "body" => opened.is_markdown(),
            _ => field.need != Need::Optional,
        };
        let common = Common::shape();
        let is_kept = |field: &Field| common.field(field.key).is_some() && !matches!(field.key, "title" | "summary");
        let part = |wanted: &dyn Fn(&Field) -> bool| -> Vec<&Field> {
            shape.fields.iter().filter(|field| wanted(field)).collect()
        };
        let needed = part(&|field| !is_kept(field) && is_main(field));
        let optional = part(&|field| !is_kept(field) && !is_main(field));
        let kept = part(&|field| is_kept(field));
        let shown = |part: &[&Field]| -> String {
            part.iter().map(|field| fields.field(field, "", state.get(field.key).unwrap_or(&State::Empty))).collect()
        };
        let folded = |part: &[&Field], title: Message| {
            if part.is_empty() {
                return String::new();
            }
            let is_open = part.iter().any(|field| {
                !state.get(field.key).is_none_or(State::is_blank)
                    || fields.faults.iter().any(|fault| fault.field.split('.').next() == Some(field.key))
            });
            let open = if is_open { " open" } else { "" };
            format!(
                "<details class=\"part\"{open}><summary><h2>{}</h2></summary>{}</details>",
                esc(&self.say(&title)),
                shown(part)
            )
        };
        format!(
            "<section class=\"part\"><h2>{}</h2>{}</section>{}{}",
            esc(&self.say(&say!("Nội dung chính", "What it says"))),
            shown(&needed),
            folded(&optional, say!("Có thể thêm", "What may be added")),
            folded(&kept, say!("Đăng, rà soát, lưu ý", "Publishing and keeping"))
        )
    }

    fn preview_part(&self, opened: &Opened, judged: &Judged) -> String {
        let title = self.say(&say!("Xem thử", "Preview"));
        let later = self.say(&say!(
            "Trang xem thử hiện ra ở đây khi bản ghi hết lỗi.",
            "The page shows here when the record has no errors."
        ));
        let old = self.say(&say!(
            "Bản ghi đang có lỗi; dưới đây là trang ở lần cuối không có lỗi.",
            "The record has errors; below is the page as it was last without any."
        ));
        let none = opened.kind().is_some() && judged.errors() == 0 && judged.preview.is_none();
        let none_text = self.say(&say!(
            "Bản ghi này không có trang riêng, hoặc chưa đến ngày đăng.",
            "This record has no page of its own, or its day has not come."
        ));
        let (frame, word) = match &judged.preview {
            // A page that went to its anchor by itself would take this one along.
            Some(address) => {
                let (page, anchor) = address.split_once('#').unwrap_or((address, ""));
                (format!(" src=\"{}\" data-anchor=\"{}\"", esc(page), esc(anchor)), String::new())
            }
            None => (" hidden".to_owned(), if none { none_text.clone() } else { later.clone() }),
        };
        format!(
            "<aside class=\"preview\" id=\"preview-part\" aria-label=\"{title}\"><h2>{title}</h2><p id=\"preview-word\" data-later=\"{later}\" data-old=\"{old}\" data-none=\"{none_text}\">{word}</p>\
             <iframe id=\"preview\" title=\"{title}\"{frame}></iframe></aside>",
            title = esc(&title),
            later = esc(&later),
            old = esc(&old),
            none_text = esc(&none_text),
            word = esc(&word)
        )
    }

    /// A file that cannot be read as a record at all.
    fn unreadable(&self, opened: &Opened) -> Answer {
        let shape = opened.subject.shape();
        let judged = self.judge(opened, &opened.text, &shape, &State::Empty);
        let fields = self.fields(opened, &judged, &shape);
        let items: String = judged.faults.iter().map(|fault| fields.fault(fault)).collect();
        let text = say!(
            "Tệp `{0}` viết sai cú pháp nên biểu mẫu chưa mở được. Mở tệp bằng trình soạn thảo, sửa chỗ dưới đây rồi tải lại trang này.",
            "The form cannot be opened because `{0}` is not well formed. Open it in an editor, mend what is below and load this page again.",
            opened.path
        );
        let lines: Vec<String> = judged.faults.iter().map(|fault| fault.line.to_string()).collect();
        let lines = self.say(&say!("Dòng: {0}", "Line: {0}", lines.join(", ")));
        let body = format!(
            "<main><h1>{}</h1><p class=\"word bad\">{}</p><p>{}</p><form><ul class=\"faults\">{items}</ul></form></main>",
            esc(&opened.id),
            message(&self.say(&text)),
            esc(&lines)
        );
        Answer::Page(StatusCode::OK, html::page(&opened.id, &body, self.language))
    }

    /// A page that says why something was not done.
    pub(super) fn trouble(&self, status: StatusCode, text: &Message) -> Answer {
        let title = self.say(&say!("Chưa làm được", "Not done"));
        let body = format!(
            "<main><h1>{}</h1><p class=\"word bad\" role=\"alert\">{}</p></main>",
            esc(&title),
            message(&self.say(text))
        );
        Answer::Page(status, html::page(&title, &body, self.language))
    }
}

/// Adds or takes away, before the form is shown again.
fn change(state: &mut State, act: &str, name: &str) {
    let of_list = |name: &str| {
        let (list, at) = name.rsplit_once('.')?;
        Some((list.to_owned(), at.parse::<usize>().ok()?))
    };
    match act {
        "add" => {
            if let Some(items) = state.items_mut(name) {
                items.push(Item { from: None, state: State::Empty });
            }
        }
        "remove" | "up" => {
            let Some((list, at)) = of_list(name) else { return };
            let Some(items) = state.items_mut(&list).filter(|items| at < items.len()) else { return };
            match act {
                "remove" => drop(items.remove(at)),
                _ => items.swap(at, at.saturating_sub(1)),
            }
        }
        "clear" => {
            if let Some(field) = state.at_mut(name) {
                *field = State::Empty;
            }
        }
        _ => {}
    }
}

/// The text with the change that a fault carries.
fn mended(text: &str, fault: &Fault) -> Option<String> {
    let Some(Fix::Replace(all)) = &fault.fault.fix else { return None };
    let mut edits = Edits::default();
    let edit = |new: &crate::diagnostic::Replacement| {
        Edit::new(new.place.start as usize..new.place.end as usize, new.text.clone())
    };
    let is_here = all.iter().all(|new| new.place.file == fault.fault.place.file);
    (is_here && edits.add_all(all.iter().map(edit).collect())).then(|| edits.apply(text))
}

fn conflict() -> Message {
    say!(
        "Tệp này vừa được sửa ở nơi khác, sau khi biểu mẫu được mở. Chưa ghi gì, để không đè mất phần kia. Chép lại chỗ bạn đã sửa, tải lại trang, rồi sửa tiếp.",
        "The file was changed elsewhere after this form was opened. Nothing was written, so that nothing is lost there. Keep what you changed, load the page again, and go on."
    )
}

fn stuck_word(Stuck(fields): &Stuck) -> Message {
    let all: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    let all = all.join(", ");
    say!(
        "Chưa ghi được {all} mà giữ nguyên phần còn lại của tệp; hãy sửa phần này trong tệp. Chưa lưu gì.",
        "{all} cannot be written without touching the rest of the file; change it in the file. Nothing was saved."
    )
}

fn done_word(done: &str) -> Message {
    match done {
        "same" => say!("Không có gì thay đổi.", "Nothing has changed."),
        "new" => say!(
            "Đã tạo bản nháp. Điền các ô dưới đây; lúc nào cũng lưu được. Xong thì bấm “Lưu và bỏ nháp”.",
            "A draft was made. Fill in the fields below; you can save at any time. When done, press “Save, no longer a draft”."
        ),
        "renamed" => say!("Đã đổi ID.", "The ID was changed."),
        "withdrawn" => {
            say!("Đã thu hồi. Trang vẫn còn và ghi rõ đã thu hồi.", "Withdrawn. The page stays and says so.")
        }
        _ => say!("Đã lưu vào tệp.", "Saved to the file."),
    }
}
