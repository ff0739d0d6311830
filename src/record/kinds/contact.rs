//! Contacts: addresses that receive feedback or dossiers, reception rooms, boxes and hotlines. A role, never a person.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kinds::agency::Agency;
use crate::record::kinds::document::Document;
use crate::record::kinds::procedure::Posting;
use crate::record::macros::{shape, words};
use crate::record::published::{Around, Json};
use crate::record::reader::{Fields, Reader};
use crate::record::shape::Type;
use crate::record::value::{
    Count, Degrees, Email, Integer, PhoneNumber, Ref, Referable, Text, Time, Url, Value, list, published_list,
    required_slot,
};
use crate::say;
use crate::source::Span;
use crate::syntax::yaml::{Node, Value as NodeValue};
use crate::value::date::Date;
use crate::value::phone;

shape! {
    /// An address that receives feedback or dossiers.
    pub struct Contact {
        r#type: R ContactType, "Loại đầu mối", "Type";
        accepts: C Vec<Intention>, "Tiếp nhận", "Accepts";
        not_for: O Vec<Intention>, "Không tiếp nhận", "Not for";
        agency: O Option<Ref<Agency>>, "Cơ quan", "Agency";
        role: O Option<Text>, "Bộ phận phụ trách", "Role";
        address: O Option<Address>, "Địa chỉ", "Address";
        phones: O Vec<PhoneLine>, "Điện thoại", "Phones";
        email: O Option<Email>, "Thư điện tử", "E-mail";
        url: O Option<Url>, "Trang web", "Website";
        hours: O Vec<Hours>, "Giờ làm việc", "Hours";
        response_days: O Option<Integer<1>>, "Số ngày trả lời", "Days to an answer";
        tested_on: O Option<Date>, "Ngày kiểm tra", "Tested on";
        r#box: O Option<SuggestionBox>, "Hòm thư góp ý", "Suggestion box";
        reception: O Option<Reception>, "Lịch tiếp công dân", "Reception of citizens";
        posted_at: O Vec<Posting>, "Nơi niêm yết", "Posted at";
    }
}

impl Referable for Contact {
    const WORD: &'static str = "contact";
}

words! {
    /// What sort of address it is.
    pub enum ContactType {
        Office "office" "Trụ sở" "Office",
        OneStop "one_stop" "Bộ phận một cửa" "One-stop desk",
        Reception "reception" "Phòng tiếp công dân" "Reception room",
        SuggestionBox "suggestion_box" "Hòm thư góp ý" "Suggestion box",
        Hotline "hotline" "Đường dây nóng" "Hotline",
        Online "online" "Trực tuyến" "Online",
        DataProtection "data_protection" "Bảo vệ dữ liệu cá nhân" "Data protection",
    }
}

words! {
    /// What a person may want to do.
    pub enum Intention {
        Regulation "regulation" "Phản ánh, kiến nghị về quy định hành chính" "Feedback on regulations",
        Conduct "conduct" "Phản ánh về thái độ, hành vi của cán bộ, công chức" "Feedback on the conduct of officials",
        Complaint "complaint" "Khiếu nại" "Complaint",
        Denunciation "denunciation" "Tố cáo" "Denunciation",
        Question "question" "Hỏi đáp" "Question",
        Dossier "dossier" "Nộp hồ sơ" "Submit a dossier",
    }
}

shape! {
    /// A postal address; districts are gone since 2025.
    pub struct Address {
        street: R Text, "Số nhà, đường", "Street";
        commune: R Text, "Xã, phường", "Commune";
        province: R Text, "Tỉnh, thành phố", "Province";
        postal_code: O Option<Text>, "Mã bưu chính", "Postal code";
        latitude: O Option<Degrees<90>>, "Vĩ độ", "Latitude";
        longitude: O Option<Degrees<180>>, "Kinh độ", "Longitude";
    }
}

shape! {
    /// A phone line.
    pub struct PhoneLine {
        number: R PhoneNumber, "Số điện thoại", "Number";
        label: O Option<Text>, "Nhãn", "Label";
        extension: O Option<Text>, "Máy lẻ", "Extension";
    }
}

shape! {
    /// A span of a day in which the address is open; two spans a day are usual.
    pub struct Hours {
        days: R Days, "Ngày trong tuần", "Days";
        opens: R Time, "Mở cửa", "Opens";
        closes: R Time, "Đóng cửa", "Closes";
    }
}

words! {
    /// A day of the week.
    pub enum Weekday {
        Monday "monday" "Thứ Hai" "Monday",
        Tuesday "tuesday" "Thứ Ba" "Tuesday",
        Wednesday "wednesday" "Thứ Tư" "Wednesday",
        Thursday "thursday" "Thứ Năm" "Thursday",
        Friday "friday" "Thứ Sáu" "Friday",
        Saturday "saturday" "Thứ Bảy" "Saturday",
        Sunday "sunday" "Chủ nhật" "Sunday",
    }
}

shape! {
    /// A box for letters.
    pub struct SuggestionBox {
        location: R Text, "Vị trí", "Location";
        opened_every: R Text, "Thời gian mở hòm thư", "Opened";
    }
}

shape! {
    /// How citizens are received.
    pub struct Reception {
        rule: R Text, "Quy định", "Rule";
        outcome: O Option<ReceptionOutcome>, "Kết quả", "Outcome";
        rules_document: O Option<Ref<Document>>, "Nội quy", "Rules";
        sessions: R Vec<Session>, "Lịch", "Sessions";
    }
}

shape! {
    /// What came of past sessions.
    pub struct ReceptionOutcome {
        visits: R Count, "Lượt", "Visits";
        persons: R Count, "Người", "Persons";
        cases: R Count, "Vụ việc", "Cases";
    }
}

shape! {
    /// One session.
    pub struct Session {
        on: R Date, "Ngày", "On";
        from: R Time, "Từ", "From";
        to: R Time, "Đến", "To";
        chair: R Text, "Người chủ trì", "Chair";
        status: O Option<SessionStatus>, "Tình trạng", "Status";
        moved_to: O Option<Date>, "Chuyển sang ngày", "Moved to";
    }
}

/// On which days: weekdays one by one, or in words.
#[derive(Debug, Clone, PartialEq)]
pub enum Days {
    /// One by one.
    Listed(Vec<Weekday>),
    /// In words, such as "Thứ Hai đến thứ Sáu".
    InWords(Text),
}

impl Value for Days {
    fn describe() -> Type {
        Type::Either(vec![Type::List(Box::new(Weekday::describe())), Type::Text])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            NodeValue::Scalar(_) => Text::read(node, reader).map(Days::InWords),
            _ => list(node, reader).map(Days::Listed),
        }
    }

    fn absent() -> Self {
        Days::Listed(Vec::new())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        match self {
            Days::Listed(days) => published_list(days, around),
            Days::InWords(words) => words.publish(around),
        }
    }
}

required_slot!(Days);

words! {
    /// What became of a session.
    pub enum SessionStatus {
        Planned "planned" "Dự kiến" "Planned",
        Held "held" "Đã tiếp" "Held",
        Moved "moved" "Chuyển ngày" "Moved",
        Cancelled "cancelled" "Hủy" "Cancelled",
    }
}

impl Contact {
    /// What one contact can have wrong by itself, beyond its shape.
    pub fn check(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) {
        if !reader.found.faulty.contains(&"type") {
            self.check_reachable(reader, fields);
            self.check_complete(reader, fields);
            self.check_phones(reader);
        }
        for intention in self.not_for.iter().filter(|intention| self.accepts.contains(intention)) {
            let word = crate::record::value::Words::word(*intention);
            let place = fields.get("not_for").map_or(fields.place, |entry| place_of(&entry.value, word));
            let message =
                say!("`{word}` vừa ở `accepts` vừa ở `not_for`", "`{word}` is both in `accepts` and in `not_for`");
            reader.fault(Diagnostic::new(Code::InvalidValue, place, message));
        }
    }

    fn check_reachable(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) {
        let told = |code, message| Some(Diagnostic::new(code, fields.place, message));
        let fault = if is_unreachable(reader, fields) {
            let message = say!(
                "đầu mối này không có địa chỉ, điện thoại, thư điện tử hay trang web",
                "this contact has no address, phone, e-mail or website"
            );
            told(Code::ContactUnreachable, message)
        } else if self.r#type == ContactType::Hotline && fields.lacks("phones", reader) {
            told(Code::MissingKey, say!("đường dây nóng phải có `phones`", "a hotline needs `phones`"))
        } else if self.r#type == ContactType::Online && fields.lacks("url", reader) {
            told(Code::MissingKey, say!("đầu mối trực tuyến phải có `url`", "an online contact needs its `url`"))
        } else {
            None
        };
        fault.into_iter().for_each(|fault| reader.fault(fault));
    }

    /// Notes what only some types of contact need for a complete publication.
    fn check_complete(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) {
        let anywhere = matches!(self.r#type, ContactType::Hotline | ContactType::Online);
        if !anywhere && fields.lacks("address", reader) && !is_unreachable(reader, fields) {
            reader.found.incomplete.push("address".to_owned());
        }
        if self.r#type == ContactType::Reception && fields.lacks("reception", reader) {
            reader.found.incomplete.push("reception".to_owned());
        }
    }

    fn check_phones(&self, reader: &mut Reader<'_>) {
        for line in self.phones.iter().filter(|line| self.r#type != ContactType::Hotline && !line.number.is_empty()) {
            if phone::parse(&line.number).is_none() {
                let number: &str = &line.number;
                let message = say!(
                    "`{number}` là số ngắn; chỉ đường dây nóng (`hotline`) mới có số ngắn",
                    "`{number}` is a short code; only a `hotline` may have one"
                );
                reader.fault(Diagnostic::new(Code::InvalidPhone, line.number.place, message));
            }
        }
    }
}

/// Whether a contact has none of the keys by which people reach it.
fn is_unreachable(reader: &Reader<'_>, fields: &Fields<'_>) -> bool {
    ["address", "phones", "email", "url"].iter().all(|key| fields.lacks(key, reader))
}

/// Where a word stands in a list.
fn place_of(list: &Node, word: &str) -> Span {
    let NodeValue::List(items) = &list.value else { return list.span };
    items.iter().find(|item| item.text() == Some(word)).map_or(list.span, |item| item.span)
}
