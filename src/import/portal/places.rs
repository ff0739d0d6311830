//! Addresses that receive dossiers, as far as a line of free text has all the parts of one: street, commune, province.
//!
//! A line that has not ("Trung tâm Phục vụ hành chính công cấp xã") is no address and makes no contact; it is told beside the
//! procedure's channel instead. Nothing is guessed: no province is taken from elsewhere.

use crate::import::draft::Draft;
use crate::import::text::{Said, clean, line, said, without_bullet};
use crate::value::phone;

/// A place that receives dossiers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its name.
    pub title: String,
    /// Number and street.
    pub street: String,
    /// Commune or ward.
    pub commune: String,
    /// Province or city.
    pub province: String,
    /// Its phone, where the line has a valid one.
    pub phone: Option<String>,
}

impl Place {
    /// The keys of its contact.
    pub fn keys(&self) -> Vec<(&'static str, Option<Draft>)> {
        let address = [("street", &self.street), ("commune", &self.commune), ("province", &self.province)];
        let phone = self.phone.as_ref().map(|number| Draft::map([("number", Some(Draft::text(number)))]));
        vec![
            ("type", Some(Draft::text("one_stop"))),
            ("title", Some(Draft::text(&self.title))),
            ("accepts", Some(Draft::texts(["dossier"]))),
            ("address", Some(Draft::map(address.map(|(key, value)| (key, Some(Draft::text(value))))))),
            ("phones", phone.map(|phone| Draft::List(vec![phone]))),
        ]
    }
}

impl Place {
    /// Whether its parts are what they should be, and no piece of an instruction in which an address occurs.
    fn is_plausible(&self) -> bool {
        let lower = self.title.to_lowercase();
        let instructs =
            ["nộp", "gửi", "tổ chức", "cá nhân", "trực tiếp", "thông qua"].iter().any(|w| lower.starts_with(w));
        let name = |text: &str, longest: usize| {
            let clear = !text.contains([':', ';', '"', '+']) && !text.contains("http") && !text.contains(").");
            clear && text.chars().count() <= longest && text.matches('(').count() == text.matches(')').count()
        };
        let one = |text: &str| ![" và ", " hoặc "].iter().any(|word| text.contains(word));
        !instructs
            && name(&self.title, 140)
            && name(&self.street, 100)
            && name(&self.commune, 60)
            && one(&self.province)
    }
}

/// A title without its number in a list and the words around it: `a) Tại Trung tâm …, gồm`.
fn bare(title: &str) -> &str {
    let number = title.find([')', '.']).filter(|at| *at < 4 && title[at + 1..].starts_with(' '));
    let title = number.map_or(title, |at| title[at + 1..].trim_start());
    let title = ["Tại ", "tại "].iter().find_map(|word| title.strip_prefix(word)).unwrap_or(title);
    [" tại", ", bao gồm", ", gồm", " bao gồm"].iter().find_map(|word| title.strip_suffix(word)).unwrap_or(title)
}

/// The places in a text, and the whole text where not all of it became places.
pub fn places(text: &str) -> (Vec<Place>, Option<String>) {
    let Said::Text(text) = said(clean(text).trim().trim_matches('"')) else { return (Vec::new(), None) };
    let (mut places, mut complete, mut heading) = (Vec::new(), true, None);
    for part in text.lines().map(|part| line(without_bullet(part))).filter(|part| !part.is_empty()) {
        match place(&part, heading.as_deref()) {
            Some((place, rest)) => {
                complete &= rest.is_empty();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            None if part.ends_with(':') => {
                heading = Some(before_address(&part).to_owned()).filter(|name| !name.is_empty())
            }
            None => complete = false,
        }
    }
    let all_told = complete && !places.is_empty();
    (places, (!all_told).then_some(text))
}

/// The place that a line tells, and what the line says besides.
fn place(line: &str, heading: Option<&str>) -> Option<(Place, String)> {
    let (parts, starts) = split(line);
    let at = (1..parts.len()).find(|&at| begins(parts[at], COMMUNES))?;
    let district = usize::from(parts.get(at + 1).is_some_and(|part| begins(part, DISTRICTS)));
    let last = at + 1 + district;
    let (province, mut rest) = province(&line[*starts.get(last)?..])?;
    let phone = phone(rest);
    if phone.is_some() {
        rest = "";
    }
    let before = line[..starts[at]].trim_end_matches([',', ' ']);
    let (title, street) = title_and_street(before)?;
    let commune = parts[at..last].join(", ");
    let whole = || format!("{street}, {commune}, {province}");
    let title = match (heading, title) {
        (Some(heading), Some(title)) => format!("{} – {}", bare(heading), bare(title)),
        (Some(heading), None) => bare(heading).to_owned(),
        (None, Some(title)) => bare(title).to_owned(),
        (None, None) => whole(),
    };
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let place = Place { title, street: street.to_owned(), commune, province: province.to_owned(), phone };
    place.is_plausible().then_some((place, rest))
}

const COMMUNES: &[&str] = &["phường ", "xã ", "thị trấn ", "đặc khu ", "p. "];
const DISTRICTS: &[&str] = &["quận ", "huyện ", "thị xã "];
const STREETS: &[&str] =
    &["số ", "tầng ", "lô ", "tòa ", "toà ", "nhà ", "khu ", "ngõ ", "km", "đường ", "đại lộ ", "quốc lộ "];

fn begins(part: &str, words: &[&str]) -> bool {
    let lower = part.to_lowercase();
    words.iter().any(|word| lower.strip_prefix(word).is_some_and(|name| !name.trim().is_empty()))
}

/// The parts between commas, and where each starts.
fn split(line: &str) -> (Vec<&str>, Vec<usize>) {
    let mut start = 0;
    let mut parts = Vec::new();
    for part in line.split(',') {
        parts.push((part.trim(), start + part.len() - part.trim_start().len()));
        start += part.len() + 1;
    }
    parts.into_iter().unzip()
}

/// The province at the beginning of a text, and what follows it.
fn province(text: &str) -> Option<(&str, &str)> {
    let skipped = if text.to_lowercase().starts_with("tp. ") { "tp. ".len() } else { 0 };
    let end = text[skipped..].find([',', ';', '.', '(', ')', '-', ':', '/']).map_or(text.len(), |end| skipped + end);
    let name = text[..end].trim();
    let plain = (3..=40).contains(&name.chars().count()) && !name.contains(|c: char| c.is_ascii_digit());
    plain.then(|| (name, text[end..].trim_matches([' ', '.', ',', ';', ')'])))
}

/// The name of the place and its street, from what stands before the commune.
fn title_and_street(before: &str) -> Option<(Option<&str>, &str)> {
    let named = |at: usize, from: usize| {
        (Some(before_address(&before[..at])).filter(|title| !title.is_empty()), &before[from..])
    };
    let (title, street) = if let Some((at, end)) = marker(before) {
        named(at, end)
    } else {
        let (parts, starts) = split(before);
        let opens = |part: &&str| begins(part, STREETS) || part.starts_with(|c: char| c.is_ascii_digit());
        match parts.iter().position(opens) {
            Some(0) => (None, before),
            Some(at) => named(starts[at], starts[at]),
            None if parts.len() > 1 => named(starts[1], starts[1]),
            None => (None, before),
        }
    };
    let street = street.trim_matches([' ', ',', ':', '(']);
    (!street.is_empty()).then_some((title, street))
}

/// Where an address is announced: `tại địa chỉ:`, `(`, and a house number behind a name.
fn marker(text: &str) -> Option<(usize, usize)> {
    ["địa chỉ:", "địa chỉ", "Địa chỉ:", " tại số ", "(", ": ", ", số ", " số ", " Số "].iter().find_map(|word| {
        let at = text.find(word).filter(|at| *at > 3)?;
        let number = word.trim_start_matches([',', ' ']).to_lowercase().starts_with("số");
        let tail = if number { word.len() - word.trim_start_matches([',', ' ']).len() } else { word.len() };
        Some((at, at + tail))
    })
}

/// A title without the words that announce an address.
fn before_address(text: &str) -> &str {
    let mut text = text;
    for word in ["tại các địa điểm sau", "tại địa chỉ", "địa chỉ", "Địa chỉ", "Trực tiếp tại"]
    {
        text = text.trim_matches([' ', ',', ':', ';', '(', '.', '-']);
        text = text.strip_suffix(word).or_else(|| text.strip_prefix(word)).unwrap_or(text);
    }
    text.trim_matches([' ', ',', ':', ';', '(', '.', '-'])
}

/// A valid phone number behind a word for one.
fn phone(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let at = ["điện thoại", "đt", "sđt"].iter().find_map(|word| Some(lower.find(word)? + word.len()))?;
    let tail = text.get(at..)?.trim_start_matches([':', ' ', '.']);
    let number: String = tail.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-')).collect();
    let number = line(number.trim_matches([' ', '.', '-']));
    phone::parse(&number).map(|_| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<[String; 4]> {
        let (places, _) = places(text);
        places.into_iter().map(|p| [p.title, p.street, p.commune, p.province]).collect()
    }

    #[test]
    fn a_line_with_all_parts_is_a_place() {
        for (text, place) in [
            (
                "119 Nguyễn Sơn, phường Bồ Đề, thành phố Hà Nội",
                [
                    "119 Nguyễn Sơn, phường Bồ Đề, thành phố Hà Nội",
                    "119 Nguyễn Sơn",
                    "phường Bồ Đề",
                    "thành phố Hà Nội",
                ],
            ),
            (
                "Bộ Xây dựng, 80 Trần Hưng Đạo, Phường Cửa Nam, TP. Hà Nội",
                ["Bộ Xây dựng", "80 Trần Hưng Đạo", "Phường Cửa Nam", "TP. Hà Nội"],
            ),
            (
                "Bộ phận Một cửa, Địa chỉ: Số 113 Trần Duy Hưng, phường Yên Hòa, Hà Nội.",
                ["Bộ phận Một cửa", "Số 113 Trần Duy Hưng", "phường Yên Hòa", "Hà Nội"],
            ),
            (
                "- Bộ phận Một cửa của Sở (Số 28, Đại lộ Lê Lợi, phường Hạc Thành, tỉnh Thanh Hóa).",
                ["Bộ phận Một cửa của Sở", "Số 28, Đại lộ Lê Lợi", "phường Hạc Thành", "tỉnh Thanh Hóa"],
            ),
        ] {
            assert_eq!(told(text), [place.map(str::to_owned)], "{text}");
            assert_eq!(places(text).1, None, "{text}");
        }
    }

    #[test]
    fn a_heading_names_the_places_below_it() {
        let text =
            "Trung tâm tỉnh Lào Cai tại địa chỉ:\n+ Cơ sở 1: Số 64, đường Lý Tự Trọng, phường Yên Bái, tỉnh Lào Cai.";
        assert_eq!(told(text)[0][..2], ["Trung tâm tỉnh Lào Cai – Cơ sở 1", "Số 64, đường Lý Tự Trọng"]);
    }

    #[test]
    fn what_is_no_address_is_told_beside_the_channel() {
        for text in ["Trung tâm Phục vụ hành chính công cấp xã", "Bộ phận Một cửa\n- Hoặc trực tuyến"]
        {
            assert_eq!(places(text), (vec![], Some(text.to_owned())));
        }
        assert_eq!(places("Không có thông tin"), (vec![], None));
    }

    #[test]
    fn a_valid_phone_comes_along() {
        let text = "Trung tâm, số 1 Lê Lợi, phường A, tỉnh Lai Châu. Điện thoại: 0213.3796. 888";
        assert_eq!(places(text).0[0].phone.as_deref(), Some("0213.3796. 888"));
    }
}
