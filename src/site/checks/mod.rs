//! What a careful publishing officer looks for once all records are known. One file a check.
//!
//! To add a check: its file here, one line in [`run`], its code in `crate::diagnostic`, and a case in `tests/cases/`.

mod carry_over;
mod cycles;
mod duplicates;
mod field_spelling;
mod incomplete;
mod online_channel_url;
mod period_overlap;
mod statistics;
mod sum_of_parts;
mod topics;
mod unknown_limitation;

use crate::diagnostic::Diagnostic;
use crate::record::reader::Findings;
use crate::site::Site;

/// All faults of the site as a whole. `findings` are those of each record, by its name.
pub fn run(site: &Site, findings: &[(String, Findings)]) -> Vec<Diagnostic> {
    let checks: &[fn(&Site) -> Vec<Diagnostic>] = &[
        duplicates::codes,
        duplicates::symbols,
        cycles::check,
        field_spelling::check,
        online_channel_url::check,
        statistics::check,
        carry_over::check,
        period_overlap::check,
        sum_of_parts::check,
        topics::check,
        unknown_limitation::check,
    ];
    let mut faults: Vec<Diagnostic> = checks.iter().flat_map(|check| check(site)).collect();
    faults.extend(incomplete::check(site, findings));
    faults
}
