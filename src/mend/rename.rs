//! A record gets another ID: its files, everything that names it, and an alias for its old address.
//!
//! What names it by its natural key stays as it is. Only what was read can be changed: files that are faulty as YAML are told
//! to the caller.

use crate::diagnostic::Message;
use crate::edit::tree::{New, Step};
use crate::edit::{Edit, yaml};
use crate::mend::Changes;
use crate::plan::Plan;
use crate::record::kind::KindName;
use crate::record::read;
use crate::record::reader::{Findings, Link};
use crate::record::suggest;
use crate::render::theme::Theme;
use crate::say;
use crate::site::{self, Loaded, Options, Site};
use crate::source::{FileId, SitePath, Snapshot, Span};
use crate::syntax::markdown::Target;
use std::sync::Arc;

/// What a rename comes to.
#[derive(Debug, Default)]
pub struct Renamed {
    /// What changes.
    pub changes: Changes,
    /// The old addresses that stay, as redirects.
    pub aliases: Vec<String>,
    /// What a person has to look at: places that name the record and could not be changed, files that could not be read.
    pub left: Vec<(SitePath, Message)>,
}

/// Plans to give a record another ID.
///
/// # Errors
/// Where there is no such record, or the site's configuration cannot be read.
pub fn plan(snapshot: &Snapshot, options: &Options, kind: KindName, old: &str, new: &str) -> Result<Renamed, Message> {
    let sorted = site::sort(snapshot);
    let records = sorted.records.get(&kind);
    let Some(files) = records.and_then(|records| records.get(old)) else {
        let ids = records.into_iter().flat_map(|records| records.keys().map(String::as_str));
        return Err(no_record(kind, old, suggest::nearest(old, ids)));
    };
    let Loaded { site, findings, .. } = site::load(snapshot, options);
    let Some(site) = site else {
        return Err(say!(
            "không đọc được content/site.yaml nên không biết địa chỉ của trang; sửa tệp đó trước (`minhbach check`)",
            "content/site.yaml cannot be read, so no address is known; mend it first (`minhbach check`)"
        ));
    };
    let mut renamed = Renamed::default();
    for file in files.own.iter().chain(files.overlays.values()) {
        renamed.changes.relocate(*file, with_stem(&snapshot.file(*file).path, old, new));
    }
    references(snapshot, &findings, kind.word(), old, new, &mut renamed);
    if let Some(plan) = plan_of(&site, snapshot) {
        let addresses = addresses(&site, &plan, kind, old, new);
        site_links(snapshot, &findings, &addresses, &mut renamed);
        alias(snapshot, files.own.first().copied(), &plan, &addresses, &mut renamed);
    }
    unreadable(snapshot, &mut renamed);
    Ok(renamed)
}

fn no_record(kind: KindName, old: &str, near: Option<&str>) -> Message {
    let (label, folder) = (kind.label(), kind.folder());
    let (vi, en) = match near {
        Some(near) => (format!("\n  = gợi ý: có phải `{near}`?"), format!("\n  = help: did you mean `{near}`?")),
        None => (String::new(), String::new()),
    };
    let (vi_label, en_label) = (label.vi, label.en);
    say!(
        "không có {vi_label} nào là `{old}` trong content/{folder}{vi}",
        "there is no {en_label} `{old}` in content/{folder}{en}"
    )
}

/// `content/procedures/cu.en.yaml` is `content/procedures/moi.en.yaml`.
fn with_stem(path: &SitePath, old: &str, new: &str) -> SitePath {
    let (folder, name) = path.as_str().rsplit_once('/').unwrap_or(("", path.as_str()));
    let behind = name.strip_prefix(old).unwrap_or_default();
    SitePath::new(format!("{folder}/{new}{behind}"))
}

/// Every reference by ID, in fields and in links to `kind:ID`.
pub(super) fn references(
    snapshot: &Snapshot,
    findings: &[(String, Arc<Findings>)],
    kind: &str,
    old: &str,
    new: &str,
    renamed: &mut Renamed,
) {
    for found in findings.iter().map(|(_, found)| found) {
        for reference in found.references.iter().filter(|reference| reference.kind == kind && reference.key == old) {
            replace(snapshot, reference.place, old, new, renamed);
        }
        for link in &found.links {
            let names_it =
                matches!(&link.target, Target::Record { kind: named, key, .. } if named == kind && key == old);
            if names_it {
                let (old, new) = (format!("{kind}:{old}"), format!("{kind}:{new}"));
                replace_in_link(snapshot, link, &old, &new, renamed);
            }
        }
    }
}

/// The old and new address in each language.
fn addresses(site: &Site, plan: &Plan, kind: KindName, old: &str, new: &str) -> Vec<(String, String)> {
    if site.published_id(kind, old).is_none() {
        return Vec::new();
    }
    let languages: Vec<&str> = plan.languages().collect();
    languages
        .into_iter()
        .map(|language| (plan.routes(language).record(kind, old), plan.routes(language).record(kind, new)))
        .collect()
}

fn plan_of(site: &Site, snapshot: &Snapshot) -> Option<Plan> {
    let theme = Theme::load(snapshot, site.config.theme()).ok()?;
    Some(Plan::new(site, &theme.names(), snapshot).0)
}

/// Links to the record's address, such as `/thu-tuc/cu/` or `/dia-chi/#cu`.
fn site_links(
    snapshot: &Snapshot,
    findings: &[(String, Arc<Findings>)],
    addresses: &[(String, String)],
    renamed: &mut Renamed,
) {
    for link in findings.iter().flat_map(|(_, found)| &found.links) {
        if !matches!(link.target, Target::Site { .. }) {
            continue;
        }
        let meant = addresses.iter().find(|(old, _)| {
            let whole = old.trim_end_matches('/');
            link.raw.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
        });
        if let Some((old, new)) = meant {
            replace_in_link(snapshot, link, old.trim_end_matches('/'), new.trim_end_matches('/'), renamed);
        }
    }
}

/// The last occurrence of `old` in a value: what stands before it is a quote or a kind.
fn replace(snapshot: &Snapshot, place: Span, old: &str, new: &str, renamed: &mut Renamed) {
    let written = &snapshot.bytes(place.file)[place.start as usize..place.end as usize];
    let written = std::str::from_utf8(written).unwrap_or_default();
    match written.rfind(old) {
        Some(at) => {
            let start = place.start as usize + at;
            renamed.changes.edit(place.file, vec![Edit::new(start..start + old.len(), new)]);
        }
        None => renamed.left.push((snapshot.file(place.file).path.clone(), unchanged(written))),
    }
}

/// A link's destination: in the link itself, or in the definition that it refers to.
fn replace_in_link(snapshot: &Snapshot, link: &Link, old: &str, new: &str, renamed: &mut Renamed) {
    let place = link.place;
    let text = snapshot.text(place.file).unwrap_or_default();
    let (start, end) = (place.start as usize, place.end as usize);
    let inline = text[start..end].rfind(&format!("]({old}")).or_else(|| text[start..end].rfind(&format!("](<{old}")));
    let at = inline
        .and_then(|at| text[start + at..end].find(old).map(|inner| start + at + inner))
        .or_else(|| definition(text, old));
    match at.filter(|at| ends_there(&text[at + old.len()..])) {
        Some(at) => {
            renamed.changes.edit(place.file, vec![Edit::new(at..at + old.len(), new)]);
        }
        None => renamed.left.push((snapshot.file(place.file).path.clone(), unchanged(&text[start..end]))),
    }
}

/// Where `[name]: destination` has its destination.
fn definition(text: &str, old: &str) -> Option<usize> {
    text.match_indices(old).map(|(at, _)| at).find(|at| {
        let before = text[..*at].trim_end_matches([' ', '<']);
        before.ends_with("]:") && ends_there(&text[at + old.len()..])
    })
}

/// Whether an ID or address ends here: `cu` is not in `cu-hon`.
fn ends_there(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_')
}

fn unchanged(written: &str) -> Message {
    say!("sửa tay chỗ này: `{written}`", "change this by hand: `{written}`")
}

/// The old addresses that were published, added to the record's own file.
fn alias(snapshot: &Snapshot, own: Option<FileId>, plan: &Plan, addresses: &[(String, String)], renamed: &mut Renamed) {
    // A record that shares its page has no address of its own that could lead on.
    let old: Vec<&String> =
        addresses.iter().map(|(old, _)| old).filter(|old| !old.contains('#') && plan.exists(old)).collect();
    let (Some(file), false) = (own, old.is_empty()) else { return };
    let path = snapshot.file(file).path.clone();
    let text = snapshot.text(file).unwrap_or_default();
    let is_markdown = path.as_str().ends_with(".md");
    let key: Vec<Step> = vec!["aliases".into()];
    let known = yaml::Source::open(text, is_markdown).map(|source| source.tree());
    let edit = match known.as_ref().and_then(|tree| tree.at(&key)) {
        None | Some(crate::edit::tree::Tree::Null) => {
            let list = New::List(old.iter().map(|old| New::Text((*old).clone())).collect());
            yaml::Source::open(text, is_markdown).and_then(|source| source.set(&key, &list)).map(|edit| vec![edit])
        }
        Some(_) => appended(text, is_markdown, &key, &old),
    };
    let taken = edit.is_some_and(|edits| renamed.changes.edit(file, edits));
    if taken {
        renamed.aliases.extend(old.into_iter().cloned());
    } else {
        let all = suggest::listed(old.iter().map(|old| old.as_str()));
        renamed.left.push((path, say!("thêm tay vào `aliases`: {all}", "add to `aliases` by hand: {all}")));
    }
}

/// All addresses behind the last alias that is there, as one change.
fn appended(text: &str, is_markdown: bool, key: &[Step], old: &[&String]) -> Option<Vec<Edit>> {
    let mut all: Option<Edit> = None;
    for address in old {
        let source = yaml::Source::open(text, is_markdown)?;
        let edit = source.push(key, &New::Text((*address).clone()))?;
        all = Some(match all {
            Some(first) => Edit { text: first.text + &edit.text, ..first },
            None => edit,
        });
    }
    all.map(|edit| vec![edit])
}

/// Files whose references are not known, because they could not be read.
fn unreadable(snapshot: &Snapshot, renamed: &mut Renamed) {
    for (id, file) in snapshot.files() {
        let is_record = file.path.as_str().ends_with(".yaml")
            || file.path.as_str().ends_with(".yml")
            || file.path.as_str().ends_with(".md");
        let in_content = file.path.below("content").is_some_and(|path| !path.starts_with("files/"));
        if is_record && in_content && read::load(snapshot, id).is_err() {
            let message = say!(
                "tệp không đọc được; xem có nhắc đến bản ghi này không",
                "the file cannot be read; see whether it names the record"
            );
            renamed.left.push((file.path.clone(), message));
        }
    }
}
