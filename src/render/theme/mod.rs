//! The theme: templates, labels and static files. What looks like what is here; what is said is in the views.
//!
//! The default theme is inside the binary. A site's own `themes/NAME/` stands alone, or, with `extends: default`, is laid over
//! it file by file. Labels are always laid over the program's own, so that no sentence is ever missing.

mod assets;
mod files;
mod labels;
mod minify;
mod templates;

use std::collections::BTreeMap;

use serde::Deserialize;
use tera::{Context, Value};

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Names;
use crate::render::theme::files::{Files, Origin};
use crate::render::theme::templates::Templates;
use crate::say;
use crate::source::Snapshot;

pub use assets::Asset;
pub use labels::Labels;

/// A loaded theme.
#[derive(Debug)]
pub struct Theme {
    /// Its static files, under their published names.
    pub assets: Vec<Asset>,
    /// The published addresses of static files, by the name that they have in the theme.
    pub addresses: BTreeMap<String, String>,
    labels: BTreeMap<String, Labels>,
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

/// `theme.yaml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// For people; nothing depends on it.
    #[allow(dead_code)]
    title: Option<String>,
    /// The theme over which this one is laid.
    extends: Option<String>,
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
        let files = layers(snapshot, name).map_err(|fault| vec![*fault])?;
        let labels = labels::load(&files);
        let templates = Templates::load(&files, form);
        match (labels, templates) {
            (Ok(labels), Ok(templates)) => {
                let assets = assets::load(&files);
                let addresses = assets.iter().map(|asset| (asset.name.clone(), asset.address())).collect();
                Ok(Theme { assets, addresses, labels, templates })
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
fn layers(snapshot: &Snapshot, name: &str) -> Result<Files, Box<Diagnostic>> {
    let own = Files::of_site(snapshot, name);
    if own.is_empty() {
        return if name == "default" { Ok(Files::built_in()) } else { Err(Box::new(missing(snapshot, name))) };
    }
    let manifest = manifest(&own, name)?;
    match manifest.extends.as_deref() {
        None if name != "default" => Ok(own),
        None | Some("default") => Ok(own.over(Files::built_in())),
        Some(other) => Err(Box::new(unknown_base(&own, other))),
    }
}

fn manifest(files: &Files, name: &str) -> Result<Manifest, Box<Diagnostic>> {
    let Some(file) = files.get("theme.yaml") else { return Ok(Manifest::default()) };
    let text = file.text()?;
    let manifest: Manifest = serde_yaml::from_str(text).map_err(|error| Box::new(files::yaml_fault(file, &error)))?;
    if manifest.extends.as_deref() == Some(name) {
        return Err(Box::new(
            file.fault(0, say!("giao diện `{name}` dựa trên chính nó", "the theme `{name}` extends itself")),
        ));
    }
    Ok(manifest)
}

fn unknown_base(files: &Files, other: &str) -> Diagnostic {
    let message =
        say!("`extends` chỉ nhận `default`, không phải `{other}`", "`extends` accepts `default` only, not `{other}`");
    files.get("theme.yaml").map_or_else(
        || Diagnostic::new(Code::Theme, Origin::BuiltIn.place(), message.clone()),
        |file| file.fault(0, message.clone()),
    )
}

fn missing(snapshot: &Snapshot, name: &str) -> Diagnostic {
    let message = say!("không có giao diện `{name}`", "there is no theme `{name}`");
    let help =
        say!("tạo thư mục themes/{name}, hoặc bỏ khóa `theme`", "make the folder themes/{name}, or leave `theme` out");
    let place =
        snapshot.find("content/site.yaml").map_or(Origin::BuiltIn.place(), |(file, _)| crate::source::Span::top(file));
    Diagnostic::new(Code::Theme, place, message).help(help)
}
