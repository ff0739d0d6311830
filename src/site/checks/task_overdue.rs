//! `task-overdue`: a task of the latest report is past its day.
//!
//! Either it is done and nobody says so, or it needs a new day and a reason.
//!
//! Triggers: `due: 2026-06-30` with `status: doing`, in July. Does not: `status: done`, or a task of an older report.

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::site::Site;
use crate::site::checks::reports::{in_order, is_open};
use crate::site::checks::told;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let reports = in_order(site);
    let Some(latest) = reports.last() else { return Vec::new() };
    let open = latest.content.data.tasks.iter().filter(|task| is_open(task));
    let overdue = open.filter_map(|task| task.due.filter(|day| *day < site.as_of).map(|day| (task, day)));
    overdue
        .map(|(task, day)| {
            let message = say!("nhiệm vụ đã quá hạn ngày {day}", "the task was due on {day}");
            let help = say!(
                "ghi `status: done` nếu đã xong, hoặc hạn mới và lý do",
                "write `status: done` if it is, or a new day and the reason"
            );
            told(latest, Diagnostic::new(Code::TaskOverdue, task.at.of("due"), message).help(help))
        })
        .collect()
}
