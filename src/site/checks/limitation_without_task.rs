//! `limitation-without-task`: a report names something that is not good yet, and nothing to be done about it.
//!
//! Naming a limitation every year and doing nothing is what readers of such reports complain about.
//!
//! Triggers: a limitation `nghiep-vu` that no task's `addresses` names. Does not: one that a task addresses.

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::site::Site;
use crate::site::checks::{shown, told};

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for record in shown(&site.reports).filter(|record| record.is_sound(&["limitations", "tasks"])) {
        let report = &record.content.data;
        // A report without any task is told to be incomplete: one fault, one report.
        if report.tasks.is_empty() {
            continue;
        }
        let addressed =
            |id: &str| report.tasks.iter().flat_map(|task| &task.addresses).any(|named| named.as_str() == id);
        for limitation in report.limitations.iter().filter(|limitation| !addressed(limitation.id.as_str())) {
            let id = limitation.id.as_str();
            let message =
                say!("không có nhiệm vụ nào khắc phục hạn chế `{id}`", "no task addresses the limitation `{id}`");
            let help = say!("thêm `addresses: [{id}]` vào một nhiệm vụ", "add `addresses: [{id}]` to a task");
            let fault = Diagnostic::new(Code::LimitationWithoutTask, limitation.at.own, message).help(help);
            faults.push(told(record, fault));
        }
    }
    faults
}
