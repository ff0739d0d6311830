//! Tasks: what answers which limitation, how far each has come, and how it stood in earlier and later reports.

use serde::Serialize;

use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::report::{Limitation, Report, Task, TaskStatus};
use crate::render::lens::Lens;
use crate::render::view::chart::{Chart, Figure, Look, Row, chart};
use crate::render::view::report::Answering;
use crate::render::words::{Day, Link, Words};

/// How many reports back or ahead a task is followed.
const FAR: usize = 10;

/// One task.
#[derive(Debug, Serialize)]
pub struct TaskView {
    /// Its ID within the report; its anchor on the page is `task_ID`.
    id: String,
    /// What is to be done.
    text: Words,
    /// Who is to do it; none where the record does not say.
    owner: Option<Words>,
    /// The day by which it is to be done; none where the record does not say.
    due: Option<Day>,
    /// By what one will see that it is done; none where the record does not say.
    indicator: Option<Words>,
    /// How far it has come, in words; none where the record does not say.
    status: Option<&'static str>,
    /// Whether its day is past and it is not done.
    late: bool,
    /// The limitations that it answers; may be empty.
    addresses: Vec<Answering>,
    /// How it stood in each report that has it, this one included; empty where only this one has it.
    history: Vec<State>,
}

/// How a task stands in one report.
#[derive(Debug, Serialize)]
struct State {
    /// The report, called by its period.
    report: Link,
    /// How far it had come by that report, in words; none where the record does not say.
    status: Option<&'static str>,
    /// Whether it is this page's report.
    here: bool,
}

/// Where a task stands on its report's page.
pub fn anchor(id: &str) -> String {
    format!("task_{id}")
}

/// One task of a report.
pub fn view(lens: &Lens<'_>, record: &Record<Report>, task: &Task, limitations: &[Limitation]) -> TaskView {
    let addressed =
        limitations.iter().filter(|limitation| task.addresses.iter().any(|id| id.as_str() == limitation.id.as_str()));
    let answering = |limitation: &Limitation| Answering {
        anchor: format!("limitation_{}", &**limitation.id),
        text: lens.text(&limitation.text),
    };
    TaskView {
        id: task.id.to_string(),
        text: lens.text(&task.text),
        owner: task.owner.as_ref().map(|owner| lens.text(owner)),
        due: task.due.map(|day| lens.day(day)),
        indicator: task.indicator.as_ref().map(|indicator| lens.text(indicator)),
        status: task.status.map(|status| lens.language.word(status)),
        late: is_late(lens, task),
        addresses: addressed.map(answering).collect(),
        history: history(lens, record, task),
    }
}

fn is_late(lens: &Lens<'_>, task: &Task) -> bool {
    let open = !matches!(task.status, Some(TaskStatus::Done | TaskStatus::Dropped));
    open && task.due.is_some_and(|day| day < lens.today())
}

/// The same task in earlier reports, here, and in later ones.
fn history<'a>(lens: &Lens<'a>, record: &'a Record<Report>, task: &'a Task) -> Vec<State> {
    let mut all = vec![(record, task)];
    while let Some(earlier) = all.first().and_then(|(_, task)| earlier(lens, task)).filter(|_| all.len() < FAR) {
        all.insert(0, earlier);
    }
    let before = all.len();
    while let Some(later) =
        all.last().and_then(|(record, task)| later(lens, record, task)).filter(|_| all.len() < before + FAR)
    {
        all.push(later);
    }
    if all.len() < 2 {
        return Vec::new();
    }
    let here = |other: &Record<Report>| other.id == record.id;
    all.into_iter().map(|(record, task)| state(lens, record, task, here(record))).collect()
}

fn earlier<'a>(lens: &Lens<'a>, task: &Task) -> Option<(&'a Record<Report>, &'a Task)> {
    let continued = task.continues.as_ref()?;
    let report = lens.reports().resolve(&continued.report)?;
    task_in(report, &continued.task).map(|task| (report, task))
}

fn later<'a>(lens: &Lens<'a>, record: &Record<Report>, task: &Task) -> Option<(&'a Record<Report>, &'a Task)> {
    let (report, id) = lens.relations().continued_by(&format!("{}#{}", record.id, &**task.id))?.first()?;
    let report = lens.reports().get(report)?;
    task_in(report, id).map(|task| (report, task))
}

fn task_in<'a>(report: &'a Record<Report>, id: &str) -> Option<&'a Task> {
    report.content.data.tasks.iter().find(|task| task.id.as_str() == id)
}

fn state(lens: &Lens<'_>, record: &Record<Report>, task: &Task, here: bool) -> State {
    let period = lens.language.period(&record.content.data.period);
    let page = lens.link(KindName::Report, &record.id).and_then(|link| link.href);
    let href = page.map(|page| format!("{page}#{}", anchor(&task.id)));
    let report = Link { href, title: Words::own(crate::render::language::capital(&period)) };
    State { report, status: task.status.map(|status| lens.language.word(status)), here }
}

/// How many tasks have come how far; what is late or dropped is hollow.
pub fn overview(lens: &Lens<'_>, tasks: &[Task]) -> Option<Chart> {
    let count = |keep: &dyn Fn(&Task) -> bool| tasks.iter().filter(|task| keep(task)).count();
    let on_its_way = |status| count(&|task| task.status == Some(status) && !is_late(lens, task));
    let word = |status| lens.language.word::<TaskStatus>(status).to_owned();
    let row = |label: String, number: usize, look| Row {
        label,
        figures: vec![Figure {
            number: i64::try_from(number).unwrap_or(i64::MAX),
            written: lens.count("report.tasks_n", number),
            look,
        }],
    };
    let rows = [
        row(word(TaskStatus::Done), on_its_way(TaskStatus::Done), Look::Solid),
        row(word(TaskStatus::Doing), on_its_way(TaskStatus::Doing), Look::Solid),
        row(word(TaskStatus::Planned), on_its_way(TaskStatus::Planned), Look::Solid),
        row(lens.label("report.late"), count(&|task| is_late(lens, task)), Look::Hollow),
        row(word(TaskStatus::Dropped), on_its_way(TaskStatus::Dropped), Look::Hollow),
    ];
    let shown: Vec<Row> = rows.into_iter().filter(|row| row.figures[0].number > 0).collect();
    chart("chart_tasks", lens.label("report.progress"), &[], &shown)
}
