//! Templates, and the places of their faults.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;
use tera::{Context, Tera};

use crate::diagnostic::Diagnostic;
use crate::render::theme::Form;
use crate::render::theme::files::Files;
use crate::render::theme::minify::minified;
use crate::render::theme::sources::Sources;
use crate::render::words;

/// Room for a page, in bytes: nearly all are smaller.
const PAGE: usize = 16 << 10;

/// The templates of a theme.
#[derive(Debug)]
pub struct Templates {
    /// Those that render pages.
    used: Tera,
    /// The same as they are written: a fault's line and column are those that the author sees.
    written: Tera,
    sources: Sources,
    fingerprints: BTreeMap<String, blake3::Hash>,
}

impl Templates {
    /// Reads the templates of a theme.
    ///
    /// # Errors
    /// What is wrong with their syntax, or with what they extend and include.
    pub fn load(files: &Files, form: Form) -> Result<Templates, Vec<Diagnostic>> {
        let sources = Sources::of(files);
        let (texts, mut faults) = sources.texts();
        let written = match engine(texts.iter().copied()) {
            Ok(written) if faults.is_empty() => written,
            built => {
                // The first fault of every template, and not only that of the first template.
                faults.extend(texts.iter().filter_map(|(name, text)| sources.syntax_fault(name, text)));
                let other = built.err().filter(|_| faults.is_empty());
                faults.extend(other.into_iter().flat_map(|error| sources.faults(&error, "")));
                return Err(faults);
            }
        };
        let used = match form {
            Form::Plain => written.clone(),
            // What the minifier cannot take stays as it is written.
            Form::Small => {
                let small: Vec<(&str, String)> = texts.par_iter().map(|(name, text)| (*name, small(text))).collect();
                engine(small.iter().map(|(name, text)| (*name, text.as_str()))).unwrap_or_else(|_| written.clone())
            }
        };
        let fingerprints = fingerprints(&texts);
        Ok(Templates { used, written, fingerprints, sources })
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
            Box::new(self.sources.faults(&error, name).swap_remove(0))
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

pub(super) fn engine<'a>(sources: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    tera.register_filter("words", words::words);
    tera.register_filter("html", words::html);
    tera.add_raw_templates(sources)?;
    Ok(tera)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_themes_templates_are_sound_when_they_are_small() {
        let files = Files::sound();
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
