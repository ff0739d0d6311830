//! Reports in the order of their periods, for the checks that compare one with the one before it.

use crate::record::Record;
use crate::record::kinds::report::{Report, Task, TaskStatus};
use crate::site::Site;
use crate::site::checks::shown;

/// The published reports, by the end of their periods.
pub fn in_order(site: &Site) -> Vec<&Record<Report>> {
    let mut reports: Vec<_> = shown(&site.reports).filter(|record| record.is_sound(&["period", "tasks"])).collect();
    reports.sort_by_key(|record| {
        let period = &record.content.data.period;
        (period.end, period.start, &record.id)
    });
    reports
}

/// Whether a task still has to be done.
pub fn is_open(task: &Task) -> bool {
    !matches!(task.status, Some(TaskStatus::Done | TaskStatus::Dropped))
}
