//! All records, by kind, with a mark at those that are faulty.

use std::collections::{HashMap, HashSet};

use axum::http::StatusCode;

use crate::build::{self, Outcome, Prepared, Unobserved};
use crate::diagnostic::{Diagnostic, Level, human};
use crate::form::posted::Posted;
use crate::record::kind::KindName;
use crate::say;
use crate::serve::edit::html::{self, esc, query};
use crate::serve::edit::{Answer, Desk, ROOT};
use crate::site::{self, Site};
use crate::source::Snapshot;
use crate::value::slug;

/// A line of the list.
struct Row {
    path: String,
    name: String,
    title: String,
    id: String,
    errors: usize,
    warnings: usize,
    marks: Vec<String>,
}

impl Desk {
    /// The list: of a kind, of what was searched, or of what is faulty.
    pub(super) fn list(&self, asked: &Posted) -> Answer {
        let snapshot = self.live.latest();
        let prepared = build::prepare(&snapshot, &self.build_options(), &self.memo, &Unobserved);
        let outcome = prepared.outcome(&snapshot, prepared.broken_anchors());
        let rows = self.rows(&snapshot, &prepared, &outcome);
        let listed: HashSet<&str> = rows.iter().map(|(_, row)| row.path.as_str()).collect();
        let path = |fault: &Diagnostic| snapshot.file(fault.place.file).path.as_str();
        let errors = outcome.diagnostics.iter().filter(|fault| fault.level == Level::Error);
        let others = errors.filter(|fault| !listed.contains(path(fault)));
        let others: Vec<String> = others.map(|fault| human::plain(fault, &snapshot, self.language)).collect();
        Answer::Page(StatusCode::OK, self.list_page(asked, &rows, &others))
    }

    /// A line for every record, readable or not, in the order of kinds and titles.
    fn rows(&self, snapshot: &Snapshot, prepared: &Prepared, outcome: &Outcome) -> Vec<(KindName, Row)> {
        let counts = counts(snapshot, outcome);
        let mut rows: Vec<(KindName, Row)> = Vec::new();
        for (kind, records) in &site::sort(snapshot).records {
            let titles = prepared.ready().map(|ready| self.titles(&ready.site, *kind)).unwrap_or_default();
            for (id, files) in records {
                let Some(file) = files.own.first() else { continue };
                let path = snapshot.file(*file).path.to_string();
                let (errors, warnings) = counts.get(path.as_str()).copied().unwrap_or_default();
                let (title, marks) = titles.get(id).cloned().unwrap_or_default();
                let title = if title.is_empty() { id.clone() } else { title };
                let name = format!("{}:{id}", kind.word());
                rows.push((*kind, Row { path, name, title, id: id.clone(), errors, warnings, marks }));
            }
        }
        rows.sort_by_cached_key(|(kind, row)| (*kind, slug(&row.title)));
        rows
    }

    /// The titles of a kind's records by their IDs, and what else is to be said of them.
    fn titles(&self, site: &Site, kind: KindName) -> HashMap<String, (String, Vec<String>)> {
        let table = site.table(kind);
        let one = |at| {
            let (id, common) = (table.outline(at).id.to_owned(), table.outline(at).common);
            let draft = (common.draft == Some(true)).then(|| self.say(&say!("bản nháp", "draft")));
            let gone = common.withdrawn.as_ref().map(|_| self.say(&say!("đã thu hồi", "withdrawn")));
            (id, (common.title.to_string(), draft.into_iter().chain(gone).collect()))
        };
        (0..table.count()).map(one).collect()
    }

    fn list_page(&self, asked: &Posted, rows: &[(KindName, Row)], others: &[String]) -> String {
        let (wanted, words) = (asked.get("kind").and_then(KindName::from_word), asked.get("q").unwrap_or_default());
        let faulty_only = asked.get("faulty").is_some();
        let sought = slug(words);
        let is_shown = |(kind, row): &&(KindName, Row)| {
            wanted.is_none_or(|wanted| wanted == *kind)
                && (!faulty_only || row.errors > 0)
                && (sought.is_empty() || slug(&row.title).contains(&sought) || row.id.contains(&sought))
        };
        let shown: Vec<&(KindName, Row)> = rows.iter().filter(is_shown).collect();
        let title = match wanted {
            Some(kind) => capital(self.label(kind)),
            None => self.say(&say!("Nhập và sửa bản ghi", "Edit records")),
        };
        let body = format!(
            "<main class=\"list\"><h1>{}</h1>{}{}{}{}{}</main>",
            esc(&title),
            self.state(rows, others),
            self.kinds(rows, wanted),
            self.new_button(wanted),
            self.search(wanted, words),
            self.table(&shown, wanted.is_none())
        );
        html::page(&title, &body, self.language)
    }

    fn label(&self, kind: KindName) -> &'static str {
        kind.label().get(self.language)
    }

    /// Whether the site can be published.
    fn state(&self, rows: &[(KindName, Row)], others: &[String]) -> String {
        let errors: usize = rows.iter().map(|(_, row)| row.errors).sum();
        let faulty = rows.iter().filter(|(_, row)| row.errors > 0).count();
        let sum = errors + others.len();
        let others: String = others.iter().map(|fault| format!("<pre>{}</pre>", esc(fault))).collect();
        if sum == 0 {
            let text = say!(
                "Không có lỗi: trang có thể đăng. Người phụ trách gõ `minhbach build` để đăng.",
                "No errors: the site can be published. Whoever is in charge types `minhbach build`."
            );
            return format!("<p class=\"state good\" role=\"status\">{}</p>", html::message(&self.say(&text)));
        }
        let text = say!(
            "Còn {sum} lỗi, trong {faulty} bản ghi. Còn lỗi thì trang chưa đăng được; trang đang có vẫn giữ nguyên.",
            "{sum} errors, in {faulty} records. The site is not published while there are any; what is public stays as it is."
        );
        let link = say!("Xem các bản ghi có lỗi", "Show the faulty records");
        format!(
            "<p class=\"state bad\" role=\"status\">{} <a href=\"{ROOT}?faulty=1\">{}</a></p>{others}",
            esc(&self.say(&text)),
            esc(&self.say(&link))
        )
    }

    fn kinds(&self, rows: &[(KindName, Row)], wanted: Option<KindName>) -> String {
        let link = |address: String, text: &str, count: usize, is_here: bool| {
            let here = if is_here { " aria-current=\"page\"" } else { "" };
            format!("<li><a href=\"{address}\"{here}>{} <span class=\"count\">{count}</span></a></li>", esc(text))
        };
        let all = link(ROOT.to_owned(), &self.say(&say!("Tất cả", "All")), rows.len(), wanted.is_none());
        let mut kinds: Vec<KindName> = KindName::ALL.to_vec();
        kinds.sort_by_key(|kind| std::cmp::Reverse(rows.iter().filter(|(known, _)| known == kind).count()));
        let kinds: String = kinds
            .into_iter()
            .map(|kind| {
                let count = rows.iter().filter(|(known, _)| *known == kind).count();
                let address = format!("{ROOT}?kind={}", kind.word());
                link(address, &capital(self.label(kind)), count, wanted == Some(kind))
            })
            .collect();
        let site = format!(
            "<li><a href=\"{ROOT}record?name=site\">{}</a></li>",
            esc(&self.say(&say!("Cấu hình trang", "The site itself")))
        );
        let label = self.say(&say!("Loại bản ghi", "Kinds of records"));
        format!("<nav class=\"kinds\" aria-label=\"{}\"><ul>{all}{kinds}{site}</ul></nav>", esc(&label))
    }

    fn new_button(&self, wanted: Option<KindName>) -> String {
        let (address, label) = match wanted {
            Some(kind) => {
                let label = self.label(kind);
                (format!("{ROOT}new?kind={}", kind.word()), say!("Thêm {label} mới", "New {label}"))
            }
            None => (format!("{ROOT}new"), say!("Thêm bản ghi mới", "New record")),
        };
        format!("<p><a class=\"button\" href=\"{address}\">{}</a></p>", esc(&self.say(&label)))
    }

    fn search(&self, wanted: Option<KindName>, words: &str) -> String {
        let kind = wanted.map(|kind| format!("<input type=\"hidden\" name=\"kind\" value=\"{}\">", kind.word()));
        format!(
            "<form class=\"search\" method=\"get\" action=\"{ROOT}\" role=\"search\">{}<label for=\"q\">{}</label>\
             <input id=\"q\" name=\"q\" value=\"{}\" autocomplete=\"off\"><button>{}</button></form>",
            kind.unwrap_or_default(),
            esc(&self.say(&say!("Tìm theo tên hoặc ID, không cần dấu", "Search by title or ID"))),
            esc(words),
            esc(&self.say(&say!("Tìm", "Search")))
        )
    }

    fn table(&self, rows: &[&(KindName, Row)], with_kind: bool) -> String {
        if rows.is_empty() {
            return format!("<p>{}</p>", esc(&self.say(&say!("Không có bản ghi nào.", "There are none."))));
        }
        let mut kind_before = None;
        let mut out = String::new();
        for (kind, row) in rows {
            if with_kind && kind_before != Some(*kind) {
                let end = if kind_before.is_some() { "</ul>" } else { "" };
                out.push_str(&format!("{end}<h2>{}</h2><ul class=\"records\">", esc(&capital(self.label(*kind)))));
            } else if kind_before.is_none() {
                out.push_str("<ul class=\"records\">");
            }
            kind_before = Some(*kind);
            out.push_str(&self.row(row));
        }
        out + "</ul>"
    }

    fn row(&self, row: &Row) -> String {
        let Row { errors, warnings, .. } = row;
        let mark = |class: &str, text: String| format!(" <span class=\"mark {class}\">{}</span>", esc(&text));
        let errors = (*errors > 0).then(|| mark("error", self.say(&say!("{errors} lỗi", "{errors} errors"))));
        let warnings =
            (*warnings > 0).then(|| mark("warning", self.say(&say!("{warnings} nhắc nhở", "{warnings} warnings"))));
        let marks: String = row.marks.iter().map(|text| mark("", text.clone())).collect();
        format!(
            "<li><a href=\"{ROOT}record?name={}\">{}</a> <span class=\"id\">{}</span>{}{}{marks}</li>",
            query(&row.name),
            esc(&row.title),
            esc(&row.id),
            errors.unwrap_or_default(),
            warnings.unwrap_or_default()
        )
    }
}

/// How many errors and warnings each file has.
fn counts<'a>(snapshot: &'a Snapshot, outcome: &Outcome) -> HashMap<&'a str, (usize, usize)> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for fault in outcome.diagnostics.iter() {
        let count = counts.entry(snapshot.file(fault.place.file).path.as_str()).or_default();
        match fault.level {
            Level::Error => count.0 += 1,
            Level::Warning => count.1 += 1,
        }
    }
    counts
}

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
