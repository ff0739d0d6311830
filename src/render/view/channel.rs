//! The ways to submit a dossier: where, how long, how much. What is not stated is said to be not stated, never free.

use serde::Serialize;

use crate::record::kinds::procedure::{Amount, Channel, Currency, Fee, Fees, Method, Procedure, ProcessingTime};
use crate::render::language::capital;
use crate::render::lens::{Citation, Lens};
use crate::render::words::{Html, Words};
use crate::value::code;

/// How many different times or costs are told in one breath; more are in the table.
const FEW: usize = 3;

/// Ways to submit that take as long and cost as much.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChannelView {
    /// How to submit: several where they follow one another and differ in nothing else.
    methods: Vec<MethodView>,
    #[serde(flatten)]
    terms: Terms,
}

#[derive(Debug, PartialEq, Serialize)]
struct MethodView {
    /// "In person", "Online", "By post".
    name: &'static str,
    /// Its address; for an online one without its own, the procedure's on the portal. None where there is neither.
    url: Option<String>,
}

/// How long it takes and how much it costs.
#[derive(Debug, PartialEq, Serialize)]
struct Terms {
    /// The case that it is for; none where it is for all.
    case: Option<Words>,
    /// How long it takes, such as "10 working days"; "Not stated" where the record does not say.
    time: Words,
    /// A remark on the time; none where there is none.
    time_note: Option<Words>,
    /// What it costs, one item a payment; one item alone says that it is free, or that it is not stated. Never empty.
    fees: Vec<FeeView>,
    /// A remark on this way to submit; none where there is none. Headings in it begin with `h3`.
    note: Option<Html>,
}

#[derive(Debug, PartialEq, Serialize)]
struct FeeView {
    /// "Phí: 1.200.000 đồng"
    amount: Words,
    /// A remark on the amount; none where there is none.
    note: Option<Words>,
    /// The document that sets it; none where the record names none.
    basis: Option<Citation>,
}

/// All ways to submit. Those that follow one another and differ in nothing else stand together.
pub fn views(lens: &Lens<'_>, data: &Procedure) -> Vec<ChannelView> {
    let mut views: Vec<ChannelView> = Vec::new();
    for (index, channel) in data.channels.iter().enumerate() {
        let method = MethodView { name: lens.language.word(channel.method), url: address(lens, data, channel) };
        let terms = terms(lens, index, channel);
        match views.last_mut().filter(|view| view.terms == terms) {
            Some(view) => view.methods.push(method),
            None => views.push(ChannelView { methods: vec![method], terms }),
        }
    }
    views
}

fn terms(lens: &Lens<'_>, index: usize, channel: &Channel) -> Terms {
    let note = match &channel.processing_time {
        Some(ProcessingTime::Measured(time)) => time.note.as_ref().map(|note| lens.text(note)),
        _ => None,
    };
    Terms {
        case: channel.case.as_ref().map(|case| lens.text(case)),
        time: time(lens, channel),
        time_note: note,
        fees: fees(lens, channel),
        note: channel.note.as_ref().map(|note| lens.markdown(note, 2, &format!("channel{}_", index + 1))),
    }
}

/// The address of an online channel: its own, else that of the procedure on the portal.
pub fn address(lens: &Lens<'_>, data: &Procedure, channel: &Channel) -> Option<String> {
    if channel.method != Method::Online {
        return channel.url.as_ref().map(|url| url.to_string());
    }
    let portal = lens.default_config().portal.as_ref().and_then(|portal| portal.procedure_url.as_ref());
    let short = code::prefix(&data.code).unwrap_or(&data.code);
    channel.url.as_ref().map(|url| url.to_string()).or_else(|| portal.map(|url| url.replace("{code}", short)))
}

/// The address of the first online channel.
pub fn online_address(lens: &Lens<'_>, data: &Procedure) -> Option<String> {
    let online = data.channels.iter().filter(|channel| channel.method == Method::Online);
    online.filter_map(|channel| address(lens, data, channel)).next()
}

fn not_stated(lens: &Lens<'_>) -> Words {
    Words::own(lens.label("procedure.not_stated"))
}

fn time(lens: &Lens<'_>, channel: &Channel) -> Words {
    match &channel.processing_time {
        None => not_stated(lens),
        Some(ProcessingTime::InWords(words)) => lens.text(words),
        Some(ProcessingTime::Measured(time)) => Words::own(lens.language.duration(*time.value, time.unit)),
    }
}

fn fees(lens: &Lens<'_>, channel: &Channel) -> Vec<FeeView> {
    let plain = |amount| vec![FeeView { amount, note: None, basis: None }];
    match &channel.fees {
        None => plain(not_stated(lens)),
        Some(Fees::Free) => plain(Words::own(lens.label("procedure.free"))),
        Some(Fees::Payments(payments)) => payments.iter().map(|payment| fee(lens, payment)).collect(),
    }
}

fn fee(lens: &Lens<'_>, fee: &Fee) -> FeeView {
    match fee {
        Fee::InWords(words) => FeeView { amount: lens.text(words), note: None, basis: None },
        Fee::Amount(amount) => amount_view(lens, amount),
    }
}

fn amount_view(lens: &Lens<'_>, amount: &Amount) -> FeeView {
    FeeView {
        amount: Words::own(format!("{}: {}", lens.language.word(amount.kind), money(lens, amount))),
        note: amount.note.as_ref().map(|note| lens.text(note)),
        basis: amount.basis.as_ref().map(|basis| lens.cite(basis)),
    }
}

fn money(lens: &Lens<'_>, amount: &Amount) -> String {
    lens.language.money(*amount.amount, amount.currency.unwrap_or(Currency::Vnd))
}

/// The different processing times, where they are few.
pub fn times(lens: &Lens<'_>, data: &Procedure) -> Vec<Words> {
    few(lens, data.channels.iter().map(|channel| time(lens, channel)))
}

/// The different costs, where they are few.
pub fn costs(lens: &Lens<'_>, data: &Procedure) -> Vec<Words> {
    few(lens, data.channels.iter().flat_map(|channel| fees(lens, channel)).map(|fee| fee.amount))
}

/// What differs among `all`, none twice; one sentence that sends to the table where that is much or long.
fn few(lens: &Lens<'_>, all: impl Iterator<Item = Words>) -> Vec<Words> {
    let mut different: Vec<Words> = Vec::new();
    for mut words in all {
        words.text = capital(&words.text);
        if !different.contains(&words) {
            different.push(words);
        }
    }
    let long = different.iter().map(|words| words.text.chars().count()).sum::<usize>() > 160;
    if different.len() > FEW || long { vec![Words::own(lens.label("procedure.depends"))] } else { different }
}
