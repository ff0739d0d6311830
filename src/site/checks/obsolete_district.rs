//! `obsolete-district`: an address that still has a district, which were all abolished on 2025-07-01.
//!
//! Letters and visitors go astray, because communes have new names, too.
//!
//! Triggers: `commune: xã Kỳ Anh, huyện Kỳ Anh`, `street: Số 1, TX. Hồng Lĩnh`, a city below a province. Does not: `street: đường Bà Huyện
//! Thanh Quan`, `province: thành phố Hà Nội`.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kinds::contact::Address;
use crate::record::value::Text;
use crate::say;
use crate::site::Site;
use crate::site::checks::{shown, told};
use crate::value::date::Date;

/// A part of an address, from a comma to the next, that is a district.
static DISTRICT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:^|[,;–-])\s*(?:(?:quận|huyện|thị\s+xã)\s+\p{Lu}|(?:quận|q\.?)\s*\d|(?:h|tx|q)\.\s*\p{Lu}|tx\s+\p{Lu})",
    )
    .expect("the pattern is valid")
});

/// A city, where the province is none.
static CITY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)(?:^|[,;–-])\s*(?:thành\s+phố|tp\.?)\s*\p{Lu}").expect("the pattern is valid"));

pub fn check(site: &Site) -> Vec<Diagnostic> {
    if Date::new(2025, 7, 1).is_some_and(|end| site.as_of < end) {
        return Vec::new();
    }
    let sound = shown(&site.contacts).filter(|record| record.is_sound(&["address"]));
    sound
        .flat_map(|record| {
            let found = record.content.data.address.iter().flat_map(districts);
            found.map(|text| told(record, fault(text))).collect::<Vec<_>>()
        })
        .collect()
}

/// The parts of an address that name a district.
fn districts(address: &Address) -> Vec<&Text> {
    let below_province = !CITY.is_match(&address.province);
    let old = |text: &&Text| DISTRICT.is_match(text) || (below_province && CITY.is_match(text));
    [&address.street, &address.commune]
        .into_iter()
        .filter(old)
        .chain(Some(&address.province).filter(|text| DISTRICT.is_match(text)))
        .collect()
}

fn fault(text: &Text) -> Diagnostic {
    let message =
        say!("địa chỉ còn ghi cấp huyện, đã bỏ từ 01/7/2025", "the address has a district; they ended on 2025-07-01");
    let help = say!("chỉ ghi xã, phường mới và tỉnh, thành phố", "give the new commune or ward, and the province");
    Diagnostic::new(Code::ObsoleteDistrict, text.place, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::{CITY, DISTRICT};

    #[test]
    fn districts_are_parts_of_an_address() {
        for text in [
            "xã Kỳ Anh, huyện Kỳ Anh",
            "Quận 1",
            "phường Bến Nghé, Q.1",
            "Số 1, TX. Hồng Lĩnh",
            "xã A - H. Lộc Hà",
            "thị xã Kỳ Anh",
        ] {
            assert!(DISTRICT.is_match(text), "{text}");
        }
        assert!(CITY.is_match("phường Nam Hà, TP Hà Tĩnh"));
    }

    #[test]
    fn streets_and_offices_are_left() {
        for text in [
            "Số 5, đường Bà Huyện Thanh Quan",
            "Số 0, đường Ví Dụ (địa chỉ minh họa)",
            "khu quận ủy cũ",
            "phường Thành Sen",
        ] {
            assert!(!DISTRICT.is_match(text) && !CITY.is_match(text), "{text}");
        }
    }
}
