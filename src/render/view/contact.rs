//! The contacts: first "what do you want to do?", then one card a contact.

use serde::Serialize;

use crate::plan::Source;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::contact::{Address, Contact, ContactType, Days, Hours, Intention, PhoneLine};
use crate::record::value::{Ref, Words as WordList};
use crate::render::lens::Lens;
use crate::render::view::Made;
use crate::render::view::procedure::{PostingView, postings};
use crate::render::view::record::{self, RecordView};
use crate::render::words::{Day, Link, Words};
use crate::value::phone;

#[derive(Debug, Serialize)]
struct ContactsView {
    intentions: Vec<IntentionView>,
    cards: Vec<Card>,
    withdrawn: Vec<Card>,
    feedback: String,
    reception: String,
}

/// Something that a person wants to do, and where.
#[derive(Debug, Serialize)]
pub struct IntentionView {
    word: &'static str,
    title: &'static str,
    contacts: Vec<Link>,
}

/// One contact.
#[derive(Debug, Serialize)]
pub struct Card {
    id: String,
    href: String,
    record: RecordView,
    kind: &'static str,
    accepts: Vec<&'static str>,
    not_for: Vec<IntentionView>,
    agency: Option<Link>,
    role: Option<Words>,
    address: Option<AddressView>,
    phones: Vec<PhoneView>,
    email: Option<String>,
    url: Option<String>,
    hours: Vec<HoursView>,
    response: Option<String>,
    tested: Option<Day>,
    box_at: Option<Words>,
    box_opened: Option<Words>,
    /// The reception schedule, where it is a reception room.
    schedule: Option<String>,
    postings: Vec<PostingView>,
}

#[derive(Debug, Serialize)]
struct AddressView {
    street: Words,
    commune: Words,
    province: Words,
    postal_code: Option<String>,
}

#[derive(Debug, Serialize)]
struct PhoneView {
    /// For the `tel:` link.
    number: String,
    shown: String,
    label: Option<Words>,
    extension: Option<Words>,
}

#[derive(Debug, Serialize)]
struct HoursView {
    days: String,
    /// "07:00–11:30, 13:30–17:00"
    spans: String,
}

/// The page of all contacts.
pub fn view(lens: &Lens<'_>) -> Made {
    let (withdrawn, cards): (Vec<_>, Vec<_>) =
        lens.site.contacts.iter().map(|record| card(lens, record)).partition(|card| card.record.withdrawn.is_some());
    let view = ContactsView {
        intentions: Intention::ALL.iter().map(|intention| intention_view(lens, *intention)).collect(),
        cards,
        withdrawn,
        feedback: lens.href(&Source::Feedback),
        reception: lens.href(&Source::Reception),
    };
    let intro = Words::own(lens.label("contact.intro"));
    Made::new("contacts.html", "contact", Words::own(lens.label("contact.heading")), &view).described(Some(&intro))
}

/// The contacts that accept something.
pub fn intention_view(lens: &Lens<'_>, intention: Intention) -> IntentionView {
    let accepting =
        lens.site.contacts.iter().filter(|record| {
            record.content.data.accepts.contains(&intention) && record.content.common.withdrawn.is_none()
        });
    IntentionView {
        word: intention.word(),
        title: lens.language.word(intention),
        contacts: accepting.filter_map(|record| lens.link(KindName::Contact, &record.id)).collect(),
    }
}

/// The cards of published contacts.
pub fn cards(lens: &Lens<'_>, references: &[Ref<Contact>]) -> Vec<Card> {
    references.iter().filter_map(|reference| lens.site.contacts.resolve(reference)).map(|r| card(lens, r)).collect()
}

fn card(lens: &Lens<'_>, record: &Record<Contact>) -> Card {
    let data = &record.content(lens.code).data;
    let mut common = record::common(lens, record);
    let body = record.content(lens.code).body.as_ref();
    common.body = body.map(|body| lens.markdown(body, 2, &format!("{}_", record.id)));
    Card {
        id: record.id.clone(),
        href: lens.plan.href(&lens.plan.routes(lens.code).record(KindName::Contact, &record.id)),
        record: common,
        kind: lens.language.word(data.r#type),
        accepts: data.accepts.iter().map(|intention| lens.language.word(*intention)).collect(),
        not_for: data.not_for.iter().map(|intention| intention_view(lens, *intention)).collect(),
        agency: data.agency.as_ref().map(|agency| lens.reference(agency)),
        role: data.role.as_ref().map(|role| lens.text(role)),
        address: data.address.as_ref().map(|address| address_view(lens, address)),
        phones: data.phones.iter().map(|line| phone_view(lens, line)).collect(),
        email: data.email.as_ref().map(|email| email.to_string()),
        url: data.url.as_ref().map(|url| url.to_string()),
        hours: hours(lens, &data.hours),
        response: data
            .response_days
            .map(|days| lens.labels.count("contact.response_n", *days, &lens.language.number(*days))),
        tested: data.tested_on.map(|day| lens.day(day)),
        box_at: data.r#box.as_ref().map(|letters| lens.text(&letters.location)),
        box_opened: data.r#box.as_ref().map(|letters| lens.text(&letters.opened_every)),
        schedule: (data.r#type == ContactType::Reception).then(|| lens.href(&Source::Reception)),
        postings: postings(lens, &data.posted_at),
    }
}

fn address_view(lens: &Lens<'_>, address: &Address) -> AddressView {
    AddressView {
        street: lens.text(&address.street),
        commune: lens.text(&address.commune),
        province: lens.text(&address.province),
        postal_code: address.postal_code.as_ref().map(|code| code.to_string()),
    }
}

fn phone_view(lens: &Lens<'_>, line: &PhoneLine) -> PhoneView {
    let number: &str = &line.number;
    let parsed = phone::parse_hotline(number);
    let (e164, shown) = parsed.map_or_else(|| (number.to_owned(), number.to_owned()), |p| (p.e164, p.national));
    PhoneView {
        number: e164,
        shown,
        label: line.label.as_ref().map(|label| lens.text(label)),
        extension: line.extension.as_ref().map(|extension| lens.text(extension)),
    }
}

/// Opening hours, spans of the same days together.
fn hours(lens: &Lens<'_>, hours: &[Hours]) -> Vec<HoursView> {
    let mut views: Vec<HoursView> = Vec::new();
    for span in hours {
        let days = days(lens, &span.days);
        let times = format!("{}–{}", &**span.opens, &**span.closes);
        match views.iter_mut().find(|view| view.days == days) {
            Some(view) => view.spans = format!("{}, {times}", view.spans),
            None => views.push(HoursView { days, spans: times }),
        }
    }
    views
}

/// "Thứ Hai đến Thứ Sáu" for three or more days in a row, else each day.
fn days(lens: &Lens<'_>, days: &Days) -> String {
    let mut sorted = match days {
        Days::InWords(words) => return words.to_string(),
        Days::Listed(days) => days.clone(),
    };
    sorted.sort_unstable();
    sorted.dedup();
    let in_a_row = sorted.windows(2).all(|pair| pair[1].index() == pair[0].index() + 1);
    match sorted[..] {
        [first, .., last] if in_a_row && sorted.len() > 2 => {
            let (first, last) = (lens.language.word(first), lens.language.word(last));
            lens.labels.fill("contact.days", &[("first", first), ("last", last)])
        }
        _ => sorted.iter().map(|day| lens.language.word(*day)).collect::<Vec<_>>().join(", "),
    }
}
