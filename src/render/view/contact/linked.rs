//! A contact as a schema.org GovernmentOffice, or as a ContactPoint where it is nowhere to go to.

use serde_json::{Value, json};

use crate::record::Record;
use crate::record::kinds::contact::{Address, Contact, Days, Hours};
use crate::record::value::Words as _;
use crate::render::lens::Lens;
use crate::render::view::linked::{named, node};
use crate::value::phone;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A contact for machines.
pub fn contact(lens: &Lens<'_>, record: &Record<Contact>) -> Value {
    let content = record.content(lens.code);
    let data = &content.data;
    let accepts: Vec<&str> = data.accepts.iter().map(|intention| lens.language.word(*intention)).collect();
    let phone = |number: &str| phone::parse_hotline(number).map_or_else(|| number.to_owned(), |parsed| parsed.e164);
    let reach = [
        ("name", json!(&*content.common.title)),
        ("url", json!(data.url.as_ref().map(|url| url.to_string()))),
        ("email", json!(data.email.as_ref().map(|email| email.to_string()))),
        ("telephone", data.phones.iter().map(|line| phone(&line.number)).collect()),
    ];
    let Some(address) = &data.address else {
        return node("ContactPoint", reach.into_iter().chain([("contactType", json!(accepts.join("; ")))]));
    };
    let agency = data.agency.as_ref().map(|agency| lens.reference(agency).title);
    let place = [
        ("address", postal(address)),
        ("geo", geo(address)),
        ("openingHoursSpecification", data.hours.iter().filter_map(hours).collect()),
        ("parentOrganization", agency.map_or(Value::Null, |name| named("GovernmentOrganization", &name))),
    ];
    node("GovernmentOffice", reach.into_iter().chain(place))
}

fn postal(address: &Address) -> Value {
    node(
        "PostalAddress",
        [
            ("streetAddress", json!(&*address.street)),
            ("addressLocality", json!(&*address.commune)),
            ("addressRegion", json!(&*address.province)),
            ("postalCode", json!(address.postal_code.as_ref().map(|code| code.to_string()))),
            ("addressCountry", json!("VN")),
        ],
    )
}

fn geo(address: &Address) -> Value {
    match (&address.latitude, &address.longitude) {
        (Some(latitude), Some(longitude)) => {
            node("GeoCoordinates", [("latitude", json!(latitude.0)), ("longitude", json!(longitude.0))])
        }
        _ => Value::Null,
    }
}

fn hours(hours: &Hours) -> Option<Value> {
    let Days::Listed(days) = &hours.days else { return None };
    let days: Vec<_> = days.iter().map(|day| DAYS[day.index()]).collect();
    let times = [("opens", json!(&**hours.opens)), ("closes", json!(&**hours.closes))];
    Some(node("OpeningHoursSpecification", [("dayOfWeek", json!(days))].into_iter().chain(times)))
}
