//! Keeping and erasing: `purge`, `export`, `backup`, `migrate`.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::cli::args::{Format, Help};
use crate::cli::inbox::Call;
use crate::cli::inbox::staff::{named, reference};
use crate::cli::{Failure, Status, print};
use crate::inbox::http::now;
use crate::inbox::store::{self, Place};
use crate::say;

pub fn purge(help: Help) -> Command {
    let dry = Arg::new("dry-run")
        .long("dry-run")
        .action(ArgAction::SetTrue)
        .help(help.text("Chỉ nói sẽ xóa gì", "Only tell what would be erased"));
    Command::new("purge")
        .about(help.text(
            "Xóa nội dung và thông tin cá nhân đã hết thời hạn lưu, hoặc của một góp ý",
            "Erase what people wrote and is kept long enough, or that of one feedback",
        ))
        .arg(reference(help).required(false))
        .arg(dry)
}

pub fn run_purge(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let calendar = call.calendar()?;
    let (today, mut db) = (calendar.day(now()), call.open()?);
    let ids = if matches.contains_id("ref") {
        vec![named(db.as_mut(), matches)?.id]
    } else {
        store::expired(db.as_mut(), calendar.kept_since(today))?
    };
    if !matches.get_flag("dry-run") {
        ids.iter().try_for_each(|id| store::erase(db.as_mut(), *id, now(), today, &call.actor()))?;
    }
    match call.global.format {
        Format::Json => print::line(&json!({"erased": ids, "dry_run": matches.get_flag("dry-run")}).to_string()),
        _ => {
            let count = ids.len();
            print::info(&say!("{count} góp ý hết hạn lưu", "{count} to be erased"), call.global);
        }
    }
    Ok(Status::Done)
}

pub fn export(help: Help) -> Command {
    let person = Arg::new("person").long("person").value_name("EMAIL|PHONE").help(
        help.text("Mọi góp ý của người này, để đưa cho chính họ", "Everything of this person, to be given to them"),
    );
    Command::new("export")
        .about(help.text("Xuất góp ý, mỗi dòng một JSON", "Feedbacks as JSON, one a line"))
        .arg(reference(help).required(false))
        .arg(person)
}

pub fn run_export(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let mut db = call.open()?;
    let person = matches.get_one::<String>("person");
    let found = match person {
        Some(person) => store::find(db.as_mut(), person)?,
        None if matches.contains_id("ref") => vec![named(db.as_mut(), matches)?],
        None => store::list(db.as_mut(), None)?,
    };
    for feedback in &found {
        store::audit(db.as_mut(), now(), &call.actor(), "export", Some(feedback.id), "")?;
        print::line(&serde_json::to_value(feedback).unwrap_or_default().to_string());
    }
    Ok(Status::Done)
}

pub fn backup(help: Help) -> Command {
    Command::new("backup")
        .about(help.text("Chép cả hộp thư ra một tệp SQLite mới", "Copy the whole inbox into a new SQLite file"))
        .arg(Arg::new("file").value_name("FILE").required(true).help(help.text("Tệp mới", "The new file")))
}

pub fn run_backup(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let file = matches.get_one::<String>("file").expect("the parser asks for it");
    copy(call, &Place::File(file.into()), "backup")
}

pub fn migrate(help: Help) -> Command {
    let to = Arg::new("to")
        .long("to")
        .value_name("FILE|postgres://…")
        .help(help.text("Chuyển mọi dữ liệu sang cơ sở dữ liệu trống này", "Move everything into this empty database"));
    Command::new("migrate")
        .about(help.text(
            "Nâng cấp cơ sở dữ liệu, hoặc chuyển sang cái khác",
            "Bring the database up to date, or move to another",
        ))
        .arg(to)
}

pub fn run_migrate(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    if let Some(to) = matches.get_one::<String>("to") {
        return copy(call, &Place::parse(to, &call.root), "migrate");
    }
    call.open()?;
    let place = call.place();
    print::info(&say!("{place}: đã ở phiên bản mới nhất", "{place}: up to date"), call.global);
    Ok(Status::Done)
}

fn copy(call: &Call<'_>, to: &Place, action: &str) -> Result<Status, Failure> {
    let mut db = call.open()?;
    store::audit(db.as_mut(), now(), &call.actor(), action, None, "")?;
    let rows = store::copy(db.as_mut(), store::open_empty(to)?.as_mut())?;
    match call.global.format {
        Format::Json => print::line(&json!({"rows": rows}).to_string()),
        _ => print::info(&say!("Đã chép {rows} dòng vào {to}", "{rows} rows copied into {to}"), call.global),
    }
    Ok(Status::Done)
}
