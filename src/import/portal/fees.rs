//! Fees as the portal has them, of which a number tells half: `0` is free only where the note does not say otherwise, and a note
//! may name the amount that the number lacks.

use serde_json::Value;

use crate::import::draft::Draft;
use crate::import::portal::json::{items, object, text};
use crate::import::portal::remark::{Reason, Remark};
use crate::import::text::{Said, line, said};

/// Amounts below this, in đồng, are thousands whose zeros were forgotten.
const SMALLEST_AMOUNT: f64 = 1000.0;

/// What one channel costs: `free`, a list of amounts, or one text where any of them can be said in words only.
pub fn fees(method: &Value, remarks: &mut Vec<Remark>) -> Option<Draft> {
    let mut payments: Vec<Payment> = Vec::new();
    for payment in items(method, "fees").iter().filter_map(|fee| payment(fee, remarks)) {
        if !payments.contains(&payment) {
            payments.push(payment);
        }
    }
    if payments.is_empty() {
        return None;
    }
    if payments.iter().all(|payment| matches!(payment.cost, Cost::Free)) {
        return Some(Draft::text("free"));
    }
    let in_words = payments.iter().any(|payment| matches!(payment.cost, Cost::InWords(_)));
    Some(if in_words { words(&payments) } else { Draft::List(payments.iter().map(Payment::draft).collect()) })
}

#[derive(Debug, PartialEq)]
struct Payment {
    kind: Kind,
    cost: Cost,
}

#[derive(Debug, PartialEq)]
enum Cost {
    Free,
    Amount { amount: f64, currency: Currency, note: String },
    InWords(String),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Fee,
    Charge,
    Price,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Currency {
    Vnd,
    Usd,
}

/// One payment; none where the portal states nothing.
fn payment(fee: &Value, remarks: &mut Vec<Remark>) -> Option<Payment> {
    let kind = match text(fee, "type") {
        "SERVICE_FEE" => Kind::Charge,
        "PRICE_LEVEL" => Kind::Price,
        _ => Kind::Fee,
    };
    let note = line(text(fee, "description"));
    let value = fee.get("value").and_then(Value::as_f64);
    let cost = match value {
        Some(amount) if amount > 0.0 => costs(amount, currency(fee), note, remarks),
        _ if note.is_empty() => value.map(|_| Cost::Free)?,
        _ if says_free(&note) => Cost::Free,
        _ => Cost::InWords(note),
    };
    Some(Payment { kind, cost })
}

fn costs(amount: f64, currency: Option<Currency>, note: String, remarks: &mut Vec<Remark>) -> Cost {
    match currency {
        Some(Currency::Vnd) if amount < SMALLEST_AMOUNT && names_amount(&note) => {
            remarks.push(Remark { reason: Reason::SmallAmount, value: format!("{amount}: {note}") });
            Cost::InWords(note)
        }
        Some(currency) => Cost::Amount { amount, currency, note },
        None => Cost::InWords(format!("{} {note}", grouped(amount)).trim().to_owned()),
    }
}

/// The currency; none where the portal names one that the content model does not know.
fn currency(fee: &Value) -> Option<Currency> {
    let code = text(object(fee, "currency"), "code");
    match if code.is_empty() { text(fee, "currencyName") } else { code } {
        "" | "VND" | "VNĐ" | "Việt Nam Đồng" => Some(Currency::Vnd),
        "USD" => Some(Currency::Usd),
        _ => None,
    }
}

fn says_free(note: &str) -> bool {
    let lower = note.to_lowercase();
    let unregulated = lower.contains("quy định");
    let free = ["miễn phí", "không thu", "không mất phí", "không phải nộp phí", "không phí"];
    said(note) == Said::None && !unregulated
        || free.iter().any(|word| lower.trim_start_matches('-').trim_start().starts_with(word))
            && note.chars().count() < 60
}

/// Whether a text has a number of at least four digits, dots between them or not.
fn names_amount(note: &str) -> bool {
    note.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .any(|number| number.bytes().filter(u8::is_ascii_digit).count() > 3)
}

impl Payment {
    fn draft(&self) -> Draft {
        let (amount, currency, note) = match &self.cost {
            Cost::Amount { amount, currency, note } => (*amount, *currency, note.as_str()),
            Cost::Free | Cost::InWords(_) => (0.0, Currency::Vnd, ""),
        };
        Draft::map([
            ("kind", Some(Draft::text(self.kind.word()))),
            ("amount", Some(number(amount))),
            ("currency", (currency == Currency::Usd).then(|| Draft::text("USD"))),
            ("note", (!note.is_empty()).then(|| Draft::text(note))),
        ])
    }

    /// The payment in words; none for a free one beside others.
    fn words(&self) -> Option<String> {
        let label = self.kind.label();
        let unlabelled = |text: &str| !text.to_lowercase().contains(self.kind.stem());
        match &self.cost {
            Cost::Free => None,
            Cost::InWords(text) if unlabelled(text) => Some(format!("{label}: {text}")),
            Cost::InWords(text) => Some(text.clone()),
            Cost::Amount { amount, currency, note } => {
                let unit = if *currency == Currency::Usd { "USD" } else { "đồng" };
                let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
                Some(format!("{label}: {} {unit}{note}", grouped(*amount)))
            }
        }
    }
}

fn words(payments: &[Payment]) -> Draft {
    let parts: Vec<String> = payments.iter().filter_map(Payment::words).collect();
    Draft::map([("text", Some(Draft::text(parts.join("; "))))])
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Fee => "fee",
            Kind::Charge => "charge",
            Kind::Price => "price",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Kind::Fee => "Phí",
            Kind::Charge => "Lệ phí",
            Kind::Price => "Giá dịch vụ",
        }
    }

    /// A word without which a text does not say what kind of payment it is about.
    fn stem(self) -> &'static str {
        match self {
            Kind::Fee => "phí",
            Kind::Charge => "lệ phí",
            Kind::Price => "giá",
        }
    }
}

/// A number as the draft it is: whole where it is whole.
pub fn number(number: f64) -> Draft {
    #[expect(clippy::cast_possible_truncation, reason = "whole and far below 2^53")]
    if number.fract() == 0.0 && number.abs() < 1e15 { Draft::Int(number as i64) } else { Draft::Number(number) }
}

/// A number as people write it here: `1.000.000`.
fn grouped(number: f64) -> String {
    let digits = number.to_string();
    let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), None), |(whole, f)| (whole, Some(f)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |fraction| format!("{out},{fraction}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::import::yaml;

    fn written(list: serde_json::Value) -> String {
        fees(&json!({ "fees": list }), &mut Vec::new()).map_or_else(String::new, |draft| yaml::block("fees", &draft))
    }

    fn fee(value: serde_json::Value, note: &str) -> serde_json::Value {
        json!({"type": "FEE", "value": value, "description": note})
    }

    #[test]
    fn the_three_kinds() {
        let list = json!([
            {"type": "FEE", "value": 100000, "description": "mỗi lần"},
            {"type": "SERVICE_FEE", "value": 5.5, "currencyName": "USD"},
            {"type": "PRICE_LEVEL", "value": 0}
        ]);
        assert_eq!(
            written(list),
            "fees:\n  - kind: fee\n    amount: 100000\n    note: mỗi lần\n  - kind: charge\n    amount: 5.5\n    currency: USD\n  - kind: price\n    amount: 0\n"
        );
    }

    #[test]
    fn zero_is_free_only_where_no_note_says_otherwise() {
        assert_eq!(written(json!([fee(json!(0), ""), fee(json!(0), "Không")])), "fees: free\n");
        assert_eq!(written(json!([fee(json!(null), "Miễn phí")])), "fees: free\n");
        let local = "Phí do Hội đồng nhân dân tỉnh quy định";
        assert_eq!(written(json!([fee(json!(0), local)])), format!("fees:\n  text: {local}\n"));
        assert_eq!(written(json!([fee(json!(0), "150.000 đồng")])), "fees:\n  text: \"Phí: 150.000 đồng\"\n");
        assert_eq!(written(json!([fee(json!(0), "Không quy định")])), "fees:\n  text: \"Phí: Không quy định\"\n");
    }

    #[test]
    fn nothing_stated_is_not_free() {
        assert_eq!(written(json!([])), "");
        assert_eq!(written(json!([fee(json!(null), "")])), "");
    }

    #[test]
    fn words_beside_numbers_are_one_text() {
        let list = json!([fee(json!(1200000), "mỗi lần"), {"type": "SERVICE_FEE", "value": 0, "description": "theo quy định"}]);
        assert_eq!(written(list), "fees:\n  text: \"Phí: 1.200.000 đồng (mỗi lần); Lệ phí: theo quy định\"\n");
    }

    #[test]
    fn a_number_without_its_thousands_gives_way_to_the_note() {
        assert_eq!(
            written(json!([fee(json!(100), "Phí công bố: 100.000 đồng/lần")])),
            "fees:\n  text: \"Phí công bố: 100.000 đồng/lần\"\n"
        );
    }
}
