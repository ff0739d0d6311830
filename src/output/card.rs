//! `ID.vcf`: a contact for people's address books (vCard 4.0, RFC 6350).

use crate::output::calendar::line;
use crate::plan::Plan;
use crate::record::Record;
use crate::record::kinds::contact::{Address, Contact, Days, Hours, Weekday};
use crate::render::Language;
use crate::site::Site;
use crate::value::phone;

/// The most bytes of a line, its end not counted.
const LINE: usize = 75;

/// The card of a contact, in a language.
pub fn card(site: &Site, plan: &Plan, language: &str, record: &Record<Contact>) -> Vec<u8> {
    let (content, words) = (record.content(language), Language::of(language));
    let data = &content.data;
    let agency = data.agency.as_ref().or(Some(&site.config.agency)).and_then(|agency| site.agencies.resolve(agency));
    let mut card = Card(String::new());
    card.add("BEGIN", "VCARD");
    card.add("VERSION", "4.0");
    card.add("KIND", "org");
    card.add("UID", &format!("tag:{},2026:contact:{}", plan.host(), record.id));
    card.add("SOURCE", &plan.url(&plan.routes(language).card(&record.id)));
    card.add("LANG", language);
    card.text("FN", &content.common.title);
    if let Some(agency) = agency {
        let parts = [Some(&agency.content(language).common.title), data.role.as_ref()];
        let parts: Vec<String> = parts.into_iter().flatten().map(|part| escaped(part)).collect();
        card.add("ORG", &parts.join(";"));
    }
    data.address.iter().for_each(|address| card.address(address));
    for phone in &data.phones {
        card.add("TEL;VALUE=uri;TYPE=\"work,voice\"", &telephone(&phone.number, phone.extension.as_deref()));
    }
    data.email.iter().for_each(|email| card.add("EMAIL;TYPE=work", email));
    data.url.iter().for_each(|url| card.add("URL", url));
    let page = plan.url(&plan.routes(language).record(crate::record::kind::KindName::Contact, &record.id));
    card.add("URL", &page);
    card.text("CATEGORIES", words.word(data.r#type));
    let note = note(words, data);
    if !note.is_empty() {
        card.text("NOTE", &note);
    }
    content.common.updated_on.iter().for_each(|day| card.add("REV", &format!("{}T000000Z", basic(*day))));
    card.add("END", "VCARD");
    card.0.into_bytes()
}

/// A card under way.
struct Card(String);

impl Card {
    /// Adds a line whose value is written already.
    fn add(&mut self, name: &str, value: &str) {
        fold(&format!("{name}:{value}"), &mut self.0);
    }

    /// Adds a text.
    fn text(&mut self, name: &str, text: &str) {
        self.add(name, &escaped(text));
    }

    fn address(&mut self, address: &Address) {
        let code = address.postal_code.as_deref().unwrap_or("");
        let parts = ["", "", &address.street, &address.commune, &address.province, code, ""];
        let parts: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
        let label = line(address).replace('"', "'");
        self.add(&format!("ADR;TYPE=work;LABEL=\"{label}\""), &parts.join(";"));
        if let (Some(latitude), Some(longitude)) = (&address.latitude, &address.longitude) {
            self.add("GEO", &format!("geo:{},{}", latitude.0, longitude.0));
        }
    }
}

/// What a contact is for and when it is open.
fn note(words: Language, data: &Contact) -> String {
    let accepts: Vec<&str> = data.accepts.iter().map(|intention| words.word(*intention)).collect();
    let hours = data.hours.iter().map(|hours| span(words, hours));
    std::iter::once(accepts.join("; ")).chain(hours).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn span(words: Language, hours: &Hours) -> String {
    let days = match &hours.days {
        Days::Listed(days) => days.iter().map(|day: &Weekday| words.word(*day)).collect::<Vec<_>>().join(", "),
        Days::InWords(text) => text.to_string(),
    };
    format!("{days}: {}–{}", &**hours.opens, &**hours.closes)
}

fn telephone(number: &str, extension: Option<&str>) -> String {
    let parsed = phone::parse(number).or_else(|| phone::parse_hotline(number));
    let number = parsed.map_or_else(|| number.split_whitespace().collect(), |phone| phone.e164);
    let extension: String = extension.unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    if extension.is_empty() { format!("tel:{number}") } else { format!("tel:{number};ext={extension}") }
}

fn basic(day: crate::value::date::Date) -> String {
    day.to_string().replace('-', "")
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n")
}

/// Adds a line, in pieces where it is long: never inside a character.
fn fold(line: &str, out: &mut String) {
    let mut room = LINE;
    for character in line.chars() {
        if character.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= character.len_utf8();
        out.push(character);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        fold(&format!("NOTE:{}", "ệ".repeat(60)), &mut out);
        assert!(out.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(out.replace("\r\n ", ""), format!("NOTE:{}\r\n", "ệ".repeat(60)));
    }

    #[test]
    fn an_extension_is_part_of_the_number() {
        assert_eq!(telephone("0239 3855 123", Some("máy 12")), "tel:+842393855123;ext=12");
    }
}
