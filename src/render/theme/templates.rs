//! Templates, and the places of their faults.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;
use tera::{Context, ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic};
use crate::render::theme::Form;
use crate::render::theme::files::{Files, Origin, ThemeFile};
use crate::render::theme::minify::minified;
use crate::render::words;
use crate::say;

/// Room for a page, in bytes: nearly all are smaller.
const PAGE: usize = 16 << 10;

/// The templates of a theme.
#[derive(Debug)]
pub struct Templates {
    /// Those that render pages.
    used: Tera,
    /// The same as they are written: a fault's line and column are those that the author sees.
    written: Tera,
    files: BTreeMap<String, ThemeFile>,
    fingerprints: BTreeMap<String, blake3::Hash>,
}

impl Templates {
    /// Reads the templates of a theme.
    ///
    /// # Errors
    /// What is wrong with their syntax, or with what they extend and include.
    pub fn load(files: &Files, form: Form) -> Result<Templates, Vec<Diagnostic>> {
        let files: BTreeMap<String, ThemeFile> =
            files.below("templates").map(|(name, file)| (name.to_owned(), file.clone())).collect();
        let mut faults = Vec::new();
        let mut sources = Vec::new();
        for (name, file) in &files {
            match file.text() {
                Ok(text) => sources.push((name.as_str(), text)),
                Err(fault) => faults.push(*fault),
            }
        }
        let written = match engine(sources.iter().copied()) {
            Ok(written) if faults.is_empty() => written,
            built => {
                // The first fault of every template, and not only that of the first template.
                faults.extend(sources.iter().filter_map(|(name, text)| syntax_fault(&files, name, text)));
                let other = built.err().filter(|_| faults.is_empty());
                faults.extend(other.map(|error| fault(&files, &error)));
                return Err(faults);
            }
        };
        let used = match form {
            Form::Plain => written.clone(),
            // What the minifier cannot take stays as it is written.
            Form::Small => {
                let small: Vec<(&str, String)> = sources.par_iter().map(|(name, text)| (*name, small(text))).collect();
                engine(small.iter().map(|(name, text)| (*name, text.as_str()))).unwrap_or_else(|_| written.clone())
            }
        };
        let fingerprints = fingerprints(&sources);
        Ok(Templates { used, written, fingerprints, files })
    }

    /// The hash of a template and of all that it uses.
    pub fn fingerprint(&self, name: &str) -> &[u8] {
        self.fingerprints.get(name).map_or(&[], |hash| hash.as_bytes())
    }

    /// Renders a template.
    ///
    /// # Errors
    /// Where it asks for what is not there.
    pub fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = Vec::with_capacity(PAGE);
        self.used.render_to(name, context, &mut page).map(|()| page).map_err(|first| {
            let error = self.written.render(name, context).err().unwrap_or(first);
            Box::new(fault(&self.files, &error))
        })
    }
}

/// The hash of each template and of all that it may use: those whose names it mentions, and those with components, which
/// every template can call.
fn fingerprints(sources: &[(&str, &str)]) -> BTreeMap<String, blake3::Hash> {
    let components = || sources.iter().filter(|(_, text)| text.contains("component"));
    let fingerprint = |name: &str| {
        let mut used: BTreeMap<&str, &str> = components().copied().collect();
        let mut open: Vec<&str> = used.keys().copied().chain([name]).collect();
        while let Some(name) = open.pop() {
            let Some((name, text)) = sources.iter().find(|(known, _)| *known == name) else { continue };
            used.insert(name, text);
            let mentioned =
                |other: &str| text.contains(&format!("\"{other}\"")) || text.contains(&format!("'{other}'"));
            open.extend(
                sources.iter().map(|(other, _)| *other).filter(|other| !used.contains_key(other) && mentioned(other)),
            );
        }
        let mut hasher = blake3::Hasher::new();
        for (name, text) in used {
            for part in [name, text] {
                hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
            }
        }
        hasher.finalize()
    };
    sources.iter().map(|(name, _)| ((*name).to_owned(), fingerprint(name))).collect()
}

/// A template made small; as it is written where the minifier would change what the template engine reads of it.
fn small(text: &str) -> String {
    let small = minified(text);
    if instructions(text) == instructions(&small) { small } else { text.to_owned() }
}

/// What the engine reads of a template. In no order: attributes change places.
fn instructions(text: &str) -> Vec<&str> {
    static INSTRUCTION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)\{\{.*?\}\}|\{%.*?%\}").expect("the pattern is a constant"));
    let mut found: Vec<&str> = INSTRUCTION.find_iter(text).map(|found| found.as_str()).collect();
    found.sort_unstable();
    found
}

fn engine<'a>(sources: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    tera.register_filter("words", words::words);
    tera.register_filter("html", words::html);
    tera.add_raw_templates(sources)?;
    Ok(tera)
}

/// A fault of syntax in one template, so that every template's first is told and not only that of the first template.
fn syntax_fault(files: &BTreeMap<String, ThemeFile>, name: &str, text: &str) -> Option<Diagnostic> {
    let error = engine([(name, text)].into_iter()).err()?;
    matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| fault(files, &error))
}

/// What the engine says, at its place.
fn fault(files: &BTreeMap<String, ThemeFile>, error: &tera::Error) -> Diagnostic {
    let (name, what, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename(), report.message().to_owned(), Some(report.span()))
        }
        ErrorKind::MissingParent { current: name, .. }
        | ErrorKind::CircularExtend { tpl: name, .. }
        | ErrorKind::CircularInclude { tpl: name, .. } => (name.as_str(), error.to_string(), None),
        _ => ("", error.to_string(), None),
    };
    let (line, column) = place.map_or((1, 0), |span| (span.start_line, span.start_col));
    let what = what.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    match files.get(name) {
        Some(file) => {
            let at = column + 1;
            let message = match file.origin {
                Origin::Site(_) => say!("lỗi mẫu trang: {what}", "template: {what}"),
                Origin::BuiltIn => say!("dòng {line}, cột {at}: {what}", "line {line}, column {at}: {what}"),
            };
            file.fault(file.offset(line, column), message)
        }
        None => {
            Diagnostic::new(Code::Theme, Origin::BuiltIn.place(), say!("lỗi mẫu trang: {what}", "template: {what}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_themes_templates_are_sound_when_they_are_small() {
        let files = Files::built_in();
        let small: Vec<(&str, String)> =
            files.below("templates").map(|(name, file)| (name, minified(file.text().unwrap()))).collect();
        let built = engine(small.iter().map(|(name, text)| (*name, text.as_str())));
        assert!(built.is_ok(), "{}", built.unwrap_err());
        for (name, file) in files.below("templates") {
            let text = file.text().unwrap();
            assert_eq!(instructions(text), instructions(&minified(text)), "{name} is too unusual to be made small");
        }
    }

    #[test]
    fn a_template_that_the_minifier_would_garble_stays_as_it_is() {
        let text = "<script src=\"{{ assets[\"a.js\"] }}\"></script>";
        assert_eq!(small(text), text);
    }
}
