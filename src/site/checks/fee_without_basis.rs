//! `fee-without-basis`: an amount that people must pay, and no document that sets it.
//!
//! Nobody may take a fee that no document sets; and without it nobody notices when the amount changes.
//!
//! Triggers: `{kind: fee, amount: 150000}`. Does not: the same with `basis: 168/2016/TT-BTC` or with that symbol in its note, a
//! fee of 0, or a procedure whose `legal_basis` has a document about fees by its title. Fees are set by circulars of the Ministry of
//! Finance and resolutions of provincial councils: one of these whose title is but its symbol, as the national portal has many,
//! is taken for such a document.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::document::Document;
use crate::record::kinds::procedure::{Amount, Fee, Fees, Procedure};
use crate::say;
use crate::site::Site;
use crate::site::checks::{in_use, told};
use crate::value::pattern::Pattern;

static ABOUT_FEES: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)\b(phí|mức\s+thu|giá\s+dịch\s+vụ|fees?|charges?)\b"));

static SYMBOL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d/(\d{4}/)?(NĐ|TT|QĐ|NQ|QH|UBTVQH|HĐND)").expect("the pattern is valid"));

/// Who sets fees.
static SETS_FEES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"/(TT-BTC|NQ-HĐND)$").expect("the pattern is valid"));

/// What a title says only to name the document: its symbol, day, type and issuer.
static FORMAL: LazyLock<Regex> = LazyLock::new(|| {
    let symbol = r"\d+/(\d{4}/)?[\p{Lu}\d-]+(/[\p{Lu}-]+)*";
    let words =
        r"\b(thông tư|nghị quyết|số|ngày|tháng|năm|của|bộ trưởng|bộ tài chính|hội đồng nhân dân|tỉnh|thành phố)\b";
    Regex::new(&format!("(?i){symbol}|{words}")).expect("the pattern is valid")
});

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let laws: BTreeSet<&str> =
        site.documents.iter().filter(|document| sets_fees(document)).map(|document| document.id.as_str()).collect();
    let without = in_use(site).filter(|record| record.is_sound(&["channels"]) && !rests_on(&laws, site, record));
    without
        .flat_map(|record| {
            let groundless = amounts(&record.content.data).filter(|fee| *fee.amount > 0.0 && !has_basis(fee));
            groundless.map(|fee| told(record, fault(fee))).collect::<Vec<_>>()
        })
        .collect()
}

/// The payments of a procedure that are given in numbers.
pub fn amounts(procedure: &Procedure) -> impl Iterator<Item = &Amount> {
    let payments = procedure.channels.iter().filter_map(|channel| match &channel.fees {
        Some(Fees::Payments(payments)) => Some(payments),
        _ => None,
    });
    payments.flatten().filter_map(|fee| match fee {
        Fee::Amount(amount) => Some(amount),
        Fee::InWords(_) => None,
    })
}

fn has_basis(fee: &Amount) -> bool {
    fee.basis.is_some() || fee.note.as_ref().is_some_and(|note| SYMBOL.is_match(note))
}

fn rests_on(laws: &BTreeSet<&str>, site: &Site, record: &Record<Procedure>) -> bool {
    let mut cited = record.content.data.legal_basis.iter().filter_map(|basis| site.documents.resolve(&basis.document));
    cited.any(|document| laws.contains(document.id.as_str()))
}

/// Whether a document is one about fees.
fn sets_fees(document: &Record<Document>) -> bool {
    let title: &str = &document.content.common.title;
    ABOUT_FEES.is_match(title) || SETS_FEES.is_match(&document.content.data.symbol) && !names_subject(title)
}

/// Whether a title says more than which document it is: `Thông tư số 05/2021/TT-BTC ngày 20/01/2021 của Bộ Tài chính` does not.
fn names_subject(title: &str) -> bool {
    FORMAL.replace_all(title, "").chars().any(char::is_alphabetic)
}

fn fault(fee: &Amount) -> Diagnostic {
    let message = say!("mức thu này không có văn bản quy định (`basis`)", "no document (`basis`) sets this amount");
    let help = say!(
        "thêm `basis:` với số, ký hiệu văn bản quy định mức thu",
        "add `basis:` with the symbol of the document that sets it"
    );
    Diagnostic::new(Code::FeeWithoutBasis, fee.at.own, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::names_subject;

    #[test]
    fn a_title_that_is_but_the_documents_name_has_no_subject() {
        for title in [
            "41/2023/TT-BTC",
            "Thông tư số 05/2021/TT-BTC ngày 20/01/2021 của Bộ trưởng Bộ Tài chính",
            "Nghị quyết 37/2025/NQ-HĐND",
        ] {
            assert!(!names_subject(title), "{title}");
        }
        assert!(names_subject("Thông tư số 68/2025/TT-BTC: Ban hành biểu mẫu đăng ký doanh nghiệp"));
        assert!(names_subject("Quy định về thủ tục hải quan"));
    }
}
