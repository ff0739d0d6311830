//! All addresses of other sites in a site's content: links in texts, and the keys that hold an address.

use std::collections::BTreeMap;

use crate::probe::Places;
use crate::record::read;
use crate::record::shape::{Form, Shape, Type};
use crate::site::{self, Loaded};
use crate::source::{FileId, Snapshot};
use crate::syntax::markdown::Target;
use crate::syntax::yaml::{Node, Value};

/// Every address with the places where it is written. The site's own are not among them, nor is `site.yaml`, whose
/// addresses are no pages.
pub fn links(snapshot: &Snapshot, loaded: &Loaded, base_url: &str) -> BTreeMap<String, Places> {
    let mut links: BTreeMap<String, Places> = BTreeMap::new();
    for (record, found) in &loaded.findings {
        for link in found.links.iter().filter(|link| matches!(link.target, Target::Web)) {
            links.entry(link.raw.clone()).or_default().push((link.place, record.clone()));
        }
    }
    for (kind, records) in &site::sort(snapshot).records {
        let shape = kind.full_shape();
        for (id, files) in records {
            let name = format!("{}:{id}", kind.word());
            files.own.iter().for_each(|file| keys(snapshot, *file, &shape, &name, &mut links));
        }
    }
    let own = base_url.trim_end_matches('/');
    links.retain(|url, _| own.is_empty() || !url.starts_with(own));
    links
}

fn keys(snapshot: &Snapshot, file: FileId, shape: &Shape, record: &str, links: &mut BTreeMap<String, Places>) {
    if let Ok(tree) = read::load(snapshot, file) {
        walk(&tree.root, &Type::Map(shape.clone()), record, links);
    }
}

fn walk(node: &Node, ty: &Type, record: &str, links: &mut BTreeMap<String, Places>) {
    match (ty, &node.value) {
        (Type::Formed(Form::Url | Form::HttpsUrl), Value::Scalar(scalar)) => {
            let url = scalar.text.trim();
            // A pattern such as `…?ma={code}` is no address.
            if url.contains("://") && !url.contains('{') {
                links.entry(url.to_owned()).or_default().push((node.span, record.to_owned()));
            }
        }
        (Type::List(item), Value::List(nodes)) => nodes.iter().for_each(|node| walk(node, item, record, links)),
        (Type::Map(shape), Value::Map(entries)) => {
            for entry in entries {
                if let Some(field) = shape.field(&entry.key.text) {
                    walk(&entry.value, &field.ty, record, links);
                }
            }
        }
        // Of several types that which has the value's form; a text is no address in any.
        (Type::Either(types), _) => types.iter().for_each(|ty| walk(node, ty, record, links)),
        _ => {}
    }
}
