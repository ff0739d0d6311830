//! `implausible-duration`: a processing time of years, or of a few minutes.
//!
//! Mostly the unit is wrong: 30 months instead of 30 days. People would plan with it.
//!
//! Triggers: `{value: 30, unit: month}`, `{value: 0.01, unit: day}`. Does not: `{value: 18, unit: month}`, `{value: 1, unit: hour}`.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::procedure::{MeasuredTime, Procedure, ProcessingTime};
use crate::record::value::Words;
use crate::say;
use crate::site::checks::steps_longer_than_total::duration;
use crate::site::checks::told;

/// The longest that a procedure is known to take, in days: two years.
const MOST: f64 = 731.0;
/// The shortest, in days: five minutes of a working day.
const LEAST: f64 = 5.0 / 60.0 / 8.0;

pub fn check(record: &Record<Procedure>) -> Vec<Diagnostic> {
    if !record.is_sound(&["channels"]) {
        return Vec::new();
    }
    let times = record.content.data.channels.iter().filter_map(|channel| match &channel.processing_time {
        Some(ProcessingTime::Measured(time)) => Some(time),
        _ => None,
    });
    times.filter(|time| !is_plausible(time)).map(|time| told(record, fault(time))).collect()
}

fn is_plausible(time: &MeasuredTime) -> bool {
    let time = duration(time);
    (LEAST..=MOST).contains(&time.at_most()) || (time.at_least() <= MOST && time.at_least() >= LEAST)
}

fn fault(time: &MeasuredTime) -> Diagnostic {
    let (value, unit) = (*time.value, crate::record::kinds::procedure::TimeUnit::WORDS[time.unit.index()].label);
    let (vi, en) = (unit.vi, unit.en);
    let message = say!("thời hạn {value} {vi} khó là thật", "a time of {value} {en} is hardly meant");
    let help = say!("kiểm tra lại số và đơn vị", "check the number and its unit");
    Diagnostic::new(Code::ImplausibleDuration, time.at.of("value"), message).help(help)
}
