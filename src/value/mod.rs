//! Values that mean something by themselves: dates, periods, phones, codes, symbols. Each is parsed once into a type that
//! cannot be wrong.

pub mod address;
pub mod citizen;
pub mod code;
pub mod date;
pub mod dossier;
pub mod duration;
pub mod figure;
pub mod number;
pub mod numerals;
pub mod pattern;
pub mod percent;
pub mod phone;
mod slug;
pub mod symbol;
pub mod text;

pub use slug::slug;
