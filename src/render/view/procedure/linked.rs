//! A procedure as a schema.org GovernmentService.

use serde_json::{Value, json};

use crate::record::Record;
use crate::record::kinds::procedure::{Amount, Channel, Currency, Fee, Fees, Procedure, ProcessingTime, TimeUnit};
use crate::record::value::Words as _;
use crate::render::lens::Lens;
use crate::render::view::channel;
use crate::render::view::linked::{named, node, text};
use crate::render::view::procedure::ProcedureView;

/// A procedure for machines.
pub fn service(lens: &Lens<'_>, record: &Record<Procedure>, view: &ProcedureView) -> Value {
    let data = &record.content(lens.code).data;
    let agencies = |references| {
        lens.references(references).iter().map(|agency| named("GovernmentOrganization", &agency.title)).collect()
    };
    let audience = data.applicants.iter().map(|who| node("Audience", [("audienceType", json!(&**who))]));
    let outputs = data.results.iter().map(|result| node("Thing", [("name", json!(&*result.name))]));
    node(
        "GovernmentService",
        [
            ("name", json!(view.record.heading.text)),
            ("alternateName", text(view.official.as_ref())),
            ("description", text(view.record.summary.as_ref())),
            ("identifier", json!(view.code)),
            ("category", json!(view.field.title.text)),
            ("serviceOperator", agencies(&data.executing_agencies)),
            ("provider", agencies(&data.competent_agencies)),
            ("audience", audience.collect()),
            ("serviceOutput", outputs.collect()),
            ("availableChannel", channels(lens, data)),
            ("offers", offers(data)),
        ],
    )
}

fn channels(lens: &Lens<'_>, data: &Procedure) -> Value {
    once(data.channels.iter().map(|channel| service_channel(lens, data, channel)).collect())
}

fn service_channel(lens: &Lens<'_>, data: &Procedure, channel: &Channel) -> Value {
    let time = match &channel.processing_time {
        Some(ProcessingTime::Measured(time)) => duration(*time.value, time.unit),
        _ => None,
    };
    node(
        "ServiceChannel",
        [
            ("name", json!(lens.language.word(channel.method))),
            ("serviceUrl", json!(channel::address(lens, data, channel))),
            ("processingTime", json!(time)),
        ],
    )
}

/// An ISO 8601 duration; none of working days, which it cannot say.
fn duration(value: f64, unit: TimeUnit) -> Option<String> {
    match unit {
        TimeUnit::WorkingDay => None,
        TimeUnit::Hour => Some(format!("PT{value}H")),
        TimeUnit::Day => Some(format!("P{value}D")),
        TimeUnit::Month => Some(format!("P{value}M")),
        TimeUnit::Year => Some(format!("P{value}Y")),
    }
}

/// What it costs. Channels often cost the same, and one price is said once.
fn offers(data: &Procedure) -> Value {
    let mut offers: Vec<Value> = Vec::new();
    for channel in &data.channels {
        let of_channel = match &channel.fees {
            Some(Fees::Free) => vec![offer(0.0, Currency::Vnd)],
            Some(Fees::Payments(payments)) => payments.iter().filter_map(payment).collect(),
            None => Vec::new(),
        };
        offers.extend(of_channel);
    }
    once(offers)
}

/// The same nodes, none twice.
fn once(nodes: Vec<Value>) -> Value {
    let mut different: Vec<Value> = Vec::new();
    nodes.into_iter().for_each(|node| {
        if !different.contains(&node) {
            different.push(node)
        }
    });
    Value::Array(different)
}

fn payment(fee: &Fee) -> Option<Value> {
    match fee {
        Fee::Amount(Amount { amount, currency, .. }) => Some(offer(**amount, currency.unwrap_or(Currency::Vnd))),
        Fee::InWords(_) => None,
    }
}

fn offer(price: f64, currency: Currency) -> Value {
    node("Offer", [("price", json!(price)), ("priceCurrency", json!(currency.word()))])
}
