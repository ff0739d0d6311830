//! Feedback statistics, one record per period and category.

use std::ops::Deref;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kinds::contact::Contact;
use crate::record::macros::{shape, words};
use crate::record::published::{Around, Json};
use crate::record::reader::{Description, Reader, Step, describe};
use crate::record::shape::{CountKey, Type};
use crate::record::value::{Count, Ref, Referable, SameKind, Text, Value, Words, required_slot};
use crate::say;
use crate::source::Span;
use crate::syntax::yaml::{Entry, Node, Value as NodeValue};
use crate::value::code;
use crate::value::date::Date;

shape! {
    /// The feedback of one period and category in numbers.
    pub struct Statistics {
        period: R Period, "Kỳ thống kê", "Period";
        category: R Category, "Loại đơn thư", "Category";
        classes: O Vec<Class>, "Phạm vi số liệu", "Classes";
        opening: R Count, "Tồn đầu kỳ", "Open at the start";
        received: R Count, "Tiếp nhận trong kỳ", "Received";
        resolved_on_time: R Count, "Giải quyết đúng hạn", "Resolved on time";
        resolved_late: R Count, "Giải quyết quá hạn", "Resolved late";
        refused: O Option<Count>, "Không thụ lý", "Refused";
        transferred: O Option<Count>, "Chuyển cơ quan khác", "Transferred";
        withdrawn_by_sender: O Option<Count>, "Người gửi rút", "Withdrawn by the sender";
        closing: R Count, "Tồn cuối kỳ", "Open at the end";
        by_class: O Option<Counts<ByClass>>, "Theo nội dung", "By class";
        by_channel: O Option<Counts<ByChannel>>, "Theo kênh tiếp nhận", "By channel";
        by_procedure: O Option<Counts<ByProcedure>>, "Theo thủ tục", "By procedure";
        answers_published: O Option<Count>, "Đã công khai trả lời", "Answers published";
        satisfied: O Option<Count>, "Hài lòng", "Satisfied";
        unsatisfied: O Option<Count>, "Chưa hài lòng", "Unsatisfied";
        zero_report: O Option<ZeroReport>, "Báo cáo không phát sinh", "Nil report";
        corrects: O Option<SameKind>, "Đính chính cho", "Corrects";
        source: O Option<SourceOfFigures>, "Nguồn số liệu", "Source";
        inbox_digest: O Option<Text>, "Dấu của hộp thư", "Inbox digest";
    }
}

impl Referable for Statistics {
    const WORD: &'static str = "statistics";
}

/// A span of days, both ends included.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// Where it is written.
    pub place: Span,
}

impl Period {
    /// Whether it holds all days of `other`.
    pub fn holds(&self, other: &Period) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// How many days it has.
    pub fn days(&self) -> i64 {
        self.start.civil().until(self.end.civil()).map_or(0, |span| i64::from(span.get_days())) + 1
    }

    /// Its length class: periods follow one another only within one.
    pub fn length(&self) -> Length {
        match self.days() {
            27..=32 => Length::Month,
            84..=98 => Length::Quarter,
            170..=190 => Length::Half,
            350..=380 => Length::Year,
            days => Length::Days(days),
        }
    }
}

/// How long a period is. Bounds leave room for periods that close on another day than the month's last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// About a month.
    Month,
    /// About three months.
    Quarter,
    /// About six months.
    Half,
    /// About a year.
    Year,
    /// So many days.
    Days(i64),
}

shape! {
    /// A period as it is written.
    pub struct PeriodKeys {
        start: R Date, "Từ ngày", "From";
        end: R Date, "Đến ngày", "To";
    }
}

impl Value for Period {
    fn describe() -> Type {
        PeriodKeys::describe()
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if let (NodeValue::Scalar(scalar), "report") = (&node.value, reader.kind()) {
            let text = crate::record::value::shortened(&scalar.text);
            let message = say!(
                "`{text}` không phải là một kỳ: kỳ có ngày đầu và ngày cuối",
                "`{text}` is no period: a period has a first and a last day"
            );
            let help = say!(
                "viết `period:` với `start: năm-tháng-ngày` và `end: năm-tháng-ngày`",
                "write `period:` with `start: year-month-day` and `end: year-month-day`"
            );
            reader.fault(Diagnostic::new(Code::RelativePeriod, node.span, message).help(help));
            return None;
        }
        let before = reader.found.faults.len();
        let keys = PeriodKeys::read(node, reader)?;
        if reader.found.has_error_since(before) {
            return None;
        }
        if keys.end < keys.start {
            let place = node.get("end").map_or(node.span, |end| end.span);
            let (start, end) = (keys.start, keys.end);
            let message = say!(
                "kỳ kết thúc ({end}) trước khi bắt đầu ({start})",
                "the period ends ({end}) before it starts ({start})"
            );
            reader.fault(Diagnostic::new(Code::PeriodReversed, place, message));
            return None;
        }
        Some(Period { start: keys.start, end: keys.end, place: node.span })
    }

    fn absent() -> Self {
        Period { start: Date::absent(), end: Date::absent(), place: crate::record::value::nowhere() }
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        serde_json::json!({ "start": self.start.to_string(), "end": self.end.to_string() })
    }
}

words! {
    /// Categories that are never added together.
    pub enum Category {
        Feedback "feedback" "Phản ánh, kiến nghị" "Feedback",
        Complaint "complaint" "Khiếu nại" "Complaints",
        Denunciation "denunciation" "Tố cáo" "Denunciations",
    }
}

words! {
    /// What feedback is about.
    pub enum Class {
        Regulation "regulation" "Quy định hành chính" "Regulations",
        Conduct "conduct" "Hành vi hành chính" "Conduct",
    }
}

words! {
    /// Where figures come from.
    pub enum SourceOfFigures {
        Inbox "inbox" "Hộp thư góp ý của trang" "The site's inbox",
        Manual "manual" "Nhập tay" "Entered by hand",
    }
}

words! {
    /// The keys of `by_class`.
    pub enum ClassKey {
        Regulation "regulation" "Quy định hành chính" "Regulations",
        Conduct "conduct" "Hành vi hành chính" "Conduct",
        Other "other" "Nội dung khác" "Other",
    }
}

words! {
    /// The usual keys of `by_channel`; others are allowed.
    pub enum ChannelKey {
        Online "online" "Trực tuyến" "Online",
        Direct "direct" "Trực tiếp" "In person",
        Postal "postal" "Bưu chính" "By post",
        Box "box" "Hòm thư góp ý" "Suggestion box",
        Hotline "hotline" "Đường dây nóng" "Hotline",
        Email "email" "Thư điện tử" "E-mail",
        Phone "phone" "Điện thoại" "Phone",
        Other "other" "Kênh khác" "Other",
    }
}

shape! {
    /// A zero is a statement, not a gap.
    pub struct ZeroReport {
        confirmed_on: R Date, "Ngày xác nhận", "Confirmed on";
        channels_checked: R Vec<Ref<Contact>>, "Các kênh đã kiểm tra", "Channels checked";
    }
}

/// What the keys of a breakdown are.
pub trait Breakdown {
    /// The form of its keys.
    const KEYS: CountKey;
}

/// By class.
#[derive(Debug, Clone, PartialEq)]
pub struct ByClass;
/// By channel.
#[derive(Debug, Clone, PartialEq)]
pub struct ByChannel;
/// By procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct ByProcedure;

impl Breakdown for ByClass {
    const KEYS: CountKey = CountKey::Word(ClassKey::WORDS);
}
impl Breakdown for ByChannel {
    const KEYS: CountKey = CountKey::Any;
}
impl Breakdown for ByProcedure {
    const KEYS: CountKey = CountKey::Code;
}

/// A breakdown: counts by key.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts<K> {
    /// The counts, in the order of the file.
    pub counts: Vec<(Text, Count)>,
    /// Where the breakdown is written.
    pub place: Span,
    /// Where each count is written.
    pub places: Vec<Span>,
    keys: std::marker::PhantomData<K>,
}

impl<K> Deref for Counts<K> {
    type Target = [(Text, Count)];
    fn deref(&self) -> &Self::Target {
        &self.counts
    }
}

impl<K: Breakdown> Value for Counts<K> {
    fn describe() -> Type {
        Type::Counts(K::KEYS)
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let NodeValue::Map(entries) = &node.value else {
            let Description(vi, en) = describe(node);
            reader.wrong_type(
                node,
                say!("cần các dòng `khóa: số`, ở đây là {vi}", "expected lines `key: number`, found {en}"),
            );
            return None;
        };
        let before = reader.found.faults.len();
        let counts = entries.iter().filter_map(|entry| read_count::<K>(entry, reader)).collect();
        let places = entries.iter().map(|entry| entry.value.span).collect();
        let sound = !reader.found.has_error_since(before);
        sound.then_some(Counts { counts, place: node.span, places, keys: std::marker::PhantomData })
    }

    fn absent() -> Self {
        let place = crate::record::value::nowhere();
        Counts { counts: Vec::new(), place, places: Vec::new(), keys: std::marker::PhantomData }
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        self.counts.iter().map(|(key, count)| (key.to_string(), Json::from(**count))).collect()
    }
}

fn read_count<K: Breakdown>(entry: &Entry, reader: &mut Reader<'_>) -> Option<(Text, Count)> {
    let Entry { key, value } = entry;
    match K::KEYS {
        CountKey::Word(words) if !words.iter().any(|word| word.word == key.text) => {
            let (name, all) = (&key.text, crate::record::suggest::listed(words.iter().map(|word| word.word)));
            let message =
                say!("không có khóa `{name}` ở đây; có: {all}", "there is no key `{name}` here; there are: {all}");
            let help = crate::record::suggest::word(name, words).map(crate::record::suggest::did_you_mean);
            reader.fault(Diagnostic::new(Code::UnknownKey, key.span, message).maybe_help(help));
        }
        CountKey::Code if code::prefix(&key.text).is_none() => {
            let text = &key.text;
            let message = say!("`{text}` không phải là mã thủ tục", "`{text}` is no procedure code");
            reader.fault(Diagnostic::new(Code::InvalidCode, key.span, message));
        }
        CountKey::Code => reader.reference("procedure", &key.text, key.span),
        CountKey::Any => drop(reader.key(key)),
        CountKey::Word(_) => {}
    }
    let count = reader.below(Step::Word(key.text.clone()), key.span, |reader| Count::read(value, reader))?;
    Some((Text::new(&crate::value::text::nfc(&key.text), key.span), count))
}

required_slot!(Period);
