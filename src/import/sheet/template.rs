//! `--template`: an empty sheet of a kind, with its columns explained, drop-downs for words and references, and an example row.
//!
//! The first sheet is filled in, the second explains every column, the third, hidden, holds what the drop-downs offer.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Note, Workbook, Worksheet, XlsxError,
};

use crate::diagnostic::{Language, Message};
use crate::import::draft::Kind;
use crate::import::sheet::cell::letters;
use crate::import::sheet::columns::{Column, Names, is_cell, is_period};
use crate::import::sheet::references::References;
use crate::record::shape::{Form, Need, Type, Word};
use crate::say;

/// How many rows below the header have formats and drop-downs.
const ROWS: u32 = 2000;
/// The keys of every record that a template has; the others may be added.
const COMMON: [&str; 4] = ["title", "summary", "updated_on", "next_review_on"];

/// The workbook's bytes.
///
/// # Errors
/// Where the library cannot write it, which would be a fault of this module.
pub fn workbook(kind: Kind, references: &References, language: Language) -> Result<Vec<u8>, XlsxError> {
    let names = Names::of(kind);
    let mut columns = chosen(kind, names.columns());
    columns.iter_mut().for_each(|column| name_apart(column, &names));
    let mut lists = Lists::default();
    let mut book = Workbook::new();
    let mut sheet = Worksheet::new();
    sheet.set_name(say!("Dữ liệu", "Data").get(language))?;
    fill(&mut sheet, &columns, references, &mut lists, language)?;
    let explained = explained(&columns, language)?;
    let offered = lists.sheet(language)?;
    book.push_worksheet(sheet);
    book.push_worksheet(explained);
    book.push_worksheet(offered);
    book.save_to_buffer()
}

/// The columns of a template: each key once, as one cell where one can hold it.
fn chosen(kind: Kind, all: &[Column]) -> Vec<Column> {
    let mut chosen: Vec<Column> = Vec::new();
    let own = kind.shape();
    let top = |column: &Column| column.path.split(['.', '[']).next().unwrap_or_default().to_owned();
    for column in all {
        let top = top(column);
        let is_inside =
            |other: &Column| column.path.strip_prefix(&other.path).is_some_and(|rest| rest.starts_with(['.', '[']));
        let belongs = own.field(&top).is_some() || COMMON.contains(&top.as_str()) || top == "body" && has_body(kind);
        if belongs && !chosen.iter().any(is_inside) {
            chosen.push(column.clone());
        }
    }
    chosen.sort_by_key(|column| kind.rank(&top(column)));
    chosen
}

/// Where two columns have one label, the key stands in its place.
fn name_apart(column: &mut Column, names: &Names) {
    let own = names.meaning(&column.path);
    for label in [&mut column.vi, &mut column.en] {
        if names.meaning(label) != own {
            label.clone_from(&column.path);
        }
    }
}

fn has_body(kind: Kind) -> bool {
    matches!(kind, Kind::Answer | Kind::Page | Kind::Update | Kind::Report)
}

/// What drop-downs offer, one list a column of the hidden sheet.
#[derive(Default)]
struct Lists {
    lists: Vec<Vec<String>>,
}

impl Lists {
    /// The range of a list.
    fn range(&mut self, list: Vec<String>, language: Language) -> Formula {
        let at = self.lists.iter().position(|known| *known == list).unwrap_or(self.lists.len());
        if at == self.lists.len() {
            self.lists.push(list);
        }
        let (name, letters, last) = (Lists::name(language), letters(at), self.lists[at].len());
        Formula::new(format!("='{name}'!${letters}$1:${letters}${last}"))
    }

    fn name(language: Language) -> String {
        say!("Danh mục", "Lists").get(language).to_owned()
    }

    fn sheet(&self, language: Language) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(Lists::name(language))?.set_hidden(true);
        for (column, list) in (0u16..).zip(&self.lists) {
            for (row, item) in (0u32..).zip(list) {
                sheet.write_string(row, column, item)?;
            }
        }
        Ok(sheet)
    }
}

fn fill(
    sheet: &mut Worksheet,
    columns: &[Column],
    references: &References,
    lists: &mut Lists,
    language: Language,
) -> Result<(), XlsxError> {
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0xDD_E8_F5));
    let required = header.clone().set_background_color(Color::RGB(0xFB_E3_C8));
    let example = Format::new().set_italic().set_font_color(Color::RGB(0x6B_6B_6B)).set_num_format("@");
    sheet.write_with_format(0, 0, "ID", &header)?;
    let id = say!(
        "Mã bản ghi (tên tệp). Để trống với bản ghi mới: chương trình tự đặt. Dòng bắt đầu bằng “Ví dụ” được bỏ qua.",
        "The record's ID (its file name). Leave it empty for a new record: the program makes one. A row that begins with “Example” is left out."
    );
    sheet.insert_note(0, 0, &note(&id, language))?;
    sheet.write_with_format(1, 0, say!("Ví dụ", "Example").get(language), &example)?;
    for (at, column) in (1u16..).zip(columns) {
        let label = label(column, language);
        let is_required = column.need == Need::Required;
        let shown = if is_required { format!("{label} *") } else { label.to_owned() };
        sheet.write_with_format(0, at, shown, if is_required { &required } else { &header })?;
        sheet.insert_note(0, at, &note(&explanation(column), language))?;
        sheet.set_column_width(at, f64::from(u16::try_from(label.chars().count().clamp(14, 32)).unwrap_or(32)))?;
        sheet.set_column_format(at, &format_of(&column.ty))?;
        let value = example_of(&column.ty, references, language);
        sheet.write_with_format(1, at, value, &example)?;
        if let Some(validation) = validation(&column.ty, references, lists, language)? {
            sheet.add_data_validation(1, at, ROWS, at, &validation)?;
        }
    }
    sheet.set_column_width(0, 16)?.set_freeze_panes(1, 0)?.set_row_height(0, 48)?;
    Ok(())
}

fn note(text: &Message, language: Language) -> Note {
    Note::new(text.get(language)).add_author_prefix(false).set_width(320).set_height(120)
}

fn label(column: &Column, language: Language) -> &str {
    match language {
        Language::Vi => &column.vi,
        Language::En => &column.en,
    }
}

/// Days are shown as days; everything else is text, so that no code, phone number or symbol becomes a number.
fn format_of(ty: &Type) -> Format {
    match ty {
        Type::Date => Format::new().set_num_format("dd/mm/yyyy"),
        Type::Integer { .. } | Type::Decimal { .. } | Type::Degrees { .. } => Format::new(),
        _ => Format::new().set_num_format("@").set_text_wrap(),
    }
}

/// The drop-down of a column; several items of a list are typed over it, so there it only offers.
fn validation(
    ty: &Type,
    references: &References,
    lists: &mut Lists,
    language: Language,
) -> Result<Option<DataValidation>, XlsxError> {
    let (offered, strict): (Vec<String>, bool) = match ty {
        Type::Word(words) => (labels(words, language), true),
        Type::Bool => {
            (vec![say!("có", "yes").get(language).to_owned(), say!("không", "no").get(language).to_owned()], true)
        }
        Type::Reference(kind) => (owned(references.offered(kind)), false),
        Type::List(item) => match &**item {
            Type::Word(words) => (labels(words, language), false),
            Type::Reference(kind) => (owned(references.offered(kind)), false),
            _ => (Vec::new(), false),
        },
        _ => (Vec::new(), false),
    };
    if offered.is_empty() {
        return Ok(None);
    }
    let rule = DataValidation::new().allow_list_formula(lists.range(offered, language));
    let style = if strict { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Information };
    let message = say!("Chọn một mục trong danh sách.", "Choose one of the list.");
    let rule = rule.set_error_style(style).set_error_message(message.get(language))?;
    Ok(Some(rule.show_error_message(strict)))
}

fn labels(words: &[Word], language: Language) -> Vec<String> {
    words.iter().map(|word| word_label(word, language).to_owned()).collect()
}

fn word_label(word: &Word, language: Language) -> &'static str {
    match language {
        Language::Vi => word.label.vi,
        Language::En => word.label.en,
    }
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// The sheet that explains every column.
fn explained(columns: &[Column], language: Language) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(say!("Giải thích", "Explanations").get(language))?;
    let heads = [say!("Ở bảng", "In the sheet"), say!("Trong tệp", "In the file"), say!("Ghi gì", "What to write")];
    for (at, head) in (0u16..).zip(&heads) {
        sheet.write_with_format(0, at, head.get(language), &bold)?;
    }
    for (row, column) in (1u32..).zip(columns) {
        sheet.write_with_format(row, 0, label(column, language), &wrap)?;
        sheet.write_with_format(row, 1, column.path.as_str(), &wrap)?;
        sheet.write_with_format(row, 2, explanation(column).get(language), &wrap)?;
    }
    sheet.set_column_width(0, 40)?.set_column_width(1, 30)?.set_column_width(2, 80)?;
    Ok(sheet)
}

/// What a column takes, in a sentence or two.
fn explanation(column: &Column) -> Message {
    let need = match column.need {
        Need::Required => say!("Bắt buộc.", "Required."),
        Need::Complete => say!("Cần để công khai đầy đủ.", "Needed for a complete publication."),
        Need::Optional => say!("Không bắt buộc.", "Optional."),
    };
    let what = described(&column.ty);
    let more = if column.path.contains("[]") {
        say!(
            " Thêm mục thứ hai: thêm cột cùng tên với số 2 sau tên nhóm.",
            " For a second item add a column of the same name with 2 behind the group's."
        )
    } else {
        Message { vi: String::new(), en: String::new() }
    };
    Message { vi: format!("{} {}.{}", need.vi, what.vi, more.vi), en: format!("{} {}.{}", need.en, what.en, more.en) }
}

fn described(ty: &Type) -> Message {
    match ty {
        Type::Markdown => say!("Chữ, có thể nhiều đoạn", "Text, of several paragraphs if needed"),
        Type::Bool => say!("`có` hoặc `không`", "`yes` or `no`"),
        Type::Date => say!("Ngày, như 25/12/2026", "A day, such as 25/12/2026"),
        Type::Integer { min } => say!("Số nguyên từ {min}", "A whole number from {min}"),
        Type::Decimal { .. } => say!("Một số", "A number"),
        Type::Word(words) => {
            let (vi, en) = (labels(words, Language::Vi).join("; "), labels(words, Language::En).join("; "));
            say!("Một trong: {vi}", "One of: {en}")
        }
        Type::Formed(form) => formed(*form),
        Type::Reference(_) => {
            say!("Một bản ghi có sẵn: tên, mã, hoặc số, ký hiệu", "A record that is there: its title, code or symbol")
        }
        Type::AnyReference => say!("Một bản ghi, như `procedure:ID`", "A record, such as `procedure:ID`"),
        Type::File => say!("Tên tệp trong content/files", "A file's name in content/files"),
        Type::List(item) => {
            let Message { vi, en } = described(item);
            say!(
                "{vi}; nhiều mục thì cách nhau bằng dấu ; hoặc xuống dòng",
                "{en}; several with ; or line breaks between"
            )
        }
        Type::Map(shape) if is_period(shape) => {
            say!("Kỳ, như 01/2026, Quý I/2026, Năm 2026", "A period, such as 01/2026, Quarter 1/2026, 2026")
        }
        Type::Either(types) => types.iter().find(|ty| is_cell(ty)).map_or_else(|| say!("Chữ", "Text"), described),
        Type::Degrees { limit } => say!("Độ, từ -{limit} đến {limit}", "Degrees, from -{limit} to {limit}"),
        Type::Text | Type::Map(_) | Type::Translated(_) | Type::Levels(_) | Type::Counts(_) => say!("Chữ", "Text"),
    }
}

fn formed(form: Form) -> Message {
    match form {
        Form::Code => say!("Mã thủ tục, như 2.001620", "A procedure's code, such as 2.001620"),
        Form::Symbol => say!("Số, ký hiệu, như 63/2010/NĐ-CP", "A document's symbol, such as 63/2010/NĐ-CP"),
        Form::Phone => say!("Số điện thoại, như 0239 123 4567", "A phone number, such as 0239 123 4567"),
        Form::Email => say!("Địa chỉ thư, như so@example.gov.vn", "A mail address, such as so@example.gov.vn"),
        Form::Url | Form::HttpsUrl => {
            say!("Địa chỉ web, như https://example.gov.vn", "A web address, such as https://example.gov.vn")
        }
        Form::Time => say!("Giờ, như 07:30", "A time, such as 07:30"),
        _ => say!("Chữ thường, số, gạch nối", "Small letters, digits, hyphens"),
    }
}

/// A value that a column could have.
pub(super) fn example_of(ty: &Type, references: &References, language: Language) -> String {
    let said = |vi: &str, en: &str| match language {
        Language::Vi => vi.to_owned(),
        Language::En => en.to_owned(),
    };
    match ty {
        Type::Text | Type::Markdown => said("…", "…"),
        Type::Bool => said("không", "no"),
        Type::Date => "25/12/2026".to_owned(),
        Type::Integer { min } => (*min).max(1).to_string(),
        Type::Decimal { .. } | Type::Degrees { .. } => "5".to_owned(),
        Type::Word(words) => words.first().map(|word| word_label(word, language).to_owned()).unwrap_or_default(),
        Type::Formed(Form::Code) => "2.001620".to_owned(),
        Type::Formed(Form::Symbol) => "63/2010/NĐ-CP".to_owned(),
        Type::Formed(Form::Phone) => "0239 123 4567".to_owned(),
        Type::Formed(Form::Email) => "so@example.gov.vn".to_owned(),
        Type::Formed(Form::Url | Form::HttpsUrl) => "https://example.gov.vn".to_owned(),
        Type::Formed(Form::Time) => "07:30".to_owned(),
        Type::Reference(kind) => {
            references.offered(kind).first().map_or_else(|| "…".to_owned(), |first| (*first).to_owned())
        }
        Type::List(item) => example_of(item, references, language),
        Type::Map(shape) if is_period(shape) => "01/2026".to_owned(),
        Type::Map(_) => crate::import::sheet::columns::sole(ty)
            .map_or_else(String::new, |(_, inner)| example_of(inner, references, language)),
        Type::Either(types) => {
            types.iter().find(|ty| is_cell(ty)).map_or_else(String::new, |ty| example_of(ty, references, language))
        }
        Type::File => "mau-01.docx".to_owned(),
        _ => "…".to_owned(),
    }
}
