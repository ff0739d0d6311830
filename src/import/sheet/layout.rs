//! `--map FILE`: what the columns of another layout are, where their headers do not say it.
//!
//! A YAML file, a column a line: what stands above it, or its letter, and the key; `~` leaves a column out.
//!
//! ```yaml
//! Đơn vị tiếp nhận: title
//! C: phones
//! Người nhập: ~
//! ```

use std::fs;
use std::path::Path;

use crate::import::sheet::book::Trouble;
use crate::import::sheet::cell;
use crate::import::sheet::columns::{Meaning, Names};
use crate::record::suggest;
use crate::say;
use crate::source::FileId;
use crate::syntax::yaml::{self, Value};
use crate::value::slug;

/// What columns are, by header or letter.
#[derive(Debug, Default)]
pub struct Layout {
    columns: Vec<(String, Option<String>)>,
}

impl Layout {
    /// Reads a layout.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no map of columns to keys of the kind.
    pub fn read(path: &Path, names: &Names) -> Result<Layout, Trouble> {
        let text = fs::read_to_string(path).map_err(Trouble::Machine)?;
        let shown = path.display();
        let not_a_map = || {
            Trouble::Content(say!(
                "{shown}: cần các dòng `tên cột: khóa`, như `Đơn vị: title`",
                "{shown}: expected lines `column: key`, such as `Unit: title`"
            ))
        };
        let root = yaml::parse(FileId::new(0), &text).map_err(|_| not_a_map())?;
        let Value::Map(entries) = root.value else { return Err(not_a_map()) };
        let mut columns = Vec::new();
        for entry in entries {
            let key = entry.value.text().map(str::to_owned);
            if key.is_none() && entry.value.value != Value::Null {
                return Err(not_a_map());
            }
            if let Some(key) = key.as_deref().filter(|key| names.meaning(key).is_none()) {
                let near =
                    suggest::nearest(key, names.columns().iter().map(|column| column.path.as_str())).unwrap_or("title");
                return Err(Trouble::Content(say!(
                    "{shown}: không có khóa `{key}`; có phải `{near}`?",
                    "{shown}: there is no key `{key}`; did you mean `{near}`?"
                )));
            }
            columns.push((entry.key.text, key));
        }
        Ok(Layout { columns })
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// What a column is, where the layout says it: by its header, else by its letter.
    pub fn meaning(&self, header: &str, column: usize, names: &Names) -> Option<Meaning> {
        let header = slug(header);
        let by_header = self.columns.iter().find(|(name, _)| !header.is_empty() && slug(name) == header);
        // A letter names the column, but only where something stands is a header.
        let is_named = |name: &str| !header.is_empty() && cell::column(name) == Some(column);
        let by_letter = || self.columns.iter().find(|(name, _)| is_named(name));
        let (_, key) = by_header.or_else(by_letter)?;
        match key {
            None => Some(Meaning::Nothing),
            Some(key) => names.meaning(key),
        }
    }
}
