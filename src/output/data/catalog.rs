//! `catalog.jsonld`: the tables as a DCAT catalogue, so that portals of open data can harvest them.
//!
//! Its context stands in it: nobody has to load one from elsewhere to read it.

use serde_json::json;

use crate::output::data::{Measured, Table, modified, title};
use crate::plan::{CATALOG, Plan, Source, TableFormat, table_address};
use crate::record::kind::KindName;
use crate::record::published::{Fields, Json};
use crate::record::shape::Label;
use crate::site::Site;
use crate::value::date::Date;

/// The catalogue of a site.
pub fn catalog(site: &Site, plan: &Plan, tables: &Measured) -> Json {
    let config = &site.config;
    let language = config.default_language();
    let mut catalog = Fields::new();
    catalog.insert("@context".to_owned(), context());
    catalog.insert("@id".to_owned(), json!(plan.url(CATALOG)));
    catalog.insert("@type".to_owned(), json!("dcat:Catalog"));
    catalog.insert("title".to_owned(), json!({ "@value": &*config.title, "@language": language }));
    catalog.insert("homepage".to_owned(), json!(plan.url(&plan.routes(language).address(&Source::Data))));
    catalog.insert("language".to_owned(), json!(language));
    catalog.extend(changed(modified(site, KindName::ALL)));
    let publisher = publisher(site, plan);
    catalog.extend(publisher.clone());
    let datasets = tables.iter().map(|table| dataset(site, plan, table, publisher.clone()));
    catalog.insert("dataset".to_owned(), datasets.collect());
    catalog.into()
}

fn context() -> Json {
    let link = |id: &str| json!({ "@id": id, "@type": "@id" });
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "title": "dct:title",
        "identifier": "dct:identifier",
        "language": "dct:language",
        "publisher": "dct:publisher",
        "modified": { "@id": "dct:modified", "@type": "xsd:date" },
        "name": "foaf:name",
        "homepage": link("foaf:homepage"),
        "dataset": "dcat:dataset",
        "landingPage": link("dcat:landingPage"),
        "distribution": "dcat:distribution",
        "downloadURL": link("dcat:downloadURL"),
        "accessURL": link("dcat:accessURL"),
        "mediaType": link("dcat:mediaType"),
        "byteSize": { "@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger" },
        "conformsTo": link("dct:conformsTo"),
    })
}

fn changed(day: Option<Date>) -> Option<(String, Json)> {
    day.map(|day| ("modified".to_owned(), json!(day.to_string())))
}

fn publisher(site: &Site, plan: &Plan) -> Option<(String, Json)> {
    let agency = site.agencies.resolve(&site.config.agency)?;
    let language = site.config.default_language();
    let name = json!({ "@value": &*agency.content.common.title, "@language": language });
    let id = format!("{}#agency", plan.url("/"));
    Some(("publisher".to_owned(), json!({ "@id": id, "@type": "foaf:Organization", "name": name })))
}

fn dataset(site: &Site, plan: &Plan, table: &Table, publisher: Option<(String, Json)>) -> Json {
    let kind = table.kind;
    let Label { vi, en } = title(kind);
    let mut dataset = Fields::new();
    dataset.insert("@id".to_owned(), json!(format!("{}#{}", plan.url(CATALOG), kind.folder())));
    dataset.insert("@type".to_owned(), json!("dcat:Dataset"));
    let titles = json!([{ "@value": vi, "@language": "vi" }, { "@value": en, "@language": "en" }]);
    dataset.insert("title".to_owned(), titles);
    dataset.insert("identifier".to_owned(), json!(kind.folder()));
    dataset.insert("language".to_owned(), json!(site.config.default_language()));
    let page = plan.routes(site.config.default_language()).address(&Source::Data);
    dataset.insert("landingPage".to_owned(), json!(format!("{}#{}", plan.url(&page), kind.folder())));
    dataset.extend(changed(modified(site, &[kind])));
    dataset.extend(publisher);
    dataset.insert("distribution".to_owned(), TableFormat::ALL.iter().map(|f| distribution(plan, table, *f)).collect());
    dataset.into()
}

fn distribution(plan: &Plan, table: &Table, format: TableFormat) -> Json {
    let address = plan.url(&table_address(table.kind, format));
    json!({
        "@id": format!("{address}#distribution"),
        "@type": "dcat:Distribution",
        "title": format!("{}.{}", table.kind.folder(), format.ending()),
        "downloadURL": address,
        "accessURL": address,
        "mediaType": format!("https://www.iana.org/assignments/media-types/{}", format.media_type()),
        "byteSize": table.bytes(format).to_string(),
    })
}
