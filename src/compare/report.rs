//! What changed, as lines to read and as Markdown.

use crate::compare::Changes;
use crate::diagnostic::{Language, Message};
use crate::record::kind::KindName;
use crate::say;

/// What changes for the public.
#[derive(Debug)]
pub struct Report {
    pub(super) kinds: Vec<(KindName, Changes)>,
}

/// A heading and what stands below it.
struct Section {
    heading: Message,
    items: Vec<Message>,
}

impl Report {
    /// Lines for a terminal. `origin` says with what the site is compared.
    pub fn text(&self, origin: &str, language: Language) -> String {
        let mut lines = vec![title(origin).get(language).to_owned()];
        for Section { heading, items } in self.sections() {
            lines.push(heading.get(language).to_owned());
            lines.extend(items.iter().map(|item| format!("  - {}", item.get(language))));
        }
        lines.join("\n")
    }

    /// The same as Markdown. What records say is text, not markup.
    pub fn markdown(&self, origin: &str, language: Language) -> String {
        let mut lines = vec![format!("## {}", escaped(title(origin).get(language)))];
        for Section { heading, items } in self.sections() {
            lines.push(format!("### {}", escaped(heading.get(language))));
            let items: Vec<String> = items.iter().map(|item| format!("- {}", escaped(item.get(language)))).collect();
            lines.extend((!items.is_empty()).then(|| items.join("\n")));
        }
        lines.join("\n\n") + "\n"
    }

    fn sections(&self) -> Vec<Section> {
        if self.kinds.is_empty() {
            return vec![Section {
                heading: say!("Không có gì thay đổi.", "Nothing changes."), items: Vec::new()
            }];
        }
        let mut sections: Vec<Section> = self
            .kinds
            .iter()
            .map(|(kind, changes)| Section { heading: counts(*kind, changes), items: items(changes) })
            .collect();
        let sheets: Vec<Message> =
            self.kinds.iter().flat_map(|(_, changes)| &changes.sheets).map(|name| say!("{name}", "{name}")).collect();
        if !sheets.is_empty() {
            let heading =
                say!("Bản niêm yết tại trụ sở nay đã cũ, cần thay", "Sheets on the wall that are now out of date");
            sections.push(Section { heading, items: sheets });
        }
        sections
    }
}

fn title(origin: &str) -> Message {
    say!("Thay đổi đối với người dân, so với {origin}", "What changes for the public, compared with {origin}")
}

/// `Thủ tục: 1 thêm, 2 sửa`.
fn counts(kind: KindName, changes: &Changes) -> Message {
    let counts = [
        (changes.added.len(), "thêm", "added"),
        (changes.removed.len(), "gỡ", "removed"),
        (changes.withdrawn.len(), "thu hồi", "withdrawn"),
        (changes.changed, "sửa", "changed"),
    ];
    let present = counts.iter().filter(|(count, ..)| *count > 0);
    let (vi, en): (Vec<String>, Vec<String>) =
        present.map(|(count, vi, en)| (format!("{count} {vi}"), format!("{count} {en}"))).unzip();
    let [of_vi, of_en] = [kind.label().vi, kind.folder()].map(capitalised);
    Message { vi: format!("{of_vi}: {}", vi.join(", ")), en: format!("{of_en}: {}", en.join(", ")) }
}

fn items(changes: &Changes) -> Vec<Message> {
    let added = changes.added.iter().map(|name| say!("Thêm {name}", "Added {name}"));
    let removed = changes.removed.iter().map(|name| say!("Gỡ {name}", "Removed {name}"));
    let withdrawn = changes.withdrawn.iter().map(|name| say!("Thu hồi {name}", "Withdrawn {name}"));
    let told = changes.told.iter().map(|(name, Message { vi, en })| say!("{name}: {vi}", "{name}: {en}"));
    let (records, count) = changes.others;
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let (c, r) = (plural(count), plural(records));
    let others = (count > 0)
        .then(|| say!("{count} thay đổi khác ở {records} bản ghi", "{count} other change{c} in {records} record{r}"));
    added.chain(removed).chain(withdrawn).chain(told).chain(others).collect()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Text that Markdown takes for nothing else; a line stays a line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '@' => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    out
}
