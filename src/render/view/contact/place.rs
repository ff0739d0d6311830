//! How a contact is reached: where it is, its lines, its hours. Every procedure's page has some, so each is made once a
//! language and shared.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

use crate::plan::Source;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::contact::{Address, Contact, PhoneLine};
use crate::record::value::Ref;
use crate::render::lens::Lens;
use crate::render::trace::Question;
use crate::render::view::contact::hours::{self, HoursView};
use crate::render::words::Words;
use crate::value::phone;

/// How a contact is reached, as templates get it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Place {
    pub id: String,
    value: Value,
    /// Whether something of it is not in the page's language.
    fell_back: bool,
    /// What making it asked, which so does each page that shows it.
    questions: Arc<[Question]>,
}

/// How contacts are reached, by language and ID.
pub type Places = OnceLock<BTreeMap<String, BTreeMap<String, Place>>>;

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

#[derive(Debug, Serialize)]
struct PlaceView {
    /// The contact's ID, which is also the anchor of its card.
    id: String,
    /// Its card among all contacts.
    href: String,
    /// The contact's name.
    title: Words,
    /// What sort of contact it is, in words: "One-stop desk", "Hotline".
    kind: &'static str,
    /// The unit in charge; none where the record names none.
    role: Option<Words>,
    /// Where it is; none where the record has no address, as many hotlines have none.
    address: Option<AddressView>,
    /// Its phone lines; may be empty.
    phones: Vec<PhoneView>,
    /// Its e-mail address; none where it has none.
    email: Option<String>,
    /// Its website; none where it has none.
    url: Option<String>,
    /// When it is open, days with the same hours together; empty where the record does not say.
    hours: Vec<HoursView>,
}

#[derive(Debug, Serialize)]
struct AddressView {
    /// Number and street.
    street: Words,
    /// The commune or ward.
    commune: Words,
    /// The province or city.
    province: Words,
    /// For letters, as the post writes it; none where the record does not say it.
    postal_code: Option<String>,
    /// A map elsewhere, to be opened and not loaded.
    map: Option<String>,
}

#[derive(Debug, Serialize)]
struct PhoneView {
    /// For the `tel:` link.
    number: String,
    /// As people write it within the country.
    shown: String,
    /// What the line is for; none where the record does not say.
    label: Option<Words>,
    /// What to dial after the number; none where there is none.
    extension: Option<Words>,
}

/// How published contacts are reached.
pub fn places(lens: &Lens<'_>, references: &[Ref<Contact>]) -> Vec<Place> {
    let records = references.iter().filter_map(|reference| lens.contacts().resolve(reference));
    records.map(|record| place(lens, record)).collect()
}

/// How a contact is reached.
pub fn place(lens: &Lens<'_>, record: &Record<Contact>) -> Place {
    let shared = lens.on_demand().places.get_or_init(|| all(lens));
    let known = shared.get(lens.code).and_then(|places| places.get(&record.id));
    let place = known.cloned().unwrap_or_else(|| made(lens.fresh(lens.code), record));
    lens.ask_all(&place.questions);
    if place.fell_back {
        lens.fell_back.set(true);
    }
    place
}

/// How every contact is reached, in all languages.
fn all(lens: &Lens<'_>) -> BTreeMap<String, BTreeMap<String, Place>> {
    let in_language = |code: &str| {
        let places = lens.contacts().iter().map(|record| (record.id.clone(), made(lens.fresh(code), record)));
        (code.to_owned(), places.collect())
    };
    lens.plan().languages().map(in_language).collect()
}

/// Makes it with a lens that has seen nothing else yet.
fn made(lens: Lens<'_>, record: &Record<Contact>) -> Place {
    let value = Value::from_serializable(&view(&lens, record));
    let fell_back = lens.fell_back.get();
    Place { id: record.id.clone(), value, fell_back, questions: lens.into_questions().into() }
}

fn view(lens: &Lens<'_>, record: &Record<Contact>) -> PlaceView {
    let data = &record.content(lens.code).data;
    PlaceView {
        id: record.id.clone(),
        href: lens.href(&Source::Record(KindName::Contact, record.id.clone())),
        title: lens.text(&lens.common(record).title),
        kind: lens.language.word(data.r#type),
        role: data.role.as_ref().map(|role| lens.text(role)),
        address: data.address.as_ref().map(|address| address_view(lens, address)),
        phones: data.phones.iter().map(|line| phone_view(lens, line)).collect(),
        email: data.email.as_ref().map(|email| email.to_string()),
        url: data.url.as_ref().map(|url| url.to_string()),
        hours: hours::views(lens, &data.hours),
    }
}

fn address_view(lens: &Lens<'_>, address: &Address) -> AddressView {
    AddressView {
        street: lens.text(&address.street),
        commune: lens.text(&address.commune),
        province: lens.text(&address.province),
        postal_code: address.postal_code.as_ref().map(|code| code.to_string()),
        map: map(address),
    }
}

/// OpenStreetMap, because it asks for no account and no consent.
fn map(address: &Address) -> Option<String> {
    let (latitude, longitude) = (address.latitude.as_ref()?.0, address.longitude.as_ref()?.0);
    let place = format!("{latitude}/{longitude}");
    Some(format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{place}"))
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
