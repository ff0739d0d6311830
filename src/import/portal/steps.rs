//! Steps (trình tự thực hiện). Many procedures have one step whose text counts `Bước 1`, `Bước 2` …; where the count is
//! without gaps these are the steps.

use serde_json::Value;

use crate::import::draft::Draft;
use crate::import::markdown::markdown;
use crate::import::portal::json::{items, text};
use crate::import::text::{clean, line, stated, without_bullet};

/// A heading of a step is at most this long; more is text.
const LONGEST_TITLE: usize = 120;

/// The steps of a procedure, of which each has a text.
pub fn steps(detail: &Value) -> Vec<Draft> {
    let steps = items(detail, "executionSteps");
    if let [only] = steps
        && stated(text(only, "name")).is_none()
        && let Some(counted) = counted(&clean(text(only, "description")))
    {
        return counted;
    }
    steps.iter().filter_map(|step| self::step(stated(text(step, "name")), text(step, "description"))).collect()
}

fn step(title: Option<String>, description: &str) -> Option<Draft> {
    let text = markdown(description);
    match (title, text.is_empty()) {
        (None, true) => None,
        (Some(title), true) => Some(Draft::map([("text", Some(Draft::Text(markdown(&title))))])),
        (title, false) => {
            let title = title.map(|title| without_bullet(&title).trim_end_matches([':', ' ']).to_owned());
            Some(Draft::map([("title", title.map(Draft::Text)), ("text", Some(Draft::Text(text)))]))
        }
    }
}

/// The steps of a text that counts them from 1, at least two, beginning with its first line.
fn counted(text: &str) -> Option<Vec<Draft>> {
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match number(line) {
            Some(number) if number == parts.len() + 1 => parts.push(vec![line]),
            Some(_) => return None,
            None => parts.last_mut()?.push(line),
        }
    }
    let steps: Option<Vec<Draft>> = parts.iter().map(|lines| counted_step(lines)).collect();
    steps.filter(|steps| steps.len() > 1)
}

/// The number of a line that opens a step: `- Bước 2: …`.
fn number(line: &str) -> Option<usize> {
    let rest = without_bullet(line).strip_prefix("Bước ")?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let opens = rest[digits..].trim_start().is_empty() || rest[digits..].trim_start().starts_with([':', '.', '-']);
    rest[..digits].parse().ok().filter(|_| opens)
}

/// A step of its lines: the first is its title where it is short and has text below; else only `Bước N` is.
fn counted_step(lines: &[&str]) -> Option<Draft> {
    let (first, below) = lines.split_first()?;
    let first = line(without_bullet(first));
    let below = below.join("\n");
    if first.chars().count() <= LONGEST_TITLE && !markdown(&below).is_empty() {
        return step(Some(first.trim_end_matches(['.', ':', ' ']).to_owned()), &below);
    }
    let end = first.find([':', '.', '-']).unwrap_or(first.len());
    let text = first.get(end + 1..).unwrap_or("").trim();
    step(Some(first[..end].trim().to_owned()), &format!("{text}\n{below}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::import::yaml;

    fn written(list: serde_json::Value) -> String {
        yaml::block("steps", &Draft::List(steps(&json!({ "executionSteps": list }))))
    }

    #[test]
    fn a_text_that_counts_its_steps_is_steps() {
        let text = "- Bước 1: Nộp hồ sơ.\n+ Tại quầy\n- Bước 2. Trả kết quả trong ngày.";
        assert_eq!(
            written(json!([{"name": "", "description": text}])),
            "steps:\n  - title: \"Bước 1: Nộp hồ sơ\"\n    text: \"- Tại quầy\"\n  - title: Bước 2\n    text: Trả kết quả trong ngày.\n"
        );
    }

    #[test]
    fn a_count_with_gaps_or_a_preface_stays_one_text() {
        for text in ["Bước 1: a\nBước 3: c", "Trước hết\nBước 1: a\nBước 2: b", "Bước 1: a\nBước 2: b\nBước 1: c"]
        {
            assert_eq!(written(json!([{"name": "", "description": text}])).matches("text:").count(), 1, "{text}");
        }
    }

    #[test]
    fn a_name_without_text_is_the_text() {
        assert_eq!(written(json!([{"name": "Nộp", "description": " "}])), "steps:\n  - text: Nộp\n");
        assert_eq!(
            written(json!([{"name": "a) Nộp hồ sơ:", "description": "x"}])),
            "steps:\n  - title: a) Nộp hồ sơ\n    text: x\n"
        );
    }
}
