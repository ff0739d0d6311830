//! Figures and periods that no longer agree.

use minhbach::diagnostic::Code;

use super::outline::{Part, Place};
use super::ways::Mutation;

/// Mutations of a statistics record that only arithmetic finds.
pub fn of(path: &str, text: &str, parts: &[Part]) -> Vec<Mutation> {
    if !path.starts_with("content/statistics/") {
        return Vec::new();
    }
    let at = |path: &[&str]| parts.iter().find(|part| part.path == path);
    let changed = |part: &Part, value: &str, code, place| {
        let lines = text.lines().enumerate().map(|(number, line)| {
            let here = number == part.place.line;
            if here { format!("{}{value}\n", &line[..line.len() - part.text.len()]) } else { format!("{line}\n") }
        });
        Mutation {
            name: format!("changed {}", part.path.join(".")),
            text: lines.collect(),
            expected: vec![(code, place)],
        }
    };
    let mut all = Vec::new();
    all.extend(at(&["closing"]).map(|part| changed(part, &plus_one(part), Code::Balance, part.value_place())));
    all.extend(
        at(&["period", "end"]).map(|part| changed(part, "1999-01-01", Code::PeriodReversed, part.value_place())),
    );
    for key in ["answers_published", "satisfied", "unsatisfied"] {
        let place = if key == "unsatisfied" { at(&["satisfied"]) } else { at(&[key]) };
        let told = place.or(at(&[key])).map(Part::value_place);
        all.extend(at(&[key]).zip(told).map(|(part, told)| changed(part, "99999", Code::MoreThanResolved, told)));
    }
    for part in
        parts.iter().filter(|part| matches!(part.path.first().map(String::as_str), Some("by_class" | "by_channel")))
    {
        if part.path.len() == 2 {
            all.push(changed(part, &plus_one(part), Code::BreakdownSum, first_of(parts, part)));
        }
    }
    all
}

fn plus_one(part: &Part) -> String {
    (part.text.parse::<i64>().unwrap() + 1).to_string()
}

/// Where the breakdown that holds a part starts.
fn first_of(parts: &[Part], part: &Part) -> Place {
    parts.iter().find(|first| first.path.len() == 2 && first.path[0] == part.path[0]).unwrap().place
}
