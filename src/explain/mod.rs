//! What each diagnostic means, for people: what it finds, why that matters, how to mend it, and an example of wrong and right.
//!
//! One small text a code, in `codes/`, in Vietnamese and English. The examples are no prose: a test makes each into a site and
//! runs it through the check.

mod example;

use include_dir::{Dir, include_dir};

pub use example::{Example, Side};

use crate::diagnostic::sarif::Rule;
use crate::diagnostic::{Code, Group, Message};

static CODES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/explain/codes");

/// What a code means.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// What it finds, in a sentence.
    pub finds: Message,
    /// Why it matters.
    pub why: Message,
    /// How to mend it.
    pub mend: Message,
    /// What is wrong and what is right, where a site can show it.
    pub example: Option<Example>,
}

/// What a code means; none where its text is missing or ill-formed, which a test finds.
pub fn of(code: Code) -> Option<Explanation> {
    let text = CODES.get_file(format!("{code}.md"))?.contents_utf8()?;
    let (vi, rest) = text.strip_prefix("## vi\n")?.split_once("\n## en\n")?;
    let (en, example) = rest.split_once("\n## example").map_or((rest, None), |(en, example)| (en, Some(example)));
    let [vi, en] = [paragraphs(vi)?, paragraphs(en)?];
    let [finds, why, mend] = std::array::from_fn(|at| Message { vi: vi[at].to_owned(), en: en[at].to_owned() });
    let example = match example {
        Some(example) => Some(Example::read(example)?),
        None => None,
    };
    Some(Explanation { finds, why, mend, example })
}

/// What a code means, for a report that is read without the program.
pub fn rule(code: Code) -> Rule {
    let Explanation { finds, why, mend, .. } = of(code).expect("a test finds codes without a text");
    Rule { finds, why, mend }
}

/// The three paragraphs of an explanation.
fn paragraphs(text: &str) -> Option<[&str; 3]> {
    let all: Vec<&str> = text.trim().split("\n\n").map(str::trim).collect();
    all.try_into().ok()
}

/// What people call a group of codes.
pub fn group(group: Group) -> Message {
    let (vi, en) = match group {
        Group::Syntax => ("Cách viết tệp và giá trị", "How files and values are written"),
        Group::Reference => ("Liên kết, tệp và địa chỉ", "References, files and addresses"),
        Group::Theme => ("Giao diện", "The theme"),
        Group::Procedure => ("Thủ tục và văn bản", "Procedures and documents"),
        Group::Statistics => ("Thống kê", "Statistics"),
        Group::Report => ("Báo cáo", "Reports"),
        Group::Contact => ("Đầu mối", "Contacts"),
        Group::Privacy => ("Dữ liệu cá nhân", "Personal data"),
        Group::Freshness => ("Đầy đủ và cập nhật", "Completeness and age"),
    };
    Message { vi: vi.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_and_nothing_else() {
        let lacking: Vec<_> = Code::ALL.iter().filter(|code| of(**code).is_none()).map(|code| code.name()).collect();
        assert!(lacking.is_empty(), "src/explain/codes lacks a well-formed text of: {}", lacking.join(", "));
        for file in CODES.files() {
            let name = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap();
            assert!(Code::from_name(name).is_some(), "src/explain/codes/{name}.md explains no code");
        }
    }

    #[test]
    fn what_a_code_finds_is_one_line() {
        for explanation in Code::ALL.iter().filter_map(|code| of(*code)) {
            for text in [&explanation.finds.vi, &explanation.finds.en] {
                assert!(text.chars().count() <= 130 && text.ends_with('.') && !text.contains('\n'), "{text}");
            }
        }
    }
}
