//! Values that mean something by themselves: dates, periods, phones, codes, symbols.

mod slug;

pub use slug::slug;
