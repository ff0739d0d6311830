//! Ways to submit (cách thức thực hiện): method, case, time, fees, and where the portal's description of each goes.

use serde_json::Value;

use crate::import::draft::Draft;
use crate::import::markdown::markdown;
use crate::import::portal::fees::{fees, number};
use crate::import::portal::json::{items, text};
use crate::import::portal::remark::{Reason, Remark};
use crate::import::text::{Said, clean, line, said, without_bullet};

/// A note of at most this many characters on one line can stand beside a time.
const SHORT_NOTE: usize = 250;
/// A case is a name, not a description.
const LONGEST_CASE: usize = 160;

/// All channels of a procedure. `places` is what is said about where to submit and could not become a contact; it stands
/// in the note of the first channel in person.
pub fn channels(detail: &Value, places: Option<&str>, remarks: &mut Vec<Remark>) -> Vec<Draft> {
    let methods: Vec<(&'static str, &Value)> = items(detail, "executionMethods")
        .iter()
        .filter_map(|method| match word(text(method, "submissionMethod")) {
            Some(word) => Some((word, method)),
            None => {
                let value = line(text(method, "submissionMethod"));
                remarks.push(Remark { reason: Reason::UnknownMethod, value });
                None
            }
        })
        .collect();
    let desk = methods.iter().position(|(word, _)| *word == "direct").unwrap_or(0);
    let mut channels: Vec<Draft> = Vec::new();
    for (at, (word, method)) in methods.iter().enumerate() {
        let siblings: Vec<&str> =
            methods.iter().filter(|(other, _)| other == word).map(|(_, m)| description(m)).collect();
        let channel = channel(word, method, &siblings, places.filter(|_| at == desk), remarks);
        if channels.contains(&channel) {
            remarks.push(Remark { reason: Reason::SameChannel, value: (*word).to_owned() });
        } else {
            channels.push(channel);
        }
    }
    channels
}

/// Whether any channel is online.
pub fn has_online(detail: &Value) -> bool {
    items(detail, "executionMethods").iter().any(|method| text(method, "submissionMethod") == "ONLINE")
}

fn word(method: &str) -> Option<&'static str> {
    match method {
        "DIRECT" => Some("direct"),
        "ONLINE" => Some("online"),
        "POSTAL" => Some("postal"),
        _ => None,
    }
}

fn description(method: &Value) -> &str {
    text(method, "description")
}

fn channel(word: &str, method: &Value, siblings: &[&str], places: Option<&str>, remarks: &mut Vec<Remark>) -> Draft {
    let case = (siblings.len() > 1).then(|| case(description(method), siblings)).flatten();
    let Time { draft, rest } = time(method, remarks);
    let whole_case = case.is_some() && case.as_deref() == rest.as_deref().map(line).as_deref().map(without_bullet);
    let about = rest.filter(|_| !whole_case).map(|rest| markdown(&rest));
    let places = places.map(|places| markdown(&format!("Nơi nộp hồ sơ:\n{places}")));
    let notes: Vec<String> = about.into_iter().chain(places).filter(|note| !note.is_empty()).collect();
    Draft::map([
        ("method", Some(Draft::text(word))),
        ("case", case.map(Draft::Text)),
        ("processing_time", draft),
        ("fees", fees(method, remarks)),
        ("note", (!notes.is_empty()).then(|| Draft::text(notes.join("\n\n")))),
    ])
}

/// What sets a channel apart from others of its method: the first line of its description that they do not share.
fn case(description: &str, siblings: &[&str]) -> Option<String> {
    let shared = |own: &str| siblings.iter().all(|other| clean(other).lines().any(|line| line.trim() == own));
    let text = clean(description);
    let own = text.lines().map(str::trim).find(|own| !own.is_empty() && !shared(own))?;
    Some(shortened(without_bullet(own)))
}

fn shortened(text: &str) -> String {
    let text = line(text);
    if text.chars().count() <= LONGEST_CASE {
        return text;
    }
    let cut: String = text.chars().take(LONGEST_CASE).collect();
    let words = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{} …", words.trim_end_matches([',', ';', ':']))
}

/// A processing time, and what of the description still has to be told.
struct Time {
    draft: Option<Draft>,
    rest: Option<String>,
}

/// The time in numbers where the portal has number and unit; else in its words; else in the description's.
fn time(method: &Value, remarks: &mut Vec<Remark>) -> Time {
    let about = match said(&clean(description(method))) {
        Said::Text(about) => Some(about),
        Said::Nothing | Said::None => None,
    };
    let (amount, words) = raw(method);
    match (amount, unit(text(method, "processingTimeUnit"))) {
        (Some(amount), Some(unit)) if amount > 0.0 => measured(amount, unit, about),
        (None, _) if words.as_deref().is_some_and(|words| words.to_lowercase() != "theo mô tả") => {
            Time { draft: words.map(in_words), rest: about }
        }
        _ => described(about, amount, remarks),
    }
}

/// The portal's number, or its words where it has no number.
fn raw(method: &Value) -> (Option<f64>, Option<String>) {
    let value = method.get("processingTime").unwrap_or(&Value::Null);
    let words = value.as_str().map(line).unwrap_or_default();
    let amount = value.as_f64().or_else(|| words.parse().ok());
    let stated = matches!(said(&words), Said::Text(_)).then_some(words);
    (amount, stated.filter(|_| amount.is_none()))
}

fn unit(portal: &str) -> Option<&'static str> {
    match portal {
        "HOUR" => Some("hour"),
        "WORKING_DAY" => Some("working_day"),
        "DAY" => Some("day"),
        "MONTH" => Some("month"),
        "YEAR" => Some("year"),
        _ => None,
    }
}

fn measured(amount: f64, unit: &str, about: Option<String>) -> Time {
    let (note, rest) = match about {
        Some(about) if is_about_time(&about) => (Some(Draft::Text(line(&about))), None),
        about => (None, about),
    };
    let draft = Draft::map([("value", Some(number(amount))), ("unit", Some(Draft::text(unit))), ("note", note)]);
    Time { draft: Some(draft), rest }
}

/// A time that only the description tells: its first line, and all of it below where it has more.
fn described(about: Option<String>, amount: Option<f64>, remarks: &mut Vec<Remark>) -> Time {
    let Some(about) = about else {
        if let Some(amount) = amount {
            remarks.push(Remark { reason: Reason::NoUnit, value: amount.to_string() });
        }
        return Time { draft: None, rest: None };
    };
    let mut lines = about.lines().map(line).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let more = lines.next().is_some();
    Time { draft: Some(in_words(without_bullet(&first).to_owned())), rest: more.then_some(about) }
}

fn in_words(text: String) -> Draft {
    Draft::map([("text", Some(Draft::Text(text)))])
}

fn is_about_time(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let short = !lower.contains('\n') && lower.chars().count() <= SHORT_NOTE;
    short && ["ngày", "giờ", "tháng", "thời hạn", "thời gian", "buổi"].iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::import::yaml;

    fn written(methods: serde_json::Value) -> (String, Vec<Reason>) {
        let mut remarks = Vec::new();
        let channels = channels(&json!({ "executionMethods": methods }), None, &mut remarks);
        (yaml::block("channels", &Draft::List(channels)), remarks.iter().map(|remark| remark.reason).collect())
    }

    fn method(time: serde_json::Value, unit: &str, description: &str) -> serde_json::Value {
        json!({"submissionMethod": "DIRECT", "processingTime": time, "processingTimeUnit": unit, "description": description})
    }

    #[test]
    fn times_in_numbers_keep_their_decimals() {
        let (text, _) = written(json!([method(json!(6.25), "WORKING_DAY", "kể từ ngày nhận đủ hồ sơ")]));
        assert_eq!(
            text,
            "channels:\n  - method: direct\n    processing_time:\n      value: 6.25\n      unit: working_day\n      note: kể từ ngày nhận đủ hồ sơ\n"
        );
    }

    #[test]
    fn other_times_are_told_in_words() {
        let (text, _) = written(json!([method(json!("Không quá 03 ngày"), "OTHER", "")]));
        assert!(text.contains("processing_time:\n      text: Không quá 03 ngày\n"));
        let (text, _) = written(json!([method(json!(0), "OTHER", "- Ngay trong ngày.\n- Nếu muộn thì hôm sau.")]));
        assert!(
            text.contains("      text: Ngay trong ngày.\n    note: |\n      - Ngay trong ngày.\n      - Nếu"),
            "{text}"
        );
    }

    #[test]
    fn a_number_that_means_nothing_is_left_out_and_told() {
        for time in [json!(1), json!("1"), json!(0)] {
            assert_eq!(
                written(json!([method(time, "OTHER", "")])),
                ("channels:\n  - method: direct\n".into(), vec![Reason::NoUnit])
            );
        }
    }

    #[test]
    fn cases_of_one_method_are_told_apart_by_what_they_do_not_share() {
        let (text, _) = written(json!([
            method(json!(5), "DAY", "Nộp tại Trung tâm.\n* Xã thường"),
            method(json!(9), "DAY", "Nộp tại Trung tâm.\n* Xã miền núi")
        ]));
        assert!(text.contains("case: Xã thường") && text.contains("case: Xã miền núi"), "{text}");
    }

    #[test]
    fn the_same_channel_twice_is_one() {
        let (text, reasons) = written(json!([method(json!(5), "DAY", ""), method(json!(5), "DAY", "")]));
        assert_eq!((text.matches("method").count(), reasons), (1, vec![Reason::SameChannel]));
    }
}
