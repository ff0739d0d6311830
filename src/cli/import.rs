//! `import FORMAT FILE…`: records from elsewhere.

#[cfg(feature = "sheets")]
mod sheet;

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};

use crate::build::Observer;
use crate::cli::args::{Global, Help};
use crate::cli::progress::Progress;
use crate::cli::{Failure, Status, print, root};
use crate::import::{self, Stage, portal};
use crate::say;

/// How it is called.
pub fn command(help: Help) -> Command {
    let files = || {
        Arg::new("files")
            .value_name("FILE")
            .required(true)
            .num_args(1..)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
    };
    let report = Arg::new("report")
        .long("report")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help(help.text("Nơi ghi báo cáo nhập", "Where to write the report of the import"));
    let command = Command::new("import")
        .about(help.text("Nhập bản ghi từ nguồn khác", "Bring in records from elsewhere"))
        .subcommand_required(true)
        .after_help(help.text(
            "Ví dụ:\n  minhbach import portal procedures.jsonl.gz\nChạy lại với dữ liệu mới thì phần của cổng được cập nhật, phần cán bộ viết tay giữ nguyên.",
            "Example:\n  minhbach import portal procedures.jsonl.gz\nRun it again with newer data: what the portal changed is updated, what staff wrote by hand stays.",
        ))
        .arg_required_else_help(true)
        .subcommand(
            Command::new("portal")
                .about(help.text(
                    "Nhập thủ tục từ dữ liệu JSON của Cổng Dịch vụ công quốc gia (.jsonl, .jsonl.gz)",
                    "Procedures from the national public-service portal's JSON (.jsonl, .jsonl.gz)",
                ))
                .arg(files().help(help.text("Các tệp dữ liệu", "The data files")))
                .arg(report),
        );
    #[cfg(feature = "sheets")]
    let command = command.subcommand(sheet::command(help));
    command
}

/// Brings in records.
///
/// # Errors
/// Where the files cannot be read or the site cannot be written.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    #[cfg(feature = "sheets")]
    if let Some(("sheet", matches)) = matches.subcommand() {
        return sheet::run(global, matches);
    }
    let Some(("portal", matches)) = matches.subcommand() else {
        return Err(Failure::usage(say!("không có dạng dữ liệu này", "there is no such format")));
    };
    let root = root::find(global.root.as_deref())?;
    let files: Vec<PathBuf> = matches.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect();
    let options = portal::Options { report: matches.get_one::<PathBuf>("report").cloned(), language: global.language };
    let bar = Bar(Progress::new(global));
    let summary = portal::run(&root, &files, &options, &bar);
    bar.0.finish();
    let summary = summary.map_err(|failure| stopped(&failure))?;
    summary.screen().iter().for_each(|line| print::info(line, global));
    let (readable, machine) = (summary.readable.display(), summary.machine.display());
    print::info(
        &say!("Báo cáo: {readable}; cho máy đọc: {machine}", "Report: {readable}; for programs: {machine}"),
        global,
    );
    Ok(Status::Done)
}

/// The machine's failure.
fn stopped(failure: &import::Failure) -> Failure {
    Failure { status: Status::Machine, message: failure.message() }
}

struct Bar(Progress);

impl import::Progress for Bar {
    fn tell(&self, _: Stage, done: usize, total: usize) {
        self.0.pages(done, total);
    }
}
