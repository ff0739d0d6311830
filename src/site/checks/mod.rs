//! What a careful publishing officer looks for once all records are known. One file a check.
//!
//! To add a check: its file here, one line in a list below, its code in `crate::diagnostic`, and a case in `tests/cases/`.

mod abolished_still_linked;
mod agency_dissolved;
mod all_caps_title;
mod asks_for_abolished_paper;
mod carry_over;
mod contact_untested;
mod cycles;
mod dossier_code;
mod duplicates;
mod expired_legal_basis;
mod fee_without_basis;
mod field_spelling;
mod figure_differs;
mod full_online_without_channel;
mod implausible_amount;
mod implausible_duration;
mod incomplete;
mod limitation_without_task;
mod long_silence;
mod no_limitations;
mod obsolete_district;
mod online_channel_url;
mod period_gap;
pub(super) mod period_overlap;
mod personal_email;
mod personal_id;
mod personal_phone;
mod private_address;
mod reception_missing;
mod report_late;
pub mod reporting;
mod reports;
pub(super) mod review_overdue;
mod sightings;
mod small_cell;
mod statistics;
mod steps_longer_than_total;
mod sum_of_parts;
mod task_dropped;
mod task_overdue;
mod topics;
mod unknown_limitation;
mod unverified_document;
mod vague_document;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::record::kinds::procedure::{Procedure, Status};
use crate::record::reader::Noted;
use crate::record::value::Referable;
use crate::site::{Site, Table};

/// A check of what the records say.
type Check = fn(&Site) -> Vec<Diagnostic>;
/// A check that also needs what was found while they were read, by the record's name.
type Closer = fn(&Site, &[Noted]) -> Vec<Diagnostic>;
/// A check of a procedure in use that looks at nothing else, so that it need not be made again while the record is the same.
type Alone = fn(&Record<Procedure>) -> Vec<Diagnostic>;

const CHECKS: &[Check] = &[
    duplicates::codes,
    duplicates::symbols,
    cycles::check,
    field_spelling::check,
    online_channel_url::check,
    full_online_without_channel::check,
    expired_legal_basis::check,
    unverified_document::check,
    fee_without_basis::check,
    all_caps_title::check,
    agency_dissolved::check,
    statistics::check,
    carry_over::check,
    period_overlap::check,
    sum_of_parts::check,
    period_gap::check,
    report_late::check,
    long_silence::check,
    small_cell::check,
    unknown_limitation::check,
    task_dropped::check,
    task_overdue::check,
    limitation_without_task::check,
    no_limitations::check,
    topics::check,
    contact_untested::check,
    obsolete_district::check,
    reception_missing::check,
    review_overdue::check,
];

const CLOSER: &[Closer] = &[
    abolished_still_linked::check,
    figure_differs::check,
    private_address::check,
    personal_id::check,
    dossier_code::check,
    personal_phone::check,
    personal_email::check,
    incomplete::check,
];

const ALONE: &[Alone] = &[
    steps_longer_than_total::check,
    asks_for_abolished_paper::check,
    vague_document::check,
    implausible_amount::check,
    implausible_duration::check,
];

/// All faults of the site as a whole. `findings` are those of each record, by its name.
pub fn run(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let broad = CHECKS.par_iter().flat_map_iter(|check| check(site));
    let closer = CLOSER.par_iter().flat_map_iter(|check| check(site, findings));
    broad.chain(closer).chain(alone(site)).collect()
}

/// What is wrong with procedures in use, each looked at by itself.
fn alone(site: &Site) -> impl ParallelIterator<Item = Diagnostic> {
    let records: Vec<&Record<Procedure>> = in_use(site).collect();
    let look = |record: &Record<Procedure>| ALONE.iter().flat_map(|check| check(record)).collect();
    records.into_par_iter().flat_map_iter(move |record| record.found_alone(look).iter().cloned())
}

/// The records that the public sees as they are: published, and not withdrawn.
fn shown<T>(table: &Table<T>) -> impl Iterator<Item = &Record<T>> {
    table.iter().filter(|record| record.content.common.withdrawn.is_none())
}

/// The procedures that people can use, now or again.
fn in_use(site: &Site) -> impl Iterator<Item = &Record<Procedure>> {
    shown(&site.procedures).filter(|record| record.content.data.status() != Status::Abolished)
}

/// A fault of a record.
fn told<T: Referable>(record: &Record<T>, fault: Diagnostic) -> Diagnostic {
    Diagnostic { record: Some(record.name()), ..fault }
}
