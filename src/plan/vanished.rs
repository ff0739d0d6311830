//! `page-vanished`: pages that people may have kept the address of, and that are gone without a word.
//!
//! Only pages of records count: lists, fields and sheets come and go with what is in them. Drafts are never promised to the
//! public, and a record that its own days hide is gone as planned.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Plan, Source};
use crate::record::kind::KindName;
use crate::say;
use crate::site::Site;
use crate::source::{FileId, Snapshot, Span};

/// A record that is in the content, and not published.
struct Hidden {
    file: FileId,
    name: String,
    is_draft: bool,
}

impl Plan {
    /// The addresses that the public may keep: of the pages of records that are no drafts.
    pub fn lasting(&self, site: &Site) -> BTreeSet<String> {
        let is_draft = |kind: KindName, id: &str| {
            let index = site.published_index(kind, id);
            index.is_some_and(|index| site.table(kind).outline(index).common.draft == Some(true))
        };
        let lasting = self.pages.iter().filter(|page| match &page.source {
            Source::Record(kind, id) => !is_draft(*kind, id),
            _ => false,
        });
        lasting.map(|page| page.address.clone()).collect()
    }

    /// Tells which of the addresses `published` before have nothing any more. `records` is how many there are in the content:
    /// where some of them cannot be read, their own faults are told, and nobody knows yet what is gone.
    pub fn vanished(
        &self,
        site: &Site,
        snapshot: &Snapshot,
        published: &BTreeSet<String>,
        records: usize,
    ) -> Vec<Diagnostic> {
        let read: usize = KindName::ALL.iter().map(|kind| site.table(*kind).count()).sum();
        let mut gone = published.iter().filter(|address| !self.answers(address)).peekable();
        if read < records || gone.peek().is_none() {
            return Vec::new();
        }
        let hidden = self.hidden(site);
        let config = snapshot.find("content/site.yaml").or_else(|| snapshot.find("content/site.yml"));
        let fault = |address: &String| match hidden.get(address) {
            Some(hidden) => hidden.is_draft.then(|| drafted(address, hidden)),
            None => config.map(|(file, _)| missing(address, file)),
        };
        gone.filter_map(fault).collect()
    }

    /// Whether somebody who opens an address finds something: an alias may be written without the slash at its end.
    fn answers(&self, address: &str) -> bool {
        let bare = address.trim_end_matches('/');
        self.exists(address) || self.exists(bare) || self.exists(&format!("{bare}/index.html"))
    }

    /// What is not published, by the addresses that it would have.
    fn hidden(&self, site: &Site) -> HashMap<String, Hidden> {
        let mut all = HashMap::new();
        for kind in KindName::ALL {
            let table = site.table(*kind);
            let outlines = (0..table.count()).map(|index| table.outline(index));
            for outline in outlines.filter(|outline| !outline.is_published) {
                all.extend(self.routes.iter().map(|routes| {
                    let name = format!("{}:{}", kind.word(), outline.id);
                    let is_draft = outline.common.draft == Some(true);
                    (routes.record(*kind, outline.id), Hidden { file: outline.file, name, is_draft })
                }));
            }
        }
        all
    }
}

fn drafted(address: &str, hidden: &Hidden) -> Diagnostic {
    let message = say!(
        "trang `{address}` đã đăng lần trước, nay bị ẩn vì bản ghi trở lại là bản nháp",
        "the last build published the page `{address}`, and the record is a draft again"
    );
    let help = say!(
        "bỏ `draft`, hoặc ghi `withdrawn` cùng lý do để người đã lưu địa chỉ biết",
        "remove `draft`, or write `withdrawn` with the reason, for those who kept the address"
    );
    let fault = Diagnostic::new(Code::PageVanished, Span::top(hidden.file), message).help(help);
    Diagnostic { record: Some(hidden.name.clone()), ..fault }
}

fn missing(address: &str, config: FileId) -> Diagnostic {
    let message = say!(
        "trang `{address}` đã đăng lần trước, nay không còn, cũng không có chuyển hướng",
        "the last build published the page `{address}`, and it is gone without an alias"
    );
    let help = say!(
        "thêm `{address}` vào `aliases` của bản ghi thay thế (`minhbach rename` tự thêm khi đổi ID), hoặc giữ bản ghi và ghi `withdrawn`",
        "add `{address}` to the `aliases` of the record that took its place (`minhbach rename` does it when an ID changes), or keep the record and write `withdrawn`"
    );
    let fault = Diagnostic::new(Code::PageVanished, Span::top(config), message).help(help);
    Diagnostic { record: Some("site".to_owned()), ..fault }
}
