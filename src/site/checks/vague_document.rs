//! `vague-document`: a paper that nobody can bring, because it is not said which: "các giấy tờ khác (nếu có)".
//!
//! The law wants every paper named; what is left open is where people are sent home.
//!
//! Triggers: `name: Giấy tờ liên quan`, `name: Hợp đồng và các tài liệu khác có liên quan (nếu có)`. Does not: `name: Giấy tờ liên quan đến
//! quyền sử dụng đất`.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::procedure::{Paper, Procedure};
use crate::say;
use crate::site::checks::asks_for_abolished_paper::papers;
use crate::site::checks::told;

/// At the end of a paper's name: a noun that says nothing, `khác` or `liên quan`, and nothing that says to what.
static VAGUE: LazyLock<Regex> = LazyLock::new(|| {
    let noun = "(giấy tờ|tài liệu|văn bản|hồ sơ|documents?|papers?)";
    let kind = r"( pháp lý| chứng minh| hợp pháp| cần thiết| bổ trợ| bổ sung| kèm theo)*";
    let open =
        r"( khác có liên quan| khác liên quan| có liên quan khác| liên quan khác| khác| có liên quan| liên quan)";
    let rest = r"( khác| kèm theo| theo quy định( của pháp luật)?| theo yêu cầu( của cơ quan[^,;]{0,40})?)*";
    let vietnamese = format!(r"{noun}((, | và |/){noun})*{kind}{open}{rest}");
    let english = r"(any |all )?(other|related|relevant)( (relevant|related|supporting))? (documents|papers)";
    let head = r"(?:^|[,;:(]\s*|(?:và|hoặc|cùng|kèm|các|những|bản sao|and|or)\s+)";
    let tail = r"\s*(\((nếu có|if any|bản)[^()]*\)|nếu có|if any)?[\s.;,)…]*$";
    Regex::new(&format!("(?i){head}(?:{vietnamese}|{english}){tail}")).expect("the pattern is valid")
});

pub fn check(record: &Record<Procedure>) -> Vec<Diagnostic> {
    if !record.is_sound(&["dossiers"]) {
        return Vec::new();
    }
    let vague = papers(&record.content.data).filter(|paper| VAGUE.is_match(&paper.name));
    vague.map(|paper| told(record, fault(paper))).collect()
}

fn fault(paper: &Paper) -> Diagnostic {
    let message = say!("không rõ là giấy tờ nào", "it is not said which papers these are");
    let help = say!(
        "nêu tên từng giấy tờ, và khi nào cần; nếu không có thì bỏ mục này",
        "name each paper, and when it is needed; if there is none, remove the item"
    );
    Diagnostic::new(Code::VagueDocument, paper.name.place, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::VAGUE;

    #[test]
    fn open_ended_papers_are_vague() {
        for text in [
            "Các giấy tờ khác (nếu có)",
            "Giấy tờ liên quan",
            "đ) Các giấy tờ có liên quan khác (bản phô tô).",
            "- Các tài liệu liên quan khác kèm theo (nếu có).",
            "Giấy tờ, tài liệu liên quan khác theo quy định của pháp luật.",
            "Hợp đồng thuê nhà và các giấy tờ có liên quan",
            "đ) Các văn bản, tài liệu khác có liên quan.",
            "Other relevant documents (if any)",
        ] {
            assert!(VAGUE.is_match(text), "{text}");
        }
    }

    #[test]
    fn papers_that_say_of_what_are_not() {
        for text in [
            "Giấy tờ liên quan đến quyền sử dụng đất",
            "Tài liệu khác theo yêu cầu của phương án tổ chức thi tuyển",
            "Văn bản ủy quyền (nếu có)",
            "Giấy tờ của người có liên quan đến vụ việc",
            "Hồ sơ khác biệt",
        ] {
            assert!(!VAGUE.is_match(text), "{text}");
        }
    }
}
