//! Which file is what: the kinds' folders, overlays, attachments, and what belongs nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::record::kind::KindName;
use crate::record::read::{Files, id_from, irregular_fault};
use crate::record::reader::{Findings, Noted};
use crate::record::sighting::{self, Sighting};
use crate::record::suggest;
use crate::record::value::{is_id, is_language};
use crate::say;
use crate::source::{Body, File, FileId, Snapshot, Span};

/// The files of a site, sorted by what they are.
#[derive(Debug, Default)]
pub struct Sorted {
    /// `content/site.yaml`.
    pub config: Option<FileId>,
    /// Its overlays by language.
    pub config_overlays: BTreeMap<String, FileId>,
    /// Records by kind and ID.
    pub records: BTreeMap<KindName, BTreeMap<String, Files>>,
    /// Files in a kind's folder whose ID is rejected.
    pub nameless: Vec<(KindName, FileId)>,
    /// Files under `content/files/`.
    pub attachments: Vec<FileId>,
    /// What is wrong with their names.
    pub faults: Vec<Diagnostic>,
}

/// A file name in a kind's folder: `STEM.LANGUAGE.yaml`.
struct Candidate<'a> {
    kind: KindName,
    file: FileId,
    stem: &'a str,
    language: &'a str,
}

/// Sorts all files under `content/`.
pub fn sort(snapshot: &Snapshot) -> Sorted {
    let mut sorted = Sorted::default();
    let mut overlays = Vec::new();
    for (id, file) in snapshot.files() {
        let Some(path) = file.path.below("content") else { continue };
        match path.split_once('/') {
            None => sorted.sort_top(id, path),
            Some(("files", _)) => sorted.attachments.push(id),
            Some((folder, _)) => match KindName::from_folder(folder) {
                Some(kind) => overlays.extend(sorted.sort_record(kind, id, file)),
                None => sorted.unknown_folder(id, folder),
            },
        }
    }
    for overlay in overlays {
        sorted.sort_overlay(&overlay);
    }
    sorted
}

/// What stands in the names of files and folders, by the record's name; it is empty for attachments.
pub fn names(snapshot: &Snapshot, sorted: &Sorted) -> Vec<Noted> {
    let attachments = sorted.attachments.iter().map(|id| ("", "", *id));
    let nameless = sorted.nameless.iter().map(|(kind, id)| (kind.word(), "", *id));
    let records = sorted.records.iter().flat_map(|(kind, records)| {
        records.iter().flat_map(move |(id, files)| {
            files.own.iter().chain(files.overlays.values()).map(move |file| (kind.word(), id.as_str(), *file))
        })
    });
    let all: Vec<_> = attachments.chain(nameless).chain(records).collect();
    all.into_par_iter().filter_map(|(kind, id, file)| name(snapshot, kind, id, file)).collect()
}

fn name(snapshot: &Snapshot, kind: &str, id: &str, file: FileId) -> Option<Noted> {
    let path = snapshot.file(file).path.below("content")?;
    let seen = sighting::look(path, kind).into_iter();
    let sightings: Vec<Sighting> =
        seen.map(|(what, range)| Sighting { what, text: path[range].to_owned(), place: Span::top(file) }).collect();
    let record = if kind.is_empty() { String::new() } else { format!("{kind}:{id}") };
    (!sightings.is_empty()).then(|| (record, Arc::new(Findings { sightings, ..Findings::default() })))
}

impl Sorted {
    fn sort_top(&mut self, id: FileId, name: &str) {
        let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
        match stem.map(|stem| stem.split_once('.').unwrap_or((stem, ""))) {
            Some(("site", "")) if self.config.is_none() => self.config = Some(id),
            Some(("site", language)) if is_language(language) => {
                self.config_overlays.insert(language.to_owned(), id);
            }
            _ => {
                let message = say!("`{name}` không phải là tệp của trang", "`{name}` is no file of a site");
                let help = say!(
                    "bản ghi nằm trong thư mục của loại mình, như `content/procedures/`",
                    "records are in their kind's folder, such as `content/procedures/`"
                );
                self.faults.push(Diagnostic::new(Code::UnknownKind, Span::top(id), message).help(help));
            }
        }
    }

    fn unknown_folder(&mut self, id: FileId, folder: &str) {
        let folders = || KindName::ALL.iter().map(|kind| kind.folder()).chain(["files"]);
        let all = suggest::listed(folders());
        let help = suggest::nearest(folder, folders())
            .map_or_else(|| say!("các thư mục: {all}", "the folders are: {all}"), suggest::did_you_mean);
        let message =
            say!("không có loại bản ghi nào ở thư mục `{folder}`", "no kind of record is in a folder `{folder}`");
        self.faults.push(Diagnostic::new(Code::UnknownKind, Span::top(id), message).help(help));
    }

    /// Sorts a file in a kind's folder. What may be an overlay waits until all records are known.
    fn sort_record<'a>(&mut self, kind: KindName, id: FileId, file: &'a File) -> Option<Candidate<'a>> {
        let name = file.path.name();
        let stem = [".yaml", ".yml", ".md"].iter().find_map(|ending| name.strip_suffix(ending));
        if let Body::Irregular(irregular) = file.body
            && !stem.is_some_and(is_id)
        {
            self.faults.push(irregular_fault(id, irregular, file));
            return None;
        }
        let Some(stem) = stem else {
            let message = say!(
                "`{name}` không phải là bản ghi: cần `.yaml` hoặc `.md`",
                "`{name}` is no record: those are `.yaml` or `.md`"
            );
            let help = say!("tệp đính kèm để trong `content/files/`", "attachments belong into `content/files/`");
            self.faults.push(Diagnostic::new(Code::UnknownKind, Span::top(id), message).help(help));
            return None;
        };
        if is_id(stem) {
            self.records.entry(kind).or_default().entry(stem.to_owned()).or_default().own.push(id);
            return None;
        }
        let overlay = stem.rsplit_once('.').filter(|(stem, language)| is_id(stem) && is_language(language));
        let Some((stem, language)) = overlay else {
            self.reject(kind, id, stem);
            return None;
        };
        Some(Candidate { kind, file: id, stem, language })
    }

    fn sort_overlay(&mut self, Candidate { kind, file, stem, language }: &Candidate<'_>) {
        match self.records.get_mut(kind).and_then(|records| records.get_mut(*stem)) {
            Some(files) => match files.overlays.get(*language).copied() {
                None => {
                    files.overlays.insert((*language).to_owned(), *file);
                }
                Some(first) => {
                    let message = say!(
                        "bản dịch `{language}` của `{stem}` có hai tệp",
                        "two files are the `{language}` overlay of `{stem}`"
                    );
                    let fault = Diagnostic::new(Code::InvalidOverlay, Span::top(*file), message);
                    self.faults.push(fault.related(Span::top(first), say!("tệp kia ở đây", "the other file is here")));
                }
            },
            None => {
                let folder = kind.folder();
                let message = say!(
                    "bản dịch không có bản gốc `{stem}` trong content/{folder}",
                    "an overlay without its record `{stem}` in content/{folder}"
                );
                self.faults.push(Diagnostic::new(Code::InvalidOverlay, Span::top(*file), message));
            }
        }
    }

    fn reject(&mut self, kind: KindName, id: FileId, stem: &str) {
        let slug = id_from(stem);
        let message = say!(
            "tên tệp `{stem}` không phải là ID: chỉ dùng chữ thường không dấu, số và `-`, tối đa 80 ký tự",
            "the file name `{stem}` is no ID: use lower-case letters without accents, digits and `-`, at most 80"
        );
        let help = (!slug.is_empty()).then(|| say!("đổi tên tệp thành `{slug}`", "rename the file to `{slug}`"));
        let fix = (!slug.is_empty()).then(|| Fix::Rename(mended_stem(stem)));
        self.faults.push(Diagnostic::new(Code::InvalidId, Span::top(id), message).maybe_help(help).maybe_fix(fix));
        self.nameless.push((kind, id));
    }
}

/// The stem that a file's should be; an overlay's keeps its language.
fn mended_stem(stem: &str) -> String {
    let overlay = stem
        .rsplit_once('.')
        .filter(|(name, language)| language.len() == 2 && is_language(language) && !id_from(name).is_empty());
    match overlay {
        Some((name, language)) => format!("{}.{language}", id_from(name)),
        None => id_from(stem),
    }
}
