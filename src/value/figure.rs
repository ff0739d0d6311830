//! How much feedback a text speaks of: `tiếp nhận 12 phản ánh, kiến nghị`, `received 3 complaints`.
//!
//! Only figures that a word names are told. A figure of several categories at once (`5 đơn khiếu nại, tố cáo`) is left: nothing says
//! how it is made up.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::value::text::last;

/// A figure in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// How many.
    pub count: i64,
    /// Of what.
    pub subject: Subject,
    /// What became of them.
    pub fate: Fate,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Phản ánh, kiến nghị.
    Feedback,
    /// Khiếu nại.
    Complaints,
    /// Tố cáo.
    Denunciations,
}

/// What a text says became of what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They came in.
    Received,
    /// They were dealt with.
    Resolved,
    /// The text does not say.
    Untold,
}

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?P<count>\d{1,3}(?:[.,]\d{3})+|\d+)\s+(?:(?:lượt|ý kiến|đơn|đơn thư|vụ|vụ việc|việc|trường hợp|nội dung|pieces? of|reports? of)\s+)*(?P<subject>phản ánh|kiến nghị|góp ý|khiếu nại|tố cáo|feedback|complaints?|denunciations?)",
    )
    .expect("the pattern is valid")
});

static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:(?P<resolved>giải quyết|xử lý|trả lời|resolved|settled|answered|dealt with)|(?P<received>tiếp nhận|nhận được|đã nhận|received))[^.;,\n\d]{0,30}$",
    )
    .expect("the pattern is valid")
});

static MIXED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s*(?:,|và|hoặc|/|and|or)\s*(?:khiếu nại|tố cáo|phản ánh|kiến nghị về|complaint|denunciation|feedback)",
    )
    .expect("the pattern is valid")
});

/// The figures in a text.
pub fn find(text: &str) -> Vec<(Figure, Range<usize>)> {
    let figures = FIGURE.captures_iter(text).filter_map(|found| {
        let (count, subject) = (found.name("count")?, found.name("subject")?);
        if is_part_of_a_number(text, count.start()) || is_mixed(text, subject.range()) {
            return None;
        }
        let number = count.as_str().replace(['.', ','], "").parse().ok()?;
        let figure = Figure {
            count: number,
            subject: subject_of(subject.as_str()),
            fate: fate_of(last(&text[..count.start()], 60)),
        };
        Some((figure, count.range()))
    });
    figures.collect()
}

fn is_part_of_a_number(text: &str, start: usize) -> bool {
    text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '-'))
}

/// Whether another category follows: `khiếu nại, tố cáo`.
fn is_mixed(text: &str, subject: Range<usize>) -> bool {
    let same = subject_of(&text[subject.clone()]);
    MIXED.find(&text[subject.end..]).is_some_and(|more| {
        let word = more.as_str().trim_start_matches(|c: char| !c.is_alphabetic());
        let word =
            ["và ", "hoặc ", "and ", "or "].iter().fold(word, |word, joint| word.strip_prefix(joint).unwrap_or(word));
        subject_of(word.trim_start()) != same
    })
}

fn subject_of(word: &str) -> Subject {
    let word = word.to_lowercase();
    if word.starts_with("khiếu") || word.starts_with("complaint") {
        Subject::Complaints
    } else if word.starts_with("tố") || word.starts_with("denunciation") {
        Subject::Denunciations
    } else {
        Subject::Feedback
    }
}

fn fate_of(before: &str) -> Fate {
    match BEFORE.captures(before) {
        Some(found) if found.name("resolved").is_some() => Fate::Resolved,
        Some(_) => Fate::Received,
        None => Fate::Untold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<(i64, Subject, Fate)> {
        find(text).into_iter().map(|(figure, _)| (figure.count, figure.subject, figure.fate)).collect()
    }

    #[test]
    fn figures_have_a_subject_and_a_fate() {
        assert_eq!(
            figures("Trong kỳ, Sở tiếp nhận 12 lượt phản ánh, kiến nghị; đã giải quyết 3 khiếu nại."),
            [(12, Subject::Feedback, Fate::Received), (3, Subject::Complaints, Fate::Resolved)]
        );
        assert_eq!(figures("1.204 đơn tố cáo"), [(1204, Subject::Denunciations, Fate::Untold)]);
    }

    #[test]
    fn a_figure_of_two_categories_is_left() {
        assert!(figures("tiếp nhận 5 đơn khiếu nại, tố cáo").is_empty());
    }

    #[test]
    fn dates_and_symbols_are_no_figures() {
        assert!(figures("Quý 3/2026 phản ánh của người dân; 24/2014 khiếu nại").is_empty());
    }
}
