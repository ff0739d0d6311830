//! Opening hours, in words and for the script that says whether a place is open now.

use serde::Serialize;

use crate::record::kinds::contact::{Days, Hours, Weekday};
use crate::record::value::Words as _;
use crate::render::lens::Lens;
use crate::render::words::Words;

/// Days with the same hours.
#[derive(Debug, Serialize)]
pub struct HoursView {
    /// "Thứ Hai đến Thứ Sáu"
    days: Words,
    /// "07:00–11:30, 13:30–17:00"
    spans: String,
    /// The days as digits, Monday being 1; empty where they are said in words.
    week: String,
    /// "07:00-11:30 13:30-17:00"
    clock: String,
}

/// Opening hours, spans of the same days together.
pub fn views(lens: &Lens<'_>, hours: &[Hours]) -> Vec<HoursView> {
    let mut views: Vec<HoursView> = Vec::new();
    for span in hours {
        let (days, week) = days(lens, &span.days);
        let times = format!("{}–{}", &**span.opens, &**span.closes);
        let clock = format!("{}-{}", &**span.opens, &**span.closes);
        match views.iter_mut().find(|view| view.days == days) {
            Some(view) => {
                view.spans = format!("{}, {times}", view.spans);
                view.clock = format!("{} {clock}", view.clock);
            }
            None => views.push(HoursView { days, spans: times, week, clock }),
        }
    }
    views
}

/// "Thứ Hai đến Thứ Sáu" for three or more days in a row, else each day; and the same days as digits.
fn days(lens: &Lens<'_>, days: &Days) -> (Words, String) {
    let mut sorted = match days {
        Days::InWords(words) => return (lens.text(words), String::new()),
        Days::Listed(days) => days.clone(),
    };
    sorted.sort_unstable();
    sorted.dedup();
    let week = sorted.iter().map(|day: &Weekday| (day.index() + 1).to_string()).collect();
    let in_a_row = sorted.windows(2).all(|pair| pair[1].index() == pair[0].index() + 1);
    let words = match sorted[..] {
        [first, .., last] if in_a_row && sorted.len() > 2 => {
            let (first, last) = (lens.language.word(first), lens.language.word(last));
            lens.labels.fill("contact.days", &[("first", first), ("last", last)])
        }
        _ => sorted.iter().map(|day| lens.language.word(*day)).collect::<Vec<_>>().join(", "),
    };
    (Words::own(words), week)
}
