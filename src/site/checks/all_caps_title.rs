//! `all-caps-title`: a procedure's or document's title in capitals.
//!
//! It is hard to read, screen readers may spell it letter by letter, and in lists it shouts.
//!
//! Triggers: `title: CẤP GIẤY PHÉP BÁN BUÔN RƯỢU (cấp tỉnh)`. Does not: `title: Cấp C/O mẫu AANZ`.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kind::Kind;
use crate::record::value::Text;
use crate::record::{Content, Record};
use crate::say;
use crate::site::checks::{shown, told};
use crate::site::{Site, Table};

/// From this many letters on, a title is no mere abbreviation.
const LETTERS: usize = 12;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut faults = of(&site.procedures, |content| {
        [Some(&content.common.title), content.data.plain_title.as_ref()].into_iter().flatten().collect()
    });
    faults.extend(of(&site.documents, |content| vec![&content.common.title]));
    faults
}

/// The titles of a table that are in capitals, in every language; one that falls back is told once.
fn of<T: Kind>(table: &Table<T>, titles: fn(&Content<T>) -> Vec<&Text>) -> Vec<Diagnostic> {
    let all = |record: &Record<T>| {
        let contents = std::iter::once(&*record.content).chain(record.overlays.values());
        let shouting = contents.flat_map(titles).filter(|title| is_shouting(title));
        shouting.map(|title| told(record, fault(title))).collect::<Vec<_>>()
    };
    shown(table).flat_map(all).collect()
}

/// Whether at least three in four letters are capitals. What stands in parentheses is often added by the program that exports.
fn is_shouting(title: &str) -> bool {
    let title = title.split('(').next().unwrap_or_default();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = title.chars().filter(|c| c.is_uppercase()).count();
    letters >= LETTERS && capitals * 4 >= letters * 3 && title.split_whitespace().count() > 2
}

fn fault(title: &Text) -> Diagnostic {
    let message = say!("tên viết toàn chữ hoa", "the title is in capitals");
    let lower = title.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let mended = crate::record::value::shortened(&format!("{first}{}", letters.as_str()));
    let help = say!(
        "viết thường, chỉ hoa chữ đầu và tên riêng: `{mended}`",
        "use capitals only for the first letter and for names: `{mended}`"
    );
    Diagnostic::new(Code::AllCapsTitle, title.place, message).help(help)
}
