//! What each list holds, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::plan::List;
use crate::plan::fields::{Field, slug_of};
use crate::plan::order::Order;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::procedure::{Procedure, Status};
use crate::site::{Site, Table};

/// The IDs of every list, as a language puts names in order. Withdrawn records keep their page and stand in no list.
pub fn of_site(site: &Site, fields: &[Field], language: &str) -> BTreeMap<List, Vec<String>> {
    let order = Order::of(language);
    let procedures = sorted(&site.procedures, |record| procedure_key(record, language, &order));
    let ids = |keep: &dyn Fn(&Procedure) -> bool| -> Vec<String> {
        procedures.iter().filter(|record| keep(&record.content.data)).map(|record| record.id.clone()).collect()
    };
    let mut lists = BTreeMap::new();
    lists.insert(List::Kind(KindName::Procedure), ids(&|_| true));
    lists.insert(List::Simplified, ids(&|p| p.status() == Status::Abolished || !p.simplification.is_empty()));
    lists.extend(fields.iter().map(|field| (List::Field(field.slug.clone()), Vec::new())));
    lists.extend(site.agencies.iter().map(|agency| (List::Agency(agency.id.clone()), Vec::new())));
    let mut slugs = HashMap::new();
    for record in &procedures {
        let data = &record.content.data;
        let slug: &String = slugs.entry(&*data.field as &str).or_insert_with(|| slug_of(&data.field));
        let of_agencies = carried_out_by(site, data).into_iter().map(|agency| List::Agency(agency.to_owned()));
        for list in of_agencies.chain([List::Field(slug.clone())]) {
            lists.get_mut(&list).into_iter().for_each(|ids| ids.push(record.id.clone()));
        }
    }
    lists.extend(by_date(site));
    lists
}

/// What can be used comes first, then what is between agencies, then what is abolished; each by name.
fn procedure_key(record: &Record<Procedure>, language: &str, order: &Order) -> impl Ord + Send + use<> {
    let content = record.content(language);
    let data = &content.data;
    let name = data.plain_title.as_ref().unwrap_or(&content.common.title);
    (data.status() == Status::Abolished, data.internal == Some(true), order.key(name))
}

/// The IDs of the agencies that have a part in a procedure.
fn carried_out_by<'a>(site: &'a Site, procedure: &Procedure) -> BTreeSet<&'a str> {
    let Procedure { executing_agencies, competent_agencies, coordinating_agencies, .. } = procedure;
    let named = executing_agencies.iter().chain(competent_agencies).chain(coordinating_agencies);
    named.filter_map(|reference| site.agencies.resolve(reference)).map(|record| record.id.as_str()).collect()
}

/// Lists with the newest first; statistics by category before that.
fn by_date(site: &Site) -> [(List, Vec<String>); 5] {
    let reports = sorted(&site.reports, |record| Reverse(record.content.data.period.end));
    let documents = sorted(&site.documents, |record| Reverse(record.content.data.issued_on));
    let answers = sorted(&site.answers, |record| {
        Reverse(record.content.data.answered_on.unwrap_or(record.content.data.asked_on))
    });
    let updates = sorted(&site.updates, |record| Reverse(record.content.data.date));
    let statistics = sorted(&site.statistics, |record| {
        let data = &record.content.data;
        (data.category, Reverse(data.period.end), Reverse(data.period.start))
    });
    [
        (List::Kind(KindName::Report), ids_of(reports)),
        (List::Kind(KindName::Document), ids_of(documents)),
        (List::Kind(KindName::Answer), ids_of(answers)),
        (List::Kind(KindName::Update), ids_of(updates)),
        (List::Kind(KindName::Statistics), ids_of(statistics)),
    ]
}

fn sorted<'a, T, K>(table: &'a Table<T>, key: impl Fn(&'a Record<T>) -> K + Sync) -> Vec<&'a Record<T>>
where
    T: Send + Sync,
    K: Ord + Send,
{
    let records: Vec<_> = table.iter().filter(|record| record.content.common.withdrawn.is_none()).collect();
    let mut keyed: Vec<(K, &Record<T>)> = records.into_par_iter().map(|record| (key(record), record)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    keyed.into_iter().map(|(_, record)| record).collect()
}

fn ids_of<T>(records: Vec<&Record<T>>) -> Vec<String> {
    records.into_iter().map(|record| record.id.clone()).collect()
}
