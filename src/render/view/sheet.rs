//! What is printed and hung on a notice board: one procedure, the procedures of a field, the poster of addresses.
//!
//! In the default language only. The code on the paper leads to the page, which is always newer than the paper.

use serde::Serialize;

use crate::plan::{List, Source};
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::contact::Intention;
use crate::record::kinds::procedure::{Procedure, Status};
use crate::render::lens::Lens;
use crate::render::view::contact::{self, Place};
use crate::render::view::procedure::{self, ProcedureView};
use crate::render::view::qr::{Qr, qr};
use crate::render::view::{Made, channel};
use crate::render::words::{Day, Words};

/// A name of more letters than this is set smaller.
const LONG: usize = 140;

/// What every sheet has.
#[derive(Debug, Serialize)]
struct Sheet {
    /// The page that it is printed from.
    page: String,
    /// That page's address as a person types it.
    address: String,
    /// The page's whole address as a code; none where it is too long for one.
    qr: Option<Qr>,
    /// Who posts it.
    agency: Words,
}

#[derive(Debug, Serialize)]
struct ProcedureSheet {
    /// What every sheet has.
    sheet: Sheet,
    /// What the procedure's page says, too.
    procedure: ProcedureView,
    /// Whether the official name is long, whatever the page is called.
    long: bool,
    /// The procedure is published by this decision, of that day.
    decided: Option<Day>,
    /// Who receives feedback about it.
    feedback: Vec<Place>,
}

#[derive(Debug, Serialize)]
struct FieldSheet {
    /// What every sheet has.
    sheet: Sheet,
    /// The field of work.
    heading: Words,
    /// How many rows there are: "12 procedures".
    total: String,
    /// The procedures of the field, without abolished ones.
    rows: Vec<Row>,
}

/// A procedure in the catalogue of its field.
#[derive(Debug, Serialize)]
struct Row {
    /// The procedure's whole code.
    code: String,
    /// Its official name.
    title: Words,
    /// The different processing times, three at most; one sentence that it depends on the case where that is more or
    /// long.
    times: Vec<Words>,
    /// The different costs, in the same way.
    costs: Vec<Words>,
    /// Where to submit; empty where the record does not say.
    places: Vec<Words>,
    /// Whether it is suspended at the time.
    suspended: bool,
}

#[derive(Debug, Serialize)]
struct Poster {
    /// What every sheet has, for the page of all contacts.
    sheet: Sheet,
    /// The address of the feedback form, and its code.
    form: Sheet,
    /// The poster's heading, the label `sheet.poster`.
    heading: Words,
    /// Those who receive feedback on regulations or on conduct; may be empty.
    places: Vec<Place>,
    /// Those who receive complaints and denunciations, which go another way.
    elsewhere: Vec<Place>,
}

/// The posting sheet of a procedure.
pub fn of_procedure(lens: &Lens<'_>, id: &str) -> Made {
    let record = lens.procedures().get(id).expect("a planned sheet's procedure is published");
    let decision = record.content.data.decision.as_ref().and_then(|decision| lens.documents().resolve(decision));
    let view = ProcedureSheet {
        sheet: sheet(lens, &Source::Record(KindName::Procedure, id.to_owned())),
        procedure: procedure::procedure(lens, record),
        long: lens.common(record).title.chars().count() > LONG,
        decided: decision.and_then(|document| document.content.data.issued_on).map(|day| lens.day(day)),
        feedback: receivers(lens, &[Intention::Regulation, Intention::Conduct]),
    };
    let title = view.procedure.record.heading.clone();
    Made::new("sheet-procedure.html", "procedure", title, &view).hidden()
}

/// The posting sheet of a field of work: its catalogue, without what is abolished.
pub fn of_field(lens: &Lens<'_>, slug: &str) -> Made {
    let list = List::Field(slug.to_owned());
    let name = lens.plan().field(slug).map(|field| lens.field(field));
    let heading = name.unwrap_or_else(|| Words::own(slug));
    let records = lens.list(&list).iter().filter_map(|id| lens.procedures().get(id));
    let usable = records.filter(|record| record.content.data.status() != Status::Abolished);
    let rows: Vec<Row> = usable.map(|record| row(lens, record)).collect();
    let view = FieldSheet {
        sheet: sheet(lens, &Source::List(list, 1)),
        heading: heading.clone(),
        total: lens.count("list.procedure_n", rows.len()),
        rows,
    };
    Made::new("sheet-field.html", "procedure", heading, &view).hidden()
}

/// The poster with the addresses that receive feedback.
pub fn poster(lens: &Lens<'_>) -> Made {
    let heading = Words::own(lens.label("sheet.poster"));
    let view = Poster {
        sheet: sheet(lens, &Source::Contacts),
        form: sheet(lens, &Source::Feedback),
        heading: heading.clone(),
        places: receivers(lens, &[Intention::Regulation, Intention::Conduct]),
        elsewhere: receivers(lens, &[Intention::Complaint, Intention::Denunciation]),
    };
    Made::new("sheet-poster.html", "contact", heading, &view).hidden()
}

fn sheet(lens: &Lens<'_>, source: &Source) -> Sheet {
    let whole = lens.plan().url(&lens.plan().address(source, lens.code));
    let agency = lens.agencies().resolve(&lens.default_config().agency);
    Sheet {
        page: lens.href(source),
        address: whole.split_once("://").map_or(whole.as_str(), |(_, rest)| rest).trim_end_matches('/').to_owned(),
        qr: qr(&whole),
        agency: agency.map_or_else(|| lens.text(&lens.config().title), |record| lens.text(&lens.common(record).title)),
    }
}

fn row(lens: &Lens<'_>, record: &Record<Procedure>) -> Row {
    let data = &record.content(lens.code).data;
    Row {
        code: data.code.to_string(),
        title: lens.text(&lens.common(record).title),
        times: channel::times(lens, data),
        costs: channel::costs(lens, data),
        places: lens.references(&data.submit_at).into_iter().map(|place| place.title).collect(),
        suspended: data.status() == Status::Suspended,
    }
}

/// Who accepts any of these, nobody twice.
fn receivers(lens: &Lens<'_>, intentions: &[Intention]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for place in intentions.iter().flat_map(|intention| contact::accepting(lens, *intention)) {
        if !places.iter().any(|known| known.id == place.id) {
            places.push(place);
        }
    }
    places
}
