//! Published answers to feedback, and dialogues.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kinds::agency::Agency;
use crate::record::kinds::document::Document;
use crate::record::kinds::procedure::Procedure;
use crate::record::macros::{shape, words};
use crate::record::reader::Reader;
use crate::record::value::{Markdown, Ref, Referable, SameKind, Text};
use crate::say;
use crate::source::Span;
use crate::value::date::Date;

shape! {
    /// A question and what the agency says to it; the answer itself is the body.
    pub struct Answer {
        mode: R Mode, "Hình thức", "Mode";
        asked_on: R Date, "Ngày hỏi", "Asked on";
        due_on: O Option<Date>, "Hạn trả lời", "Due on";
        answered_on: O Option<Date>, "Ngày trả lời", "Answered on";
        question: R Markdown, "Câu hỏi", "Question";
        topic: R Topic, "Nội dung", "Topic";
        procedure: O Option<Ref<Procedure>>, "Thủ tục", "Procedure";
        status: R AnswerStatus, "Tình trạng", "Status";
        reason: O Option<Text>, "Lý do", "Reason";
        agency: O Option<Ref<Agency>>, "Cơ quan trả lời", "Agency";
        legal_basis: O Vec<Ref<Document>>, "Căn cứ pháp lý", "Legal basis";
        answered_in: O Option<SameKind>, "Được trả lời tại", "Answered in";
    }
}

impl Referable for Answer {
    const WORD: &'static str = "answer";
}

words! {
    /// How a question came.
    pub enum Mode {
        Online "online" "Trực tuyến" "Online",
        Direct "direct" "Đối thoại trực tiếp" "Direct dialogue",
        Indirect "indirect" "Đối thoại gián tiếp" "Indirect dialogue",
        Postal "postal" "Qua bưu chính" "By post",
        Phone "phone" "Qua điện thoại" "By phone",
    }
}

words! {
    /// What a question is about.
    pub enum Topic {
        Regulation "regulation" "Quy định về thủ tục" "Regulations",
        Conduct "conduct" "Thái độ, hành vi của cán bộ" "Conduct of officials",
        Question "question" "Hỏi đáp" "Question",
    }
}

words! {
    /// How far a question has come.
    pub enum AnswerStatus {
        Received "received" "Đã tiếp nhận" "Received",
        InProgress "in_progress" "Đang xử lý" "In progress",
        Resolved "resolved" "Đã giải quyết" "Resolved",
        Refused "refused" "Không thụ lý" "Refused",
        Transferred "transferred" "Đã chuyển" "Transferred",
    }
}

impl Answer {
    /// A refusal gives its reason.
    pub fn check(&self, reader: &mut Reader<'_>, top: Span) {
        if self.status == AnswerStatus::Refused
            && self.reason.is_none()
            && !reader.found.faulty.contains(&"reason")
            && !reader.found.faulty.contains(&"status")
        {
            let message = say!("không thụ lý thì phải có `reason` (lý do)", "a refusal needs its `reason`");
            reader.fault(Diagnostic::new(Code::MissingKey, top, message));
        }
    }
}
