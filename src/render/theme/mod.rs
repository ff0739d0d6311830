//! The theme: templates, labels and static files. What looks like what is here; what is said is in the views.
//!
//! The default theme is inside the binary. A site's own `themes/NAME/` stands alone, or, with `extends: default`, is laid over
//! it file by file. Labels are always laid over the program's own, so that no sentence is ever missing.

mod assets;
mod files;
mod labels;
mod manifest;
mod minify;
mod sources;
mod templates;
mod version;

use std::collections::BTreeMap;

use tera::{Context, Value};

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Names;
use crate::render::theme::files::Files;
use crate::render::theme::templates::Templates;
use crate::say;
use crate::source::{FileId, Snapshot, Span};
use crate::syntax::yaml;

pub use assets::Asset;
pub use labels::Labels;
use labels::Spoken;

/// A loaded theme.
#[derive(Debug)]
pub struct Theme {
    /// Its static files, under their published names.
    pub assets: Vec<Asset>,
    /// The published addresses of static files, by the name that they have in the theme.
    pub addresses: BTreeMap<String, String>,
    labels: BTreeMap<String, Labels>,
    gaps: BTreeMap<String, Vec<Diagnostic>>,
    templates: Templates,
}

/// Whether templates are made small when they are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As they are written.
    Plain,
    /// Small, where the program was built with the feature `minify`.
    Small,
}

impl Theme {
    /// Loads a theme.
    ///
    /// # Errors
    /// What is wrong with its files, each fault at its place.
    pub fn load(snapshot: &Snapshot, name: &str) -> Result<Theme, Vec<Diagnostic>> {
        Theme::load_as(snapshot, name, Form::Small)
    }

    /// Loads a theme with its templates in a form.
    ///
    /// # Errors
    /// What is wrong with its files, each fault at its place.
    pub fn load_as(snapshot: &Snapshot, name: &str, form: Form) -> Result<Theme, Vec<Diagnostic>> {
        let files = layers(snapshot, name)?;
        let labels = labels::load(&files);
        let templates = Templates::load(&files, form);
        match (labels, templates) {
            (Ok(Spoken { labels, gaps }), Ok(templates)) => {
                let assets = assets::load(&files);
                let addresses = assets.iter().map(|asset| (asset.name.clone(), asset.address())).collect();
                Ok(Theme { assets, addresses, labels, gaps, templates })
            }
            (labels, templates) => Err(labels.err().into_iter().chain(templates.err()).flatten().collect()),
        }
    }

    /// The words of addresses in every language that it speaks.
    pub fn names(&self) -> Names {
        self.labels.iter().map(|(language, labels)| (language.clone(), labels.sections.clone())).collect()
    }

    /// Its labels in a language that it speaks.
    pub fn labels(&self, language: &str) -> &Labels {
        self.labels.get(language).or_else(|| self.labels.values().next()).expect("a theme speaks a language")
    }

    /// The labels that are missing in the languages of a site.
    pub fn gaps(&self, languages: &[&str]) -> Vec<Diagnostic> {
        languages.iter().filter_map(|language| self.gaps.get(*language)).flatten().cloned().collect()
    }

    /// The hash of a template and of all that it uses.
    pub fn fingerprint(&self, template: &str) -> &[u8] {
        self.templates.fingerprint(template)
    }

    /// Renders a template.
    ///
    /// # Errors
    /// Where the template asks for what its view does not have.
    pub fn render(&self, template: &str, context: Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.templates.render(template, &context)
    }

    /// The published addresses of static files, as templates see them.
    pub fn asset_values(&self, base_path: &str) -> Value {
        let addresses = self.addresses.iter().map(|(name, address)| (name, format!("{base_path}{address}")));
        Value::from_serializable(&addresses.collect::<BTreeMap<_, _>>())
    }
}

/// The theme's files, laid over those of the theme that it extends.
fn layers(snapshot: &Snapshot, name: &str) -> Result<Files, Vec<Diagnostic>> {
    let irregular = Files::irregular(snapshot, name);
    if !irregular.is_empty() {
        return Err(irregular);
    }
    let own = Files::of_site(snapshot, name);
    if own.is_empty() {
        return if name == "default" { Ok(Files::sound()) } else { Err(vec![missing(snapshot, name)]) };
    }
    let extends = manifest::read(&own, name)?.extends_default;
    let home = own.home();
    Ok(if extends || name == "default" { own.over(Files::built_in(home)) } else { own })
}

fn missing(snapshot: &Snapshot, name: &str) -> Diagnostic {
    let message = say!("không có giao diện `{name}`", "there is no theme `{name}`");
    let help =
        say!("tạo thư mục themes/{name}, hoặc bỏ khóa `theme`", "make the folder themes/{name}, or leave `theme` out");
    let place = named_at(snapshot).unwrap_or(Span::top(FileId::new(0)));
    Diagnostic::new(Code::Theme, place, message).help(help)
}

/// Where `site.yaml` names the theme.
fn named_at(snapshot: &Snapshot) -> Option<Span> {
    let (file, _) = snapshot.find("content/site.yaml").or_else(|| snapshot.find("content/site.yml"))?;
    let config = yaml::parse(file, snapshot.text(file).ok()?).ok()?;
    config.get("theme").map(|name| name.span)
}
