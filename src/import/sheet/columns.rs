//! The columns that a kind's sheet may have: its description, made flat.
//!
//! A key inside a map is `period.start`, labelled `Kỳ thống kê – Từ ngày`; in a list of maps `phones[].number`, where a header may say
//! which item: `phones[2].number`, `Điện thoại 2 – Số điện thoại`. A list is one column with `;` or line breaks between its items, also
//! a list of maps of which only one key is required: `Điện thoại` alone.

use crate::record::kind::KindName;
use crate::record::kinds::statistics::ChannelKey;
use crate::record::shape::{CountKey, Label, Need, Shape, Type, Word};
use crate::record::value::Words;
use crate::value::slug;

/// A column that a kind's sheet may have.
#[derive(Debug, Clone)]
pub struct Column {
    /// The key, with `[]` where a list's item is meant.
    pub path: String,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
    /// What a cell may be.
    pub ty: Type,
    /// Whether the record needs it.
    pub need: Need,
    /// Of a breakdown's column: the breakdown's own path, and the word that the column counts.
    pub counts: Option<(String, &'static str)>,
}

/// Where a column's values go: a key with numbered items.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// As `phones[2].number`.
    pub path: String,
    /// The freely chosen key of a breakdown: `by_procedure` and `2.001620`.
    pub count: Option<String>,
}

/// The name of the column that holds a record's ID.
pub const ID: &str = "id";

/// All columns of a kind.
pub fn of(kind: KindName) -> Vec<Column> {
    let mut columns = Vec::new();
    walk_shape(&kind.full_shape(), &Parent::default(), &mut columns);
    columns
}

/// What leads to a key.
#[derive(Default, Clone)]
struct Parent {
    path: String,
    vi: String,
    en: String,
    /// Whether all that leads there is required.
    is_optional: bool,
}

impl Parent {
    fn key(&self, key: &str, label: Label, need: Need) -> Parent {
        let join = |before: &str, mark: &str, name: &str| {
            if before.is_empty() { name.to_owned() } else { format!("{before}{mark}{name}") }
        };
        Parent {
            path: join(&self.path, ".", key),
            vi: join(&self.vi, " – ", label.vi),
            en: join(&self.en, " – ", label.en),
            is_optional: self.is_optional || need != Need::Required,
        }
    }

    fn item(&self) -> Parent {
        Parent { path: format!("{}[]", self.path), ..self.clone() }
    }
}

fn walk_shape(shape: &Shape, parent: &Parent, out: &mut Vec<Column>) {
    for field in &shape.fields {
        let own = parent.key(field.key, field.label, field.need);
        let need = if parent.is_optional && field.need == Need::Required { Need::Optional } else { field.need };
        if is_cell(&field.ty) {
            let (path, vi, en) = (own.path.clone(), own.vi.clone(), own.en.clone());
            out.push(Column { path, vi, en, ty: field.ty.clone(), need, counts: None });
        }
        walk(&field.ty, &own, out);
    }
}

/// The columns inside a value.
fn walk(ty: &Type, parent: &Parent, out: &mut Vec<Column>) {
    match ty {
        Type::Map(shape) => walk_shape(shape, parent, out),
        Type::List(item) => walk(item, &parent.item(), out),
        Type::Either(types) => types.iter().for_each(|ty| walk(ty, parent, out)),
        Type::Counts(keys) => {
            for word in counted(*keys) {
                let own = parent.key(word.word, word.label, Need::Optional);
                let ty = Type::Integer { min: 0 };
                let counts = Some((parent.path.clone(), word.word));
                out.push(Column { path: own.path, vi: own.vi, en: own.en, ty, need: Need::Optional, counts });
            }
        }
        _ => {}
    }
}

/// The usual keys of a breakdown.
fn counted(keys: CountKey) -> &'static [Word] {
    match keys {
        CountKey::Word(words) => words,
        CountKey::Any => ChannelKey::WORDS,
        CountKey::Code => &[],
    }
}

/// Whether one cell can hold such a value.
pub fn is_cell(ty: &Type) -> bool {
    match ty {
        Type::Map(shape) => is_period(shape),
        Type::Counts(_) | Type::Levels(_) | Type::Translated(_) => false,
        Type::List(item) => is_cell(item) || sole(item).is_some(),
        Type::Either(types) => types.iter().any(is_cell),
        _ => true,
    }
}

/// Whether a map is a span of days, which a cell may hold in words: `Quý I/2026`.
pub fn is_period(shape: &Shape) -> bool {
    shape.fields.iter().map(|field| field.key).eq(["start", "end"])
}

/// The one key that a map must have, where it is a cell's: such a map can be written as that key's value alone.
pub fn sole(ty: &Type) -> Option<(&'static str, &Type)> {
    let Type::Map(shape) = ty else { return None };
    let mut required = shape.fields.iter().filter(|field| field.need == Need::Required);
    let only = required.next().filter(|_| required.next().is_none())?;
    is_cell(&only.ty).then_some((only.key, &only.ty))
}

/// What a kind's staff write above a column instead of its label.
const ALSO: &[(&str, &str, &str)] = &[
    ("document", "Trích yếu", "title"),
    ("document", "Trích yếu nội dung", "title"),
    ("document", "Số hiệu", "symbol"),
    ("document", "Tên văn bản", "title"),
    ("contact", "Tên đầu mối", "title"),
    ("contact", "Số điện thoại", "phones"),
    ("contact", "Email", "email"),
    ("procedure", "Tên thủ tục", "title"),
    ("procedure", "Tên thủ tục hành chính", "title"),
    ("procedure", "Mã TTHC", "code"),
    ("agency", "Tên cơ quan", "title"),
    ("statistics", "Tháng", "period"),
    ("statistics", "Kỳ", "period"),
    ("statistics", "Quý", "period"),
];

/// Headers of columns that hold no part of a record.
const NOT_A_KEY: [&str; 6] = ["stt", "tt", "so-tt", "so-thu-tu", "no", "ghi-chu-noi-bo"];

/// What a header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Where the column's values go.
    Key(Target),
    /// The record's ID.
    Id,
    /// Nothing that a record has, such as a running number.
    Nothing,
}

/// The columns of a kind by what people call them.
pub struct Names {
    kind: KindName,
    columns: Vec<Column>,
}

impl Names {
    /// The names of a kind's columns.
    pub fn of(kind: KindName) -> Names {
        Names { kind, columns: of(kind) }
    }

    /// All columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What a header says, where it says anything known.
    pub fn meaning(&self, header: &str) -> Option<Meaning> {
        let plain = without_hints(header);
        let (name, numbers) = numbered(&slug(&plain));
        if ["id", "ma-ban-ghi", "record-id"].contains(&name.as_str()) {
            return Some(Meaning::Id);
        }
        if NOT_A_KEY.contains(&name.as_str()) {
            return Some(Meaning::Nothing);
        }
        if let Some(count) = self.counted(&plain) {
            return Some(Meaning::Key(count));
        }
        let column = self.whole(&name).or_else(|| self.also(&name)).or_else(|| self.last_part(&name))?;
        Some(Meaning::Key(match &column.counts {
            Some((path, word)) => Target { path: with_numbers(path, &numbers), count: Some((*word).to_owned()) },
            None => Target { path: with_numbers(&column.path, &numbers), count: None },
        }))
    }

    /// The labels, for "did you mean".
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().flat_map(|column| [column.vi.as_str(), column.en.as_str(), column.path.as_str()])
    }

    fn whole(&self, name: &str) -> Option<&Column> {
        let all = |column: &&Column| [&column.path, &column.vi, &column.en].iter().any(|text| slug(text) == name);
        self.columns.iter().find(all)
    }

    fn also(&self, name: &str) -> Option<&Column> {
        let (_, _, path) = ALSO.iter().find(|(kind, said, _)| *kind == self.kind.word() && slug(said) == name)?;
        self.columns.iter().find(|column| column.path == *path)
    }

    /// The column whose last part is so called, where only one is.
    fn last_part(&self, name: &str) -> Option<&Column> {
        let last = |text: &str, mark: &str| text.rsplit(mark).next().map(slug);
        let fits = |column: &&Column| {
            [last(&column.path, "."), last(&column.vi, " – "), last(&column.en, " – ")].contains(&Some(name.to_owned()))
        };
        let mut all = self.columns.iter().filter(fits);
        all.next().filter(|_| all.next().is_none())
    }

    /// A breakdown's own key: `Theo thủ tục – 2.001620`, `by_channel.zalo`.
    fn counted(&self, header: &str) -> Option<Target> {
        let shape = self.kind.shape();
        let fields = shape.fields.iter().filter(|field| matches!(field.ty, Type::Counts(_)));
        let names = fields.flat_map(|field| [field.key, field.label.vi, field.label.en].map(|name| (field, name)));
        for (field, name) in names {
            let Some(rest) = strip_prefix_ignoring_case(header, name) else { continue };
            let own = rest.trim_start_matches([' ', '–', '-', '.', ':', '/']).trim();
            let Type::Counts(keys) = field.ty else { continue };
            let word = counted(keys)
                .iter()
                .find(|word| [word.word, word.label.vi, word.label.en].iter().any(|known| slug(known) == slug(own)));
            if !own.is_empty() && own.len() < rest.len() {
                let key = word.map_or(own, |word| word.word).to_owned();
                return Some(Target { path: field.key.to_owned(), count: Some(key) });
            }
        }
        None
    }
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let length: usize = text.chars().take(prefix.chars().count()).map(char::len_utf8).sum();
    (text[..length].to_lowercase() == prefix.to_lowercase()).then(|| &text[length..])
}

/// A header without what only helps to fill the column in: `Tên (bắt buộc) *`.
fn without_hints(header: &str) -> String {
    let mut plain = header.to_owned();
    while let Some((start, end)) = plain.find('(').and_then(|start| Some((start, start + plain[start..].find(')')?))) {
        plain.replace_range(start..=end, " ");
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(['*', ':', ' ']).to_owned()
}

/// A slug without its numbers, and the numbers.
fn numbered(slug: &str) -> (String, Vec<usize>) {
    let (numbers, words): (Vec<&str>, Vec<&str>) =
        slug.split('-').partition(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    (words.join("-"), numbers.iter().filter_map(|number| number.parse().ok()).collect())
}

/// A path whose items have numbers; 1 where the header says none.
fn with_numbers(path: &str, numbers: &[usize]) -> String {
    let mut numbers = numbers.iter();
    let mut parts = path.split("[]");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| format!("{path}[{}]{part}", numbers.next().unwrap_or(&1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(kind: &str, header: &str) -> Option<String> {
        let names = Names::of(KindName::from_word(kind).unwrap());
        names.meaning(header).map(|meaning| match meaning {
            Meaning::Id => "ID".to_owned(),
            Meaning::Nothing => "-".to_owned(),
            Meaning::Key(Target { path, count: None }) => path,
            Meaning::Key(Target { path, count: Some(key) }) => format!("{path}={key}"),
        })
    }

    #[test]
    fn a_header_is_a_key_or_a_label_in_either_language() {
        for header in ["period.start", "Kỳ thống kê – Từ ngày", "KỲ THỐNG KÊ - TỪ NGÀY *", "Period – From", "Từ ngày"]
        {
            assert_eq!(meant("statistics", header).as_deref(), Some("period.start"), "{header}");
        }
        assert_eq!(meant("statistics", "Tháng").as_deref(), Some("period"));
        assert_eq!(meant("document", "Số, ký hiệu").as_deref(), Some("symbol"));
        assert_eq!(meant("document", "Số/ký hiệu (bắt buộc)").as_deref(), Some("symbol"));
        assert_eq!(meant("document", "STT").as_deref(), Some("-"));
        assert_eq!(meant("document", "Mã bản ghi").as_deref(), Some("ID"));
        assert_eq!(meant("document", "Người soạn"), None);
    }

    #[test]
    fn items_of_a_list_have_numbers() {
        assert_eq!(meant("contact", "Điện thoại").as_deref(), Some("phones"));
        assert_eq!(meant("contact", "Điện thoại 2 – Số điện thoại").as_deref(), Some("phones[2].number"));
        assert_eq!(meant("contact", "phones[3].label").as_deref(), Some("phones[3].label"));
        assert_eq!(meant("contact", "Giờ làm việc – Mở cửa").as_deref(), Some("hours[1].opens"));
    }

    #[test]
    fn breakdowns_have_their_own_keys() {
        assert_eq!(meant("statistics", "Theo kênh tiếp nhận – Trực tuyến").as_deref(), Some("by_channel=online"));
        assert_eq!(meant("statistics", "by_channel.zalo").as_deref(), Some("by_channel=zalo"));
        assert_eq!(meant("statistics", "Theo thủ tục – 2.001620").as_deref(), Some("by_procedure=2.001620"));
    }

    #[test]
    fn every_column_of_every_kind_is_found_by_its_key_and_labels() {
        for kind in KindName::ALL {
            let names = Names::of(*kind);
            for column in names.columns() {
                let target = with_numbers(&column.path, &[]);
                for header in [&column.path, &column.vi, &column.en] {
                    let found = match names.meaning(header) {
                        Some(Meaning::Key(Target { path, count: None })) => path,
                        Some(Meaning::Key(Target { path, count: Some(key) })) => format!("{path}.{key}"),
                        other => format!("{other:?}"),
                    };
                    let same_label = names.columns().iter().any(|other| {
                        with_numbers(&other.path, &[]) == found && (other.vi == column.vi || other.en == column.en)
                    });
                    assert!(found == target || same_label, "{}: `{header}` is {found}, not {target}", kind.word());
                }
            }
        }
    }
}
