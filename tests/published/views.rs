//! What templates get, read from the sources of the views: structures, their fields, and which template gets which.
//!
//! The sources are formatted by rustfmt, so a structure is its lines; a parser of Rust would bring nothing more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;

use super::root;

/// A structure that templates see.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Its name in the code.
    pub name: String,
    /// The file that it stands in, without its ending.
    pub module: String,
    /// The folder of that file.
    pub folder: String,
    /// Its doc comment.
    pub doc: String,
    /// Its fields, in the order of the code.
    pub fields: Vec<Field>,
}

/// A field of a structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type, as the code writes it.
    pub ty: String,
    /// Its doc comment.
    pub doc: String,
    /// Whether its own fields stand in its place.
    pub flat: bool,
}

/// All structures, and what each template gets.
pub struct Views {
    /// In the order of files and lines.
    pub structures: Vec<Structure>,
    /// By the template's name: the module and the name of its structure.
    pub templates: BTreeMap<String, (String, String)>,
    /// The names of enumerations: a template sees one of their words.
    pub words: BTreeSet<String>,
}

impl Views {
    /// Reads the sources.
    pub fn read() -> Views {
        let mut views = Views { structures: Vec::new(), templates: BTreeMap::new(), words: BTreeSet::new() };
        let of = |folder: &str| walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
        let files = of("src/render").chain(of("src/inbox/http")).chain(of("src/inbox/form.rs"));
        for path in files.map(|entry| entry.unwrap().into_path()) {
            if path.extension().is_some_and(|ending| ending == "rs") {
                views.take(&path, &std::fs::read_to_string(&path).unwrap());
            }
        }
        views
    }

    fn take(&mut self, path: &Path, text: &str) {
        let module = module_of(path);
        let folder = module_of(path.parent().unwrap());
        self.structures
            .extend(structures(&module, text).into_iter().map(|s| Structure { folder: folder.clone(), ..s }));
        self.words.extend(words(text));
        let start = Regex::new(r"\n *(?:pub )?(?:async )?fn ").unwrap();
        for function in start.split(text) {
            for (template, structure) in template_of(function, text) {
                self.templates.insert(template, (module.clone(), structure));
            }
        }
    }

    /// The fields as a template sees them: those of a flat one in its place.
    pub fn fields(&self, structure: &Structure) -> Vec<(Field, String)> {
        let inner = |field: &Field| match self.find(&structure.module, &field.ty).filter(|_| field.flat) {
            Some(inner) => self.fields(inner),
            None => vec![(field.clone(), structure.module.clone())],
        };
        structure.fields.iter().flat_map(inner).collect()
    }

    /// The structure that a name means in a module: its own, else the one in the module from which it is imported.
    /// What is made ahead of pages, such as `Place`, holds the values of its `PlaceView`.
    pub fn find(&self, module: &str, name: &str) -> Option<&Structure> {
        self.named(module, name).or_else(|| self.named(module, &format!("{name}View")))
    }

    fn named(&self, module: &str, name: &str) -> Option<&Structure> {
        let name = name.split('<').next().unwrap_or(name);
        let (module, name) = name.rsplit_once("::").unwrap_or((module, name));
        let named: Vec<&Structure> = self.structures.iter().filter(|structure| structure.name == name).collect();
        if let [only] = named[..] {
            return Some(only);
        }
        let own = named.iter().find(|structure| structure.module == module);
        let imported = || {
            let from = |s: &&&Structure| imports(module, &s.module, name) || imports(module, &s.folder, name);
            named.iter().find(from)
        };
        // What is handed on by another module is found by its name.
        own.or_else(imported).or_else(|| named.first()).copied()
    }
}

/// The name of a file's module: that of its folder for `mod.rs`.
fn module_of(path: &Path) -> String {
    let path = if path.ends_with("mod.rs") { path.parent().unwrap() } else { path };
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// Whether a module imports a name from another.
fn imports(module: &str, from: &str, name: &str) -> bool {
    let files = walkdir::WalkDir::new(root().join("src/render")).into_iter().map(|entry| entry.unwrap().into_path());
    let texts =
        files.filter(|path| module_of(path) == module).map(|path| std::fs::read_to_string(path).unwrap_or_default());
    let import = Regex::new(&format!(r"(?s)use [^;]*\b{from}::(\{{[^}}]*\b{name}\b|{name}\b)")).unwrap();
    texts.into_iter().any(|text| import.is_match(&text))
}

/// What a type is for: `Overdue` in `Listed<Overdue>`; none in a type that is for nothing else.
pub fn argument(ty: &str) -> Option<&str> {
    let (_, argument) = ty.strip_suffix('>')?.split_once('<')?;
    (!argument.starts_with('\'')).then_some(argument)
}

/// The enumerations of a file that are serialised.
fn words(text: &str) -> Vec<String> {
    let start = Regex::new(r"#\[derive\([^)]*\bSerialize\b[^)]*\)\]\n(?:#\[[^\n]*\n)*(?:pub )?enum (\w+) \{").unwrap();
    start.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The structures of a file that are serialised.
fn structures(module: &str, text: &str) -> Vec<Structure> {
    let start = Regex::new(r"^\s*(?:pub )?struct (\w+)(?:<[^>]*>)? \{$").unwrap();
    let field = Regex::new(r"^\s*(?:pub(?:\([a-z]+\))? )?(?:r#)?(\w+): (.+),$").unwrap();
    let mut found: Vec<Structure> = Vec::new();
    let (mut doc, mut serialised, mut skipped, mut flat, mut open) = (String::new(), false, false, false, false);
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(words) = trimmed.strip_prefix("///") {
            doc = format!("{doc} {}", words.trim()).trim().to_owned();
        } else if trimmed.starts_with("#[") {
            serialised |= trimmed.contains("derive(") && trimmed.contains("Serialize");
            skipped |= trimmed.contains("serde(skip)");
            flat |= trimmed.contains("serde(flatten)");
        } else if let Some(head) = start.captures(line).filter(|_| serialised) {
            let (name, module) = (head[1].to_owned(), module.to_owned());
            found.push(Structure {
                name,
                module,
                folder: String::new(),
                doc: std::mem::take(&mut doc),
                fields: Vec::new(),
            });
            open = true;
        } else if let Some(line) = field.captures(line).filter(|_| open) {
            let (name, ty) = (line[1].to_owned(), line[2].to_owned());
            let field = Field { name, ty, doc: std::mem::take(&mut doc), flat };
            found.last_mut().unwrap().fields.extend(Some(field).filter(|_| !skipped));
            (skipped, flat) = (false, false);
        } else {
            open &= trimmed != "}";
            (doc, serialised, skipped) = (String::new(), false, false);
        }
    }
    found
}

/// The templates that a function renders, with the name of the structure in `let view = …`; none where there is no view.
fn template_of(function: &str, file: &str) -> Vec<(String, String)> {
    let template = Regex::new(r#"(?:Made::new\(\s*|template: |self\.page\([\w:]+, )"([a-z-]+\.html)""#).unwrap();
    let made = Regex::new(r"let (?:view|target) = (\w+)(::<[^>]*>)?\s*(\{|\()").unwrap();
    let structure = made.captures(function).map(|made| match &made[3] {
        "{" => made[1].to_owned(),
        _ => {
            let returns = Regex::new(&format!(r"(?s)fn {}\b[^{{]*-> (\w+)", &made[1])).unwrap();
            returns.captures(file).map(|found| found[1].to_owned()).unwrap_or_default()
        }
    });
    let templates = template.captures_iter(function).map(|found| found[1].to_owned());
    templates.map(|name| (name, structure.clone().unwrap_or_default())).collect()
}
