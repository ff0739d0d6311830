//! Back to the site: `stats` and `publish`.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::cli::args::{Format, Help};
use crate::cli::inbox::Call;
use crate::cli::inbox::staff::{named, reference, text};
use crate::cli::{Failure, Status, print};
use crate::inbox::http::now;
use crate::inbox::publish::{self, Wording};
use crate::inbox::record::{self, NewFile};
use crate::inbox::statistics::{self, Zero};
use crate::inbox::{agency, period, stats, store};
use crate::say;
use crate::value::date::Date;

pub fn stats(help: Help) -> Command {
    let period = Arg::new("period").long("period").value_name("PERIOD").required(true).help(help.text(
        "Kỳ: 2026, 2026-h1, 2026-q3, 2026-10 hoặc 2026-07-01..2026-07-15",
        "The period: 2026, 2026-h1, 2026-q3, 2026-10 or 2026-07-01..2026-07-15",
    ));
    let confirmed = Arg::new("confirmed-on")
        .long("confirmed-on")
        .value_name("DATE")
        .help(help.text("Ngày có người xác nhận không nhận được gì", "When somebody confirmed that nothing came in"));
    let channel = Arg::new("channel").long("channel").value_name("CONTACT").action(ArgAction::Append).help(
        help.text("Đầu mối đã kiểm tra khi không nhận được gì", "A contact that was checked when nothing came in"),
    );
    Command::new("stats")
        .about(
            help.text(
                "Ghi số liệu của một kỳ vào content/statistics",
                "Write a period's figures into content/statistics",
            ),
        )
        .args([period, confirmed, channel])
}

pub fn run_stats(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let site = agency::site_of(&agency::snapshot(&call.root)?, now())?;
    let asked = matches.get_one::<String>("period").expect("the parser asks for it");
    let named = period::parse(asked, site.config.reporting.as_ref()).ok_or_else(|| {
        Failure::usage(say!(
            "`{asked}` không phải là kỳ; viết như 2026-q3, 2026-10 hoặc 2026-07-01..2026-07-15",
            "`{asked}` is no period; write 2026-q3, 2026-10 or 2026-07-01..2026-07-15"
        ))
    })?;
    let mut db = call.open()?;
    let mut figures = stats::count(&store::events(db.as_mut(), named.end)?, named.start);
    statistics::known_only(&site, &mut figures);
    let zero = Zero { confirmed_on: confirmed_on(matches)?, channels: channels(matches) };
    let files = statistics::files(&site, &named, &figures, &zero)?;
    statistics::may_write(&call.root, &files)?;
    record::write(&call.root, &files, now())?;
    store::audit(db.as_mut(), now(), &call.actor(), "stats", None, &named.name)?;
    if named.end >= call.calendar()?.day(now()) {
        print::notice(
            &say!("Kỳ chưa kết thúc: số liệu đến hôm nay.", "The period is not over: figures up to today."),
            call.global,
        );
    }
    told(call, &files);
    Ok(Status::Done)
}

fn confirmed_on(matches: &ArgMatches) -> Result<Option<Date>, Failure> {
    let Some(text) = matches.get_one::<String>("confirmed-on") else { return Ok(None) };
    let ill = || Failure::usage(say!("`{text}` không phải là ngày", "`{text}` is no date"));
    Date::parse(text).map(Some).ok_or_else(ill)
}

fn channels(matches: &ArgMatches) -> Vec<String> {
    matches.get_many::<String>("channel").into_iter().flatten().cloned().collect()
}

pub fn publish(help: Help) -> Command {
    Command::new("publish")
        .about(help.text("Đăng câu trả lời vào content/answers", "Publish an answer into content/answers"))
        .arg(reference(help))
        .arg(text("title", help.text("Tiêu đề", "The title")))
        .arg(text("question", help.text("Câu hỏi, đã bỏ thông tin cá nhân", "The question, without what is personal")))
}

pub fn run_publish(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let site = agency::site_of(&agency::snapshot(&call.root)?, now())?;
    let mut db = call.open()?;
    let feedback = named(db.as_mut(), matches)?;
    let wording = |name: &str| matches.get_one::<String>(name).cloned();
    let wording = Wording { title: wording("title"), question: wording("question") };
    let files = [publish::file(&site, &feedback, &wording)?];
    record::write(&call.root, &files, now())?;
    let today = call.calendar()?.day(now());
    store::published(db.as_mut(), feedback.id, &publish::id(&feedback), now(), today, &call.actor())?;
    told(call, &files);
    Ok(Status::Done)
}

fn told(call: &Call<'_>, files: &[NewFile]) {
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    match call.global.format {
        Format::Json => print::line(&json!({"files": paths}).to_string()),
        _ => paths.iter().for_each(|path| print::info(&say!("Đã ghi {path}", "Wrote {path}"), call.global)),
    }
}
