//! `agency-dissolved`: a procedure or contact names an agency that is no more.
//!
//! People would go to a closed door; since 2025 many bodies were merged or dissolved.
//!
//! Triggers: `executing_agencies: [thanh-tra-so]` in a procedure in use, while that agency has `dissolved_on: 2025-07-01`. Does not:
//! the same in an abolished procedure, or before that day.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kinds::agency::Agency;
use crate::record::suggest;
use crate::record::value::Ref;
use crate::say;
use crate::site::Site;
use crate::site::checks::{in_use, shown, told};

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for record in in_use(site) {
        let p = &record.content.data;
        let named = p.executing_agencies.iter().chain(&p.competent_agencies).chain(&p.coordinating_agencies);
        faults.extend(named.filter_map(|agency| fault(site, agency)).map(|fault| told(record, fault)));
    }
    for record in shown(&site.contacts) {
        let named = record.content.data.agency.iter();
        faults.extend(named.filter_map(|agency| fault(site, agency)).map(|fault| told(record, fault)));
    }
    faults
}

fn fault(site: &Site, reference: &Ref<Agency>) -> Option<Diagnostic> {
    let record = site.agencies.resolve(reference)?;
    let day = record.content.data.dissolved_on.filter(|day| *day <= site.as_of)?;
    let name = &record.content.common.title;
    let name: &str = name;
    let message = say!("`{name}` đã giải thể ngày {day}", "`{name}` was dissolved on {day}");
    let help = match &record.content.data.successor {
        Some(successor) => suggest::did_you_mean(&successor.0),
        None => say!("ghi cơ quan kế thừa", "name the agency that took over"),
    };
    let fault = Diagnostic::new(Code::AgencyDissolved, reference.key.place, message).help(help);
    Some(fault.related(record.place("dissolved_on"), say!("giải thể ở đây", "it is dissolved here")))
}
