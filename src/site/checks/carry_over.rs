//! `carry-over`: what a period opens with is what the one before it, of the same length class, closed with.

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::site::Site;
use crate::site::checks::period_overlap::series;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for records in series(site).values() {
        for later in records.iter().filter(|record| record.is_sound(&["opening"])) {
            let (s, length) = (&later.content.data, later.content.data.period.length());
            let just_before = |earlier: &&&crate::record::Record<_>| {
                let before: &crate::record::kinds::statistics::Statistics = &earlier.content.data;
                before.period.end.plus(1) == s.period.start
                    && before.period.length() == length
                    && earlier.is_sound(&["closing"])
            };
            let Some(earlier) = records.iter().find(just_before) else { continue };
            let (closing, opening) = (*earlier.content.data.closing, *s.opening);
            if closing != opening {
                let message = say!(
                    "tồn đầu kỳ là {opening}, kỳ liền trước tồn cuối kỳ {closing}",
                    "the period opens with {opening}, the one before it closed with {closing}"
                );
                let fault = Diagnostic::new(Code::CarryOver, later.place("opening"), message).related(
                    earlier.place("closing"),
                    say!("tồn cuối kỳ trước ở đây", "the closing of the period before"),
                );
                faults.push(Diagnostic { record: Some(later.name()), ..fault });
            }
        }
    }
    faults
}
