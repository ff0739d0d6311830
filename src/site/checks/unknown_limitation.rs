//! `unknown-limitation`: a task says that it answers a limitation that its report does not have.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::suggest;
use crate::say;
use crate::site::Site;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for record in site.reports.all().iter().filter(|record| record.is_sound(&["limitations"])) {
        let report = &record.content.data;
        let known = || report.limitations.iter().map(|limitation| limitation.id.as_str());
        let addressed = report.tasks.iter().flat_map(|task| &task.addresses);
        for id in addressed.filter(|id| !known().any(|known| known == id.as_str())) {
            let shown = id.as_str();
            let message =
                say!("báo cáo không có hạn chế nào mang mã `{shown}`", "the report has no limitation `{shown}`");
            let fault = Diagnostic::new(Code::UnknownLimitation, id.place, message)
                .maybe_help(suggest::nearest(shown, known()).map(suggest::did_you_mean));
            faults.push(Diagnostic { record: Some(record.name()), ..fault });
        }
    }
    faults
}
