//! `docs/so-tay/bang-khoa.md`: every key of every kind, made from the one description of each kind.
//!
//! `BLESS=1 cargo test --test sample keys` writes it.

use std::fmt::Write;

use minhbach::record::common::Common;
use minhbach::record::config::Config;
use minhbach::record::kind::KindName;
use minhbach::record::shape::{CountKey, Form, Need, Shape, Type, Word};

use super::root;

#[test]
fn the_table_of_keys_is_current() {
    let path = root().join("docs/so-tay/bang-khoa.md");
    let wanted = tables();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, wanted).unwrap();
        return;
    }
    let found = std::fs::read_to_string(path).unwrap();
    let differing = found.lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
    assert!(found == wanted, "bang-khoa.md is not current (BLESS=1 writes it): {differing:?}");
}

fn tables() -> String {
    let mut out = String::from(
        "# Bảng khóa\n\n<!-- made from the kinds' descriptions: BLESS=1 cargo test --test sample keys -->\n\n\
         Mỗi dòng là một khóa viết được trong tệp. Cột *Cần*: **bắt buộc** thì thiếu là lỗi; *nên có* thì thiếu là cảnh báo; \
         để trống thì tùy. Khóa `a.b` là khóa `b` viết thụt vào dưới `a`; `a[].b` là khóa `b` trong từng mục của danh sách `a`.\n",
    );
    section(&mut out, "Khóa chung của mọi bản ghi", Common::shape());
    for kind in KindName::ALL {
        section(&mut out, &format!("{} (`content/{}/`)", capital(kind.label().vi), kind.folder()), kind.shape());
    }
    section(&mut out, "Cấu hình (`content/site.yaml`)", Config::shape());
    out
}

fn section(out: &mut String, title: &str, shape: &Shape) {
    let _ = write!(out, "\n## {title}\n\n| khóa | tên | cần | giá trị |\n|---|---|---|---|\n");
    rows(out, "", shape);
}

fn rows(out: &mut String, before: &str, shape: &Shape) {
    for field in &shape.fields {
        let need = match field.need {
            Need::Required => "**bắt buộc**",
            Need::Complete => "nên có",
            Need::Optional => "",
        };
        let key = format!("{before}{}", field.key);
        let _ = writeln!(out, "| `{key}` | {} | {need} | {} |", field.label.vi, value(&field.ty));
        inner(out, &key, &field.ty);
    }
}

/// The keys inside a value.
fn inner(out: &mut String, key: &str, ty: &Type) {
    match ty {
        Type::Map(shape) => rows(out, &format!("{key}."), shape),
        Type::List(item) => inner(out, &format!("{key}[]"), item),
        Type::Either(types) => types.iter().for_each(|ty| inner(out, key, ty)),
        _ => {}
    }
}

/// What may stand there, in words.
fn value(ty: &Type) -> String {
    match ty {
        Type::Text => "chữ".to_owned(),
        Type::Markdown => "chữ, dùng được Markdown".to_owned(),
        Type::Bool => "`true` (có) hoặc `false` (không)".to_owned(),
        Type::Date => "ngày, như `2026-11-23`".to_owned(),
        Type::Integer { min } => format!("số nguyên từ {min}"),
        Type::Decimal { positive: true } => "số lớn hơn 0".to_owned(),
        Type::Decimal { positive: false } => "số từ 0".to_owned(),
        Type::Word(words) => listed(words),
        Type::Formed(form) => formed(*form).to_owned(),
        Type::Reference(word) => {
            let kind = KindName::from_word(word).map_or(*word, |kind| kind.label().vi);
            format!("ID hoặc mã, ký hiệu của {kind}")
        }
        Type::AnyReference => "`loại:ID`, như `procedure:ban-buon-ruou`".to_owned(),
        Type::File => "tên tệp trong `content/files/`".to_owned(),
        Type::List(item) => format!("danh sách: {}", value(item)),
        Type::Degrees { .. } => "số độ, như `18.3428`".to_owned(),
        Type::Levels(words) => format!("các dòng `tên-kiểm-tra: mức`, mức là {}", listed(words)),
        Type::Translated(_) => "chữ; hoặc các dòng `name: tên`, `en: tên tiếng Anh`".to_owned(),
        Type::Map(_) => "các khóa con".to_owned(),
        Type::Counts(CountKey::Word(words)) => format!("các dòng `từ: số`, từ là {}", listed(words)),
        Type::Counts(CountKey::Any) => "các dòng `từ: số`".to_owned(),
        Type::Counts(CountKey::Code) => "các dòng `\"mã thủ tục\": số`".to_owned(),
        Type::Either(types) => types.iter().map(value).collect::<Vec<_>>().join("; hoặc "),
    }
}

fn listed(words: &[Word]) -> String {
    words.iter().map(|word| format!("`{}` ({})", word.word, word.label.vi)).collect::<Vec<_>>().join(", ")
}

fn formed(form: Form) -> &'static str {
    match form {
        Form::Code => "mã thủ tục trong ngoặc kép, như `\"2.001624\"`",
        Form::Symbol => "số, ký hiệu, như `63/2010/NĐ-CP`",
        Form::Phone => "số điện thoại",
        Form::Email => "địa chỉ thư điện tử",
        Form::Url => "địa chỉ trang web",
        Form::HttpsUrl => "địa chỉ trang web, bắt đầu bằng `https://`",
        Form::Id => "mã tự đặt: chữ thường không dấu, số, dấu gạch nối",
        Form::SitePath => "địa chỉ trong trang, như `/thu-tuc/cu/`",
        Form::Time => "giờ trong ngoặc kép, như `\"07:30\"`",
        Form::CheckCode => "tên một kiểm tra",
        Form::LanguageCode => "mã ngôn ngữ, như `vi`",
        Form::TimeZone => "múi giờ, như `Asia/Ho_Chi_Minh`",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
