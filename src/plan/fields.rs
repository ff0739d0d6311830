//! Fields of work (lĩnh vực). Spellings with one slug are one field.

use std::collections::{BTreeMap, HashMap};

use crate::plan::order::Order;
use crate::record::Record;
use crate::record::kinds::procedure::Procedure;
use crate::record::value::Text;
use crate::site::Site;
use crate::value::slug;

/// A field of work that has procedures.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its part of an address, the same in every language.
    pub slug: String,
    /// Its name in the default language: as `site.yaml` lists it, else as the first procedure has it.
    pub name: Text,
    /// Its names in other languages.
    pub translations: BTreeMap<String, Text>,
    /// Whether `site.yaml` lists it, and so says where it stands.
    listed: bool,
}

impl Field {
    /// Whether `site.yaml` lists it, and so says where it stands.
    pub fn is_listed(&self) -> bool {
        self.listed
    }
}

/// Longest slug that is a folder's name as it is; no disk takes more than 255 bytes.
const LONGEST: usize = 100;

/// The slug of a field's name. Of one too long for a folder's name the start, and a hash that keeps it apart from others.
pub fn slug_of(name: &str) -> String {
    let slug = slug(name);
    match slug.get(..LONGEST) {
        None if slug.is_empty() => "khac".to_owned(),
        None => slug,
        Some(start) => format!("{}-{}", start.trim_end_matches('-'), &blake3::hash(slug.as_bytes()).to_hex()[..8]),
    }
}

/// The fields of a site: in the order of `site.yaml`, then by name.
pub fn of_site(site: &Site) -> Vec<Field> {
    let mut found: BTreeMap<String, Field> = BTreeMap::new();
    let mut slugs: HashMap<&str, String> = HashMap::new();
    for procedure in site.procedures.iter() {
        let name = &procedure.content.data.field;
        let slug = slugs.entry(name).or_insert_with(|| slug_of(name)).clone();
        let field = found.entry(slug).or_insert_with_key(|slug| Field {
            slug: slug.clone(),
            name: name.clone(),
            translations: BTreeMap::new(),
            listed: false,
        });
        field.translate(procedure);
    }
    let mut fields = Vec::new();
    for listed in &site.config.fields {
        let Some(mut field) = found.remove(&slug_of(&listed.name)) else { continue };
        field.listed = true;
        field.name = listed.name.clone();
        field.translations.extend(listed.translations.iter().cloned());
        fields.push(field);
    }
    fields.extend(found.into_values());
    let in_order = in_order(&fields, site.config.default_language());
    in_order.into_iter().cloned().collect()
}

/// The fields as a language puts them in order: those that `site.yaml` lists as it does, then the others by name.
pub fn in_order<'a>(fields: &'a [Field], language: &str) -> Vec<&'a Field> {
    let order = Order::of(language);
    let mut fields: Vec<&Field> = fields.iter().collect();
    fields.sort_by_cached_key(
        |field| {
            if field.listed { (false, Vec::new()) } else { (true, order.key(field.name(language))) }
        },
    );
    fields
}

impl Field {
    /// Its name in a language; in the default one where it has no other.
    pub fn name(&self, language: &str) -> &Text {
        self.translations.get(language).unwrap_or(&self.name)
    }

    /// An overlay that names the field in another language gives it that name.
    fn translate(&mut self, procedure: &Record<Procedure>) {
        for (language, content) in procedure.overlays.iter() {
            if content.data.field.place.file != procedure.file {
                self.translations.entry(language.clone()).or_insert_with(|| content.data.field.clone());
            }
        }
    }
}
