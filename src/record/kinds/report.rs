//! Mobilization reports (báo cáo dân vận).

use crate::record::kinds::answer::Answer;
use crate::record::kinds::document::Document;
use crate::record::kinds::statistics::{Period, Statistics};
use crate::record::macros::{shape, words};
use crate::record::published::{Around, Json};
use crate::record::reader::Reader;
use crate::record::shape::Type;
use crate::record::value::{Count, LocalId, Ref, Referable, Text, Value};
use crate::syntax::yaml::{Node, Value as NodeValue};
use crate::value::date::Date;

shape! {
    /// A mobilization report.
    pub struct Report {
        number: O Option<Text>, "Số, ký hiệu", "Number";
        period: R Period, "Kỳ báo cáo", "Period";
        signed_on: C Option<Date>, "Ngày ký", "Signed on";
        signer_role: C Option<Text>, "Chức vụ người ký", "Signer's role";
        directives: C Vec<Ref<Document>>, "Văn bản quán triệt", "Directives";
        activities: O Vec<Activity>, "Hoạt động", "Activities";
        movements: O Vec<Movement>, "Phong trào thi đua", "Movements";
        organizations: O Vec<Organization>, "Tổ chức đoàn thể", "Organizations";
        dialogues: O Vec<Ref<Answer>>, "Đối thoại", "Dialogues";
        statistics: O Vec<Ref<Statistics>>, "Số liệu", "Statistics";
        systems: O Vec<System>, "Phần mềm, hệ thống", "Systems";
        limitations: C Vec<Limitation>, "Tồn tại, hạn chế", "Limitations";
        tasks: C Vec<Task>, "Nhiệm vụ", "Tasks";
    }
}

impl Referable for Report {
    const WORD: &'static str = "report";
}

shape! {
    /// Something that was done.
    pub struct Activity {
        title: R Text, "Tên hoạt động", "Title";
        kind: R ActivityKind, "Loại", "Kind";
        on: O Option<Date>, "Ngày", "On";
        organizer: O Option<Text>, "Đơn vị tổ chức", "Organizer";
        audience: O Option<Text>, "Đối tượng", "Audience";
        attendance: O Option<Count>, "Số người tham dự", "Attendance";
        result: O Option<Text>, "Kết quả", "Result";
    }
}

words! {
    /// What sort of activity it was.
    pub enum ActivityKind {
        Dissemination "dissemination" "Tuyên truyền, phổ biến" "Dissemination",
        Training "training" "Bồi dưỡng, tập huấn" "Training",
        Inspection "inspection" "Kiểm tra, giám sát" "Inspection",
        Charity "charity" "An sinh xã hội" "Charity",
        Conference "conference" "Hội nghị" "Conference",
        Dialogue "dialogue" "Đối thoại" "Dialogue",
        Other "other" "Hoạt động khác" "Other",
    }
}

shape! {
    /// An emulation movement.
    pub struct Movement {
        name: R Text, "Tên phong trào", "Name";
        period: O Option<Stage>, "Giai đoạn", "Period";
        directive: O Option<Ref<Document>>, "Văn bản phát động", "Directive";
        outcome: R Text, "Kết quả", "Outcome";
    }
}

/// When a movement runs: in days, or in words such as "2021–2025".
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// In days.
    Period(Period),
    /// In words.
    InWords(Text),
}

impl Value for Stage {
    fn describe() -> Type {
        Type::Either(vec![Period::describe(), Type::Text])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            NodeValue::Scalar(_) => Text::read(node, reader).map(Stage::InWords),
            _ => Period::read(node, reader).map(Stage::Period),
        }
    }

    fn absent() -> Self {
        Stage::InWords(Text::absent())
    }

    fn publish(&self, around: &mut dyn Around) -> Json {
        match self {
            Stage::Period(period) => Value::publish(period, around),
            Stage::InWords(words) => Value::publish(words, around),
        }
    }
}

shape! {
    /// What an organization did.
    pub struct Organization {
        name: R Text, "Tên tổ chức", "Name";
        activity: R Text, "Hoạt động", "Activity";
    }
}

shape! {
    /// A system in use.
    pub struct System {
        name: R Text, "Tên hệ thống", "Name";
        purpose: R Text, "Mục đích", "Purpose";
    }
}

shape! {
    /// Something that is not good yet.
    pub struct Limitation {
        id: R LocalId, "Mã", "ID";
        text: R Text, "Nội dung", "Text";
        cause: O Option<Text>, "Nguyên nhân", "Cause";
    }
}

shape! {
    /// Something to do.
    pub struct Task {
        id: R LocalId, "Mã", "ID";
        text: R Text, "Nội dung", "Text";
        owner: O Option<Text>, "Đơn vị chủ trì", "Owner";
        due: O Option<Date>, "Thời hạn", "Due";
        indicator: O Option<Text>, "Chỉ tiêu", "Indicator";
        status: O Option<TaskStatus>, "Tình trạng", "Status";
        addresses: O Vec<LocalId>, "Khắc phục hạn chế", "Addresses";
        continues: O Option<TaskOfReport>, "Tiếp tục nhiệm vụ", "Continues";
    }
}

words! {
    /// How far a task has come.
    pub enum TaskStatus {
        Planned "planned" "Dự kiến" "Planned",
        Doing "doing" "Đang thực hiện" "In progress",
        Done "done" "Hoàn thành" "Done",
        Dropped "dropped" "Dừng" "Dropped",
    }
}

shape! {
    /// A task of an earlier report.
    pub struct TaskOfReport {
        report: R Ref<Report>, "Báo cáo", "Report";
        task: R LocalId, "Nhiệm vụ", "Task";
    }
}
