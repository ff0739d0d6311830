//! What staff read and do: `list`, `show`, `answer`, `transfer`, `refuse`, `quarantine`, `audit`, `outbox`.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::cli::args::{Format, Help};
use crate::cli::inbox::Call;
use crate::cli::{Failure, Status, print};
use crate::inbox::http::now;
use crate::inbox::store::{self, Action, Database, Feedback, State};
use crate::say;

/// The argument that names a feedback.
pub fn reference(help: Help) -> Arg {
    Arg::new("ref")
        .value_name("REF")
        .required(true)
        .value_parser(clap::value_parser!(i64).range(1..))
        .help(help.text("Số của góp ý", "The feedback's number"))
}

/// A text as an option.
pub fn text(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("TEXT").help(help)
}

/// The feedback that the call names.
pub fn named(db: &mut dyn Database, matches: &ArgMatches) -> Result<Feedback, Failure> {
    let id = *matches.get_one::<i64>("ref").expect("the parser asks for it");
    let missing = || Failure::usage(say!("không có góp ý số {id}", "there is no feedback {id}"));
    store::get(db, id)?.ok_or_else(missing)
}

pub fn list(help: Help) -> Command {
    let states = State::ALL.map(State::word);
    Command::new("list")
        .about(help.text("Các góp ý, gấp nhất ở trên", "The feedbacks, the most urgent first"))
        .arg(
            Arg::new("state")
                .long("state")
                .value_parser(states)
                .help(help.text("Chỉ trạng thái này (mặc định: open)", "Only this state (default: open)")),
        )
        .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).help(help.text("Mọi trạng thái", "Every state")))
}

pub fn run_list(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let asked = matches.get_one::<String>("state").map_or("open", String::as_str);
    let state = State::ALL.into_iter().find(|state| state.word() == asked).filter(|_| !matches.get_flag("all"));
    let mut db = call.open()?;
    let found = store::list(db.as_mut(), state)?;
    store::audit(db.as_mut(), now(), &call.actor(), "list", None, if state.is_some() { asked } else { "all" })?;
    let today = call.calendar()?.day(now()).to_string();
    let is_late = |feedback: &Feedback| feedback.state == "open" && feedback.due_on < today;
    match call.global.format {
        Format::Json => {
            let row = |feedback: &Feedback| {
                json!({"ref": feedback.id, "state": feedback.state, "received_on": feedback.received_on,
                    "due_on": feedback.due_on, "overdue": is_late(feedback), "topic": feedback.topic,
                    "procedure": feedback.procedure, "suspicion": feedback.suspicion, "consent_publish": feedback.consent_publish})
            };
            print::line(&json!(found.iter().map(row).collect::<Vec<_>>()).to_string());
        }
        _ => {
            for feedback in &found {
                let mark = if is_late(feedback) { "!" } else { " " };
                let Feedback { id, state, due_on, topic, procedure, .. } = feedback;
                print::line(
                    format!("{mark}{id:>6}  {due_on}  {state:<11}  {topic:<10}  {}", one_line(procedure)).trim_end(),
                );
            }
            let count = found.len();
            print::info(&say!("{count} góp ý", "{count} in all"), call.global);
        }
    }
    Ok(Status::Done)
}

/// A text for a terminal: no sign of it can move the cursor or hide what follows.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

pub fn show(help: Help) -> Command {
    Command::new("show").about(help.text("Một góp ý", "One feedback")).arg(reference(help))
}

pub fn run_show(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let mut db = call.open()?;
    let feedback = named(db.as_mut(), matches)?;
    store::audit(db.as_mut(), now(), &call.actor(), "show", Some(feedback.id), "")?;
    let value = serde_json::to_value(&feedback).unwrap_or_default();
    if call.global.format == Format::Json {
        print::line(&value.to_string());
        return Ok(Status::Done);
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if !shown.is_empty() && !value.is_null() {
            let lines: Vec<String> =
                shown.lines().map(|line| line.chars().filter(|c| !c.is_control()).collect()).collect();
            print::line(&format!("{key}: {}", lines.join("\n    ")));
        }
    }
    Ok(Status::Done)
}

pub fn answer(help: Help) -> Command {
    Command::new("answer")
        .about(help.text("Trả lời; người gửi xem bằng mã tra cứu", "Answer; its sender sees it with the code"))
        .arg(reference(help))
        .arg(text(
            "text",
            help.text("Câu trả lời; không có thì đọc từ đầu vào", "The answer; without it, standard input"),
        ))
}

pub fn run_answer(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let text = match matches.get_one::<String>("text") {
        Some(text) => text.clone(),
        None => std::io::read_to_string(std::io::stdin())
            .map_err(|_| Failure::usage(say!("không đọc được câu trả lời", "the answer cannot be read")))?,
    };
    act(call, matches, Action::Answer(filled(text.trim())?))
}

pub fn transfer(help: Help) -> Command {
    Command::new("transfer")
        .about(help.text("Chuyển cho cơ quan khác", "Pass to another agency"))
        .arg(reference(help))
        .arg(text("to", help.text("Cơ quan nhận", "To whom")).required(true))
}

pub fn run_transfer(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    act(call, matches, Action::Transfer(filled(given(matches, "to"))?))
}

pub fn refuse(help: Help) -> Command {
    Command::new("refuse")
        .about(help.text("Không thụ lý, có lý do", "Do not take on, for a reason"))
        .arg(reference(help))
        .arg(
            text("reason", help.text("Lý do, người gửi đọc được", "The reason, which its sender reads")).required(true),
        )
}

pub fn run_refuse(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    act(call, matches, Action::Refuse(filled(given(matches, "reason"))?))
}

pub fn quarantine(help: Help) -> Command {
    let release = Arg::new("release")
        .long("release")
        .action(ArgAction::SetTrue)
        .help(help.text("Đưa trở lại, tính hạn từ hôm nay", "Let out again, due from today"));
    Command::new("quarantine")
        .about(help.text("Để riêng thư rác, hoặc đưa trở lại", "Put spam aside, or let it out"))
        .arg(reference(help))
        .arg(text("reason", help.text("Lý do", "The reason")))
        .arg(release)
}

pub fn run_quarantine(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let action = if matches.get_flag("release") {
        let calendar = call.calendar()?;
        Action::Release(calendar.due(calendar.day(now())))
    } else {
        Action::Quarantine(given(matches, "reason").to_owned())
    };
    act(call, matches, action)
}

fn given<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str).trim()
}

fn filled(text: &str) -> Result<String, Failure> {
    if text.is_empty() {
        return Err(Failure::usage(say!("nội dung còn trống", "the text is empty")));
    }
    Ok(text.to_owned())
}

fn act(call: &Call<'_>, matches: &ArgMatches, action: Action) -> Result<Status, Failure> {
    let id = *matches.get_one::<i64>("ref").expect("the parser asks for it");
    let today = call.calendar()?.day(now());
    let mut db = call.open()?;
    store::act(db.as_mut(), id, &action, now(), today, &call.actor())?;
    let feedback = named(db.as_mut(), matches)?;
    match call.global.format {
        Format::Json => {
            print::line(&json!({"ref": id, "state": feedback.state, "due_on": feedback.due_on}).to_string());
        }
        _ => {
            let state = feedback.state;
            print::info(&say!("Góp ý số {id}: {state}", "Feedback {id}: {state}"), call.global);
        }
    }
    Ok(Status::Done)
}

pub fn audit(help: Help) -> Command {
    Command::new("audit").about(help.text("Ai đã xem và làm gì", "Who read and did what"))
}

pub fn run_audit(call: &Call<'_>, _: &ArgMatches) -> Result<Status, Failure> {
    for row in store::audit_trail(call.open()?.as_mut())? {
        let moment = jiff::Timestamp::from_second(row.int(0)).unwrap_or_default().to_string();
        let (actor, action, id, detail) = (row.text(1), row.text(2), row.int(3), row.text(4));
        let id = (id > 0).then_some(id);
        print::line(&match call.global.format {
            Format::Json => {
                json!({"at": moment, "actor": actor, "action": action, "ref": id, "detail": detail}).to_string()
            }
            _ => {
                let id = id.map(|id| id.to_string()).unwrap_or_default();
                format!("{moment}  {:<12}  {action:<11}  {id:>6}  {detail}", one_line(&actor)).trim_end().to_owned()
            }
        });
    }
    Ok(Status::Done)
}

pub fn outbox(help: Help) -> Command {
    Command::new("outbox").about(help.text("Tin báo chưa gửi được", "Notices that could not be delivered"))
}

pub fn run_outbox(call: &Call<'_>, _: &ArgMatches) -> Result<Status, Failure> {
    for letter in store::undelivered(call.open()?.as_mut())? {
        print::line(&match call.global.format {
            Format::Json => serde_json::to_value(&letter).unwrap_or_default().to_string(),
            _ => {
                let store::Undelivered { id, feedback, target, state, attempts, error } = letter;
                format!("{id:>6}  {feedback:>6}  {target:<10}  {state:<7}  {attempts}  {}", one_line(&error))
            }
        });
    }
    Ok(Status::Done)
}
