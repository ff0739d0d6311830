//! Generated texts: every number of a person is found wherever it stands, and nothing that only looks like one.

use proptest::prelude::*;

use super::{What, look};

/// What is seen in a text of an answer, which is looked at for everything.
fn seen(text: &str) -> Vec<(What, String)> {
    let mut all: Vec<_> =
        look(text, "answer").into_iter().map(|(what, range)| (what, text[range].to_owned())).collect();
    all.retain(|(what, _)| !matches!(what, What::Figure(_)));
    all
}

/// Words that may stand around a number.
const BEFORE: [&str; 5] = ["", "Tôi là người nộp hồ sơ, số ", "(", "Kính gửi Sở: ", "Ông A - "];
const BEHIND: [&str; 6] = ["", ".", ", xin cảm ơn", ")", "; mong trả lời", "\nTrân trọng"];

fn citizen() -> impl Strategy<Value = String> {
    let grouped = (prop::sample::select(vec![1u16, 33, 42, 79, 96]), 0u8..4, 40u8..100, 1u32..1_000_000, 0usize..4);
    grouped.prop_map(|(province, century, year, rest, form)| {
        let digits = format!("{province:03}{century}{year:02}{rest:06}");
        let parts = |sizes: &[usize], mark: &str| {
            let mut at = 0;
            let cut = sizes.iter().map(|size| {
                at += size;
                &digits[at - size..at]
            });
            cut.collect::<Vec<_>>().join(mark)
        };
        match form {
            0 => digits.clone(),
            1 => parts(&[3, 3, 3, 3], " "),
            2 => parts(&[4, 4, 4], " "),
            _ => parts(&[3, 3, 3, 3], "."),
        }
    })
}

fn mobile() -> impl Strategy<Value = String> {
    let prefix = prop::sample::select(vec!["091", "098", "032", "070", "086", "096"]);
    (prefix, 0u32..10_000_000, 0usize..4).prop_map(|(prefix, rest, form)| {
        let rest = format!("{rest:07}");
        match form {
            0 => format!("{prefix}{rest}"),
            1 => format!("{prefix} {} {}", &rest[..3], &rest[3..]),
            2 => format!("{prefix}.{}.{}", &rest[..3], &rest[3..]),
            _ => format!("+84{}{rest}", &prefix[1..]),
        }
    })
}

/// Numbers that are nobody's: symbols, amounts, counts, hotlines, codes, days.
fn near_miss() -> impl Strategy<Value = String> {
    let number = 1u64..1_000_000_000_000;
    (0usize..10, number, 1u32..13, 1u32..29, 2000u32..2031).prop_map(|(form, number, month, day, year)| match form {
        0 => format!("số {}/{year}/NĐ-CP", number % 10_000),
        1 => format!("văn bản {}/QĐ-UBND ngày {day:02}/{month:02}/{year}", number % 100_000),
        2 => format!("lệ phí {} đồng", grouped(number, ".")),
        3 => format!("phí {} VNĐ một hồ sơ", grouped(number % 1_000_000_000, ",")),
        4 => format!("tổng đài 1900{:04}", number % 10_000),
        5 => format!("đường dây nóng 1022, nhánh {}", number % 100),
        6 => format!("đã tiếp nhận {} hồ sơ, giải quyết {} hồ sơ", grouped(number % 10_000_000, "."), number % 1000),
        7 => format!("thủ tục {}.{:06}.000.00.00.H27", 1 + number % 3, number % 1_000_000),
        8 => format!("mã số thuế {:010}", number % 10_000_000_000),
        _ => format!("từ {day:02}.{month:02}.{year} đến 28.{month:02}.{year}"),
    })
}

fn grouped(number: u64, mark: &str) -> String {
    let digits = number.to_string();
    let lead = digits.len() % 3;
    let groups = digits.as_bytes()[lead..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    Some(digits[..lead].to_owned())
        .filter(|lead| !lead.is_empty())
        .into_iter()
        .chain(groups)
        .collect::<Vec<_>>()
        .join(mark)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_citizens_number_is_found_whole(number in citizen(), before in 0..5usize, behind in 0..6usize) {
        let text = format!("{}{number}{}", BEFORE[before], BEHIND[behind]);
        prop_assert_eq!(seen(&text), vec![(What::CitizenNumber, number)], "{}", text);
    }

    #[test]
    fn a_mobile_is_found_whole(number in mobile(), before in 0..5usize, behind in 0..6usize) {
        let text = format!("{}{number}{}", BEFORE[before], BEHIND[behind]);
        let found = seen(&text);
        prop_assert!(matches!(&found[..], [(What::Phone(_), whole)] if *whole == number), "{} {:?}", text, found);
    }

    #[test]
    fn every_one_of_several_is_found(numbers in prop::collection::vec(citizen(), 1..5)) {
        let text = numbers.join("; ");
        prop_assert_eq!(seen(&text).len(), numbers.len(), "{}", text);
    }

    #[test]
    fn a_dossiers_code_is_found(day in 1..29u32, month in 1..13u32, count in 0..10_000u32, before in 0..5usize) {
        let code = format!("H27.12-26{month:02}{day:02}-{count:04}");
        let text = format!("{}{code}.", BEFORE[before]);
        prop_assert_eq!(seen(&text), vec![(What::DossierCode, code)], "{}", text);
    }

    #[test]
    fn what_is_nobodys_is_left(texts in prop::collection::vec(near_miss(), 1..4)) {
        let text = texts.join(", ");
        prop_assert_eq!(seen(&text), vec![], "{}", text);
    }
}
