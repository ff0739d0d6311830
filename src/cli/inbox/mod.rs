//! `inbox …`: the feedback inbox and the work on it.

mod circle;
mod keep;
mod serve;
mod staff;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use std::path::PathBuf;

use crate::cli::args::{Global, Help};
use crate::cli::{Failure, Status, root};
use crate::inbox::agency::{self, Calendar};
use crate::inbox::config::Config;
use crate::inbox::error::Error;
use crate::inbox::http;
use crate::inbox::store::{self, Database, Place};
use crate::say;

/// One of its commands.
struct Entry {
    command: fn(Help) -> Command,
    run: fn(&Call<'_>, &ArgMatches) -> Result<Status, Failure>,
}

const COMMANDS: &[Entry] = &[
    Entry { command: serve::command, run: serve::run },
    Entry { command: staff::list, run: staff::run_list },
    Entry { command: staff::show, run: staff::run_show },
    Entry { command: staff::answer, run: staff::run_answer },
    Entry { command: staff::transfer, run: staff::run_transfer },
    Entry { command: staff::refuse, run: staff::run_refuse },
    Entry { command: staff::quarantine, run: staff::run_quarantine },
    Entry { command: circle::stats, run: circle::run_stats },
    Entry { command: circle::publish, run: circle::run_publish },
    Entry { command: keep::purge, run: keep::run_purge },
    Entry { command: keep::export, run: keep::run_export },
    Entry { command: keep::backup, run: keep::run_backup },
    Entry { command: keep::migrate, run: keep::run_migrate },
    Entry { command: staff::audit, run: staff::run_audit },
    Entry { command: staff::outbox, run: staff::run_outbox },
];

/// What all of them need.
struct Call<'a> {
    global: &'a Global,
    root: PathBuf,
    config: Config,
}

impl Call<'_> {
    /// Where the database is.
    fn place(&self) -> Place {
        self.config.place(&self.root)
    }

    /// The database, its tables up to date.
    fn open(&self) -> Result<Box<dyn Database>, Failure> {
        Ok(store::open(&self.place())?)
    }

    /// The site's days.
    fn calendar(&self) -> Result<Calendar, Failure> {
        Ok(Calendar::of(&agency::site_of(&agency::snapshot(&self.root)?, http::now())?))
    }

    /// Who calls, for the audit: named in the environment by a program that acts for somebody, else the user.
    fn actor(&self) -> String {
        let named = ["MINHBACH_INBOX_ACTOR", "SUDO_USER", "USER", "LOGNAME"];
        let first = named.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        first.unwrap_or_else(|| "?".to_owned())
    }
}

/// How it is called.
pub fn command(help: Help) -> Command {
    let config =
        Arg::new("config")
            .long("config")
            .value_name("FILE")
            .global(true)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
            .help(help.text(
                "Tệp cấu hình (mặc định: inbox.yaml của trang)",
                "Configuration (default: the site's inbox.yaml)",
            ));
    let database = Arg::new("database")
        .long("database")
        .value_name("FILE|postgres://…")
        .global(true)
        .help(help.text("Cơ sở dữ liệu, thay cho cấu hình", "The database, instead of the configured one"));
    Command::new("inbox")
        .about(help.text("Hộp thư góp ý: nhận, xử lý, thống kê", "The feedback inbox: receive, deal with, count"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args([config, database])
        .subcommands(COMMANDS.iter().map(|entry| (entry.command)(help)))
}

/// Runs one of its commands.
///
/// # Errors
/// Where the call is wrong, or disk or database fail.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Failure::usage(say!("thiếu lệnh", "a command is missing")));
    };
    let root = root::find(global.root.as_deref())?;
    let mut config = Config::load(&root, matches.get_one::<PathBuf>("config").map(PathBuf::as_path))?;
    if let Some(database) = matches.get_one::<String>("database") {
        config.database.clone_from(database);
    }
    let call = Call { global, root, config };
    let help = Help::new(global.language);
    let entry = COMMANDS.iter().find(|entry| (entry.command)(help).get_name() == name);
    (entry.expect("the parser knows no other commands").run)(&call, matches)
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match error {
            Error::Refused(_) => Status::Usage,
            Error::Database(_) | Error::Disk(_) => Status::Machine,
        };
        Failure { status, message: error.message() }
    }
}
