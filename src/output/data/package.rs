//! `datapackage.json`: the tables and their columns as a Frictionless data package.

use serde_json::json;

use crate::output::data::columns::{Cell, Column, columns};
use crate::output::data::{Measured, Table, modified, title};
use crate::plan::{Plan, Source, TableFormat, table_address};
use crate::record::kind::KindName;
use crate::record::published::{Fields, Json};
use crate::record::shape::{Label, Word};
use crate::site::Site;

/// The data package of a site.
pub fn package(site: &Site, plan: &Plan, tables: &Measured) -> Json {
    let config = &site.config;
    let resources = tables.iter().flat_map(|table| [csv(table), json(table)]);
    let mut package = Fields::new();
    package.insert("profile".to_owned(), json!("data-package"));
    package.insert("name".to_owned(), json!(name(plan)));
    package.insert("title".to_owned(), json!(&*config.title));
    package
        .insert("homepage".to_owned(), json!(plan.url(&plan.routes(config.default_language()).address(&Source::Data))));
    package.extend(modified(site, KindName::ALL).map(|day| ("version".to_owned(), json!(day.to_string()))));
    if let Some(agency) = site.agencies.resolve(&config.agency) {
        let publisher = json!({ "title": &*agency.content.common.title, "role": "publisher" });
        package.insert("contributors".to_owned(), json!([publisher]));
    }
    package.insert("resources".to_owned(), resources.collect());
    package.into()
}

/// The site's host as a name: letters, digits, `-` and `.`.
fn name(plan: &Plan) -> String {
    let address = plan.url("/");
    let address = address.split_once("://").map_or(&*address, |(_, rest)| rest);
    crate::value::slug(address.trim_end_matches('/'))
}

fn csv(table: &Table) -> Json {
    let mut resource = resource(table, TableFormat::Csv);
    resource.insert("profile".to_owned(), json!("tabular-data-resource"));
    resource.insert("schema".to_owned(), schema(table.kind));
    resource.into()
}

fn json(table: &Table) -> Json {
    let mut resource = resource(table, TableFormat::Json);
    resource.insert("profile".to_owned(), json!("data-resource"));
    resource.into()
}

fn resource(table: &Table, format: TableFormat) -> Fields {
    let (kind, address) = (table.kind, table_address(table.kind, format));
    let suffix = if format == TableFormat::Json { "-json" } else { "" };
    let Label { vi, en } = title(kind);
    let mut resource = Fields::new();
    resource.insert("name".to_owned(), json!(format!("{}{suffix}", kind.folder())));
    resource.insert("path".to_owned(), json!(address.trim_start_matches("/data/")));
    resource.insert("title".to_owned(), json!(vi));
    resource.insert("description".to_owned(), json!(format!("{vi} – {en}")));
    resource.insert("format".to_owned(), json!(format.ending()));
    resource.insert("mediatype".to_owned(), json!(format.media_type()));
    resource.insert("encoding".to_owned(), json!("utf-8"));
    resource.insert("bytes".to_owned(), json!(table.bytes(format)));
    resource
}

fn schema(kind: KindName) -> Json {
    let fields: Json = columns(kind).iter().map(|column| field(kind, column)).collect();
    json!({ "fields": fields, "primaryKey": "id", "missingValues": [""] })
}

/// A column. Only the ID, page and title are required: of a withdrawn record no more is there.
fn field(kind: KindName, column: &Column) -> Json {
    let (name, ty, format) = (column.name(), type_of(column.cell), format_of(column.cell));
    let mut constraints = Fields::new();
    if ["id", "page", "title"].contains(&&*name) {
        constraints.insert("required".to_owned(), json!(true));
    }
    if name == "id" {
        constraints.insert("unique".to_owned(), json!(true));
    }
    if let Cell::Word(words) = column.cell {
        let words: Json = words.iter().map(|word| json!(word.word)).collect();
        constraints.insert("enum".to_owned(), words);
    }
    let mut field = json!({
        "name": name,
        "type": ty,
        "title": column.vi,
        "description": format!("{} – {}{}", column.vi, column.en, explained(kind, column.cell)),
    });
    let parts = field.as_object_mut().expect("it was made as a map");
    parts.extend(format.map(|format| ("format".to_owned(), json!(format))));
    if !constraints.is_empty() {
        parts.insert("constraints".to_owned(), constraints.into());
    }
    field
}

fn type_of(cell: Cell) -> &'static str {
    match cell {
        Cell::Text | Cell::Address | Cell::Email | Cell::Word(_) | Cell::Reference(_) => "string",
        Cell::Date => "date",
        Cell::Integer => "integer",
        Cell::Number => "number",
        Cell::Bool => "boolean",
        Cell::List => "array",
        Cell::Map => "object",
    }
}

fn format_of(cell: Cell) -> Option<&'static str> {
    match cell {
        Cell::Address => Some("uri"),
        Cell::Email => Some("email"),
        _ => None,
    }
}

/// What stands behind the labels: the words and their meaning, or whose ID it is.
fn explained(kind: KindName, cell: Cell) -> String {
    match cell {
        Cell::Word(words) => {
            let meaning = |word: &Word| format!("`{}`: {} – {}", word.word, word.label.vi, word.label.en);
            format!(". {}", words.iter().map(meaning).collect::<Vec<_>>().join("; "))
        }
        Cell::Reference(word) => {
            let folder = KindName::from_word(word).unwrap_or(kind).folder();
            format!(" (ID → {folder})")
        }
        _ => String::new(),
    }
}
