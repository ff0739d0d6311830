//! `content/site.yaml`: the agency, the site and its feedback hook.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::record::common::CheckCode;
use crate::record::kinds::agency::Agency;
use crate::record::kinds::answer::Topic;
use crate::record::kinds::statistics::Category;
use crate::record::macros::{shape, words};
use crate::record::published::{Around, Json};
use crate::record::reader::{Description, Fields, Reader, describe};
use crate::record::shape::{Type, Word};
use crate::record::value::{
    Count, Email, Integer, LanguageCode, LocalId, Ref, Text, TimeZoneName, Url, Value, Words, read_word, required_slot,
};
use crate::say;
use crate::syntax::yaml::{Entry, Node, Value as NodeValue};
use crate::value::address::{self, Scheme};
use crate::value::date::Date;

shape! {
    /// The site's configuration.
    pub struct Config {
        title: R Text, "Tên trang", "Title";
        agency: R Ref<Agency>, "Cơ quan", "Agency";
        base_url: R Url, "Địa chỉ trang", "Base address";
        languages: O Vec<LanguageCode>, "Ngôn ngữ", "Languages";
        time_zone: O Option<TimeZoneName>, "Múi giờ", "Time zone";
        theme: O Option<LocalId>, "Giao diện", "Theme";
        editor: O Option<Text>, "Đơn vị quản trị", "Editor";
        staging: O Option<bool>, "Trang thử", "Staging";
        banner: O Option<Text>, "Thông báo khẩn", "Banner";
        fields: O Vec<FieldOfWork>, "Các lĩnh vực", "Fields";
        portal: O Option<Portal>, "Cổng dịch vụ công", "Portal";
        feedback: O Option<Feedback>, "Góp ý", "Feedback";
        security: O Option<Security>, "An toàn thông tin", "Security";
        reporting: O Option<Reporting>, "Thống kê phải có", "Reporting";
        limits: O Option<Limits>, "Thời hạn", "Limits";
        holidays: O Vec<Date>, "Ngày nghỉ", "Holidays";
        outputs: O Option<Outputs>, "Sản phẩm", "Outputs";
        checks: O Option<Checks>, "Mức độ kiểm tra", "Checks";
    }
}

/// A field of work: its name, and its names in other languages.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldOfWork {
    /// The name in the default language.
    pub name: Text,
    /// Names by language code.
    pub translations: Vec<(String, Text)>,
}

impl Value for FieldOfWork {
    fn describe() -> Type {
        Type::Either(vec![Type::Text, Type::Translated(FieldKeys::shape().clone())])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let NodeValue::Map(entries) = &node.value else {
            return Text::read(node, reader).map(|name| FieldOfWork { name, translations: Vec::new() });
        };
        let is_other = |entry: &Entry| crate::record::value::is_language(&entry.key.text);
        let (other, known): (Vec<_>, Vec<_>) = entries.iter().cloned().partition(is_other);
        let name = FieldKeys::read(&Node { span: node.span, value: NodeValue::Map(known) }, reader)?.name;
        let translations = other
            .iter()
            .filter_map(|entry| Text::read(&entry.value, reader).map(|text| (entry.key.text.clone(), text)));
        Some(FieldOfWork { name, translations: translations.collect() })
    }

    fn absent() -> Self {
        FieldOfWork { name: Text::absent(), translations: Vec::new() }
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        Value::publish(&self.name, around)
    }
}

shape! {
    /// A field of work as it is written.
    pub struct FieldKeys {
        name: R Text, "Tên lĩnh vực", "Name";
    }
}

shape! {
    /// The public-service portal.
    pub struct Portal {
        procedure_url: O Option<Url>, "Địa chỉ thủ tục", "Address of a procedure";
    }
}

shape! {
    /// Where the feedback form goes.
    pub struct Feedback {
        hook: O Option<Hook>, "Cách nhận", "Hook";
        endpoint: O Option<Url>, "Địa chỉ nhận", "Endpoint";
        email: O Option<Email>, "Thư điện tử", "E-mail";
        topics: O Vec<Topic>, "Nội dung góp ý", "Topics";
        retention_months: O Option<Integer<1>>, "Số tháng lưu giữ", "Months kept";
    }
}

words! {
    /// How feedback reaches the agency.
    pub enum Hook {
        None "none" "Không có" "None",
        Inbox "inbox" "Hộp thư của minhbach" "The program's inbox",
        Url "url" "Địa chỉ khác" "Another address",
        Mailto "mailto" "Thư điện tử" "E-mail",
    }
}

shape! {
    /// What security.txt says.
    pub struct Security {
        contact: R Text, "Liên hệ", "Contact";
        expires: R Date, "Hết hạn", "Expires";
    }
}

shape! {
    /// Which statistics must exist.
    pub struct Reporting {
        granularity: R Granularity, "Kỳ", "Granularity";
        closes_on_day: O Option<Integer<1>>, "Ngày chốt", "Closes on day";
        since: R Date, "Từ ngày", "Since";
        categories: O Vec<Category>, "Loại đơn thư", "Categories";
    }
}

words! {
    /// The length of a reporting period.
    pub enum Granularity {
        Month "month" "Tháng" "Month",
        Quarter "quarter" "Quý" "Quarter",
        Half "half" "Nửa năm" "Half-year",
        Year "year" "Năm" "Year",
    }
}

shape! {
    /// How old things may become, in months.
    pub struct Limits {
        review_months: O Option<Count>, "Rà soát", "Review";
        verify_document_months: O Option<Count>, "Kiểm tra văn bản", "Verify documents";
        test_contact_months: O Option<Count>, "Kiểm tra đầu mối", "Test contacts";
    }
}

shape! {
    /// Which files a build makes beside the pages.
    pub struct Outputs {
        search: O Option<bool>, "Tìm kiếm", "Search";
        open_data: O Option<bool>, "Dữ liệu mở", "Open data";
        record_json: O Option<bool>, "JSON từng bản ghi", "JSON of each record";
        feeds: O Option<bool>, "Nguồn tin", "Feeds";
        posting_sheets: O Option<bool>, "Tờ niêm yết", "Posting sheets";
        compress: O Option<bool>, "Nén sẵn", "Compress";
    }
}

words! {
    /// The level that `checks` gives a check.
    pub enum CheckLevel {
        Off "off" "tắt" "off",
        Warning "warning" "cảnh báo" "warning",
        Error "error" "lỗi" "error",
    }
}

/// Changed levels of checks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checks(pub Vec<(Code, CheckLevel)>);

impl Value for Checks {
    fn describe() -> Type {
        Type::Levels(CHECK_LEVELS)
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let NodeValue::Map(entries) = &node.value else {
            let Description(vi, en) = describe(node);
            reader.wrong_type(
                node,
                say!("cần các dòng `tên-kiểm-tra: mức`, ở đây là {vi}", "expected lines `check: level`, found {en}"),
            );
            return None;
        };
        let read = |entry: &crate::syntax::yaml::Entry| {
            let scalar =
                crate::syntax::yaml::Scalar { text: entry.key.text.clone(), style: crate::syntax::yaml::Style::Plain };
            let key = Node { span: entry.key.span, value: NodeValue::Scalar(scalar) };
            let code = CheckCode::read(&key, reader);
            let level = read_word::<CheckLevel>(&entry.value, reader);
            Some((code?.code, level?))
        };
        Some(Checks(entries.iter().filter_map(read).collect()))
    }

    fn absent() -> Self {
        Checks::default()
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        self.0.iter().map(|(code, level)| (code.name().to_owned(), Json::from(level.word()))).collect()
    }
}

const CHECK_LEVELS: &[Word] = CheckLevel::WORDS;

required_slot!(FieldOfWork, Checks);

impl Config {
    /// What the configuration can have wrong by itself, beyond its shape.
    pub fn check(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) {
        self.check_languages(reader, fields);
        self.check_base_url(reader, fields);
        self.check_security(reader);
        let Some(feedback) = &self.feedback else { return };
        let place = fields.get("feedback").map_or(fields.place, |entry| entry.key.span);
        let sound = !reader.found.faulty.contains(&"feedback");
        let lacks = match feedback.hook() {
            Hook::Inbox | Hook::Url if feedback.endpoint.is_none() => Some("endpoint"),
            Hook::Mailto if feedback.email.is_none() => Some("email"),
            _ => None,
        };
        if let Some(key) = lacks.filter(|_| sound) {
            let hook = feedback.hook().word();
            let message = say!("`hook: {hook}` cần khóa `{key}`", "`hook: {hook}` needs the key `{key}`");
            reader.fault(Diagnostic::new(Code::MissingKey, place, message));
        }
    }

    /// Every address of the site begins with the base address, so that ends with a path, and the path with where it says.
    fn check_base_url(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) {
        let climbs = self.base_url.split('/').any(|part| matches!(part, "." | ".."));
        let Some(entry) = fields.get("base_url").filter(|_| climbs || self.base_url.contains(['?', '#'])) else {
            return;
        };
        let message = say!(
            "địa chỉ trang không được có `?`, `#` hay phần `..`",
            "the site's address cannot have `?`, `#` or a part `..`"
        );
        reader.fault(Diagnostic::new(Code::InvalidUrl, entry.value.span, message));
    }

    /// RFC 9116 asks for an address that a person can use: a page, a letter, a call.
    fn check_security(&self, reader: &mut Reader<'_>) {
        let Some(contact) = self.security.as_ref().map(|security| &security.contact) else { return };
        let text: &str = contact;
        let is_phone = |digits: &str| digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
        let sound = match text.split_once(':') {
            Some(("mailto", email)) => address::is_email(email),
            Some(("tel", digits)) => is_phone(digits),
            Some(_) => address::is_url(text, Scheme::Https),
            None => !text.contains(char::is_control),
        };
        if !sound {
            let message = say!(
                "`contact` phải là thư điện tử, địa chỉ `https://` hoặc `tel:`",
                "`contact` must be an e-mail, an `https://` address or `tel:`"
            );
            reader.fault(Diagnostic::new(Code::InvalidUrl, contact.place, message));
        }
    }

    fn check_languages(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) {
        if let Some(entry) = fields.get("languages").filter(|entry| entry.value.value == NodeValue::List(Vec::new())) {
            let message = say!("`languages` cần ít nhất một mục", "`languages` needs at least one item");
            let help = say!("viết `[vi]`, hoặc bỏ cả dòng khóa này", "write `[vi]`, or remove the key");
            reader.fault(Diagnostic::new(Code::OutOfRange, entry.value.span, message).help(help));
        }
        for (index, language) in self.languages.iter().enumerate() {
            let code: &str = language;
            if self.languages[..index].iter().any(|earlier| earlier.as_str() == code) {
                reader.fault(Diagnostic::new(
                    Code::InvalidValue,
                    language.place,
                    say!("ngôn ngữ `{code}` viết hai lần", "the language `{code}` is listed twice"),
                ));
            }
        }
    }

    /// The languages of the site, the default one first.
    pub fn languages(&self) -> Vec<&str> {
        if self.languages.is_empty() {
            vec!["vi"]
        } else {
            self.languages.iter().map(|language| &***language).collect()
        }
    }

    /// The default language.
    pub fn default_language(&self) -> &str {
        self.languages()[0]
    }

    /// The name of the site's time zone.
    pub fn time_zone(&self) -> &str {
        self.time_zone.as_ref().map_or("Asia/Ho_Chi_Minh", |zone| zone)
    }

    /// The name of the site's theme.
    pub fn theme(&self) -> &str {
        self.theme.as_ref().map_or("default", |theme| theme)
    }

    /// The level of a code: the author's, or the code's own. None where the check is off.
    pub fn level(&self, code: Code) -> Option<Level> {
        let changed = self.checks.as_ref().and_then(|checks| checks.0.iter().find(|(changed, _)| *changed == code));
        match changed.map(|(_, level)| level) {
            Some(CheckLevel::Off) => None,
            Some(CheckLevel::Warning) => Some(Level::Warning),
            Some(CheckLevel::Error) => Some(Level::Error),
            None => Some(code.level()),
        }
    }

    /// The topics that the feedback form offers.
    pub fn topics(&self) -> Vec<Topic> {
        let chosen = self.feedback.as_ref().map(|feedback| feedback.topics.clone()).unwrap_or_default();
        if chosen.is_empty() { Topic::ALL.to_vec() } else { chosen }
    }
}

impl Feedback {
    /// How feedback reaches the agency.
    pub fn hook(&self) -> Hook {
        self.hook.unwrap_or(Hook::None)
    }
}
