//! Fields of a form as HTML, each with its label, its help and its faults.

use crate::diagnostic::{Language, Message};
use crate::form::posted::below;
use crate::form::state::{COUNT, Item, State};
use crate::form::{choice, help, place};
use crate::record::kind::KindName;
use crate::record::shape::{CountKey, Field, Form as TextForm, Label, Need, Shape, Type, Word};
use crate::record::value::is_id;
use crate::say;
use crate::schema::known::Known;
use crate::serve::edit::html::{esc, message};
use crate::serve::edit::work::Fault;

/// Up to so many records are chosen from a menu; more are searched by typing.
const MOST_IN_MENU: usize = 150;

/// What all fields of a form share.
pub struct Fields<'a> {
    /// The language of labels and help.
    pub language: Language,
    /// What can be named.
    pub known: &'a Known,
    /// What is wrong.
    pub faults: &'a [Fault],
    /// `procedure`, or `site`.
    pub word: &'static str,
    /// All keys.
    pub shape: &'a Shape,
}

/// A field: its name, what it may hold, and how it is described.
struct One<'a> {
    name: &'a str,
    ty: &'a Type,
    label: String,
    need: Need,
}

impl Fields<'_> {
    fn say(&self, message: &Message) -> String {
        message.get(self.language).to_owned()
    }

    fn label(&self, label: &Label) -> &'static str {
        label.get(self.language)
    }

    /// A field of a group.
    pub fn field(&self, field: &Field, above: &str, state: &State) -> String {
        let name = below(above, field.key);
        let label = self.label(&field.label).to_owned();
        self.any(&One { name: &name, ty: &field.ty, label, need: field.need }, state)
    }

    fn any(&self, one: &One<'_>, state: &State) -> String {
        if *state == State::InFile {
            return self.kept(one);
        }
        match one.ty {
            Type::Either(types) => self.either(one, types, state),
            Type::Map(shape) | Type::Translated(shape) => self.group(one, shape, state),
            Type::List(item) => match &**item {
                Type::Word(words) => self.ticks(one, words, state),
                item => self.list(one, item, state),
            },
            Type::Counts(CountKey::Word(words)) => self.word_counts(one, words, state),
            Type::Counts(key) => self.counts(one, *key, state),
            Type::Levels(_) => self.kept(one),
            _ => self.scalar(one, state.text()),
        }
    }

    /// What the form cannot show.
    fn kept(&self, one: &One<'_>) -> String {
        let text = say!(
            "Phần này đang ghi theo cách mà biểu mẫu không hiện được. Nó được giữ nguyên; muốn đổi thì sửa trong tệp.",
            "This is written in a way that a form cannot show. It stays as it is; to change it, edit the file."
        );
        let again = say!("Bỏ và điền lại", "Remove and fill in anew");
        let button = match one.ty {
            Type::Levels(_) => String::new(),
            _ => button(&format!("clear:{}", one.name), &esc(&self.say(&again)), "small"),
        };
        let inside = format!(
            "<input type=\"hidden\" name=\"{}~keep\" value=\"1\"><p>{}</p>{button}",
            esc(one.name),
            esc(&self.say(&text))
        );
        self.fieldset(one, &inside, "kept")
    }

    fn fieldset(&self, one: &One<'_>, inside: &str, class: &str) -> String {
        let id = id(one.name);
        format!(
            "<fieldset class=\"field {class}\" id=\"{id}\" tabindex=\"-1\" aria-describedby=\"{id}-help {id}-faults\"><legend>{}{}</legend>{}{}{inside}</fieldset>",
            esc(&one.label),
            self.need(one.need),
            self.help(one),
            self.faults_of(one.name)
        )
    }

    fn need(&self, need: Need) -> String {
        let (class, text) = match need {
            Need::Required => ("required", say!("bắt buộc", "required")),
            Need::Complete => ("complete", say!("nên có", "should be there")),
            Need::Optional => return String::new(),
        };
        format!(" <span class=\"need {class}\">{}</span>", esc(&self.say(&text)))
    }

    fn help(&self, one: &One<'_>) -> String {
        let text = help::of(self.word, one.name, one.ty).map(|help| message(&self.say(&help))).unwrap_or_default();
        format!("<p class=\"help\" id=\"{}-help\">{text}</p>", id(one.name))
    }

    fn own_faults(&self, name: &str) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(move |fault| fault.field == name)
    }

    fn faults_of(&self, name: &str) -> String {
        let items: String = self.own_faults(name).map(|fault| self.fault(fault)).collect();
        format!("<ul class=\"faults\" id=\"{}-faults\" data-faults-of=\"{}\">{items}</ul>", id(name), esc(name))
    }

    /// A message with people's words for the keys that it names.
    pub fn told(&self, text: &Message) -> String {
        let text = self.say(text);
        let parts = text.split('`').enumerate().map(|(at, part)| match (at % 2, place::label(self.shape, part)) {
            (0, _) => esc(part),
            (_, Some(label)) => format!("“{}”", esc(label.get(self.language))),
            (_, None) => format!("<code>{}</code>", esc(part)),
        });
        parts.collect()
    }

    /// What people call a field: `Phí, lệ phí`, with the list that it stands in: `Cách thức thực hiện 1: Phí, lệ phí`.
    pub fn name_of(&self, field: &str) -> String {
        let steps: Vec<&str> = field.split('.').collect();
        let mut names: Vec<String> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            match step.parse::<usize>() {
                Ok(item) => {
                    names.iter_mut().last().into_iter().for_each(|name| name.push_str(&format!(" {}", item + 1)))
                }
                Err(_) => names.extend(
                    place::label(self.shape, &steps[..=at].join(".")).map(|label| label.get(self.language).to_owned()),
                ),
            }
        }
        names.join(" › ")
    }

    /// A fault, with a button where the machine can mend it.
    pub fn fault(&self, fault: &Fault) -> String {
        let level = if fault.is_error() { "error" } else { "warning" };
        let help = fault.fault.help.as_ref();
        // What stands in the file alone is named as it stands there.
        let told = |text: &Message| if fault.field.is_empty() { message(&self.say(text)) } else { self.told(text) };
        let help = help.map(|help| format!(" <span class=\"fix\">{}</span>", told(help))).unwrap_or_default();
        let mend = fault.fault.fix.as_ref().map(|_| {
            let label = say!("Sửa giúp", "Mend it");
            button(&format!("mend:{}:{}", fault.fault.code.name(), fault.field), &esc(&self.say(&label)), "small mend")
        });
        format!("<li class=\"{level}\">{}{help}{}</li>", told(&fault.fault.message), mend.unwrap_or_default())
    }

    fn labelled(&self, one: &One<'_>, inside: &str) -> String {
        let id = id(one.name);
        format!(
            "<div class=\"field\"><label for=\"{id}\">{}{}</label>{}{inside}{}</div>",
            esc(&one.label),
            self.need(one.need),
            self.help(one),
            self.faults_of(one.name)
        )
    }

    /// What every input has.
    fn attributes(&self, one: &One<'_>) -> String {
        let id = id(one.name);
        let invalid = self.own_faults(one.name).any(Fault::is_error);
        let required = if one.need == Need::Required { " aria-required=\"true\"" } else { "" };
        format!(
            "id=\"{id}\" name=\"{}\" aria-describedby=\"{id}-help {id}-faults\"{required}{}",
            esc(one.name),
            if invalid { " aria-invalid=\"true\"" } else { "" }
        )
    }

    fn scalar(&self, one: &One<'_>, text: &str) -> String {
        self.labelled(one, &self.control(&self.attributes(one), one.name, one.ty, text))
    }

    /// What a person types into or chooses from.
    fn control(&self, attributes: &str, name: &str, ty: &Type, text: &str) -> String {
        match ty {
            Type::Bool => self.menu(attributes, &[yes(), no()], text),
            Type::Word(words) => {
                let options: Vec<(String, String)> =
                    words.iter().map(|word| (word.word.to_owned(), self.label(&word.label).to_owned())).collect();
                self.menu_of(attributes, &options, text)
            }
            Type::Reference(kind) => self.reference(attributes, if kind.is_empty() { self.word } else { kind }, text),
            Type::AnyReference => self.any_reference(attributes, text),
            Type::File => {
                let options: Vec<(String, String)> =
                    self.known.files.iter().map(|path| (path.clone(), path.clone())).collect();
                self.menu_of(attributes, &options, text)
            }
            Type::Markdown => area(attributes, text, 4),
            Type::Text if name == "field" && !self.known.fields.is_empty() => {
                let options: Vec<(String, String)> =
                    self.known.fields.iter().map(|field| (field.clone(), field.clone())).collect();
                self.menu_of(attributes, &options, text)
            }
            Type::Text => area(attributes, text, 1),
            Type::Date if text.is_empty() || crate::value::date::Date::parse(text).is_some() => {
                format!("<input type=\"date\" {attributes} value=\"{}\">", esc(text))
            }
            Type::Integer { .. } => input(attributes, text, "inputmode=\"numeric\" class=\"short\""),
            Type::Decimal { .. } | Type::Degrees { .. } => {
                input(attributes, text, "inputmode=\"decimal\" class=\"short\"")
            }
            Type::Formed(TextForm::Time) => input(attributes, text, "class=\"short\""),
            Type::Formed(TextForm::Email) => input(attributes, text, "inputmode=\"email\""),
            Type::Formed(TextForm::Phone) => input(attributes, text, "inputmode=\"tel\""),
            Type::Formed(TextForm::Url | TextForm::HttpsUrl) => input(attributes, text, "inputmode=\"url\""),
            _ => input(attributes, text, ""),
        }
    }

    fn menu(&self, attributes: &str, options: &[(&str, Message)], chosen: &str) -> String {
        let options: Vec<(String, String)> =
            options.iter().map(|(value, text)| ((*value).to_owned(), self.say(text))).collect();
        self.menu_of(attributes, &options, chosen)
    }

    /// A menu with nothing chosen first; what is written and not in it comes last, so that it can be seen and stays.
    fn menu_of(&self, attributes: &str, options: &[(String, String)], chosen: &str) -> String {
        let option = |value: &str, text: &str| {
            let selected = if value == chosen { " selected" } else { "" };
            format!("<option value=\"{}\"{selected}>{}</option>", esc(value), esc(text))
        };
        let first = option("", &self.say(&say!("— chưa chọn —", "— none chosen —")));
        let all: String = options.iter().map(|(value, text)| option(value, text)).collect();
        let is_known = chosen.is_empty() || options.iter().any(|(value, _)| value == chosen);
        let unknown = say!("{chosen} (không có trong danh sách)", "{chosen} (not in the list)");
        let last = if is_known { String::new() } else { option(chosen, &self.say(&unknown)) };
        format!("<select {attributes}>{first}{all}{last}</select>")
    }

    /// Records of a kind, by their titles. One that is written by its code or symbol stays written so.
    fn reference(&self, attributes: &str, kind: &str, text: &str) -> String {
        let records = KindName::from_word(kind).and_then(|kind| self.known.records.get(&kind));
        let options = records.map(|records| titled(records, text)).unwrap_or_default();
        self.chosen_from(attributes, &options, text, kind)
    }

    fn any_reference(&self, attributes: &str, text: &str) -> String {
        let mut options = Vec::new();
        for (kind, records) in &self.known.records {
            let (word, label) = (kind.word(), self.label(&kind.label()));
            let key = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
            let of_kind = titled(records, key);
            options
                .extend(of_kind.into_iter().map(|(id, title)| (format!("{word}:{id}"), format!("{label}: {title}"))));
        }
        self.chosen_from(attributes, &options, text, "any")
    }

    fn chosen_from(&self, attributes: &str, options: &[(String, String)], text: &str, list: &str) -> String {
        if options.len() <= MOST_IN_MENU {
            return self.menu_of(attributes, options, text);
        }
        let title = options.iter().find(|(value, _)| value == text).map_or("", |(_, title)| title);
        format!(
            "<input {attributes} value=\"{}\" list=\"list-{list}\" autocomplete=\"off\"><p class=\"chosen\">{}</p>",
            esc(text),
            esc(title)
        )
    }

    /// The lists from which long references are searched.
    pub fn lists(&self) -> String {
        let all = self.known.records.iter().filter(|(_, records)| records.len() > MOST_IN_MENU);
        let list = |(kind, records): (&KindName, &Vec<(String, String)>)| {
            let options: String = records
                .iter()
                .map(|(value, title)| format!("<option value=\"{}\">{}</option>", esc(value), esc(title)))
                .collect();
            format!("<datalist id=\"list-{}\">{options}</datalist>", kind.word())
        };
        all.map(list).collect()
    }

    fn group(&self, one: &One<'_>, shape: &Shape, state: &State) -> String {
        let inside = self.fields_of(shape, one.name, state);
        let is_open = one.need == Need::Required || !state.is_blank() || self.has_fault_below(one.name);
        if is_open || one.name.ends_with(|c: char| c.is_ascii_digit()) {
            return self.fieldset(one, &inside, "group");
        }
        let add = say!("Thêm", "Add");
        let summary = format!("{}: {}", self.say(&add), one.label.to_lowercase());
        format!(
            "<details class=\"field\"><summary>{}</summary>{}</details>",
            esc(&summary),
            self.fieldset(one, &inside, "group")
        )
    }

    fn has_fault_below(&self, name: &str) -> bool {
        self.faults
            .iter()
            .any(|fault| fault.field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    fn fields_of(&self, shape: &Shape, above: &str, state: &State) -> String {
        let field = |known: &Field| self.field(known, above, state.get(known.key).unwrap_or(&State::Empty));
        shape.fields.iter().map(field).collect()
    }

    fn either(&self, one: &One<'_>, types: &[Type], state: &State) -> String {
        // What must be said begins with the usual way to say it.
        let usual = State::Either(0, Box::new(State::Empty));
        let state = if *state == State::Empty && one.need == Need::Required { &usual } else { state };
        let chosen = match state {
            State::Either(chosen, _) => Some(*chosen),
            _ => None,
        };
        let name = esc(one.name);
        let option = |at: Option<usize>, text: &str| {
            let (value, selected) =
                (at.map(|at| at.to_string()).unwrap_or_default(), if at == chosen { " selected" } else { "" });
            format!("<option value=\"{value}\"{selected}>{}</option>", esc(text))
        };
        let none = option(None, &self.say(&say!("— chưa nêu —", "— not stated —")));
        let all: String =
            types.iter().enumerate().map(|(at, ty)| option(Some(at), &self.say(&choice::label(ty)))).collect();
        let was = chosen.map(|at| at.to_string()).unwrap_or_default();
        let menu = format!(
            "<div class=\"way\"><select name=\"{name}~as\" data-way id=\"{id}-way\" aria-label=\"{label}: {how}\">{none}{all}</select>\
             <input type=\"hidden\" name=\"{name}~was\" value=\"{was}\"><noscript>{button}</noscript></div>",
            id = id(one.name),
            label = esc(&one.label),
            how = esc(&self.say(&say!("cách ghi", "how it is said"))),
            button = button("refresh", &esc(&self.say(&say!("Đổi cách ghi", "Change"))), "small"),
        );
        let inside = match (chosen.and_then(|at| types.get(at)), state) {
            (Some(ty), State::Either(_, state)) if choice::only_word(ty).is_none() => self.inner(one, ty, state),
            _ => String::new(),
        };
        self.fieldset(one, &format!("{menu}{inside}"), "either")
    }

    /// The fields of the way that was chosen, without another frame around them.
    fn inner(&self, one: &One<'_>, ty: &Type, state: &State) -> String {
        match (ty, state) {
            (_, State::InFile) => self.kept(one),
            (Type::Map(shape) | Type::Translated(shape), _) => self.fields_of(shape, one.name, state),
            (Type::List(item), _) if matches!(**item, Type::Word(_)) => {
                let Type::Word(words) = **item else { return String::new() };
                self.boxes(one.name, words, state)
            }
            (Type::List(item), _) => self.items(one, item, state),
            _ => {
                // The frame around it has the field's own ID, help and faults.
                let id = id(one.name);
                let attributes = format!(
                    "id=\"{id}-in\" name=\"{}\" aria-label=\"{}\" aria-describedby=\"{id}-help {id}-faults\"",
                    esc(one.name),
                    esc(&one.label)
                );
                self.control(&attributes, one.name, ty, state.text())
            }
        }
    }

    fn ticks(&self, one: &One<'_>, words: &[Word], state: &State) -> String {
        self.fieldset(one, &self.boxes(one.name, words, state), "ticks")
    }

    fn boxes(&self, name: &str, words: &[Word], state: &State) -> String {
        let items: Vec<&str> = match state {
            State::List(items) => items.iter().map(|item| item.state.text()).collect(),
            _ => Vec::new(),
        };
        let tick = |word: &str, text: &str| {
            let checked = if items.contains(&word) { " checked" } else { "" };
            format!(
                "<label><input type=\"checkbox\" name=\"{}\" value=\"{}\"{checked}> {}</label>",
                esc(name),
                esc(word),
                esc(text)
            )
        };
        let known: String = words.iter().map(|word| tick(word.word, self.label(&word.label))).collect();
        let others = items.iter().filter(|item| !item.is_empty() && !words.iter().any(|word| word.word == **item));
        let others: String = others
            .map(|item| tick(item, &self.say(&say!("{item} (không có từ này)", "{item} (no such word)"))))
            .collect();
        format!(
            "<input type=\"hidden\" name=\"{}~set\" value=\"1\"><div class=\"boxes\">{known}{others}</div>",
            esc(name)
        )
    }

    fn list(&self, one: &One<'_>, item: &Type, state: &State) -> String {
        self.fieldset(one, &self.items(one, item, state), "list")
    }

    fn items(&self, one: &One<'_>, ty: &Type, state: &State) -> String {
        // A list that should have something has a place for its first item.
        let first = [Item { from: None, state: State::Empty }];
        let items: &[Item] = match state {
            State::List(items) if !items.is_empty() => items,
            _ if one.need == Need::Optional => &[],
            _ => &first,
        };
        let shown: String = items.iter().enumerate().map(|(at, item)| self.item(one, ty, at, item)).collect();
        let add = say!("Thêm một mục", "Add one");
        let label =
            format!("{} <span class=\"hidden\">{}</span>", esc(&self.say(&add)), esc(&one.label.to_lowercase()));
        format!(
            "<input type=\"hidden\" name=\"{}~count\" value=\"{}\">{shown}{}",
            esc(one.name),
            items.len(),
            button(&format!("add:{}", one.name), &label, "add")
        )
    }

    fn item(&self, one: &One<'_>, ty: &Type, at: usize, item: &Item) -> String {
        let name = below(one.name, &at.to_string());
        let from = item.from.map_or(String::new(), |from| from.to_string());
        let label = format!("{} {}", one.label, at + 1);
        let own = One { name: &name, ty, label: label.clone(), need: Need::Optional };
        let fields = match item.state {
            State::Empty if choice::group(ty).is_some() => self.any(&own, &State::Map(Vec::new())),
            _ => self.any(&own, &item.state),
        };
        let act = |act: &str, text: Message| {
            let label = format!("{} <span class=\"hidden\">{}</span>", esc(&self.say(&text)), esc(&label));
            button(&format!("{act}:{name}"), &label, "small")
        };
        let up = if at > 0 { act("up", say!("Đưa lên", "Move up")) } else { String::new() };
        format!(
            "<div class=\"item\"><input type=\"hidden\" name=\"{}~from\" value=\"{from}\">{fields}<div class=\"acts\">{up}{}</div></div>",
            esc(&name),
            act("remove", say!("Bỏ mục này", "Remove"))
        )
    }

    fn word_counts(&self, one: &One<'_>, words: &[Word], state: &State) -> String {
        let count = |word: &Word| {
            let name = below(one.name, word.word);
            let text = state.get(word.word).map_or("", State::text);
            let label = self.label(&word.label).to_owned();
            self.scalar(&One { name: &name, ty: &Type::Integer { min: 0 }, label, need: Need::Optional }, text)
        };
        self.fieldset(one, &words.iter().map(count).collect::<String>(), "counts")
    }

    fn counts(&self, one: &One<'_>, key: CountKey, state: &State) -> String {
        let items: &[Item] = match state {
            State::List(items) => items,
            _ => &[],
        };
        let (key_type, key_label) = match key {
            CountKey::Code => (Type::Formed(TextForm::Code), say!("Mã thủ tục", "Procedure code")),
            _ => (Type::Text, say!("Tên", "Name")),
        };
        let line = |(at, item): (usize, &Item)| {
            let name = below(one.name, &at.to_string());
            let field = |key: &str, ty: &Type, label: String| {
                let name = below(&name, key);
                let text = item.state.get(key).map_or("", State::text);
                self.scalar(&One { name: &name, ty, label, need: Need::Optional }, text)
            };
            let count_label = self.say(&say!("Số lượng", "Count"));
            let label = format!("{} {}", one.label, at + 1);
            let remove = format!(
                "{} <span class=\"hidden\">{}</span>",
                esc(&self.say(&say!("Bỏ dòng này", "Remove"))),
                esc(&label)
            );
            format!(
                "<div class=\"item line\"><input type=\"hidden\" name=\"{}~from\" value=\"{at}\">{}{}{}</div>",
                esc(&name),
                field(COUNT.0, &key_type, self.say(&key_label)),
                field(COUNT.1, &Type::Integer { min: 0 }, count_label),
                button(&format!("remove:{name}"), &remove, "small")
            )
        };
        let shown: String = items.iter().enumerate().map(line).collect();
        let add = format!(
            "{} <span class=\"hidden\">{}</span>",
            esc(&self.say(&say!("Thêm một dòng", "Add a line"))),
            esc(&one.label.to_lowercase())
        );
        let inside = format!(
            "<input type=\"hidden\" name=\"{}~count\" value=\"{}\">{shown}{}",
            esc(one.name),
            items.len(),
            button(&format!("add:{}", one.name), &add, "add")
        );
        self.fieldset(one, &inside, "list")
    }
}

fn yes() -> (&'static str, Message) {
    ("true", say!("Có", "Yes"))
}

fn no() -> (&'static str, Message) {
    ("false", say!("Không", "No"))
}

/// Records by their IDs with their titles; one that is written by its natural key is offered by that.
fn titled(records: &[(String, String)], written: &str) -> Vec<(String, String)> {
    let symbol =
        |title: &str| records.iter().find(|(name, other)| other == title && !is_id(name)).map(|(name, _)| name);
    let by_key = records.iter().find(|(name, _)| name == written && !is_id(name)).map(|(_, title)| title);
    let own = records.iter().filter(|(name, _)| is_id(name));
    let mut all: Vec<(String, String)> = own
        .map(|(id, title)| {
            let value = if by_key == Some(title) { written } else { id };
            let behind = symbol(title).map_or(id.as_str(), String::as_str);
            (value.to_owned(), format!("{title} ({behind})"))
        })
        .collect();
    all.sort_by_cached_key(|(_, title)| crate::value::slug(title));
    all
}

/// The ID of a field's element.
pub fn id(name: &str) -> String {
    format!("f-{}", name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '_', "-"))
}

fn input(attributes: &str, text: &str, more: &str) -> String {
    format!("<input type=\"text\" {attributes} {more} value=\"{}\" autocomplete=\"off\">", esc(text))
}

/// A field that grows with its text. The first line break is the browser's, not the text's.
fn area(attributes: &str, text: &str, least: usize) -> String {
    let lines: usize = text.trim_end().split('\n').map(|line| line.chars().count() / 70 + 1).sum();
    let rows = lines.clamp(least, 24);
    format!("<textarea {attributes} rows=\"{rows}\">\n{}</textarea>", esc(text.trim_end()))
}

/// A button that works on the form. `label` is HTML.
pub fn button(act: &str, label: &str, class: &str) -> String {
    format!("<button name=\"do\" value=\"{}\" class=\"{class}\">{label}</button>", esc(act))
}
