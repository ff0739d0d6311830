//! How a contact is reached: where it is, its lines, its hours. Small, for every procedure's page has some.

use serde::Serialize;

use crate::plan::Source;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::contact::{Address, Contact, PhoneLine};
use crate::record::value::Ref;
use crate::render::lens::Lens;
use crate::render::view::contact::hours::{self, HoursView};
use crate::render::words::Words;
use crate::value::phone;

/// How a contact is reached.
#[derive(Debug, Serialize)]
pub struct Place {
    pub id: String,
    /// Its card among all contacts.
    href: String,
    title: Words,
    kind: &'static str,
    role: Option<Words>,
    address: Option<AddressView>,
    phones: Vec<PhoneView>,
    email: Option<String>,
    url: Option<String>,
    hours: Vec<HoursView>,
}

#[derive(Debug, Serialize)]
struct AddressView {
    street: Words,
    commune: Words,
    province: Words,
    postal_code: Option<String>,
    /// A map elsewhere, to be opened and not loaded.
    map: Option<String>,
}

#[derive(Debug, Serialize)]
struct PhoneView {
    /// For the `tel:` link.
    number: String,
    shown: String,
    label: Option<Words>,
    extension: Option<Words>,
}

/// How published contacts are reached.
pub fn places(lens: &Lens<'_>, references: &[Ref<Contact>]) -> Vec<Place> {
    let records = references.iter().filter_map(|reference| lens.site.contacts.resolve(reference));
    records.map(|record| place(lens, record)).collect()
}

/// How a contact is reached.
pub fn place(lens: &Lens<'_>, record: &Record<Contact>) -> Place {
    let data = &record.content(lens.code).data;
    Place {
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
