//! What records say about one another, seen from the other end: cited by, replaced by, corrected by, answered in.

use std::collections::BTreeMap;

use crate::record::kind::KindName;
use crate::record::kinds::document::Document;
use crate::record::kinds::procedure::{Fee, Fees, Procedure};
use crate::record::kinds::statistics::Statistics;
use crate::record::value::{Ref, Words as _};
use crate::render::trace::Backlink;
use crate::site::Site;

/// A record: its kind and ID.
pub type Name = (KindName, String);

/// Relations, from the record that is named to those that name it. Each list is in the order of kinds and IDs.
#[derive(Debug, Default)]
pub struct Relations {
    /// By document: who rests on it.
    pub cited_by: BTreeMap<String, Vec<Name>>,
    /// By document: what replaces it.
    pub replaced_by: BTreeMap<String, Vec<Name>>,
    /// By document: what amends it.
    pub amended_by: BTreeMap<String, Vec<Name>>,
    /// By document: what implements it.
    pub implemented_by: BTreeMap<String, Vec<Name>>,
    /// By record: notices that affect it.
    pub updates: BTreeMap<Name, Vec<Name>>,
    /// By record: what corrects it.
    pub corrected_by: BTreeMap<Name, Vec<Name>>,
    /// By procedure: published answers about it.
    pub answers: BTreeMap<String, Vec<Name>>,
    /// By answer: questions that were answered there.
    pub answered_here: BTreeMap<String, Vec<Name>>,
    /// By series, as [`series_of`] names them: the statistics that can be compared, in the order of their periods.
    pub series: BTreeMap<String, Vec<String>>,
    /// By report and task, as `report#task`: later tasks that continue it.
    pub continued_by: BTreeMap<String, Vec<(String, String)>>,
}

impl Relations {
    /// The relations of all published records.
    pub fn of(site: &Site) -> Self {
        let mut relations = Relations::default();
        relations.documents(site);
        relations.procedures(site);
        relations.answers(site);
        relations.reports(site);
        relations.rest(site);
        relations
    }

    /// Who names a document, a procedure or an answer in a way; none for ways that are not between those.
    pub fn names(&self, way: Backlink, id: &str) -> Option<&Vec<Name>> {
        match way {
            Backlink::CitedBy => self.cited_by.get(id),
            Backlink::ReplacedBy => self.replaced_by.get(id),
            Backlink::AmendedBy => self.amended_by.get(id),
            Backlink::ImplementedBy => self.implemented_by.get(id),
            Backlink::Answers => self.answers.get(id),
            Backlink::AnsweredHere => self.answered_here.get(id),
            Backlink::Updates | Backlink::CorrectedBy | Backlink::Series | Backlink::ContinuedBy => None,
        }
    }

    fn documents(&mut self, site: &Site) {
        for record in site.documents.iter() {
            let name = (KindName::Document, record.id.clone());
            let data = &record.content.data;
            let pairs = [
                (&data.replaces, &mut self.replaced_by),
                (&data.amends, &mut self.amended_by),
                (&data.implements, &mut self.implemented_by),
            ];
            for (references, map) in pairs {
                references.iter().for_each(|reference| add(map, document(site, reference), &name));
            }
        }
    }

    fn procedures(&mut self, site: &Site) {
        for record in site.procedures.iter() {
            let name = (KindName::Procedure, record.id.clone());
            for reference in cited(&record.content.data) {
                add(&mut self.cited_by, document(site, reference), &name);
            }
        }
    }

    fn answers(&mut self, site: &Site) {
        for record in site.answers.iter() {
            let name = (KindName::Answer, record.id.clone());
            let data = &record.content.data;
            data.legal_basis.iter().for_each(|reference| add(&mut self.cited_by, document(site, reference), &name));
            let procedure = data.procedure.as_ref().and_then(|reference| site.procedures.resolve(reference));
            add(&mut self.answers, procedure.map(|record| record.id.clone()), &name);
            let answer = data.answered_in.as_ref().and_then(|same| site.answers.find(&same.0));
            add(&mut self.answered_here, answer.map(|record| record.id.clone()), &name);
        }
    }

    fn reports(&mut self, site: &Site) {
        for record in site.reports.iter() {
            let name = (KindName::Report, record.id.clone());
            let data = &record.content.data;
            let directives = data.directives.iter().chain(data.movements.iter().filter_map(|m| m.directive.as_ref()));
            directives.for_each(|reference| add(&mut self.cited_by, document(site, reference), &name));
            for task in &data.tasks {
                let Some(earlier) = &task.continues else { continue };
                let Some(report) = site.reports.resolve(&earlier.report) else { continue };
                let key = format!("{}#{}", report.id, &**earlier.task);
                self.continued_by.entry(key).or_default().push((record.id.clone(), task.id.to_string()));
            }
        }
    }

    fn rest(&mut self, site: &Site) {
        for record in site.contacts.iter() {
            let name = (KindName::Contact, record.id.clone());
            let rules = record.content.data.reception.as_ref().and_then(|reception| reception.rules_document.as_ref());
            rules.into_iter().for_each(|reference| add(&mut self.cited_by, document(site, reference), &name));
        }
        let mut periods: Vec<_> = site.statistics.iter().filter(|r| r.content.common.withdrawn.is_none()).collect();
        periods.sort_by_key(|record| record.content.data.period.end);
        for record in periods {
            self.series.entry(series_of(&record.content.data)).or_default().push(record.id.clone());
        }
        for record in site.statistics.iter() {
            let corrected = record.content.data.corrects.as_ref().and_then(|same| site.statistics.find(&same.0));
            let corrected = corrected.map(|record| (KindName::Statistics, record.id.clone()));
            add(&mut self.corrected_by, corrected, &(KindName::Statistics, record.id.clone()));
        }
        for record in site.updates.iter() {
            let name = (KindName::Update, record.id.clone());
            let any = |kind: &str, key: &str| {
                let kind = KindName::from_word(kind)?;
                site.published_id(kind, key).map(|id| (kind, id.to_owned()))
            };
            let data = &record.content.data;
            let corrected = data.corrects.as_ref().and_then(|any_ref| any(&any_ref.kind, &any_ref.key));
            data.affects.iter().for_each(|affected| add(&mut self.updates, any(&affected.kind, &affected.key), &name));
            add(&mut self.corrected_by, corrected, &name);
        }
    }
}

/// The name of the series that figures belong to: what has the same category, classes and length can be compared.
pub fn series_of(data: &Statistics) -> String {
    let mut classes: Vec<_> = data.classes.iter().map(|class| class.word()).collect();
    classes.sort_unstable();
    format!("{} {} {:?}", data.category.word(), classes.join("+"), data.period.length())
}

fn add<K: Ord>(map: &mut BTreeMap<K, Vec<Name>>, key: Option<K>, name: &Name) {
    let Some(key) = key else { return };
    let names = map.entry(key).or_default();
    if names.last() != Some(name) {
        names.push(name.clone());
    }
}

fn document(site: &Site, reference: &Ref<Document>) -> Option<String> {
    site.documents.resolve(reference).map(|record| record.id.clone())
}

/// Every document that a procedure names.
fn cited(procedure: &Procedure) -> Vec<&Ref<Document>> {
    let amounts = procedure.channels.iter().filter_map(|channel| match &channel.fees {
        Some(Fees::Payments(payments)) => Some(payments),
        _ => None,
    });
    let mut cited: Vec<_> = procedure.legal_basis.iter().map(|basis| &basis.document).collect();
    cited.extend(&procedure.decision);
    cited.extend(procedure.abolished.as_ref().map(|abolished| &abolished.decision));
    cited.extend(procedure.electronic_workflow.as_ref().and_then(|workflow| workflow.decision.as_ref()));
    cited.extend(procedure.simplification.iter().filter_map(|simplification| simplification.decision.as_ref()));
    cited.extend(amounts.flatten().filter_map(Fee::basis));
    cited
}
