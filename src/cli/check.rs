//! `check`: everything that `build` checks, rendering in memory. It can mend what has one clear meaning, and try links to
//! other sites.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::build::{self, Observer, Stage};
use crate::cli::args::{Global, Help};
use crate::cli::build::{Call, status, with_options};
use crate::cli::compare::Before;
use crate::cli::fix::{self, Dates, Wanted};
use crate::cli::progress::Progress;
use crate::cli::{Failure, Status, print};
use crate::disk;

/// How it is called.
pub fn command(help: Help) -> Command {
    let flag = |name: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help.text(vi, en))
    };
    let command = with_options(
        Command::new("check").about(help.text(
            "Kiểm tra toàn bộ nội dung; không ghi gì, trừ khi có --fix",
            "Check all content; writes nothing but with --fix",
        )),
        help,
    );
    let command = command.args([
        flag(
            "fix",
            "Tự sửa những lỗi chỉ có một cách sửa: ký tự ẩn, dấu nháy, khóa gõ sai, tên tệp",
            "Mend what can be mended in one way only: invisible characters, quotes, mistyped keys, file names",
        ),
        flag("diff", "Cho xem --fix sẽ sửa gì, không ghi", "Show what --fix would mend, write nothing")
            .conflicts_with("fix"),
        flag(
            "updated-on-from-git",
            "Cùng với --fix, --diff: đặt `updated_on` theo lần sửa cuối trong git",
            "With --fix or --diff: set `updated_on` to the day of the last change in git",
        ),
    ]);
    let command = if cfg!(feature = "online") {
        command.args([
            flag(
                "external-links",
                "Thử cả liên kết đến trang khác (cần mạng, có thể lâu)",
                "Try links to other sites, too (needs the network, may take long)",
            ),
            Arg::new("link-timeout")
                .long("link-timeout")
                .value_name("SECONDS")
                .value_parser(clap::value_parser!(u64).range(1..=600))
                .default_value("15")
                .requires("external-links")
                .help(help.text("Chờ mỗi liên kết bao lâu", "How long to wait for a link")),
        ])
    } else {
        command
    };
    command.after_help(help.text(
        "Ví dụ:\n  minhbach check                    mọi lỗi, ở đúng chỗ\n  minhbach check --diff             xem trước những gì sửa tự động được\n  minhbach check --fix              sửa luôn\n  minhbach check --external-links   thử cả liên kết ra ngoài\nMã trong ngoặc vuông có lời giải thích: `minhbach explain MÃ`.",
        "Examples:\n  minhbach check                    every fault, at its place\n  minhbach check --diff             see what can be mended by itself\n  minhbach check --fix              mend it\n  minhbach check --external-links   try links to other sites, too\nA code in brackets is explained: `minhbach explain CODE`.",
    ))
}

/// Checks the site.
///
/// # Errors
/// Where the call is wrong, the site cannot be read or mended, or links are to be tried and there is no network.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let mut call = Call::of(global, matches)?;
    call.remember_published()?;
    let before = Before::of(matches)?;
    let progress = Progress::new(global);
    let observer: &dyn Observer = &progress;
    let mut snapshot = observer.observed(Stage::Scan, || disk::snapshot::read(&call.root))?;
    if let Some(wanted) = wanted(matches)? {
        snapshot = fix::run(&call.root, snapshot, &call.options, wanted, global)?;
    }
    let mut outcome = build::check(&snapshot, &call.options, observer);
    progress.finish();
    #[cfg(feature = "online")]
    if matches.get_flag("external-links") {
        outcome.diagnostics.extend(crate::cli::links::run(&snapshot, &call.options, matches, global)?);
        outcome = build::settled(&snapshot, &call.options, outcome);
    }
    print::diagnostics(&outcome.diagnostics, &snapshot, outcome.records, outcome.page_count(), global)?;
    print::counts(&outcome.diagnostics, outcome.records, outcome.page_count(), global);
    before.map_or(Ok(()), |before| before.tell(&snapshot, &call.options, global))?;
    progress.print_times(global);
    Ok(status(outcome.verdict))
}

/// What is to be mended, if anything is.
fn wanted(matches: &ArgMatches) -> Result<Option<(Wanted, Dates)>, Failure> {
    let dates = if matches.get_flag("updated-on-from-git") { Dates::FromGit } else { Dates::AsWritten };
    match (matches.get_flag("fix"), matches.get_flag("diff")) {
        (true, _) => Ok(Some((Wanted::Write, dates))),
        (_, true) => Ok(Some((Wanted::Diff, dates))),
        _ if dates == Dates::FromGit => Err(Failure::usage(crate::say!(
            "`--updated-on-from-git` đi cùng `--fix` hoặc `--diff`",
            "`--updated-on-from-git` goes with `--fix` or `--diff`"
        ))),
        _ => Ok(None),
    }
}
