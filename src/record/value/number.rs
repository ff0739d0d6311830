//! Numbers: counts, amounts, degrees.

use std::ops::Deref;

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::published::{self, Around, Json};
use crate::record::reader::Reader;
use crate::record::shape::Type;
use crate::record::value::scalar::{meant, unexpected};
use crate::record::value::{Value, required_slot, shortened};
use crate::say;
use crate::syntax::yaml::{Node, Style};
use crate::value::number;

/// A whole number of at least `MIN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Integer<const MIN: i64>(i64);

/// How many of something: 0 or more.
pub type Count = Integer<0>;

impl<const MIN: i64> Deref for Integer<MIN> {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}

impl<const MIN: i64> Value for Integer<MIN> {
    fn describe() -> Type {
        Type::Integer { min: MIN }
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = || say!("một số nguyên", "a whole number");
        let scalar = reader.scalar(node, wanted)?;
        let number = if scalar.style == Style::Plain { number::integer(&scalar.text) } else { None };
        match number {
            None => {
                unexpected(node, scalar, &wanted(), meant(&scalar.text, |text| number::integer(text).is_some()), reader)
            }
            Some(Ok(number)) if number >= MIN => Some(Integer(number)),
            Some(_) => {
                let shown = shortened(&scalar.text);
                out_of_range(
                    node,
                    say!("`{shown}` ngoài khoảng cho phép (từ {MIN})", "`{shown}` is out of range (from {MIN})"),
                    reader,
                )
            }
        }
    }

    fn absent() -> Self {
        Integer(MIN)
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        Json::from(self.0)
    }
}

fn out_of_range<T>(node: &Node, message: Message, reader: &mut Reader<'_>) -> Option<T> {
    reader.fault(Diagnostic::new(Code::OutOfRange, node.span, message));
    None
}

/// A decimal number, 0 or more; where `POSITIVE`, more than 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Decimal<const POSITIVE: bool>(f64);

impl<const POSITIVE: bool> Deref for Decimal<POSITIVE> {
    type Target = f64;
    fn deref(&self) -> &f64 {
        &self.0
    }
}

impl<const POSITIVE: bool> Value for Decimal<POSITIVE> {
    fn describe() -> Type {
        Type::Decimal { positive: POSITIVE }
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = || say!("một số", "a number");
        let scalar = reader.scalar(node, wanted)?;
        let number = if scalar.style == Style::Plain { number::decimal(&scalar.text) } else { None };
        match number {
            None => {
                unexpected(node, scalar, &wanted(), meant(&scalar.text, |text| number::decimal(text).is_some()), reader)
            }
            Some(number) if (number > 0.0 || (!POSITIVE && number == 0.0)) && number < 1e15 => Some(Decimal(number)),
            Some(_) => {
                let (shown, vi, en) = (
                    shortened(&scalar.text),
                    if POSITIVE { "lớn hơn 0" } else { "từ 0" },
                    if POSITIVE { "above 0" } else { "from 0" },
                );
                out_of_range(
                    node,
                    say!("`{shown}` ngoài khoảng cho phép ({vi})", "`{shown}` is out of range ({en})"),
                    reader,
                )
            }
        }
    }

    fn absent() -> Self {
        Decimal(1.0)
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        published::number(self.0)
    }
}

/// A latitude or longitude in degrees (WGS 84), within ±`LIMIT`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees<const LIMIT: i64>(pub f64);

impl<const LIMIT: i64> Value for Degrees<LIMIT> {
    fn describe() -> Type {
        Type::Degrees { limit: LIMIT }
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let wanted = || say!("một số độ, như `18.34`", "degrees, such as `18.34`");
        let scalar = reader.scalar(node, wanted)?;
        let number = if scalar.style == Style::Plain { number::decimal(&scalar.text) } else { None };
        match number {
            None => {
                unexpected(node, scalar, &wanted(), meant(&scalar.text, |text| number::decimal(text).is_some()), reader)
            }
            #[allow(clippy::cast_precision_loss)]
            Some(number) if number.abs() <= LIMIT as f64 => Some(Degrees(number)),
            Some(number) => {
                out_of_range(node, say!("{number} ngoài khoảng ±{LIMIT}", "{number} is beyond ±{LIMIT}"), reader)
            }
        }
    }

    fn absent() -> Self {
        Degrees(0.0)
    }

    fn publish(&self, _: &mut dyn Around) -> Json {
        published::number(self.0)
    }
}

required_slot!(Count, Integer<1>, Decimal<true>, Decimal<false>, Degrees<90>, Degrees<180>);
