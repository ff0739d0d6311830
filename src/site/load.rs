//! From a snapshot to a checked site: sort the files, read the records, look up what they name, run the checks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::common::Common;
use crate::record::config::Config;
use crate::record::kind::{Kind, KindName};
use crate::record::kinds::{agency, answer, contact, document, page, procedure, report, statistics, update};
use crate::record::memo::Memo;
use crate::record::reader::{Findings, Noted};
use crate::record::value::LanguageCode;
use crate::record::{Record, overlay, read};
use crate::say;
use crate::site::files::{self, Sorted};
use crate::site::{Site, Table, attachments, checks, link, settle};
use crate::source::{FileId, Snapshot, Span};
use crate::value::date::Date;

/// What a build is asked for or told that does not stand in the content.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The day for which the site is built.
    pub as_of: Day,
    /// Whether drafts are built, too.
    pub drafts: bool,
    /// Another base address than the configured one.
    pub base_url: Option<String>,
    /// Whether warnings are errors.
    pub strict: bool,
    /// The addresses of the pages that the last build promised to the public, where they are known.
    pub published: BTreeSet<String>,
}

/// A day: given, or that of an instant in the site's own time zone.
#[derive(Debug, Clone, Copy)]
pub enum Day {
    /// This day.
    Of(Date),
    /// The day of this instant, in seconds since 1970-01-01 UTC.
    At(i64),
}

impl Default for Day {
    fn default() -> Self {
        Day::At(0)
    }
}

/// A site as far as it could be read, and all that is wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The site; none where `site.yaml` could not be read.
    pub site: Option<Site>,
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// What records name in links, for those who know all addresses.
    pub findings: Vec<Noted>,
    /// How many records were found.
    pub records: usize,
}

/// Reads and checks a whole site.
pub fn load(snapshot: &Snapshot, options: &Options) -> Loaded {
    load_with(snapshot, options, &Memo::default())
}

/// Reads and checks a whole site. Records that `memo` knows are not read again.
pub fn load_with(snapshot: &Snapshot, options: &Options, memo: &Memo) -> Loaded {
    let mut sorted = files::sort(snapshot);
    let mut faults = std::mem::take(&mut sorted.faults);
    let mut findings = Vec::new();
    let config = config(snapshot, &mut sorted, &mut findings);
    let records = sorted.records.values().map(BTreeMap::len).sum::<usize>() + sorted.nameless.len();
    let (sizes, more) = attachments::attachments(snapshot, &sorted.attachments);
    faults.extend(more);
    for (kind, file) in &sorted.nameless {
        faults.extend(read::read_nameless(snapshot, *kind, *file).faults);
    }
    let Some((mut config, config_overlays)) = config else {
        // Without the configuration the records are still read, so that all faults are told at once.
        let site = tables((snapshot, memo), &sorted, &mut findings, &|_| true);
        drop(site);
        faults.extend(findings.iter().flat_map(|(_, found)| found.faults.clone()));
        return Loaded { site: None, diagnostics: Diagnostics::new(faults), findings: Vec::new(), records };
    };
    if let Some(base_url) = &options.base_url {
        config.base_url.0 = crate::record::value::Text::new(base_url, config.base_url.place);
    }
    let as_of = day(options.as_of, config.time_zone());
    let visible = |common: &Common| {
        (options.drafts || common.draft != Some(true))
            && common.publish_on.is_none_or(|day| day <= as_of)
            && common.expire_on.is_none_or(|day| day >= as_of)
    };
    let tables = tables((snapshot, memo), &sorted, &mut findings, &visible);
    memo.retain(|kind, id| {
        KindName::from_word(kind).and_then(|kind| sorted.records.get(&kind)).is_some_and(|ids| ids.contains_key(id))
    });
    findings.extend(files::names(snapshot, &sorted));
    let overlay_languages = overlay_languages(&sorted);
    let site = tables.into_site(config, config_overlays, sizes, as_of, overlay_languages);
    faults.extend(findings.iter().flat_map(|(_, found)| found.faults.clone()));
    faults.extend(link::check(&site, &findings));
    faults.extend(checks::run(&site, &findings));
    let diagnostics = settle::settle(&site, faults);
    Loaded { site: Some(site), diagnostics, findings, records }
}

/// The day that is meant, in a time zone.
pub fn day(day: Day, zone: &str) -> Date {
    match day {
        Day::Of(date) => date,
        Day::At(seconds) => {
            let instant = jiff::Timestamp::from_second(seconds).unwrap_or_default();
            let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
            Date::from_civil(instant.to_zoned_datetime(zone).date())
        }
    }
}

type Overlays = BTreeMap<String, Config>;

/// The configuration and its overlays, where it could be read. Overlays in languages that the site does not list are told.
fn config(snapshot: &Snapshot, sorted: &mut Sorted, findings: &mut Vec<Noted>) -> Option<(Config, Overlays)> {
    let file = sorted.config?;
    let mut told = |mut found: Findings| {
        found.faults.iter_mut().for_each(|fault| fault.record = Some("site".to_owned()));
        findings.push(("site".to_owned(), Arc::new(found)));
    };
    let tree = match read::load(snapshot, file) {
        Ok(tree) => tree,
        Err(faults) => {
            told(Findings { faults, ..Findings::default() });
            return None;
        }
    };
    let (config, found) = read::read_config(snapshot, &tree, file);
    let sound = found.faults.iter().all(|fault| fault.code == Code::NotNormalised);
    told(found);
    let config = config.filter(|_| sound)?;
    told(Findings { faults: unlisted_languages(&config, sorted), ..Findings::default() });
    let mut overlays = BTreeMap::new();
    for (language, file) in &sorted.config_overlays {
        match read::load(snapshot, *file).and_then(|overlay| overlay::lay(&overlay, &tree, Config::shape())) {
            Ok((merged, faults)) => {
                let (overlaid, mut found) = read::read_config(snapshot, &merged, *file);
                found.keep_only(*file);
                found.faults.extend(faults);
                told(found);
                overlays.extend(overlaid.map(|config| (language.clone(), config)));
            }
            Err(faults) => told(Findings { faults, ..Findings::default() }),
        }
    }
    Some((config, overlays))
}

/// Overlays whose language the site does not list, or that are in its default language; they are left out.
fn unlisted_languages(config: &Config, sorted: &mut Sorted) -> Vec<Diagnostic> {
    let other: Vec<String> =
        config.languages.iter().skip(1).map(|language: &LanguageCode| language.to_string()).collect();
    let mut faults = Vec::new();
    let mut keep = |language: &String, file: &mut FileId| {
        let listed = other.contains(language);
        if !listed {
            let message = say!(
                "trang không có bản dịch ngôn ngữ `{language}`",
                "the site has no overlays in the language `{language}`"
            );
            let help = say!(
                "thêm `{language}` vào `languages` trong site.yaml, hoặc bỏ tệp này",
                "add `{language}` to `languages` in site.yaml, or remove the file"
            );
            faults.push(Diagnostic::new(Code::InvalidOverlay, Span::top(*file), message).help(help));
        }
        listed
    };
    sorted.config_overlays.retain(&mut keep);
    for files in sorted.records.values_mut().flat_map(BTreeMap::values_mut) {
        files.overlays.retain(&mut keep);
    }
    faults
}

fn overlay_languages(sorted: &Sorted) -> BTreeMap<FileId, String> {
    let records = sorted.records.values().flat_map(BTreeMap::values).flat_map(|files| &files.overlays);
    records.chain(&sorted.config_overlays).map(|(language, file)| (*file, language.clone())).collect()
}

/// The records of every kind.
struct Tables {
    agencies: Table<agency::Agency>,
    answers: Table<answer::Answer>,
    contacts: Table<contact::Contact>,
    documents: Table<document::Document>,
    pages: Table<page::Page>,
    procedures: Table<procedure::Procedure>,
    reports: Table<report::Report>,
    statistics: Table<statistics::Statistics>,
    updates: Table<update::Update>,
}

type Visible<'a> = dyn Fn(&Common) -> bool + Sync + 'a;

fn tables(snapshot: (&Snapshot, &Memo), sorted: &Sorted, findings: &mut Vec<Noted>, visible: &Visible<'_>) -> Tables {
    Tables {
        agencies: table(KindName::Agency, snapshot, sorted, findings, visible),
        answers: table(KindName::Answer, snapshot, sorted, findings, visible),
        contacts: table(KindName::Contact, snapshot, sorted, findings, visible),
        documents: table(KindName::Document, snapshot, sorted, findings, visible),
        pages: table(KindName::Page, snapshot, sorted, findings, visible),
        procedures: table(KindName::Procedure, snapshot, sorted, findings, visible),
        reports: table(KindName::Report, snapshot, sorted, findings, visible),
        statistics: table(KindName::Statistics, snapshot, sorted, findings, visible),
        updates: table(KindName::Update, snapshot, sorted, findings, visible),
    }
}

fn table<T: Kind>(
    kind: KindName,
    (snapshot, memo): (&Snapshot, &Memo),
    sorted: &Sorted,
    findings: &mut Vec<Noted>,
    visible: &Visible<'_>,
) -> Table<T> {
    let none = BTreeMap::new();
    let mut readings = read::read::<T>(snapshot, sorted.records.get(&kind).unwrap_or(&none), memo);
    readings.keys_unknown |= sorted.nameless.iter().any(|(nameless, _)| *nameless == kind);
    findings.append(&mut readings.findings);
    Table::new(readings, |record: &Record<T>| visible(&record.content.common))
}

impl Tables {
    fn into_site(
        self,
        config: Config,
        config_overlays: Overlays,
        attachments: BTreeMap<String, u64>,
        as_of: Date,
        overlay_languages: BTreeMap<FileId, String>,
    ) -> Site {
        let Tables { agencies, answers, contacts, documents, pages, procedures, reports, statistics, updates } = self;
        Site {
            config,
            config_overlays,
            agencies,
            answers,
            contacts,
            documents,
            pages,
            procedures,
            reports,
            statistics,
            updates,
            attachments,
            as_of,
            overlay_languages,
        }
    }
}
