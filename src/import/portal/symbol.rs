//! Symbols of documents (số, ký hiệu) as people typed them into the portal, and what a symbol alone makes certain.

use crate::import::portal::remark::Reason;
use crate::import::text::line;
use crate::value::date::Date;
use crate::value::symbol::normalise;

/// The symbol in a field that should hold nothing else: `Nghị định số 19/2011/NĐ-CP` is `19/2011/NĐ-CP`.
///
/// # Errors
/// Where there is none, or it is not certain which.
pub fn read(field: &str) -> Result<String, Reason> {
    let text = tight(&normalise(&line(field)).ok_or(Reason::NoSymbol)?);
    let mut found: Vec<&str> = words(&text).filter(|word| is_complete(word)).collect();
    found.dedup();
    match found[..] {
        [symbol] => Ok(in_capitals(symbol)),
        [] => alone(&text),
        _ => Err(Reason::SeveralSymbols),
    }
}

/// An unusual symbol, such as `QĐ/0001-BCA` or `nghị định 146/2025`, where it stands alone or behind its type.
fn alone(text: &str) -> Result<String, Reason> {
    let mut symbols = words(text).filter(|word| normalise(word).is_some());
    let (first, second) = (symbols.next(), symbols.next());
    match (first, second) {
        (Some(symbol), None) if words(text).count() <= 4 => Ok(in_capitals(symbol)),
        (None, _) => Err(Reason::NoSymbol),
        _ => Err(Reason::TitleAsSymbol),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ':' | ';' | ',' | '(' | ')' | '"' | '“' | '”'));
    parts.map(|word| word.trim_matches(|c: char| matches!(c, '.' | '-' | '/'))).filter(|word| !word.is_empty())
}

/// Whether a word is a number, a separator and at least two letters: `84/2015/QH13`, `114-KL/TW`; no date.
fn is_complete(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let tail = word.find(['/', '-']).map_or("", |at| &word[at..]);
    digits > 0 && tail.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// The text without the spaces and dots that slipped in beside `/` and `-`: `35 /2025/NQ- HĐND`.
fn tight(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').map(|part| part.trim().trim_start_matches('.')).collect();
    let text = parts.join("/");
    let mut parts = text.split('-');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let capitals = part.trim_start().chars().take(2).filter(|c| c.is_uppercase()).count() == 2;
        let joins = capitals && out.trim_end().ends_with(char::is_uppercase);
        if joins {
            out.truncate(out.trim_end().len());
        }
        out.push('-');
        out.push_str(if joins { part.trim_start() } else { part });
    }
    out
}

/// `86/2018/nđ-cp` in capitals; one that mixes them (`QĐ-TTg`) as it is.
fn in_capitals(symbol: &str) -> String {
    if symbol.contains(char::is_uppercase) { symbol.to_owned() } else { symbol.to_uppercase() }
}

/// The last part of a symbol without its first word: `CP` of `19/2011/NĐ-CP`.
fn tail(symbol: &str) -> (&str, &str) {
    let last = symbol.rsplit('/').next().unwrap_or("");
    last.split_once('-').unwrap_or((last, ""))
}

/// The type of a document, where its symbol makes it certain, or symbol and name together.
pub fn kind(symbol: &str, name: &str) -> Option<&'static str> {
    const TYPES: &[(&str, &str)] = &[
        ("NĐ", "Nghị định"),
        ("TT", "Thông tư"),
        ("TTLT", "Thông tư liên tịch"),
        ("NQ", "Nghị quyết"),
        ("NQLT", "Nghị quyết liên tịch"),
        ("QĐ", "Quyết định"),
        ("CT", "Chỉ thị"),
        ("KH", "Kế hoạch"),
        ("TTr", "Tờ trình"),
        ("VBHN", "Văn bản hợp nhất"),
    ];
    const BY_PARLIAMENT: &[(&str, &str)] =
        &[("bộ luật", "Bộ luật"), ("luật", "Luật"), ("pháp lệnh", "Pháp lệnh"), ("nghị quyết", "Nghị quyết")];
    let (head, _) = tail(symbol);
    if is_of_parliament(head) {
        let name = name.to_lowercase();
        return BY_PARLIAMENT.iter().find(|(start, _)| name.starts_with(start)).map(|(_, kind)| *kind);
    }
    TYPES.iter().find(|(letters, _)| *letters == head).map(|(_, kind)| *kind)
}

/// The issuer of a document, where its symbol makes it certain.
pub fn issuer(symbol: &str) -> Option<&'static str> {
    const ISSUERS: &[(&str, &str)] = &[
        ("CP", "Chính phủ"),
        ("TTg", "Thủ tướng Chính phủ"),
        ("BCA", "Bộ Công an"),
        ("BCT", "Bộ Công Thương"),
        ("BGDĐT", "Bộ Giáo dục và Đào tạo"),
        ("BKHCN", "Bộ Khoa học và Công nghệ"),
        ("BNG", "Bộ Ngoại giao"),
        ("BNNMT", "Bộ Nông nghiệp và Môi trường"),
        ("BNV", "Bộ Nội vụ"),
        ("BQP", "Bộ Quốc phòng"),
        ("BTC", "Bộ Tài chính"),
        ("BTP", "Bộ Tư pháp"),
        ("BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("BXD", "Bộ Xây dựng"),
        ("BYT", "Bộ Y tế"),
        ("NHNN", "Ngân hàng Nhà nước Việt Nam"),
    ];
    let (head, tail) = tail(symbol);
    match head {
        _ if head.starts_with("UBTVQH") => Some("Ủy ban Thường vụ Quốc hội"),
        _ if is_of_parliament(head) => Some("Quốc hội"),
        _ => ISSUERS.iter().find(|(letters, _)| *letters == tail).map(|(_, issuer)| *issuer),
    }
}

/// Whether it is of a province or commune, each of which numbers its own.
pub fn is_local(symbol: &str) -> bool {
    let (_, tail) = tail(symbol);
    tail.starts_with("UBND") || tail.starts_with("HĐND")
}

fn is_of_parliament(head: &str) -> bool {
    let session = head.strip_prefix("UBTVQH").or_else(|| head.strip_prefix("QH"));
    session.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The day that stands right behind the symbol in a text: `… 16/2017/QH14 ngày 15/11/2017 …`.
pub fn day_behind(symbol: &str, text: &str) -> Option<Date> {
    let text = tight(text);
    let at = text.find(symbol)?;
    let rest = text[at + symbol.len()..].trim_start().strip_prefix("ngày")?;
    let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let joined = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ' ')).count();
    let in_words = rest.split_whitespace().nth(1) == Some("tháng");
    if joined < 8 && !in_words {
        return None;
    }
    let (day, month, year) = (numbers.next()?, numbers.next()?, numbers.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_found_in_what_people_type() {
        for (typed, symbol) in [
            (" 84/2015/QH13 ", "84/2015/QH13"),
            ("Nghị định số 19/2011/NĐ-CP", "19/2011/NĐ-CP"),
            ("63/2010/NÐ-CP", "63/2010/NĐ-CP"),
            ("63/2010/NĐ-СР", "63/2010/NĐ-CP"),
            ("35 /2025/NQ-HĐND", "35/2025/NQ-HĐND"),
            ("59/2023/TT- BTC", "59/2023/TT-BTC"),
            ("1931/.QĐ-BNNMT", "1931/QĐ-BNNMT"),
            ("SỐ 64/QĐ-NHNN", "64/QĐ-NHNN"),
            ("Số:1111/QĐ-UBND.", "1111/QĐ-UBND"),
            ("94/2025/QH15 ngày 27/6/2025", "94/2025/QH15"),
            ("Luật Giáo dục nghề nghiệp số 124/2025/QH15", "124/2025/QH15"),
            ("85/2025/QĐ-UBND (thành phố Đà Nẵng)", "85/2025/QĐ-UBND"),
            ("31/2018/NĐ-CP\t31/2018/NĐ-CP", "31/2018/NĐ-CP"),
            ("86/2018/nđ-cp", "86/2018/NĐ-CP"),
            ("nghị định 146/2025", "146/2025"),
            ("41/201Đ-CP", "41/201Đ-CP"),
            ("QĐ/0001-BCA", "QĐ/0001-BCA"),
            ("766/QĐ-TTg", "766/QĐ-TTg"),
            ("114-KL/TW", "114-KL/TW"),
            ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
            ("21/2008/TTLT- BQP-BLĐTBXH-BTC", "21/2008/TTLT-BQP-BLĐTBXH-BTC"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(symbol), "{typed}");
        }
    }

    #[test]
    fn what_is_no_symbol_is_told_apart() {
        assert_eq!(read("Luật Thú y 2015"), Err(Reason::NoSymbol));
        assert_eq!(read("06"), Err(Reason::NoSymbol));
        assert_eq!(read("Demo/QĐ-BCA"), Err(Reason::NoSymbol));
        assert_eq!(read("10/2020/TT-BCT và 12/2021/TT-BCT"), Err(Reason::SeveralSymbols));
        assert_eq!(
            read("Về việc phê duyệt chương trình phát triển giai đoạn 2021-2025 của tỉnh"),
            Err(Reason::TitleAsSymbol)
        );
    }

    #[test]
    fn type_and_issuer_only_where_certain() {
        assert_eq!((kind("19/2011/NĐ-CP", ""), issuer("19/2011/NĐ-CP")), (Some("Nghị định"), Some("Chính phủ")));
        assert_eq!((kind("26/2026/TT-BCT", ""), issuer("26/2026/TT-BCT")), (Some("Thông tư"), Some("Bộ Công Thương")));
        assert_eq!((kind("84/2015/QH13", "An toàn"), issuer("84/2015/QH13")), (None, Some("Quốc hội")));
        assert_eq!(kind("84/2015/QH13", "Luật An toàn"), Some("Luật"));
        assert_eq!((kind("44/2026/QĐ-UBND", ""), issuer("44/2026/QĐ-UBND")), (Some("Quyết định"), None));
        assert_eq!((kind("41/201Đ-CP", ""), kind("146/2025", "")), (None, None));
    }

    #[test]
    fn a_day_counts_only_right_behind_its_symbol() {
        let day = |text| day_behind("16/2017/QH14", text).map(|day| day.to_string());
        assert_eq!(day("Luật số 16/2017/QH14 ngày 15/11/2017 sửa đổi").as_deref(), Some("2017-11-15"));
        assert_eq!(day("16/2017/QH14 ngày 15 tháng 11 năm 2017").as_deref(), Some("2017-11-15"));
        assert_eq!(day("16/2017/QH14 được sửa đổi ngày 15/11/2017"), None);
        assert_eq!(day("16/2017/QH14 ngày 45/11/2017"), None);
    }
}
