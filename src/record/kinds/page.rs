//! Free pages, with a place in the menu.

use crate::record::macros::shape;
use crate::record::value::{Referable, Text};

shape! {
    /// A free page.
    pub struct Page {
        menu: O Option<Menu>, "Trình đơn", "Menu";
    }
}

shape! {
    /// A page's place in the menu.
    pub struct Menu {
        label: O Option<Text>, "Nhãn", "Label";
        weight: O Option<crate::record::value::Count>, "Thứ tự", "Weight";
    }
}

impl Referable for Page {
    const WORD: &'static str = "page";
}
