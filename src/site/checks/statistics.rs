//! What one statistics record must add up to: `balance`, `breakdown-sum`, `more-than-resolved`, `zero-without-report`.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::statistics::{Counts, Statistics};
use crate::record::value::Count;
use crate::say;
use crate::site::Site;
use crate::source::Span;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let corrected = corrected(site);
    let counted = site.statistics.all().iter().enumerate().filter(|(index, _)| !corrected.contains(index));
    counted
        .flat_map(|(_, record)| {
            record_faults(record).into_iter().map(|fault| Diagnostic { record: Some(record.name()), ..fault })
        })
        .collect()
}

/// The records that others correct; they are shown, and take no part in checks.
pub fn corrected(site: &Site) -> std::collections::HashSet<usize> {
    let corrections = site.statistics.all().iter().filter_map(|record| record.content.data.corrects.as_ref());
    corrections.filter_map(|same| site.statistics.index_of(&same.0)).collect()
}

fn record_faults(record: &Record<Statistics>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    faults.extend(balance(record));
    faults.extend(breakdowns(record));
    faults.extend(more_than_resolved(record));
    faults.extend(zero_without_report(record));
    faults
}

fn optional(count: Option<Count>) -> i64 {
    count.map_or(0, |count| *count)
}

/// `opening + received = resolved_on_time + resolved_late + refused + transferred + withdrawn_by_sender + closing`
fn balance(record: &Record<Statistics>) -> Option<Diagnostic> {
    let keys = [
        "opening",
        "received",
        "resolved_on_time",
        "resolved_late",
        "refused",
        "transferred",
        "withdrawn_by_sender",
        "closing",
    ];
    let s = &record.content.data;
    let came = *s.opening + *s.received;
    let went = *s.resolved_on_time
        + *s.resolved_late
        + optional(s.refused)
        + optional(s.transferred)
        + optional(s.withdrawn_by_sender);
    if !record.is_sound(&keys) || came == went + *s.closing {
        return None;
    }
    let (closing, expected) = (*s.closing, came - went);
    let message = say!(
        "số liệu không cân: tồn đầu kỳ + tiếp nhận = {came}, đã xử lý = {went}, tồn cuối kỳ ghi {closing}",
        "the figures do not balance: open + received = {came}, dealt with = {went}, closing says {closing}"
    );
    let help = (expected >= 0).then(|| {
        say!("nếu các số khác đúng thì `closing: {expected}`", "if the other figures are right, `closing: {expected}`")
    });
    Some(Diagnostic::new(Code::Balance, record.place("closing"), message).maybe_help(help))
}

fn breakdowns(record: &Record<Statistics>) -> Vec<Diagnostic> {
    let s = &record.content.data;
    let sum = |counts: &[(_, Count)]| {
        counts.iter().map(|(_, count): &(crate::record::value::Text, Count)| **count).sum::<i64>()
    };
    let parts = [part("by_class", s.by_class.as_ref(), sum), part("by_channel", s.by_channel.as_ref(), sum)];
    let sound = |key: &&str| record.is_sound(&[*key, "received"]);
    let received = *s.received;
    let off = parts.into_iter().flatten().filter(|(key, _, total)| sound(key) && *total != received);
    off.map(|(key, place, total)| {
        let message = say!(
            "`{key}` cộng lại là {total}, tiếp nhận là {received}",
            "`{key}` sums to {total}, received is {received}"
        );
        Diagnostic::new(Code::BreakdownSum, place, message)
    })
    .collect()
}

fn part<K>(
    key: &'static str,
    counts: Option<&Counts<K>>,
    sum: impl Fn(&[(crate::record::value::Text, Count)]) -> i64,
) -> Option<(&'static str, Span, i64)> {
    counts.map(|counts| (key, counts.place, sum(counts)))
}

fn more_than_resolved(record: &Record<Statistics>) -> Vec<Diagnostic> {
    let s = &record.content.data;
    let resolved = *s.resolved_on_time + *s.resolved_late;
    let opinions = optional(s.satisfied) + optional(s.unsatisfied);
    let sound =
        record.is_sound(&["resolved_on_time", "resolved_late", "answers_published", "satisfied", "unsatisfied"]);
    let checked = [
        ("answers_published", s.answers_published.map(|n| *n)),
        ("satisfied", s.satisfied.or(s.unsatisfied).map(|_| opinions)),
    ];
    let over = checked
        .into_iter()
        .filter_map(|(key, count)| count.map(|count| (key, count)))
        .filter(|(_, count)| sound && *count > resolved);
    over.map(|(key, count)| {
        let key = if key == "satisfied" && s.satisfied.is_none() { "unsatisfied" } else { key };
        let message = say!(
            "`{key}` là {count}, nhiều hơn số đã giải quyết ({resolved})",
            "`{key}` is {count}, more than the resolved ({resolved})"
        );
        Diagnostic::new(Code::MoreThanResolved, record.place(key), message)
    })
    .collect()
}

fn zero_without_report(record: &Record<Statistics>) -> Option<Diagnostic> {
    let s = &record.content.data;
    if *s.received != 0 || s.zero_report.is_some() || !record.is_sound(&["received", "zero_report"]) {
        return None;
    }
    let message = say!(
        "tiếp nhận bằng 0 thì phải có `zero_report`: ngày xác nhận và các kênh đã kiểm tra",
        "nothing received needs a `zero_report`: when it was confirmed and which channels were checked"
    );
    let help = say!(
        "thêm `zero_report:` với `confirmed_on` và `channels_checked`",
        "add `zero_report:` with `confirmed_on` and `channels_checked`"
    );
    Some(Diagnostic::new(Code::ZeroWithoutReport, Span::top(record.file), message).help(help))
}
