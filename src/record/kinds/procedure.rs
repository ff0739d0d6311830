//! Administrative procedures (thủ tục hành chính): what a citizen must bring where, what it costs and how long it takes.
//!
//! The parts are those of Nghị định 63/2010/NĐ-CP, article 8, as the national portal labels them.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kinds::agency::Agency;
use crate::record::kinds::contact::Contact;
use crate::record::kinds::document::Document;
use crate::record::macros::{shape, words};
use crate::record::published::{Around, Json};
use crate::record::reader::Reader;
use crate::record::shape::{Label, Type, Word};
use crate::record::suggest;
use crate::record::value::{
    self, Count, Decimal, FilePath, HttpsUrl, Integer, Markdown, Placed, ProcedureCode, Ref, Referable, Text, Url,
    Value, required_slot,
};
use crate::say;
use crate::syntax::yaml::{Node, Style, Value as NodeValue};
use crate::value::date::Date;

shape! {
    /// An administrative procedure.
    pub struct Procedure {
        code: R ProcedureCode, "Mã thủ tục", "Procedure code";
        plain_title: O Option<Text>, "Tên thường gọi", "Plain title";
        field: R Text, "Lĩnh vực", "Field";
        status: O Option<Status>, "Tình trạng", "Status";
        abolished: O Option<Abolished>, "Bãi bỏ", "Abolished";
        internal: O Option<bool>, "Thủ tục nội bộ", "Internal";
        levels: C Vec<GovernmentLevel>, "Cấp thực hiện", "Levels";
        applicants: C Vec<Text>, "Đối tượng thực hiện", "Applicants";
        executing_agencies: C Vec<Ref<Agency>>, "Cơ quan thực hiện", "Executing agencies";
        competent_agencies: O Vec<Ref<Agency>>, "Cơ quan có thẩm quyền", "Competent agencies";
        coordinating_agencies: O Vec<Ref<Agency>>, "Cơ quan phối hợp", "Coordinating agencies";
        decision: C Option<Ref<Document>>, "Quyết định công bố", "Publishing decision";
        submit_at: C Vec<Ref<Contact>>, "Nơi nộp hồ sơ", "Where to submit";
        online_level: R OnlineLevel, "Mức độ trực tuyến", "Online level";
        channels: R Vec<Placed<Channel>>, "Cách thức thực hiện", "Ways to submit";
        steps: R Vec<Step>, "Trình tự thực hiện", "Steps";
        dossiers: C Vec<Dossier>, "Thành phần hồ sơ", "What to bring";
        dossier_sets: O Option<Integer<1>>, "Số bộ hồ sơ", "Number of sets";
        results: C Vec<Outcome>, "Kết quả thực hiện", "What you get";
        requirements: C Option<Requirements>, "Yêu cầu, điều kiện", "Requirements";
        legal_basis: C Vec<LegalBasis>, "Căn cứ pháp lý", "Legal basis";
        forms: O Vec<Form>, "Mẫu đơn, tờ khai", "Forms";
        related: O Vec<Ref<Procedure>>, "Thủ tục liên quan", "Related procedures";
        keywords: O Vec<Text>, "Từ khóa", "Keywords";
        electronic_workflow: O Option<ElectronicWorkflow>, "Quy trình điện tử", "Electronic workflow";
        simplification: O Vec<Simplification>, "Cắt giảm, đơn giản hóa", "Simplification";
        posted_at: O Vec<Posting>, "Nơi niêm yết", "Posted at";
    }
}

impl Referable for Procedure {
    const WORD: &'static str = "procedure";
}

words! {
    /// Whether a procedure can be used.
    pub enum Status {
        Active "active" "Đang áp dụng" "In use",
        Suspended "suspended" "Tạm ngừng" "Suspended",
        Abolished "abolished" "Đã bãi bỏ" "Abolished",
    }
}

words! {
    /// The level of government that carries out a procedure.
    pub enum GovernmentLevel {
        Central "central" "Cấp trung ương" "Central",
        Province "province" "Cấp tỉnh" "Province",
        Commune "commune" "Cấp xã" "Commune",
        Other "other" "Cơ quan khác" "Other",
    }
}

words! {
    /// How much of a procedure can be done online.
    pub enum OnlineLevel {
        Full "full" "Dịch vụ công trực tuyến toàn trình" "Fully online",
        Partial "partial" "Dịch vụ công trực tuyến một phần" "Partly online",
        None "none" "Cung cấp thông tin trực tuyến" "Information online",
    }
}

words! {
    /// How a dossier reaches the agency, or a result the applicant.
    pub enum Method {
        Direct "direct" "Trực tiếp" "In person",
        Online "online" "Trực tuyến" "Online",
        Postal "postal" "Dịch vụ bưu chính" "By post",
    }
}

words! {
    /// Who does a step.
    pub enum Actor {
        Applicant "applicant" "Người nộp hồ sơ" "Applicant",
        Agency "agency" "Cơ quan giải quyết" "Agency",
    }
}

words! {
    /// The unit of a processing time.
    pub enum TimeUnit {
        Hour "hour" "giờ" "hours",
        WorkingDay "working_day" "ngày làm việc" "working days",
        Day "day" "ngày" "days",
        Month "month" "tháng" "months",
        Year "year" "năm" "years",
    }
}

words! {
    /// What a payment is by law.
    pub enum FeeKind {
        Fee "fee" "Phí" "Fee",
        Charge "charge" "Lệ phí" "Charge",
        Price "price" "Giá dịch vụ" "Service price",
    }
}

words! {
    /// Where a procedure is posted.
    pub enum PostingPlace {
        Headquarters "headquarters" "Trụ sở cơ quan" "Headquarters",
        Website "website" "Trang thông tin điện tử" "Website",
    }
}

shape! {
    /// The end of a procedure.
    pub struct Abolished {
        on: R Date, "Ngày bãi bỏ", "Abolished on";
        decision: R Ref<Document>, "Quyết định bãi bỏ", "Decision";
        successor: O Option<Ref<Procedure>>, "Thủ tục thay thế", "Successor";
    }
}

shape! {
    /// One way to submit, with its time and fees.
    pub struct Channel {
        method: R Method, "Hình thức nộp", "Method";
        case: O Option<Text>, "Trường hợp", "Case";
        url: O Option<HttpsUrl>, "Địa chỉ nộp trực tuyến", "Online address";
        processing_time: C Option<ProcessingTime>, "Thời hạn giải quyết", "Processing time";
        fees: C Option<Fees>, "Phí, lệ phí", "Fees";
        note: O Option<Markdown>, "Ghi chú", "Note";
    }
}

shape! {
    /// A processing time in numbers.
    pub struct MeasuredTime {
        value: R Decimal<true>, "Số", "Value";
        unit: R TimeUnit, "Đơn vị", "Unit";
        note: O Option<Text>, "Ghi chú", "Note";
    }
}

shape! {
    /// What cannot be said in numbers.
    pub struct InWords {
        text: R Text, "Nội dung", "Text";
    }
}

/// How long an agency may take.
#[derive(Debug, Clone, PartialEq)]
pub enum ProcessingTime {
    /// In numbers.
    Measured(MeasuredTime),
    /// In words.
    InWords(Text),
}

impl Value for ProcessingTime {
    fn describe() -> Type {
        Type::Either(vec![MeasuredTime::describe(), InWords::describe()])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if is_in_words(node) {
            return InWords::read(node, reader).map(|words| ProcessingTime::InWords(words.text));
        }
        MeasuredTime::read(node, reader).map(ProcessingTime::Measured)
    }

    fn absent() -> Self {
        ProcessingTime::InWords(Text::absent())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        match self {
            ProcessingTime::Measured(time) => time.publish(around),
            ProcessingTime::InWords(words) => in_words(words),
        }
    }
}

/// What is said in words, as it is written.
fn in_words(words: &Text) -> Json {
    serde_json::json!({ "text": &**words })
}

/// Whether a map is meant to say something in words, its key `text` perhaps misspelt.
fn is_in_words(node: &Node) -> bool {
    let NodeValue::Map(entries) = &node.value else { return false };
    let words = |key: &str| suggest::key(key, InWords::shape()).is_some();
    let numbers = |key: &str| ["value", "kind", "unit", "amount"].contains(&key);
    entries.iter().any(|entry| words(&entry.key.text)) && !entries.iter().any(|entry| numbers(&entry.key.text))
}

shape! {
    /// A payment in numbers.
    pub struct Amount {
        kind: R FeeKind, "Loại", "Kind";
        amount: R Decimal<false>, "Mức", "Amount";
        currency: O Option<Currency>, "Đơn vị tiền", "Currency";
        note: O Option<Text>, "Ghi chú", "Note";
        basis: O Option<Ref<Document>>, "Căn cứ", "Basis";
    }
}

words! {
    /// A currency, by its ISO 4217 code.
    pub enum Currency {
        Vnd "VND" "đồng" "VND",
        Usd "USD" "đô la Mỹ" "US dollars",
        Eur "EUR" "euro" "euros",
    }
}

/// One payment: in numbers, or in words where numbers cannot say it.
#[derive(Debug, Clone, PartialEq)]
pub enum Fee {
    /// In numbers.
    Amount(Amount),
    /// In words.
    InWords(Text),
}

impl Fee {
    /// The document that it rests on.
    pub fn basis(&self) -> Option<&Ref<Document>> {
        match self {
            Fee::Amount(amount) => amount.basis.as_ref(),
            Fee::InWords(_) => None,
        }
    }
}

impl Value for Fee {
    fn describe() -> Type {
        Type::Either(vec![Amount::describe(), InWords::describe()])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if is_in_words(node) {
            return InWords::read(node, reader).map(|words| Fee::InWords(words.text));
        }
        Amount::read(node, reader).map(Fee::Amount)
    }

    fn absent() -> Self {
        Fee::InWords(Text::absent())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        match self {
            Fee::Amount(amount) => amount.publish(around),
            Fee::InWords(words) => in_words(words),
        }
    }
}

/// What a channel costs. Absent means "not stated", never free.
#[derive(Debug, Clone, PartialEq)]
pub enum Fees {
    /// Nothing.
    Free,
    /// These payments.
    Payments(Vec<Fee>),
}

const FREE: &[Word] = &[Word { word: "free", label: Label { vi: "Miễn phí", en: "Free of charge" } }];
const NONE: &[Word] = &[Word { word: "none", label: Label { vi: "Không có", en: "None" } }];

impl Value for Fees {
    fn describe() -> Type {
        Type::Either(vec![Type::Word(FREE), Type::List(Box::new(Fee::describe())), InWords::describe()])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            NodeValue::Scalar(scalar) if scalar.text == "free" => Some(Fees::Free),
            NodeValue::Scalar(scalar) => {
                value::unknown_word(node, &scalar.text, FREE, reader);
                None
            }
            NodeValue::Map(_) => {
                InWords::read(node, reader).map(|words| Fees::Payments(vec![Fee::InWords(words.text)]))
            }
            _ => value::list(node, reader).map(Fees::Payments),
        }
    }

    fn absent() -> Self {
        Fees::Free
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        match self {
            Fees::Free => Json::from(FREE[0].word),
            Fees::Payments(payments) => value::published_list(payments, around),
        }
    }
}

shape! {
    /// One step of the way.
    pub struct Step {
        title: O Option<Text>, "Tên bước", "Title";
        actor: O Option<Actor>, "Người thực hiện", "Who";
        text: R Markdown, "Nội dung", "Text";
    }
}

shape! {
    /// The papers for one case.
    pub struct Dossier {
        case: O Option<Text>, "Trường hợp", "Case";
        documents: R Vec<Paper>, "Giấy tờ", "Papers";
    }
}

shape! {
    /// A paper to bring.
    pub struct Paper {
        name: R Text, "Tên giấy tờ", "Name";
        originals: O Option<Count>, "Bản chính", "Originals";
        copies: O Option<Count>, "Bản sao", "Copies";
        form: O Option<Form>, "Mẫu", "Form";
        note: O Option<Text>, "Ghi chú", "Note";
    }
}

shape! {
    /// A form with its title.
    pub struct TitledForm {
        title: R Text, "Tên mẫu", "Title";
        file: O Option<FilePath>, "Tệp", "File";
        url: O Option<Url>, "Địa chỉ", "Address";
    }
}

/// A form to fill in: with its title, or a file alone.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// With its title.
    Titled(TitledForm),
    /// A file alone.
    File(FilePath),
}

impl Value for Form {
    fn describe() -> Type {
        Type::Either(vec![TitledForm::describe(), Type::File])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            NodeValue::Scalar(_) => FilePath::read(node, reader).map(Form::File),
            _ => TitledForm::read(node, reader).map(Form::Titled),
        }
    }

    fn absent() -> Self {
        Form::File(FilePath::absent())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        match self {
            Form::Titled(form) => form.publish(around),
            Form::File(file) => Value::publish(file, around),
        }
    }
}

shape! {
    /// What the applicant gets.
    pub struct Outcome {
        name: R Text, "Tên kết quả", "Name";
        validity: O Option<Text>, "Thời hạn hiệu lực", "Validity";
        delivery: O Vec<Method>, "Cách trả kết quả", "Delivery";
    }
}

/// What an applicant must fulfil.
#[derive(Debug, Clone, PartialEq)]
pub enum Requirements {
    /// Nothing.
    None,
    /// In words.
    Text(Markdown),
}

impl Value for Requirements {
    fn describe() -> Type {
        Type::Either(vec![Type::Word(NONE), Type::Markdown])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            NodeValue::Scalar(scalar) if scalar.text == "none" && scalar.style == Style::Plain => {
                Some(Requirements::None)
            }
            _ => Markdown::read(node, reader).map(Requirements::Text),
        }
    }

    fn absent() -> Self {
        Requirements::None
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        match self {
            Requirements::None => Json::from(NONE[0].word),
            Requirements::Text(text) => Value::publish(text, around),
        }
    }
}

shape! {
    /// A document and the articles that count.
    pub struct Articles {
        document: R Ref<Document>, "Văn bản", "Document";
        articles: R Text, "Điều khoản", "Articles";
    }
}

/// A document that a procedure rests on, with or without its articles.
#[derive(Debug, Clone, PartialEq)]
pub struct LegalBasis {
    /// The document.
    pub document: Ref<Document>,
    /// The articles that count.
    pub articles: Option<Text>,
}

impl Value for LegalBasis {
    fn describe() -> Type {
        Type::Either(vec![Ref::<Document>::describe(), Articles::describe()])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            NodeValue::Map(_) => {
                Articles::read(node, reader).map(|a| LegalBasis { document: a.document, articles: Some(a.articles) })
            }
            _ => Ref::read(node, reader).map(|document| LegalBasis { document, articles: None }),
        }
    }

    fn absent() -> Self {
        LegalBasis { document: Ref::absent(), articles: None }
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        let document = Value::publish(&self.document, around);
        match &self.articles {
            None => document,
            Some(articles) => serde_json::json!({ "document": document, "articles": &**articles }),
        }
    }
}

shape! {
    /// The electronic workflow of a procedure.
    pub struct ElectronicWorkflow {
        decision: O Option<Ref<Document>>, "Quyết định phê duyệt", "Decision";
        url: O Option<Url>, "Địa chỉ", "Address";
        updated_on: O Option<Date>, "Ngày cập nhật", "Updated on";
    }
}

shape! {
    /// Something cut or made simpler.
    pub struct Simplification {
        on: R Date, "Ngày", "On";
        kind: R Text, "Nội dung đơn giản hóa", "Kind";
        before: R Text, "Trước", "Before";
        after: R Text, "Sau", "After";
        decision: O Option<Ref<Document>>, "Quyết định", "Decision";
    }
}

shape! {
    /// Where something is posted, since when.
    pub struct Posting {
        place: R PostingPlace, "Nơi niêm yết", "Place";
        on: R Date, "Ngày niêm yết", "On";
    }
}

required_slot!(ProcessingTime, Fees, Form, Requirements, LegalBasis);

impl Procedure {
    /// Whether it can be used.
    pub fn status(&self) -> Status {
        self.status.unwrap_or(Status::Active)
    }

    /// What one procedure can have wrong by itself, beyond its shape.
    pub fn check(&self, reader: &mut Reader<'_>, top: crate::source::Span) {
        if self.status() == Status::Abolished && self.abolished.is_none() && !reader.found.faulty.contains(&"abolished")
        {
            let message = say!(
                "thủ tục đã bãi bỏ phải có `abolished` với ngày và quyết định bãi bỏ",
                "an abolished procedure needs `abolished` with the day and the decision"
            );
            let help = say!(
                "thêm `abolished:` với `on: năm-tháng-ngày` và `decision: số văn bản`",
                "add `abolished:` with `on: year-month-day` and `decision: symbol`"
            );
            reader.fault(Diagnostic::new(Code::AbolishedWithoutDecision, top, message).help(help));
        }
    }
}
