//! `task-dropped`: a task of the previous report that is neither finished nor taken up again.
//!
//! A promise to the public that silently disappears.
//!
//! Triggers: the report of 2025 has a task `mo-rong` with `status: doing`, and no task of the report of 2026 `continues` it. Does not:
//! `status: done` or `dropped` in the report of 2025, or a task of the same words in the one of 2026.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::report::{Report, Task};
use crate::say;
use crate::site::Site;
use crate::site::checks::reports::{in_order, is_open};
use crate::site::checks::told;
use crate::value::slug;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let pairs = in_order(site);
    let faults = pairs.windows(2).flat_map(|pair| {
        let (before, now) = (pair[0], pair[1]);
        let open = before.content.data.tasks.iter().filter(|task| is_open(task));
        open.filter(|task| !is_continued(site, before, task, now))
            .map(|task| fault(before, task, now))
            .collect::<Vec<_>>()
    });
    faults.collect()
}

fn is_continued(site: &Site, before: &Record<Report>, task: &Task, now: &Record<Report>) -> bool {
    now.content.data.tasks.iter().any(|later| {
        let named = later.continues.as_ref().is_some_and(|earlier| {
            earlier.task.as_str() == task.id.as_str()
                && site.reports.resolve(&earlier.report).is_some_and(|found| found.id == before.id)
        });
        named || slug(&later.text) == slug(&task.text)
    })
}

fn fault(before: &Record<Report>, task: &Task, now: &Record<Report>) -> Diagnostic {
    let (report, id) = (&before.id, task.id.as_str());
    let message = say!(
        "nhiệm vụ `{id}` của báo cáo trước (`{report}`) không được nhắc lại",
        "the task `{id}` of the report before (`{report}`) is not taken up again"
    );
    let help = say!(
        "thêm nhiệm vụ có `continues: {{report: {report}, task: {id}}}`, hoặc ghi `status: done` hay `dropped` ở báo cáo trước",
        "add a task with `continues: {{report: {report}, task: {id}}}`, or write `status: done` or `dropped` in the report before"
    );
    let fault = Diagnostic::new(Code::TaskDropped, now.place("tasks"), message).help(help);
    told(now, fault.related(task.id.place, say!("nhiệm vụ ở đây", "the task is here")))
}
