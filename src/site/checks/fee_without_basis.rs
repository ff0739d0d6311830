//! `fee-without-basis`: an amount that people must pay, and no document that sets it.
//!
//! Nobody may take a fee that no document sets; and without it nobody notices when the amount changes.
//!
//! Triggers: `{kind: fee, amount: 150000}`. Does not: the same with `basis: 168/2016/TT-BTC` or with that symbol in its note, a
//! fee of 0, or a procedure whose `legal_basis` has a document about fees by its title.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::procedure::{Amount, Fee, Fees, Procedure};
use crate::say;
use crate::site::Site;
use crate::site::checks::{in_use, told};

static ABOUT_FEES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(phí|mức\s+thu|giá\s+dịch\s+vụ|fees?|charges?)\b").expect("the pattern is valid")
});

static SYMBOL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d/(\d{4}/)?(NĐ|TT|QĐ|NQ|QH|UBTVQH|HĐND)").expect("the pattern is valid"));

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let without = in_use(site).filter(|record| record.is_sound(&["channels"]) && !rests_on_fee_law(site, record));
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

fn rests_on_fee_law(site: &Site, record: &Record<Procedure>) -> bool {
    let cited = record.content.data.legal_basis.iter().filter_map(|basis| site.documents.resolve(&basis.document));
    cited.map(|document| &document.content.common.title).any(|title| ABOUT_FEES.is_match(title))
}

fn fault(fee: &Amount) -> Diagnostic {
    let message = say!("mức thu này không có văn bản quy định (`basis`)", "no document (`basis`) sets this amount");
    let help = say!(
        "thêm `basis:` với số, ký hiệu văn bản quy định mức thu",
        "add `basis:` with the symbol of the document that sets it"
    );
    Diagnostic::new(Code::FeeWithoutBasis, fee.at.own, message).help(help)
}
