//! A procedure's page: the five facts first, then everything in the order in which a person needs it.

use serde::Serialize;

use crate::plan::fields::slug_of;
use crate::plan::{List, Source};
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::procedure::{
    Dossier, Form, LegalBasis, Method, Outcome, Paper, Posting, Procedure, Requirements, Simplification, Status, Step,
};
use crate::render::lens::{Citation, Download, Lens};
use crate::render::view::contact::{self, Card};
use crate::render::view::record::{self, RecordView};
use crate::render::view::{Made, channel, section};
use crate::render::words::{Day, Html, Link, Words};

#[derive(Debug, Serialize)]
struct ProcedureView {
    record: RecordView,
    /// The official name, where the heading is the plain one.
    official: Option<Words>,
    code: String,
    field: Link,
    levels: Vec<&'static str>,
    online_level: &'static str,
    internal: bool,
    suspended: bool,
    abolished: Option<AbolishedView>,
    facts: Facts,
    applicants: Vec<Words>,
    dossiers: Vec<DossierView>,
    sets: Option<String>,
    steps: Vec<StepView>,
    channels: Vec<channel::ChannelView>,
    results: Vec<ResultView>,
    forms: Vec<Download>,
    /// What an applicant must fulfil; none where it is not stated.
    requirements: Option<RequirementsView>,
    legal_basis: Vec<BasisView>,
    decision: Option<Citation>,
    agencies: Vec<Role>,
    submit_at: Vec<Card>,
    workflow: Option<WorkflowView>,
    simplification: Vec<SimplificationView>,
    postings: Vec<PostingView>,
    related: Vec<Link>,
    answers: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct AbolishedView {
    on: Day,
    decision: Citation,
    successor: Option<Link>,
}

/// The answers to what everybody asks first.
#[derive(Debug, Serialize)]
struct Facts {
    times: Vec<Words>,
    costs: Vec<Words>,
    places: Vec<Link>,
    online: Option<String>,
    papers: Vec<Words>,
    results: Vec<Words>,
}

#[derive(Debug, Serialize)]
struct DossierView {
    case: Option<Words>,
    papers: Vec<PaperView>,
}

#[derive(Debug, Serialize)]
struct PaperView {
    name: Words,
    /// "1 bản chính, 1 bản sao"
    copies: Option<String>,
    form: Option<Download>,
    note: Option<Words>,
}

#[derive(Debug, Serialize)]
struct StepView {
    title: Option<Words>,
    actor: Option<&'static str>,
    text: Html,
}

#[derive(Debug, Serialize)]
struct ResultView {
    name: Words,
    validity: Option<Words>,
    delivery: Option<String>,
}

#[derive(Debug, Serialize)]
struct RequirementsView {
    /// None where there are no requirements, which is a statement.
    text: Option<Html>,
}

#[derive(Debug, Serialize)]
struct BasisView {
    document: Citation,
    articles: Option<Words>,
}

/// What agencies do.
#[derive(Debug, Serialize)]
struct Role {
    name: String,
    agencies: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct WorkflowView {
    decision: Option<Citation>,
    url: Option<String>,
    updated: Option<Day>,
}

#[derive(Debug, Serialize)]
struct SimplificationView {
    on: Day,
    kind: Words,
    before: Words,
    after: Words,
    decision: Option<Citation>,
}

#[derive(Debug, Serialize)]
pub struct PostingView {
    pub place: &'static str,
    pub on: Day,
}

/// The page of a procedure.
pub fn view(lens: &Lens<'_>, record: &Record<Procedure>) -> Made {
    let view = procedure(lens, record);
    let (title, field) = (view.record.heading.clone(), view.field.clone());
    Made::new("procedure.html", "procedure", title, &view)
        .below([section(lens, KindName::Procedure), field])
        .described(view.record.summary.as_ref().or(view.official.as_ref()))
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}

fn procedure(lens: &Lens<'_>, record: &Record<Procedure>) -> ProcedureView {
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
        suspended: data.status() == Status::Suspended,
        abolished: abolished(lens, data),
        facts: facts(lens, data),
        applicants: lens.texts(&data.applicants),
        dossiers: data.dossiers.iter().map(|dossier| dossier_view(lens, dossier)).collect(),
        sets: data.dossier_sets.map(|sets| lens.labels.count("procedure.sets_n", *sets, &lens.language.number(*sets))),
        steps: data.steps.iter().enumerate().map(|(index, step)| step_view(lens, index, step)).collect(),
        channels: channel::views(lens, data),
        results: data.results.iter().map(|outcome| result(lens, outcome)).collect(),
        forms: data.forms.iter().map(|form| download(lens, form)).collect(),
        requirements: data.requirements.as_ref().map(|requirements| requirements_view(lens, requirements)),
        legal_basis: data.legal_basis.iter().map(|basis| basis_view(lens, basis)).collect(),
        decision: data.decision.as_ref().map(|decision| lens.cite(decision)),
        agencies: roles(lens, data),
        submit_at: contact::cards(lens, &data.submit_at),
        workflow: workflow(lens, data),
        simplification: data.simplification.iter().map(|cut| simplification(lens, cut)).collect(),
        postings: postings(lens, &data.posted_at),
        related: lens.references(&data.related),
        answers: lens.links(lens.relations.answers.get(&record.id)),
        record: common,
    }
}

fn field(lens: &Lens<'_>, data: &Procedure) -> Link {
    let slug = slug_of(&data.field);
    let known = lens.plan.fields.iter().find(|field| field.slug == slug);
    let title = lens.text(known.map_or(&data.field, |field| field.name(lens.code)));
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

fn facts(lens: &Lens<'_>, data: &Procedure) -> Facts {
    Facts {
        times: channel::times(lens, data),
        costs: channel::costs(lens, data),
        places: lens.references(&data.submit_at),
        online: channel::online_address(lens, data),
        papers: data.dossiers.iter().map(|dossier| number_of_papers(lens, dossier)).collect(),
        results: data.results.iter().map(|outcome| lens.text(&outcome.name)).collect(),
    }
}

/// "Cấp lần đầu: 4 giấy tờ"
fn number_of_papers(lens: &Lens<'_>, dossier: &Dossier) -> Words {
    let papers = lens.count("procedure.papers_n", dossier.documents.len());
    match &dossier.case {
        None => Words::own(papers),
        Some(case) => {
            let Words { text, lang } = lens.text(case);
            Words { text: format!("{text}: {papers}"), lang }
        }
    }
}

fn dossier_view(lens: &Lens<'_>, dossier: &Dossier) -> DossierView {
    DossierView {
        case: dossier.case.as_ref().map(|case| lens.text(case)),
        papers: dossier.documents.iter().map(|paper| paper_view(lens, paper)).collect(),
    }
}

fn paper_view(lens: &Lens<'_>, paper: &Paper) -> PaperView {
    let counted = |name: &str, count: Option<i64>| {
        count.filter(|count| *count > 0).map(|count| lens.labels.count(name, count, &lens.language.number(count)))
    };
    let originals = counted("procedure.originals_n", paper.originals.map(|count| *count));
    let copies = counted("procedure.copies_n", paper.copies.map(|count| *count));
    let both: Vec<String> = originals.into_iter().chain(copies).collect();
    PaperView {
        name: lens.text(&paper.name),
        copies: (!both.is_empty()).then(|| both.join(", ")),
        form: paper.form.as_ref().map(|form| download(lens, form)),
        note: paper.note.as_ref().map(|note| lens.text(note)),
    }
}

fn step_view(lens: &Lens<'_>, index: usize, step: &Step) -> StepView {
    StepView {
        title: step.title.as_ref().map(|title| lens.text(title)),
        actor: step.actor.map(|actor| lens.language.word(actor)),
        text: lens.markdown(&step.text, 3, &format!("step{}_", index + 1)),
    }
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

/// A form to fill in.
fn download(lens: &Lens<'_>, form: &Form) -> Download {
    match form {
        Form::File(file) => lens.download(file, None),
        Form::Titled(form) => match (&form.file, &form.url) {
            (Some(file), _) => lens.download(file, Some(&form.title)),
            (None, url) => {
                let href = url.as_ref().map(|url| url.to_string());
                Download { href, title: lens.text(&form.title), about: None }
            }
        },
    }
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
