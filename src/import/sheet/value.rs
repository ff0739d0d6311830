//! A cell to a value of a record, as far as its type tells: what a spreadsheet did to it is undone where it is certain, and
//! explained where it is not. Whether the value makes sense in its record is the record's own reading to judge.

use std::borrow::Cow;

use crate::import::draft::Draft;
use crate::import::sheet::cell::Cell;
use crate::import::sheet::columns::{is_period, sole};
use crate::import::sheet::fault::Wrong;
use crate::import::sheet::period;
use crate::import::sheet::references::References;
use crate::record::shape::{Form, Type, Word};
use crate::say;
use crate::value::date::{self, Date};
use crate::value::{number, phone, slug};

/// The value of a cell that is not empty.
///
/// # Errors
/// Where the cell is not of the type.
pub fn of(cell: &Cell, ty: &Type, references: &References) -> Result<Draft, Wrong> {
    if let Cell::Error(shown) = cell {
        let wrong = Wrong::new(say!("ô có lỗi công thức `{shown}`", "the cell has the formula error `{shown}`"));
        return Err(wrong.help(say!("sửa công thức, hoặc gõ giá trị", "mend the formula, or type the value")));
    }
    match ty {
        Type::Text | Type::Markdown | Type::File | Type::AnyReference => Ok(Draft::text(text(cell))),
        Type::Bool => boolean(cell),
        Type::Date => day(cell),
        Type::Integer { .. } => integer(cell),
        Type::Decimal { .. } | Type::Degrees { .. } => decimal(cell),
        Type::Word(words) => word(&text(cell), words),
        Type::Formed(form) => formed(cell, *form),
        Type::Reference(kind) => references.resolve(kind, &code_text(cell)?).map(Draft::text),
        Type::List(item) => list(cell, item, references),
        Type::Map(shape) if is_period(shape) => span(cell),
        Type::Map(_) => only(cell, ty, references),
        Type::Counts(_) | Type::Levels(_) | Type::Translated(_) => {
            Err(Wrong::new(say!("cột này không nhận một giá trị", "this column takes no single value")))
        }
        Type::Either(types) => either(cell, types, references),
    }
}

/// What a person reads in the cell; a whole number without a point.
fn text(cell: &Cell) -> String {
    cell.shown()
}

fn shown(cell: &Cell) -> String {
    crate::record::value::shortened(&text(cell))
}

/// A map of which one key is enough.
fn only(cell: &Cell, ty: &Type, references: &References) -> Result<Draft, Wrong> {
    let Some((key, inner)) = sole(ty) else {
        return Err(Wrong::new(say!("giá trị này cần nhiều cột", "this value needs several columns")));
    };
    Ok(Draft::Map(vec![(Cow::Borrowed(key), of(cell, inner, references)?)]))
}

/// The first type that takes the cell: words before references, references before free text.
fn either(cell: &Cell, types: &[Type], references: &References) -> Result<Draft, Wrong> {
    let mut first = None;
    for ty in types.iter().filter(|ty| !matches!(ty, Type::Map(shape) if !is_period(shape) && sole(ty).is_none())) {
        match of(cell, ty, references) {
            Ok(draft) => return Ok(draft),
            Err(wrong) => first = first.or(Some(wrong)),
        }
    }
    Err(first.unwrap_or_else(|| Wrong::new(say!("giá trị này cần nhiều cột", "this value needs several columns"))))
}

/// Items apart by line breaks; where there is none, by semicolons.
fn list(cell: &Cell, item: &Type, references: &References) -> Result<Draft, Wrong> {
    let Cell::Text(text) = cell else { return Ok(Draft::List(vec![of(cell, item, references)?])) };
    let mark = if text.contains('\n') { '\n' } else { ';' };
    let parts = text.split(mark).map(str::trim).filter(|part| !part.is_empty());
    let items: Result<Vec<Draft>, Wrong> =
        parts.map(|part| of(&Cell::Text(part.to_owned()), item, references)).collect();
    Ok(Draft::List(items?))
}

fn boolean(cell: &Cell) -> Result<Draft, Wrong> {
    let yes = match cell {
        Cell::Bool(yes) => Some(*yes),
        _ => match slug(&text(cell)).as_str() {
            "co" | "x" | "dung" | "yes" | "true" | "1" => Some(true),
            "khong" | "sai" | "no" | "false" | "0" => Some(false),
            _ => None,
        },
    };
    let shown = shown(cell);
    yes.map(Draft::Bool).ok_or_else(|| {
        Wrong::new(say!("cần `có` hoặc `không`, ở đây là `{shown}`", "expected `yes` or `no`, found `{shown}`"))
    })
}

fn day(cell: &Cell) -> Result<Draft, Wrong> {
    let shown = shown(cell);
    let wrong = || Wrong::new(say!("`{shown}` không phải là ngày", "`{shown}` is no day"));
    match cell {
        Cell::Date(date) => Ok(Draft::Date(*date)),
        Cell::Text(text) => {
            let found = Date::parse(text).or_else(|| date::meant(text));
            let help = say!("viết như 25/12/2026 hoặc 2026-12-25", "write it as 25/12/2026 or 2026-12-25");
            found.map(Draft::Date).ok_or_else(|| wrong().help(help))
        }
        Cell::Number(serial) => Err(wrong().help(of_serial(*serial))),
        _ => Err(wrong()),
    }
}

/// The help for a number that a spreadsheet would show as a day.
fn of_serial(serial: f64) -> Option<crate::diagnostic::Message> {
    // Day 2, as spreadsheets count: their day 0 is 1899-12-30.
    let second = Date::parse("1900-01-01")?;
    let days = (serial.fract() == 0.0 && (20_000.0..80_000.0).contains(&serial)).then_some(serial as i32)?;
    let day = second.plus(days - 2);
    Some(say!("có phải ngày {day}? Định dạng cột này là Ngày (Date)", "is it {day}? Give the column the format Date"))
}

fn integer(cell: &Cell) -> Result<Draft, Wrong> {
    let found = match cell {
        Cell::Number(number) => (number.fract() == 0.0 && number.abs() < 9e15).then_some(*number as i64),
        Cell::Text(text) => number::integer(&number::ungrouped(text)).and_then(Result::ok),
        _ => None,
    };
    let shown = shown(cell);
    found.map(Draft::Int).ok_or_else(|| {
        Wrong::new(say!("cần một số nguyên, ở đây là `{shown}`", "expected a whole number, found `{shown}`"))
    })
}

fn decimal(cell: &Cell) -> Result<Draft, Wrong> {
    let found = match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => {
            number::decimal(&number::ungrouped(text)).or_else(|| number::decimal(&text.replace(',', ".")))
        }
        _ => None,
    };
    let shown = shown(cell);
    let whole = |number: f64| {
        if number.fract() == 0.0 && number.abs() < 9e15 { Draft::Int(number as i64) } else { Draft::Number(number) }
    };
    found
        .map(whole)
        .ok_or_else(|| Wrong::new(say!("cần một số, ở đây là `{shown}`", "expected a number, found `{shown}`")))
}

/// The word, by itself, by its label, or by a part that only one label has: `Toàn trình`.
fn word(text: &str, words: &'static [Word]) -> Result<Draft, Wrong> {
    let said = slug(text);
    let names = |word: &Word| [word.word, word.label.vi, word.label.en].map(slug);
    let whole = words.iter().find(|word| names(word).contains(&said));
    let has_part = |name: &String| format!("-{name}-").contains(&format!("-{said}-"));
    let mut parts = words.iter().filter(|word| said.len() > 3 && names(word).iter().any(has_part));
    let found = whole.or_else(|| parts.next().filter(|_| parts.next().is_none()));
    found.map(|word| Draft::text(word.word)).ok_or_else(|| {
        let listed = |label: fn(&Word) -> &str| {
            words.iter().map(|word| format!("`{}`", label(word))).collect::<Vec<_>>().join(", ")
        };
        let (vi, en) = (listed(|word| word.label.vi), listed(|word| word.label.en));
        let text = crate::record::value::shortened(text);
        let wrong =
            Wrong::new(say!("`{text}` không có trong các từ cho phép", "`{text}` is none of the allowed words"));
        wrong.help(say!("chọn một trong: {vi}", "choose one of: {en}"))
    })
}

fn span(cell: &Cell) -> Result<Draft, Wrong> {
    let ends = match cell {
        Cell::Text(text) => period::read(text),
        Cell::Number(year) => period::read(&year.to_string()),
        // `01/2026` typed into a cell becomes the first day of the month.
        Cell::Date(date) if date.day() == 1 => Some((*date, date.month_end())),
        _ => None,
    };
    let shown = shown(cell);
    let (start, end) = ends.ok_or_else(|| {
        let wrong = Wrong::new(say!("`{shown}` không phải là một kỳ", "`{shown}` is no period"));
        wrong.help(say!(
            "viết như 01/2026, Quý I/2026, Năm 2026, hoặc hai cột Từ ngày, Đến ngày",
            "write it as 01/2026, Quarter 1/2026, 2026, or in two columns From, To"
        ))
    })?;
    Ok(Draft::map([("start", Some(Draft::Date(start))), ("end", Some(Draft::Date(end)))]))
}

fn formed(cell: &Cell, form: Form) -> Result<Draft, Wrong> {
    match (form, cell) {
        (Form::Time, _) => time(cell),
        (Form::Phone, Cell::Number(_)) => phone_number(cell),
        _ => code_text(cell).map(Draft::text),
    }
}

/// Text that a spreadsheet must not take for a number: `2.001620` is a code, and no number.
fn code_text(cell: &Cell) -> Result<String, Wrong> {
    let shown = shown(cell);
    let as_text = || {
        say!(
            "định dạng cột là Văn bản (Text) rồi gõ lại mã; bảng mẫu đã định dạng sẵn",
            "give the column the format Text, then type the code again; the template has it so"
        )
    };
    match cell {
        Cell::Number(number) if number.fract() != 0.0 => {
            let wrong = Wrong::new(say!(
                "bảng tính đã đổi mã thành số `{shown}`, các số 0 ở cuối bị mất",
                "the spreadsheet made a number of the code, `{shown}`; zeros at its end are lost"
            ));
            let meant = format!("{number:.6}");
            let crate::diagnostic::Message { vi, en } = as_text();
            Err(wrong.help(say!("có phải `{meant}`? {vi}", "is it `{meant}`? {en}")))
        }
        Cell::Text(text) if is_scientific(text) => {
            let wrong = Wrong::new(say!(
                "`{shown}` là cách bảng tính viết một số, không phải mã",
                "`{shown}` is how a spreadsheet writes a number, and no code"
            ));
            Err(wrong.help(as_text()))
        }
        Cell::Date(date) => {
            let wrong = Wrong::new(say!(
                "bảng tính đã đổi mã thành ngày `{date}`",
                "the spreadsheet made a day of the code, `{date}`"
            ));
            Err(wrong.help(as_text()))
        }
        _ => Ok(text(cell)),
    }
}

/// `2.00162E+00`, with a point or a comma.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits =
        |text: &str, also: &[char]| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || also.contains(&c));
    exponent.starts_with(['+', '-']) && digits(&exponent[1..], &[]) && digits(mantissa, &['.', ','])
}

/// A phone number that became a number has lost its first zero.
fn phone_number(cell: &Cell) -> Result<Draft, Wrong> {
    let shown = shown(cell);
    if phone::parse(&format!("0{shown}")).is_none() {
        return Ok(Draft::text(shown));
    }
    let wrong = Wrong::new(say!(
        "bảng tính đã đổi số điện thoại thành số `{shown}`, số 0 ở đầu bị mất",
        "the spreadsheet made a number of the phone number, `{shown}`; the zero at its start is lost"
    ));
    Err(wrong.help(say!(
        "có phải `0{shown}`? Định dạng cột là Văn bản (Text) rồi gõ lại",
        "is it `0{shown}`? Give the column the format Text and type it again"
    )))
}

fn time(cell: &Cell) -> Result<Draft, Wrong> {
    let parts = match cell {
        Cell::Time(hour, minute) => Some((*hour, *minute)),
        Cell::Text(text) => {
            let text = text.to_lowercase().replace(['h', 'g', '.'], ":");
            let (hour, minute) = text.split_once(':').unwrap_or((&text, ""));
            let number = |part: &str| if part.trim().is_empty() { Some(0) } else { part.trim().parse::<u8>().ok() };
            Some((number(hour).filter(|_| !hour.is_empty()), number(minute))).and_then(|(h, m)| Some((h?, m?)))
        }
        _ => None,
    };
    let shown = shown(cell);
    let valid = parts.filter(|(hour, minute)| *hour < 24 && *minute < 60);
    valid.map(|(hour, minute)| Draft::text(format!("{hour:02}:{minute:02}"))).ok_or_else(|| {
        let wrong = Wrong::new(say!("`{shown}` không phải là giờ", "`{shown}` is no time of day"));
        wrong.help(say!("viết như 07:30", "write it as 07:30"))
    })
}
