//! A new record: whether its ID can stand, its file, and what is left to fill in.

use crate::build;
use crate::diagnostic::{Code, Diagnostic, Language, Message};
use crate::record::kind::KindName;
use crate::record::read::id_from;
use crate::record::value::is_id;
use crate::say;
use crate::schema::template;
use crate::site::{self, Options};
use crate::source::{Body, File, SitePath, Snapshot};

/// A new record's file.
#[derive(Debug, Clone)]
pub struct Created {
    /// Where it will be.
    pub path: SitePath,
    /// What it will hold.
    pub text: String,
    /// How many places have to be filled in.
    pub left: usize,
}

/// Plans a new record.
///
/// # Errors
/// Where the ID is none or taken, or its page could not stand where it would be.
pub fn plan(
    snapshot: &Snapshot,
    kind: KindName,
    id: &str,
    title: Option<&str>,
    language: Language,
) -> Result<Created, Message> {
    check_id(id)?;
    check_free(snapshot, kind, id)?;
    let path = SitePath::new(format!("content/{}/{id}.{}", kind.folder(), template::ending(kind)));
    let text = template::record(kind, title, language);
    let left = to_fill_in(snapshot, &path, &text)?;
    Ok(Created { path, text, left })
}

/// Whether a text can be an ID.
///
/// # Errors
/// With the ID that was probably meant.
pub fn check_id(id: &str) -> Result<(), Message> {
    if is_id(id) {
        return Ok(());
    }
    let slug = id_from(id);
    let (vi, en) = match slug.as_str() {
        "" => (String::new(), String::new()),
        slug => (format!("\n  = gợi ý: dùng `{slug}`"), format!("\n  = help: use `{slug}`")),
    };
    Err(say!(
        "`{id}` không phải là ID: chỉ dùng chữ thường không dấu, số và `-`, tối đa 80 ký tự{vi}",
        "`{id}` is no ID: use lower-case letters without accents, digits and `-`, at most 80{en}"
    ))
}

/// Whether no record of the kind has an ID, wherever in its folder.
///
/// # Errors
/// With the record that has it.
pub fn check_free(snapshot: &Snapshot, kind: KindName, id: &str) -> Result<(), Message> {
    let sorted = site::sort(snapshot);
    let Some(file) = sorted.records.get(&kind).and_then(|all| all.get(id)).and_then(|files| files.own.first()) else {
        return Ok(());
    };
    let path = &snapshot.file(*file).path;
    Err(say!(
        "ID `{id}` đã được dùng: {path}\n  = gợi ý: mở tệp đó, hoặc chọn ID khác",
        "the ID `{id}` is taken: {path}\n  = help: open that file, or choose another ID"
    ))
}

/// How many places of the new file have to be filled in.
fn to_fill_in(snapshot: &Snapshot, path: &SitePath, text: &str) -> Result<usize, Message> {
    let file = File { path: path.clone(), body: Body::Bytes(text.as_bytes().into()) };
    let snapshot = snapshot.with_changes(|_| false, vec![file]);
    let outcome = build::check(&snapshot, &Options { drafts: true, ..Options::default() }, &build::Unobserved);
    let own = |fault: &&Diagnostic| snapshot.file(fault.place.file).path == *path;
    let faults: Vec<&Diagnostic> = outcome.diagnostics.iter().filter(own).collect();
    match faults.iter().find(|fault| fault.code == Code::RouteCollision) {
        Some(fault) => Err(fault.message.clone()),
        None => Ok(faults.iter().filter(|fault| fault.code == Code::WrongType).count()),
    }
}
