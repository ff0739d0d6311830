//! `implausible-amount`: a payment that nobody can mean, such as 150 đồng or 17 billion.
//!
//! Mostly it is given in thousands, in per cent, or with digits too many; people would come with the wrong money.
//!
//! Triggers: `amount: 150`, `amount: 17500000000`, `amount: 1500.5`. Does not: `amount: 150000`, `amount: 0`, `amount: 25` with
//! `currency: USD`.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::procedure::{Amount, Currency, Procedure};
use crate::say;
use crate::site::checks::fee_without_basis::amounts;
use crate::site::checks::told;

/// The least and the most that a payment in đồng is: a copied page, a large appraisal.
const DONG: std::ops::RangeInclusive<f64> = 500.0..=1e9;
/// The same in dollars and euros.
const HARD: std::ops::RangeInclusive<f64> = 0.1..=50_000.0;

pub fn check(record: &Record<Procedure>) -> Vec<Diagnostic> {
    if !record.is_sound(&["channels"]) {
        return Vec::new();
    }
    let odd = amounts(&record.content.data).filter(|fee| !is_plausible(fee));
    odd.map(|fee| told(record, fault(fee))).collect()
}

fn is_plausible(fee: &Amount) -> bool {
    let amount = *fee.amount;
    let likely = match fee.currency.unwrap_or(Currency::Vnd) {
        Currency::Vnd => DONG.contains(&amount) && amount.fract() == 0.0,
        Currency::Usd | Currency::Eur => HARD.contains(&amount),
    };
    amount == 0.0 || likely
}

fn fault(fee: &Amount) -> Diagnostic {
    let (amount, currency) = (*fee.amount, fee.currency.unwrap_or(Currency::Vnd));
    let (unit, word) = match currency {
        Currency::Vnd => ("đồng", "VND"),
        Currency::Usd => ("đô la Mỹ", "USD"),
        Currency::Eur => ("euro", "EUR"),
    };
    let message = say!("mức thu {amount} {unit} khó là thật", "an amount of {amount} {word} is hardly meant");
    let help = if amount < *DONG.start() && currency == Currency::Vnd {
        say!(
            "ghi đủ số đồng; mức thu theo tỷ lệ phần trăm thì viết bằng chữ: `text: …`",
            "write the amount in full; a percentage is written in words: `text: …`"
        )
    } else {
        say!("kiểm tra số chữ số của mức thu", "count the digits of the amount")
    };
    Diagnostic::new(Code::ImplausibleAmount, fee.at.of("amount"), message).help(help)
}
