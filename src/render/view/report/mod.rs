//! A mobilization report, whole: figures pulled from the statistics, limitations with the tasks that answer them.

mod task;

use serde::Serialize;
use serde_json::json;

use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::report::{Activity, ActivityKind, Limitation, Movement, Report, Stage, Task};
use crate::record::value::{Text, Words as WordList};
use crate::render::language::capital;
use crate::render::lens::{Citation, Lens};
use crate::render::view::chart::Chart;
use crate::render::view::linked::{node, text};
use crate::render::view::record::{self, RecordView};
use crate::render::view::report::task::TaskView;
use crate::render::view::statistics::{CategoryView, by_category};
use crate::render::view::{Made, section};
use crate::render::words::{Day, Link, Words};

#[derive(Debug, Serialize)]
struct ReportView {
    /// Its heading, summary, text and history.
    record: RecordView,
    /// Its number and symbol; none where the record does not say.
    number: Option<Words>,
    /// What it reports on: "Quý I năm 2026".
    period: String,
    /// The period's first day.
    start: Day,
    /// The period's last day.
    end: Day,
    /// The day of its signature; none where the record does not say.
    signed: Option<Day>,
    /// The role of who signed it, no name; none where the record does not say.
    signer: Option<Words>,
    /// The directing documents that were made known; may be empty.
    directives: Vec<Citation>,
    /// The figures of the statistics that it names, by category; may be empty.
    figures: Vec<CategoryView>,
    /// What was done, by sort; only sorts that there are.
    activities: Vec<ActivityGroup>,
    /// Emulation movements; may be empty.
    movements: Vec<MovementView>,
    /// Organizations such as the trade union, and what each did; may be empty.
    organizations: Vec<Pair>,
    /// The dialogues with citizens; may be empty.
    dialogues: Vec<Link>,
    /// Software and systems in use, and what each is for; may be empty.
    systems: Vec<Pair>,
    /// What is not good yet; may be empty.
    limitations: Vec<LimitationView>,
    /// What is to be done next; may be empty.
    tasks: Vec<TaskView>,
    /// How far the tasks have come, together.
    progress: Option<Chart>,
}

#[derive(Debug, Serialize)]
struct ActivityGroup {
    /// The sort in words: "Training", "Charity".
    kind: &'static str,
    /// What was done of that sort, one at least.
    activities: Vec<ActivityView>,
}

#[derive(Debug, Serialize)]
struct ActivityView {
    /// What it was.
    title: Words,
    /// The day; none where the record does not say.
    on: Option<Day>,
    /// Who held it; none where the record does not say.
    organizer: Option<Words>,
    /// Whom it was for; none where the record does not say.
    audience: Option<Words>,
    /// "120 participants"; none where the record does not say.
    attendance: Option<String>,
    /// What came of it; none where the record does not say.
    result: Option<Words>,
}

#[derive(Debug, Serialize)]
struct MovementView {
    /// What it is called.
    name: Words,
    /// When it runs, in words; none where the record does not say.
    period: Option<Words>,
    /// The document that began it; none where the record names none.
    directive: Option<Citation>,
    /// What came of it.
    outcome: Words,
}

/// A name and what is said of it.
#[derive(Debug, Serialize)]
struct Pair {
    /// What it is called.
    name: Words,
    /// What it did, or what it is for.
    text: Words,
}

#[derive(Debug, Serialize)]
struct LimitationView {
    /// Its ID within the report; its anchor on the page is `limitation_ID`.
    id: String,
    /// What is not good.
    text: Words,
    /// Why it is so; none where the record does not say.
    cause: Option<Words>,
    /// The tasks that answer it.
    tasks: Vec<Answering>,
}

/// A task or limitation elsewhere on the page.
#[derive(Debug, Serialize)]
struct Answering {
    /// Its anchor, without `#`.
    anchor: String,
    /// What it says.
    text: Words,
}

/// The page of a report.
pub fn view(lens: &Lens<'_>, record: &Record<Report>) -> Made {
    let view = report(lens, record);
    let title = view.record.heading.clone();
    let node = node(
        "Report",
        [
            ("name", json!(title.text)),
            ("reportNumber", text(view.number.as_ref())),
            ("datePublished", json!(view.signed.as_ref().map(|day| day.iso.as_str()))),
            ("temporalCoverage", json!(format!("{}/{}", view.start.iso, view.end.iso))),
            ("description", text(view.record.summary.as_ref())),
        ],
    );
    Made::new("report.html", "report", title, &view)
        .below([section(lens, KindName::Report)])
        .described(view.record.summary.as_ref())
        .linked(node)
        .hidden_if_withdrawn(view.record.withdrawn.as_ref())
}

fn report(lens: &Lens<'_>, record: &Record<Report>) -> ReportView {
    let data = &record.content(lens.code).data;
    let maybe = |text: &Option<Text>| text.as_ref().map(|text| lens.text(text));
    let pair = |name: &Text, text: &Text| Pair { name: lens.text(name), text: lens.text(text) };
    let figures: Vec<_> = data.statistics.iter().filter_map(|same| lens.statistics().resolve(same)).collect();
    ReportView {
        record: record::common(lens, record),
        number: maybe(&data.number),
        period: capital(&lens.language.period(&data.period)),
        start: lens.day(data.period.start),
        end: lens.day(data.period.end),
        signed: data.signed_on.map(|day| lens.day(day)),
        signer: maybe(&data.signer_role),
        directives: lens.cites(&data.directives),
        figures: by_category(lens, &figures),
        activities: activities(lens, &data.activities),
        movements: data.movements.iter().map(|movement| movement_view(lens, movement)).collect(),
        organizations: data.organizations.iter().map(|body| pair(&body.name, &body.activity)).collect(),
        dialogues: lens.references(&data.dialogues),
        systems: data.systems.iter().map(|system| pair(&system.name, &system.purpose)).collect(),
        limitations: data.limitations.iter().map(|limitation| limitation_view(lens, limitation, &data.tasks)).collect(),
        tasks: data.tasks.iter().map(|task| task::view(lens, record, task, &data.limitations)).collect(),
        progress: task::overview(lens, &data.tasks),
    }
}

fn activities(lens: &Lens<'_>, activities: &[Activity]) -> Vec<ActivityGroup> {
    let of = |kind: ActivityKind| {
        let own = activities.iter().filter(|activity| activity.kind == kind);
        ActivityGroup {
            kind: lens.language.word(kind),
            activities: own.map(|activity| activity_view(lens, activity)).collect(),
        }
    };
    ActivityKind::ALL.iter().map(|kind| of(*kind)).filter(|group| !group.activities.is_empty()).collect()
}

fn activity_view(lens: &Lens<'_>, activity: &Activity) -> ActivityView {
    let maybe = |text: &Option<Text>| text.as_ref().map(|text| lens.text(text));
    ActivityView {
        title: lens.text(&activity.title),
        on: activity.on.map(|day| lens.day(day)),
        organizer: maybe(&activity.organizer),
        audience: maybe(&activity.audience),
        attendance: activity
            .attendance
            .map(|count| lens.labels.count("report.attendance_n", *count, &lens.language.number(*count))),
        result: maybe(&activity.result),
    }
}

fn movement_view(lens: &Lens<'_>, movement: &Movement) -> MovementView {
    MovementView {
        name: lens.text(&movement.name),
        period: movement.period.as_ref().map(|stage| stage_view(lens, stage)),
        directive: movement.directive.as_ref().map(|document| lens.cite(document)),
        outcome: lens.text(&movement.outcome),
    }
}

/// When a movement runs, in words.
fn stage_view(lens: &Lens<'_>, stage: &Stage) -> Words {
    match stage {
        Stage::Period(period) => Words::own(lens.language.period(period)),
        Stage::InWords(words) => lens.text(words),
    }
}

fn limitation_view(lens: &Lens<'_>, limitation: &Limitation, tasks: &[Task]) -> LimitationView {
    let answering = tasks.iter().filter(|task| task.addresses.iter().any(|id| id.as_str() == limitation.id.as_str()));
    LimitationView {
        id: limitation.id.to_string(),
        text: lens.text(&limitation.text),
        cause: limitation.cause.as_ref().map(|cause| lens.text(cause)),
        tasks: answering
            .map(|task| Answering { anchor: task::anchor(&task.id), text: lens.text(&task.text) })
            .collect(),
    }
}
