//! `small-cell`: a breakdown by procedure shows one or two cases.
//!
//! In a small place everybody knows who that was.
//!
//! Triggers: `by_procedure: {"2.001620": 1}`. Does not: 0, or 3 and more; or a record that another one corrects.

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::site::Site;
use crate::site::checks::statistics::corrected;
use crate::site::checks::told;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let corrected = corrected(site);
    let mut faults = Vec::new();
    for (_, record) in site.statistics.all().iter().enumerate().filter(|(index, _)| !corrected.contains(index)) {
        let Some(cells) = &record.content.data.by_procedure else { continue };
        for ((code, count), place) in cells.iter().zip(&cells.places).filter(|((_, count), _)| matches!(**count, 1 | 2))
        {
            let (code, count) = (code.as_str(), **count);
            let message = say!(
                "thủ tục `{code}` chỉ có {count}: dễ nhận ra là ai",
                "only {count} for `{code}`: people may know who"
            );
            let help =
                say!("gộp các thủ tục có ít, hoặc bỏ dòng này", "put small numbers together, or leave the line out");
            faults.push(told(record, Diagnostic::new(Code::SmallCell, *place, message).help(help)));
        }
    }
    faults
}
