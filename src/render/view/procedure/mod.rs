//! A procedure's page: the five facts first, then everything in the order in which a person needs it.

mod facts;
mod linked;
mod papers;
mod steps;

use serde::Serialize;

use crate::plan::fields::slug_of;
use crate::plan::{List, Source};
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::contact::Intention;
use crate::record::kinds::procedure::{
    LegalBasis, Method, Outcome, Posting, Procedure, Requirements, Simplification, Status,
};
use crate::render::lens::{Citation, Download, Lens};
use crate::render::trace::Backlink;
use crate::render::view::contact::{self, Place};
use crate::render::view::procedure::facts::Facts;
use crate::render::view::procedure::papers::DossierView;
use crate::render::view::procedure::steps::StepView;
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, channel, section};
use crate::render::words::{Day, Html, Link, Words};

/// Everything that a procedure's page and its posting sheet say.
#[derive(Debug, Serialize)]
pub struct ProcedureView {
    /// Its heading, which is the plain name where it has one, and its summary, text and history.
    pub record: RecordView,
    /// The official name, where the heading is the plain one.
    pub official: Option<Words>,
    /// Its whole code as the record has it, such as `2.001620`.
    pub code: String,
    /// Its field of work, with the list of that field.
    pub field: Link,
    /// The levels of government that carry it out, in words; may be empty.
    levels: Vec<&'static str>,
    /// How much of it can be done online, in words.
    online_level: &'static str,
    /// Whether it is between agencies, and not for citizens.
    internal: bool,
    /// Whether it is suspended at the time.
    suspended: bool,
    /// Whether a dossier can be submitted: it is neither suspended, abolished nor withdrawn.
    open: bool,
    /// When and by what it was abolished; none where it was not.
    abolished: Option<AbolishedView>,
    /// What everybody asks first, in brief.
    facts: Facts,
    /// Who may apply, one item each; may be empty.
    applicants: Vec<Words>,
    /// What to bring, one item a case; may be empty.
    dossiers: Vec<DossierView>,
    /// "Submit 2 sets"; none where the record does not say how many.
    sets: Option<String>,
    /// What is done, in order; never empty.
    steps: Vec<StepView>,
    /// Ways to submit, with their times and fees; never empty.
    channels: Vec<channel::ChannelView>,
    /// What the applicant gets; may be empty.
    results: Vec<ResultView>,
    /// Forms to fill in, beside those of single papers; may be empty.
    forms: Vec<Download>,
    /// What an applicant must fulfil; none where it is not stated.
    requirements: Option<RequirementsView>,
    /// The documents that it rests on; may be empty.
    legal_basis: Vec<BasisView>,
    /// The decision that published it; none where the record names none.
    decision: Option<Citation>,
    /// Who executes it, who is competent, who coordinates: only roles that somebody has.
    agencies: Vec<Role>,
    /// Where to submit, those alone that are published; may be empty.
    pub submit_at: Vec<Place>,
    /// Who answers questions.
    questions: Vec<Place>,
    /// Its posting sheet, where the site makes them.
    sheet: Option<String>,
    /// Its electronic workflow; none where the record names none.
    workflow: Option<WorkflowView>,
    /// What was cut or made simpler in it; may be empty.
    simplification: Vec<SimplificationView>,
    /// Where it is posted, and since when; may be empty.
    postings: Vec<PostingView>,
    /// Other procedures; may be empty.
    related: Vec<Link>,
    /// Published answers about it; may be empty.
    answers: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct AbolishedView {
    /// The day from which it is abolished.
    on: Day,
    /// The decision that abolished it.
    decision: Citation,
    /// What to use instead; none where there is no such procedure.
    successor: Option<Link>,
}

#[derive(Debug, Serialize)]
struct ResultView {
    /// What it is, such as a licence.
    name: Words,
    /// How long it is valid; none where the record does not say.
    validity: Option<Words>,
    /// How it reaches the applicant: "in person, online"; none where the record does not say.
    delivery: Option<String>,
}

#[derive(Debug, Serialize)]
struct RequirementsView {
    /// None where there are no requirements, which is a statement.
    text: Option<Html>,
}

#[derive(Debug, Serialize)]
struct BasisView {
    /// The document.
    document: Citation,
    /// The articles that count; none where the record does not say.
    articles: Option<Words>,
}

/// What agencies do.
#[derive(Debug, Serialize)]
struct Role {
    /// The role in words: "Executing agency".
    name: String,
    /// Who has it, with the lists of their procedures; never empty.
    agencies: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct WorkflowView {
    /// The decision that approved it; none where the record names none.
    decision: Option<Citation>,
    /// Where it can be seen; none where the record names no address.
    url: Option<String>,
    /// The day of its last change; none where the record does not say.
    updated: Option<Day>,
}

#[derive(Debug, Serialize)]
struct SimplificationView {
    /// The day of the change.
    on: Day,
    /// What was made simpler, in the record's words.
    kind: Words,
    /// How it was before.
    before: Words,
    /// How it is now.
    after: Words,
    /// The decision that did it; none where the record names none.
    decision: Option<Citation>,
}

#[derive(Debug, Serialize)]
pub struct PostingView {
    /// "Headquarters" or "Website", in the page's language.
    pub place: &'static str,
    /// The day since when it hangs there.
    pub on: Day,
}

/// The page of a procedure.
pub fn view(lens: &Lens<'_>, record: &Record<Procedure>) -> Made {
    let view = procedure(lens, record);
    let service = linked::service(lens, record, &view);
    let (title, field) = (view.record.heading.clone(), view.field.clone());
    Made::new("procedure.html", "procedure", title, &view)
        .below([section(lens, KindName::Procedure), field])
        .described(view.record.summary.as_ref().or(view.official.as_ref()))
        .linked(service)
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}

/// Everything that is said of a procedure.
pub fn procedure(lens: &Lens<'_>, record: &Record<Procedure>) -> ProcedureView {
    let content = record.content(lens.code);
    let data = &content.data;
    let mut common = record::common(lens, record);
    common.heading = lens.name_of(record);
    common.feedback = format!("{}?procedure={}", common.feedback, &**data.code);
    ProcedureView {
        official: data.plain_title.as_ref().map(|_| lens.text(&content.common.title)),
        code: data.code.to_string(),
        field: field(lens, data),
        levels: data.levels.iter().map(|level| lens.language.word(*level)).collect(),
        online_level: lens.language.word(data.online_level),
        internal: data.internal == Some(true),
        open: data.status() == Status::Active && common.withdrawn.is_none(),
        suspended: data.status() == Status::Suspended,
        abolished: abolished(lens, data),
        facts: facts::facts(lens, data),
        applicants: lens.texts(&data.applicants),
        dossiers: data.dossiers.iter().map(|dossier| papers::dossier(lens, dossier)).collect(),
        sets: data.dossier_sets.map(|sets| lens.labels.count("procedure.sets_n", *sets, &lens.language.number(*sets))),
        steps: steps::views(lens, &data.steps),
        channels: channel::views(lens, data),
        results: data.results.iter().map(|outcome| result(lens, outcome)).collect(),
        forms: data.forms.iter().map(|form| papers::download(lens, form)).collect(),
        requirements: data.requirements.as_ref().map(|requirements| requirements_view(lens, requirements)),
        legal_basis: data.legal_basis.iter().map(|basis| basis_view(lens, basis)).collect(),
        decision: data.decision.as_ref().map(|decision| lens.cite(decision)),
        agencies: roles(lens, data),
        submit_at: contact::places(lens, &data.submit_at),
        questions: questions(lens, data),
        sheet: lens.sheet(Source::Sheet(record.id.clone())),
        workflow: workflow(lens, data),
        simplification: data.simplification.iter().map(|cut| simplification(lens, cut)).collect(),
        postings: postings(lens, &data.posted_at),
        related: lens.references(&data.related),
        answers: lens.links(lens.relations().names(Backlink::Answers, &record.id)),
        record: common,
    }
}

fn field(lens: &Lens<'_>, data: &Procedure) -> Link {
    let slug = slug_of(&data.field);
    let known = lens.plan().field(&slug);
    let title = known.map_or_else(|| lens.text(&data.field), |field| lens.field(field));
    Link { href: known.map(|_| lens.href(&Source::List(List::Field(slug), 1))), title }
}

fn abolished(lens: &Lens<'_>, data: &Procedure) -> Option<AbolishedView> {
    let abolished = data.abolished.as_ref().filter(|_| data.status() == Status::Abolished)?;
    Some(AbolishedView {
        on: lens.day(abolished.on),
        decision: lens.cite(&abolished.decision),
        successor: abolished.successor.as_ref().map(|successor| lens.reference(successor)),
    })
}

fn result(lens: &Lens<'_>, outcome: &Outcome) -> ResultView {
    let ways: Vec<&str> = outcome.delivery.iter().map(|way| delivery(lens, *way)).collect();
    ResultView {
        name: lens.text(&outcome.name),
        validity: outcome.validity.as_ref().map(|validity| lens.text(validity)),
        delivery: (!ways.is_empty()).then(|| ways.join(", ")),
    }
}

fn delivery<'a>(lens: &'a Lens<'_>, way: Method) -> &'a str {
    lens.labels.get(match way {
        Method::Direct => "procedure.delivery_direct",
        Method::Online => "procedure.delivery_online",
        Method::Postal => "procedure.delivery_postal",
    })
}

fn requirements_view(lens: &Lens<'_>, requirements: &Requirements) -> RequirementsView {
    let text = match requirements {
        Requirements::None => None,
        Requirements::Text(text) => Some(lens.markdown(text, 2, "requirements_")),
    };
    RequirementsView { text }
}

fn basis_view(lens: &Lens<'_>, basis: &LegalBasis) -> BasisView {
    BasisView {
        document: lens.cite(&basis.document),
        articles: basis.articles.as_ref().map(|articles| lens.text(articles)),
    }
}

fn roles(lens: &Lens<'_>, data: &Procedure) -> Vec<Role> {
    let roles = [
        ("procedure.executing", &data.executing_agencies),
        ("procedure.competent", &data.competent_agencies),
        ("procedure.coordinating", &data.coordinating_agencies),
    ];
    let named = roles.into_iter().filter(|(_, agencies)| !agencies.is_empty());
    named.map(|(name, agencies)| Role { name: lens.label(name), agencies: lens.references(agencies) }).collect()
}

/// Who answers questions, without those who are named as receiving the dossier.
fn questions(lens: &Lens<'_>, data: &Procedure) -> Vec<Place> {
    let named: Vec<&str> = data
        .submit_at
        .iter()
        .filter_map(|same| lens.contacts().resolve(same))
        .map(|record| record.id.as_str())
        .collect();
    let mut places = contact::accepting(lens, Intention::Question);
    places.retain(|place| !named.contains(&place.id.as_str()));
    places
}

fn workflow(lens: &Lens<'_>, data: &Procedure) -> Option<WorkflowView> {
    data.electronic_workflow.as_ref().map(|workflow| WorkflowView {
        decision: workflow.decision.as_ref().map(|decision| lens.cite(decision)),
        url: workflow.url.as_ref().map(|url| url.to_string()),
        updated: workflow.updated_on.map(|day| lens.day(day)),
    })
}

fn simplification(lens: &Lens<'_>, cut: &Simplification) -> SimplificationView {
    SimplificationView {
        on: lens.day(cut.on),
        kind: lens.text(&cut.kind),
        before: lens.text(&cut.before),
        after: lens.text(&cut.after),
        decision: cut.decision.as_ref().map(|decision| lens.cite(decision)),
    }
}

/// Where something is posted.
pub fn postings(lens: &Lens<'_>, postings: &[Posting]) -> Vec<PostingView> {
    let view = |posting: &Posting| PostingView { place: lens.language.word(posting.place), on: lens.day(posting.on) };
    postings.iter().map(view).collect()
}
