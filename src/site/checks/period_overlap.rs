//! `period-overlap`: two periods of one category and classes that cross without one holding the other.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::statistics::{Category, Class, Statistics};
use crate::say;
use crate::site::Site;
use crate::site::checks::statistics::corrected;

/// What makes figures comparable: their category and what they cover.
type Scope = (Category, Vec<Class>);

/// Comparable records in the order of their periods. Corrected ones and those without a readable period are left out.
pub fn series(site: &Site) -> BTreeMap<Scope, Vec<&Record<Statistics>>> {
    let corrected = corrected(site);
    let mut series: BTreeMap<Scope, Vec<&Record<Statistics>>> = BTreeMap::new();
    for (index, record) in site.statistics.all().iter().enumerate() {
        if !corrected.contains(&index) && record.is_sound(&["period", "category", "classes", "corrects"]) {
            let mut classes = record.content.data.classes.clone();
            classes.sort();
            classes.dedup();
            series.entry((record.content.data.category, classes)).or_default().push(record);
        }
    }
    for records in series.values_mut() {
        records.sort_by_key(|record| {
            (record.content.data.period.start, std::cmp::Reverse(record.content.data.period.end), &record.id)
        });
    }
    series
}

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for records in series(site).values() {
        for (index, later) in records.iter().enumerate() {
            let overlapping = records[..index].iter().find(|earlier| crosses(earlier, later));
            if let Some(earlier) = overlapping {
                let other = &earlier.id;
                let message = say!("kỳ này chồng lên kỳ của `{other}`", "the period crosses that of `{other}`");
                let fault = Diagnostic::new(Code::PeriodOverlap, later.content.data.period.place, message)
                    .related(earlier.content.data.period.place, say!("kỳ kia ở đây", "the other period is here"));
                faults.push(Diagnostic { record: Some(later.name()), ..fault });
            }
        }
    }
    faults
}

/// Whether two periods share days and neither holds the other, or they are the same.
fn crosses(a: &Record<Statistics>, b: &Record<Statistics>) -> bool {
    let (a, b) = (&a.content.data.period, &b.content.data.period);
    let share = a.start <= b.end && b.start <= a.end;
    let same = a.start == b.start && a.end == b.end;
    same || (share && !a.holds(b) && !b.holds(a))
}
