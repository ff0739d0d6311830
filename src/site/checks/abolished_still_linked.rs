//! `abolished-still-linked`: something that people still follow leads to an abolished procedure.
//!
//! They would prepare papers for nothing. What tells history may name it: reports, statistics, notices that concern it, and the key
//! `procedure` of an answer.
//!
//! Triggers: `related: [cap-lai]` in a procedure in use, or `[…](procedure:cap-lai)` in an answer or a page, while `cap-lai` is
//! abolished. Does not: the notice whose `affects` names it, or another abolished procedure.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::procedure::{Procedure, Status};
use crate::record::reader::{Findings, Noted};
use crate::record::suggest;
use crate::say;
use crate::site::Site;
use crate::source::Span;
use crate::syntax::markdown::Target;

pub fn check(site: &Site, findings: &[Noted]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (name, found) in findings.iter().filter(|(name, _)| is_followed(site, name)) {
        for (key, place) in named(name, found) {
            let abolished = site.procedures.find(key).filter(|record| is_gone(site, record));
            let wrong = abolished.filter(|record| !is_about(site, name, record));
            faults.extend(wrong.map(|record| Diagnostic { record: Some(name.clone()), ..fault(site, record, place) }));
        }
    }
    faults
}

/// Every procedure to which a record leads.
fn named<'a>(name: &str, found: &'a Findings) -> impl Iterator<Item = (&'a str, Span)> {
    let word = KindName::Procedure.word();
    let answered = name.starts_with("answer:");
    let references = found.references.iter().filter(move |reference| reference.kind == word && !answered);
    let links = found.links.iter().filter_map(move |link| match &link.target {
        Target::Record { kind, key, .. } if kind == word => Some((key.as_str(), link.place)),
        _ => None,
    });
    references.map(|reference| (reference.key.as_str(), reference.place)).chain(links)
}

fn is_gone(site: &Site, record: &Record<Procedure>) -> bool {
    let procedure = &record.content.data;
    procedure.status() == Status::Abolished && procedure.abolished.as_ref().is_none_or(|end| end.on <= site.as_of)
}

/// Whether people follow what a record names today: it is shown, and is no history.
fn is_followed(site: &Site, name: &str) -> bool {
    let Some((kind, id)) = name.split_once(':').and_then(|(word, id)| Some((KindName::from_word(word)?, id))) else {
        return false;
    };
    let outline = match site.table(kind).look_up(id) {
        crate::site::Found::One(index) => site.table(kind).outline(index),
        _ => return false,
    };
    let history = matches!(kind, KindName::Report | KindName::Statistics);
    let gone = kind == KindName::Procedure && site.procedures.get(id).is_some_and(|record| is_gone(site, record));
    outline.is_published && outline.common.withdrawn.is_none() && !history && !gone
}

/// Whether a notice is news of the procedure itself, or older than its end.
fn is_about(site: &Site, name: &str, target: &Record<Procedure>) -> bool {
    let Some(update) = name.strip_prefix("update:").and_then(|id| site.updates.get(id)) else { return false };
    let notice = &update.content.data;
    let own = notice.affects.iter().filter(|reference| &*reference.kind == KindName::Procedure.word());
    let names = |key: &str| site.procedures.find(key).is_some_and(|record| record.id == target.id);
    let older = target.content.data.abolished.as_ref().is_some_and(|end| notice.date < end.on);
    older || own.map(|reference| &*reference.key).any(names)
}

fn fault(site: &Site, target: &Record<Procedure>, place: Span) -> Diagnostic {
    let (id, end) = (&target.id, target.content.data.abolished.as_ref());
    let message = say!("thủ tục `{id}` đã bãi bỏ", "the procedure `{id}` is abolished");
    let successor = end.and_then(|end| end.successor.as_ref()).and_then(|next| site.procedures.resolve(next));
    let help = match successor {
        Some(next) => suggest::did_you_mean(&next.id),
        None => say!("bỏ chỗ dẫn này, hoặc dẫn tới thủ tục đang áp dụng", "remove this, or lead to a procedure in use"),
    };
    let why = if end.is_some() { "abolished" } else { "status" };
    Diagnostic::new(Code::AbolishedStillLinked, place, message)
        .help(help)
        .related(target.place(why), say!("bãi bỏ ở đây", "it is abolished here"))
}
