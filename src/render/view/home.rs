//! The home page: the three things that people come for, then what is new.

use serde::Serialize;

use crate::plan::{List, Source};
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::statistics::{Category, Statistics};
use crate::render::lens::Lens;
use crate::render::view::Made;
use crate::render::view::list::{Counted, Item, fields, record_item};
use crate::render::view::statistics::{CategoryView, by_category};
use crate::render::words::Words;

/// How many notices and answers the home page shows.
const LATEST: usize = 5;

#[derive(Debug, Serialize)]
struct HomeView {
    /// The site's title.
    heading: Words,
    /// The address of the list of procedures.
    procedures: String,
    /// How many procedures that list has: "219 procedures".
    procedures_total: String,
    /// The fields of work that have procedures.
    fields: Vec<Counted>,
    /// The address of the feedback form.
    feedback: String,
    /// The address of the page of all contacts.
    contacts: String,
    /// The address of the list of statistics.
    statistics: String,
    /// The address of the list of answers.
    answers: String,
    /// What is published, in a sentence.
    state: String,
    /// The state of publication, where the site has that page.
    status: Option<String>,
    /// The address of the list of notices.
    updates: String,
    /// The figures of the latest period of each category.
    figures: Vec<CategoryView>,
    /// The latest notices, five at most; may be empty.
    latest_updates: Vec<Item>,
    /// The latest answers, five at most; may be empty.
    latest_answers: Vec<Item>,
}

/// The home page.
pub fn view(lens: &Lens<'_>) -> Made {
    let href = |kind| lens.href(&Source::List(List::Kind(kind), 1));
    let procedures = lens.list(&List::Kind(KindName::Procedure)).len();
    let heading = lens.text(&lens.config().title);
    let view = HomeView {
        heading: heading.clone(),
        procedures: href(KindName::Procedure),
        procedures_total: lens.count("list.procedure_n", procedures),
        fields: fields(lens),
        feedback: lens.href(&Source::Feedback),
        contacts: lens.href(&Source::Contacts),
        statistics: href(KindName::Statistics),
        answers: href(KindName::Answer),
        state: state(lens),
        status: lens.section(|names| &names.status),
        updates: href(KindName::Update),
        figures: by_category(lens, &latest_figures(lens)),
        latest_updates: latest(lens, KindName::Update),
        latest_answers: latest(lens, KindName::Answer),
    };
    let description = Words::own(lens.label("home.description"));
    Made::new("home.html", "home", heading, &view).described(Some(&description))
}

/// "Trang công khai 10 thủ tục, …": counted, so that whoever looks knows what there is.
fn state(lens: &Lens<'_>) -> String {
    let number = |kind| lens.list(&List::Kind(kind)).len();
    let written = |kind: KindName| lens.count(&format!("list.{}_n", kind.word()), number(kind));
    let (procedures, statistics) = (written(KindName::Procedure), written(KindName::Statistics));
    let (answers, documents) = (written(KindName::Answer), written(KindName::Document));
    let values = [
        ("procedures", procedures.as_str()),
        ("statistics", statistics.as_str()),
        ("answers", answers.as_str()),
        ("documents", documents.as_str()),
    ];
    lens.labels.fill("home.state_text", &values)
}

fn latest(lens: &Lens<'_>, kind: KindName) -> Vec<Item> {
    let ids = lens.list(&List::Kind(kind));
    ids.iter().take(LATEST).filter_map(|id| record_item(lens, kind, id)).collect()
}

/// The records of each category's latest period that nothing corrects.
fn latest_figures<'a>(lens: &Lens<'a>) -> Vec<&'a Record<Statistics>> {
    let corrected = |id: &str| lens.relations().corrected_by(&(KindName::Statistics, id.to_owned())).is_some();
    let ids = lens.list(&List::Kind(KindName::Statistics)).iter().filter(|id| !corrected(id));
    let records: Vec<_> = ids.filter_map(|id| lens.statistics().get(id)).collect();
    let end = |category: Category| {
        let own = records.iter().map(|record| &record.content.data).filter(|data| data.category == category);
        own.map(|data| data.period.end).max()
    };
    let is_latest = |record: &&&Record<Statistics>| {
        let data = &record.content.data;
        end(data.category) == Some(data.period.end)
    };
    records.iter().filter(is_latest).copied().collect()
}
