//! `docs/theme.md`: its list of templates and fields is made from the views' sources and held against what real pages get.
//!
//! `BLESS=1 cargo test --test sample reference` writes it.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write;

use minhbach::plan::{Plan, Source};
use minhbach::render::Renderer;
use minhbach::render::theme::Theme;
use minhbach::site;
use minhbach::source::{Body, File, Snapshot};
use serde_json::Value;

use super::views::{Structure, Views, argument};
use super::{options, root, sample};

const START: &str = "<!-- made from the sources from here on: BLESS=1 cargo test --test sample reference -->";

#[test]
fn the_theme_reference_is_current() {
    let path = root().join("docs/theme.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, made) = text.split_once(START).expect("the line from which on the reference is made");
    let wanted = reference(&Views::read());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, format!("{head}{START}\n\n{wanted}")).unwrap();
        return;
    }
    let differing = made.trim_start().lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
    assert!(made.trim_start() == wanted, "docs/theme.md is not current (BLESS=1 writes it): {differing:?}");
}

#[test]
fn every_field_has_a_description() {
    let mut heading = "";
    let mut bare = Vec::new();
    let text = reference(&Views::read());
    for line in text.lines() {
        heading = line.strip_prefix("### ").unwrap_or(heading);
        // A row ends with its third column, which is the field's doc comment.
        bare.extend(line.strip_suffix("|  |").map(|row| format!("{heading}: {row}")));
    }
    assert!(bare.is_empty(), "these fields need a doc comment, where the view is:\n{}", bare.join("\n"));
}

#[test]
fn every_template_of_the_default_theme_is_in_the_reference() {
    let templates = root().join("themes/default/templates");
    let names = std::fs::read_dir(templates).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let views = Views::read();
    let unnamed: Vec<String> = names.filter(|name| !is_shared(name) && !views.templates.contains_key(name)).collect();
    assert!(unnamed.is_empty(), "no view was found for {unnamed:?}");
}

/// Whether other templates extend this one, or it holds their components.
fn is_shared(template: &str) -> bool {
    let templates = walkdir::WalkDir::new(root().join("themes/default/templates"));
    let files = templates.into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let mut texts = files.map(|entry| std::fs::read_to_string(entry.path()).unwrap());
    template == "components.html" || texts.any(|text| text.contains(&format!("{{% extends \"{template}\" %}}")))
}

#[test]
fn the_reference_names_exactly_what_real_pages_get() {
    let snapshot = sample();
    let site = site::load(&snapshot, &options()).site.unwrap();
    let theme = Theme::load(&snapshot, "default").unwrap();
    let (plan, _) = Plan::new(&site, &theme.names(), &snapshot);
    let renderer = Renderer::new(&site, &plan, &theme);
    let views = Views::read();
    let mut faults = BTreeSet::new();
    for page in &plan.pages {
        let view = serde_json::to_value(renderer.view(page)).unwrap();
        let template = view["template"].as_str().unwrap();
        let (module, name) = views.templates.get(template).unwrap_or_else(|| panic!("no view for {template}"));
        compare(&views, module, name, &view["value"], &mut faults);
        compare(&views, "frame", "Frame", &view["page"], &mut faults);
    }
    assert_none(faults);
}

#[test]
fn the_reference_names_exactly_what_pages_know_of_the_site() {
    let views = Views::read();
    let mut faults = BTreeSet::new();
    for site in shared_values() {
        compare(&views, "shared", "SiteView", &site, &mut faults);
    }
    assert_none(faults);
}

fn assert_none(faults: BTreeSet<String>) {
    assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
}

/// What templates get as `site` in every language: a theme shows it whole on one page.
fn shared_values() -> Vec<Value> {
    let file = |path: &str, text: &str| File { path: path.into(), body: Body::Bytes(text.as_bytes().into()) };
    let manifest = concat!("title: Bare\nextends: default\nminhbach: '>=", env!("CARGO_PKG_VERSION"), "'\n");
    let theme = [
        file("themes/bare/theme.yaml", manifest),
        file("themes/bare/templates/not-found.html", "{{ site | str | safe }}"),
    ];
    let snapshot = sample();
    let snapshot = Snapshot::new(snapshot.files().map(|(_, file)| file.clone()).chain(theme).collect());
    let site = site::load(&snapshot, &options()).site.unwrap();
    let theme = Theme::load(&snapshot, "bare").unwrap();
    let (plan, _) = Plan::new(&site, &theme.names(), &snapshot);
    let renderer = Renderer::new(&site, &plan, &theme);
    let pages = plan.pages.iter().filter(|page| page.source == Source::NotFound);
    let values: Vec<Value> = pages.map(|page| shown_value(&renderer.page(page).unwrap())).collect();
    assert!(!values.is_empty(), "the site has no page for what is not found");
    values
}

/// A value as the template engine writes it: as JSON, but nothing where there is none.
fn shown_value(bytes: &[u8]) -> Value {
    let text = std::str::from_utf8(bytes).unwrap().replace(": ,", ": null,").replace(": }", ": null}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What a value has and its type has not, or the other way round.
fn compare(views: &Views, module: &str, ty: &str, value: &Value, faults: &mut BTreeSet<String>) {
    if let Some(inner) = inside(ty, "Option").or_else(|| inside(ty, "Box")) {
        if !value.is_null() {
            compare(views, module, inner, value, faults);
        }
        return;
    }
    if let Some(inner) = inside(ty, "Vec") {
        return value.as_array().into_iter().flatten().for_each(|item| compare(views, module, inner, item, faults));
    }
    let Some(structure) = views.find(module, ty) else {
        if value.is_object() {
            faults.insert(format!("{module}: `{ty}` is in no source"));
        }
        return;
    };
    let Some(map) = value.as_object() else {
        faults.insert(format!("{module}: `{ty}` is {value}"));
        return;
    };
    let fields = views.fields(structure);
    for (field, module) in &fields {
        // What a generic structure holds is of the type that it is for.
        let ty =
            argument(ty).map_or_else(|| field.ty.clone(), |argument| field.ty.replace("<T>", &format!("<{argument}>")));
        match map.get(&field.name) {
            Some(value) => compare(views, module, &ty, value, faults),
            None => drop(faults.insert(format!("{}.{} is not there", structure.name, field.name))),
        }
    }
    let unknown = |key: &&String| fields.iter().all(|(field, _)| field.name != **key);
    faults.extend(map.keys().filter(unknown).map(|key| format!("{}.{key} is in no source", structure.name)));
}

fn inside<'a>(ty: &'a str, outer: &str) -> Option<&'a str> {
    ty.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>')
}

/// The reference as a text.
fn reference(views: &Views) -> String {
    let mut out = String::from("## Templates and their views\n");
    let mut shown = Shown::default();
    for (template, (module, name)) in &views.templates {
        let _ = write!(out, "\n### `{template}`\n\n");
        match views.find(module, name) {
            Some(structure) if template == "redirect.html" => {
                out.push_str("Gets no `view`; its `page` is:\n\n");
                table(views, structure, "page", &mut shown, &mut out);
            }
            Some(structure) => table(views, structure, "view", &mut shown, &mut out),
            None => out.push_str("Gets no `view`.\n"),
        }
    }
    out.push_str("\n## What every page gets\n\n### `page`\n\n");
    table(views, views.find("frame", "Frame").unwrap(), "page", &mut shown, &mut out);
    out.push_str("\n### `site`\n\n");
    table(views, views.find("shared", "SiteView").unwrap(), "site", &mut shown, &mut out);
    out.push_str("\n## Values\n");
    while let Some(structure) = shown.next() {
        let _ = write!(out, "\n### {}\n\n", title(views, &structure));
        if !structure.doc.is_empty() {
            let _ = write!(out, "{}\n\n", structure.doc);
        }
        table(views, &structure, "", &mut shown, &mut out);
    }
    out
}

/// Structures that a table names and that still need a table of their own.
#[derive(Default)]
struct Shown {
    waiting: VecDeque<Structure>,
    named: BTreeSet<(String, String)>,
}

impl Shown {
    fn name(&mut self, structure: &Structure) {
        if self.named.insert((structure.module.clone(), structure.name.clone())) {
            self.waiting.push_back(structure.clone());
        }
    }

    fn next(&mut self) -> Option<Structure> {
        self.waiting.make_contiguous().sort_by(|a, b| (&a.name, &a.module).cmp(&(&b.name, &b.module)));
        self.waiting.pop_front()
    }
}

fn table(views: &Views, structure: &Structure, prefix: &str, shown: &mut Shown, out: &mut String) {
    out.push_str("| field | holds | |\n|---|---|---|\n");
    for (field, module) in views.fields(structure) {
        let name = if prefix.is_empty() { field.name.clone() } else { format!("{prefix}.{}", field.name) };
        let holds = holds(views, &module, &field.ty, shown);
        let _ = writeln!(out, "| `{name}` | {holds} | {} |", field.doc.replace('|', "\\|"));
    }
}

/// A type in words.
fn holds(views: &Views, module: &str, ty: &str, shown: &mut Shown) -> String {
    let ty = ["&'static ", "&'a "].iter().find_map(|borrow| ty.strip_prefix(borrow)).unwrap_or(ty);
    if let Some(inner) = inside(ty, "Option") {
        return format!("{}, or none", holds(views, module, inner, shown));
    }
    if let Some(inner) = inside(ty, "Vec") {
        return format!("list: {}", holds(views, module, inner, shown));
    }
    if let Some(inner) = inside(ty, "Box") {
        return holds(views, module, inner, shown);
    }
    match ty {
        "T" => "what it is a list of".to_owned(),
        // The inbox's pages get the whole view of the form that they belong to.
        "Value" => "see `feedback.html`".to_owned(),
        "String" | "str" => "text".to_owned(),
        name if views.words.contains(name) => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u8" | "u32" | "u64" | "i32" | "i64" | "f64" => "number".to_owned(),
        name => match views.find(module, name) {
            Some(structure) => {
                shown.name(structure);
                let title = title(views, structure);
                let whole = format!("[{title}](#{})", anchor(&title));
                match argument(name) {
                    Some(argument) => format!("{whole} of {}", holds(views, module, argument, shown)),
                    None => whole,
                }
            }
            None => format!("`{name}`"),
        },
    }
}

/// What a structure is called in the reference; with its module where two have one name.
fn title(views: &Views, structure: &Structure) -> String {
    let alone = views.structures.iter().filter(|other| other.name == structure.name).count() == 1;
    if alone { structure.name.clone() } else { format!("{} ({})", structure.name, structure.module) }
}

/// The anchor that Git hosts give a heading.
fn anchor(title: &str) -> String {
    title.to_lowercase().replace(' ', "-").replace(['(', ')'], "")
}
