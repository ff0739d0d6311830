//! `asks-for-abolished-paper`: a dossier asks for a paper that no longer exists.
//!
//! The household and residence books ended with 2022, the old identity cards with 2024; nobody may ask for them.
//!
//! Only papers that are asked for count. Triggers: `name: Bản sao Sổ hộ khẩu`, `name: CMND hoặc CCCD`. Does not: `Thẻ căn cước (thay
//! cho Chứng minh nhân dân)`, `Tờ khai có số CMND`, `Sơ yếu lý lịch có ảnh kiểu chứng minh nhân dân`.

use std::sync::LazyLock;

use regex::{Match, Regex};

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::Record;
use crate::record::kinds::procedure::{Paper, Procedure};
use crate::say;
use crate::site::checks::told;
use crate::value::pattern::Pattern;

static PAPER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)(?P<household>sổ\s+(đăng\s+ký\s+)?hộ\s+khẩu)|(?P<residence>sổ\s+(đăng\s+ký\s+)?tạm\s+trú|giấy\s+xác\s+nhận\s+thông\s+tin\s+(về\s+)?(nơi\s+)?cư\s+trú)|(?P<identity>chứng\s+minh\s+(thư\s+)?nhân\s+dân|\b(CMND|CMTND)\b)",
    )
});

/// Words before a paper that say that it is not asked for, or that only something about it is.
static NOT_ASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(không\s+(còn|cần|phải|yêu\s+cầu|bắt\s+buộc|được)|đã\s+cung\s+cấp|\btrừ\b|bãi\s+bỏ|kiểu|\bsố\b|thông\s+tin(\s+của|\s+về)?|nơi\s+cấp|ngày\s+cấp|ghi\s+rõ|no\s+longer)[^.;:()\n]{0,40}$|thay\s+(thế\s+)?(cho\s+)?[^.,;:()\n]{0,40}$|\bsố\s+(định\s+danh|căn\s+cước)[^.;:()\n]{0,80}$",
    )
    .expect("the pattern is valid")
});

pub fn check(record: &Record<Procedure>) -> Vec<Diagnostic> {
    if !record.is_sound(&["dossiers"]) {
        return Vec::new();
    }
    papers(&record.content.data).flat_map(faults).map(|fault| told(record, fault)).collect()
}

/// Every paper that a procedure asks for.
pub fn papers(procedure: &Procedure) -> impl Iterator<Item = &Paper> {
    procedure.dossiers.iter().flat_map(|dossier| &dossier.documents)
}

fn faults(paper: &Paper) -> Vec<Diagnostic> {
    let texts = [Some(&paper.name), paper.note.as_ref()];
    let found = texts.into_iter().flatten().filter_map(|text| {
        let (gone, help) = asked(text)?;
        let message = say!("`{gone}` không còn được dùng", "`{gone}` is no longer in use");
        Some(Diagnostic::new(Code::AsksForAbolishedPaper, text.place, message).help(help))
    });
    found.collect()
}

/// Words for papers that are asked for only where the databases do not have what they say, as Nghị định 104/2022/NĐ-CP has it.
static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)khai\s+thác").expect("the pattern is valid"));

/// The first paper in a text that is asked for and does not exist any more, with what to do.
fn asked(text: &str) -> Option<(&str, Message)> {
    let asked = |paper: Match<'_>| !NOT_ASKED.is_match(&text[..paper.start()]) && !is_waived(&text[paper.end()..]);
    let found = PAPER.captures_iter(text).find(|found| {
        let only_otherwise = found.name("residence").is_some() && OTHERWISE.is_match(text);
        !only_otherwise && found.get(0).is_some_and(asked)
    })?;
    let help = if found.name("identity").is_some() {
        say!(
            "ghi thẻ căn cước, hoặc bỏ vì tra được trong dữ liệu dân cư",
            "ask for the citizen's card, or for nothing: the population database has it"
        )
    } else {
        say!(
            "bỏ giấy này: nơi cư trú tra trong dữ liệu dân cư",
            "leave it out: the population database has the residence"
        )
    };
    found.get(0).map(|paper| (paper.as_str(), help))
}

/// Whether what follows a paper says that it need not be brought.
fn is_waived(behind: &str) -> bool {
    static WAIVED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^[^.;\n]{0,30}(không\s+(còn|cần|phải|yêu\s+cầu)|đã\s+(bãi\s+)?bỏ|được\s+thay|no\s+longer)")
            .expect("the pattern is valid")
    });
    WAIVED.is_match(behind)
}

#[cfg(test)]
mod tests {
    use super::asked;

    fn paper(text: &str) -> Option<&str> {
        asked(text).map(|(paper, _)| paper)
    }

    #[test]
    fn papers_that_are_asked_for_are_found() {
        assert_eq!(paper("Bản sao sổ hộ khẩu của cha, mẹ"), Some("sổ hộ khẩu"));
        assert_eq!(paper("Thẻ Căn cước công dân hoặc Chứng minh nhân dân"), Some("Chứng minh nhân dân"));
        assert_eq!(paper("Sổ tạm trú (bản giấy)"), Some("Sổ tạm trú"));
        let listed = "Hộ chiếu hoặc giấy tờ có giá trị thay thế hộ chiếu, chứng minh nhân dân, thẻ căn cước";
        assert_eq!(paper(listed), Some("chứng minh nhân dân"));
        assert_eq!(paper("Giấy xác nhận thông tin về cư trú"), Some("Giấy xác nhận thông tin về cư trú"));
    }

    #[test]
    fn papers_that_are_only_mentioned_are_left() {
        for text in [
            "Thẻ căn cước (thay cho Chứng minh nhân dân)",
            "Tờ khai có số CMND của chủ hộ",
            "Sơ yếu lý lịch có ảnh kiểu chứng minh nhân dân cỡ 4x6",
            "Không yêu cầu sổ hộ khẩu",
            "Sổ hộ khẩu: không phải nộp",
            "Số và ngày cấp, nơi cấp giấy chứng minh nhân dân",
            "Giấy tờ chứng minh thương nhân có kho",
            "Thẻ tạm trú của người nước ngoài",
            "Học sinh có hộ khẩu thường trú tại xã",
            "nếu đã cung cấp số định danh cá nhân/căn cước công dân/thẻ căn cước/chứng minh nhân dân",
            "Nếu không khai thác được thông tin trong dữ liệu dân cư thì nộp Giấy xác nhận thông tin về cư trú",
        ] {
            assert_eq!(paper(text), None, "{text}");
        }
    }
}
