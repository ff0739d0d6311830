//! `theme.yaml`: what the theme is called, over which theme it is laid, and which versions of the program it fits.

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::suggest;
use crate::render::theme::files::{Files, Origin, ThemeFile};
use crate::render::theme::version::{Range, Version};
use crate::say;
use crate::source::{FileId, Span};
use crate::syntax::yaml::{self, Entry, Value};

/// The keys of the file. `title` is for people.
const KEYS: [&str; 3] = ["title", "extends", "minhbach"];

/// What `theme.yaml` says that matters here.
#[derive(Debug, Default)]
pub struct Manifest {
    /// Whether the theme is laid over the default one.
    pub extends_default: bool,
}

/// Reads a theme's `theme.yaml`; a theme may do without.
///
/// # Errors
/// All that is wrong in it, each fault at its place.
pub fn read(files: &Files, theme: &str) -> Result<Manifest, Vec<Diagnostic>> {
    let Some(file) = files.get("theme.yaml") else { return Ok(Manifest::default()) };
    // The program's own is sound; only a site's has places.
    let Origin::Site(id) = file.origin else { return Ok(Manifest::default()) };
    let entries = entries(file, id)?;
    let faults: Vec<Diagnostic> = entries.iter().filter_map(|entry| fault(entry, theme)).collect();
    let extends_default = entries.iter().any(|entry| entry.key.text == "extends");
    if faults.is_empty() { Ok(Manifest { extends_default }) } else { Err(faults) }
}

fn entries(file: &ThemeFile, id: FileId) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let text = file.text().map_err(|fault| vec![*fault])?;
    let root = yaml::parse(id, text)?;
    match root.value {
        Value::Map(entries) => Ok(entries),
        Value::Null => Ok(Vec::new()),
        _ => Err(vec![told(root.span, say!("cần các dòng `khóa: giá trị`", "expected lines `key: value`"))]),
    }
}

/// What is wrong with one line.
fn fault(entry: &Entry, theme: &str) -> Option<Diagnostic> {
    let (key, place) = (entry.key.text.as_str(), entry.value.span);
    if !KEYS.contains(&key) {
        let message = say!("`theme.yaml` không có khóa `{key}`", "`theme.yaml` has no key `{key}`");
        let near = suggest::nearest(key, KEYS.iter().copied());
        return Some(told(entry.key.span, message).maybe_help(near.map(suggest::did_you_mean)));
    }
    let Some(text) = entry.value.text() else {
        return Some(told(place, say!("`{key}` cần một dòng chữ", "`{key}` needs a text")));
    };
    match key {
        "extends" => base_fault(text, theme, place),
        "minhbach" => version_fault(text, place),
        _ => None,
    }
}

fn base_fault(base: &str, theme: &str, place: Span) -> Option<Diagnostic> {
    if base == theme {
        return Some(told(place, say!("giao diện `{theme}` dựa trên chính nó", "the theme `{theme}` extends itself")));
    }
    let message =
        say!("`extends` chỉ nhận `default`, không phải `{base}`", "`extends` accepts `default` only, not `{base}`");
    (base != "default").then(|| told(place, message))
}

/// Whether this program is none of the versions that the theme fits.
fn version_fault(wanted: &str, place: Span) -> Option<Diagnostic> {
    let own = env!("CARGO_PKG_VERSION");
    let Some(range) = Range::parse(wanted) else {
        let message = say!("`{wanted}` không phải là khoảng phiên bản", "`{wanted}` is no range of versions");
        let help = say!("viết như `>=0.1, <0.2`", "write it as in `>=0.1, <0.2`");
        return Some(told(place, message).help(help));
    };
    let version = Version::parse(own).expect("cargo holds a package to a sound version");
    if range.holds(version) {
        return None;
    }
    let message = say!(
        "giao diện dành cho minhbach `{wanted}`, chương trình này là {own}",
        "the theme is for minhbach `{wanted}`, this program is {own}"
    );
    let help = say!(
        "so giao diện với docs/theme.md của phiên bản này, sửa cho hợp, rồi đổi khoảng phiên bản",
        "compare the theme with this version's docs/theme.md, mend it, then change the range"
    );
    Some(told(place, message).help(help))
}

fn told(place: Span, message: Message) -> Diagnostic {
    Diagnostic::new(Code::Theme, place, message)
}
