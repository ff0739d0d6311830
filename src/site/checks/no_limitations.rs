//! `no-limitations`: a report that finds nothing wanting.
//!
//! No agency is without one, and a report without any is believed by nobody. It stands for `incomplete-record` where nothing else lacks.
//!
//! Triggers: a report without `limitations`, or with an empty list. Does not: a report with one.

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::site::Site;
use crate::site::checks::{shown, told};

/// The key that this check is about.
pub const KEY: &str = "limitations";

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let sound = shown(&site.reports).filter(|record| record.is_sound(&[KEY]));
    let without = sound.filter(|record| record.content.data.limitations.is_empty());
    without
        .map(|record| {
            let message = say!("báo cáo không nêu tồn tại, hạn chế nào", "the report names no limitation");
            let help = say!(
                "nêu ít nhất một điều chưa tốt ở `limitations`, với `id` và `text`",
                "name at least one thing that is not good yet in `limitations`, with `id` and `text`"
            );
            told(record, Diagnostic::new(Code::NoLimitations, record.place(KEY), message).help(help))
        })
        .collect()
}
