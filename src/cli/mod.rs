//! The program as a person calls it: one file a command. This is the only place that prints.

// An outer layer: disk, clock and environment are its work.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

mod args;
mod build;
mod check;
mod ci;
mod compare;
mod completions;
mod explain;
mod fix;
mod git;
mod help;
mod import;
#[cfg(feature = "inbox")]
mod inbox;
mod init;
#[cfg(feature = "online")]
mod links;
mod new;
mod print;
mod progress;
mod rename;
mod root;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod wrong_call;

use std::ffi::OsString;

use crate::diagnostic::{Language, Message};

pub use args::command;

/// A command: how it is called and what it does.
struct Entry {
    command: fn(args::Help) -> clap::Command,
    run: fn(&args::Global, &clap::ArgMatches) -> Result<Status, Failure>,
}

/// Every command, in the order of the help. To add one: its file, and one line here.
const COMMANDS: &[Entry] = &[
    Entry { command: init::command, run: init::run },
    Entry { command: new::command, run: new::run },
    Entry { command: rename::command, run: rename::run },
    Entry { command: check::command, run: check::run },
    Entry { command: build::command, run: build::run },
    #[cfg(feature = "serve")]
    Entry { command: serve::command, run: serve::run },
    #[cfg(feature = "inbox")]
    Entry { command: inbox::command, run: inbox::run },
    Entry { command: import::command, run: import::run },
    Entry { command: explain::command, run: explain::run },
    Entry { command: schema::command, run: schema::run },
    Entry { command: completions::command, run: completions::run },
];

/// How a run ended, as `docs` promise it to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done, with warnings or without.
    Done = 0,
    /// The content has errors.
    ContentErrors = 1,
    /// The call, the configuration or the theme is wrong.
    Usage = 2,
    /// Reading, writing or the network failed.
    Machine = 3,
    /// Another build holds the lock.
    Locked = 4,
}

/// Why a command stopped before its end.
#[derive(Debug)]
pub struct Failure {
    /// The exit status.
    pub status: Status,
    /// What to tell.
    pub message: Message,
}

impl Failure {
    fn usage(message: Message) -> Self {
        Failure { status: Status::Usage, message }
    }
}

impl From<crate::disk::Error> for Failure {
    fn from(error: crate::disk::Error) -> Self {
        let status = match error.exit_status() {
            2 => Status::Usage,
            4 => Status::Locked,
            _ => Status::Machine,
        };
        Failure { status, message: error.message() }
    }
}

/// Runs the program with its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Status {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = args::help_language(&arguments);
    let matches = match command(language).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let in_vietnamese = wrong_call::in_vietnamese(&error).filter(|_| language == Language::Vi);
            // A closed pipe is the reader's choice, not a failure.
            let _ = match in_vietnamese {
                Some(text) => std::io::Write::write_all(&mut std::io::stderr().lock(), text.as_bytes()),
                None => error.print(),
            };
            return if error.use_stderr() { Status::Usage } else { Status::Done };
        }
    };
    let global = args::Global::of(&matches);
    let Some((name, matches)) = matches.subcommand() else { return Status::Usage };
    let entry = COMMANDS.iter().find(|entry| (entry.command)(args::Help::new(language)).get_name() == name);
    let run = entry.expect("the parser knows no other commands").run;
    let result = run(&global, matches);
    result.unwrap_or_else(|failure| {
        print::failure(&failure.message, &global);
        failure.status
    })
}

/// The language of a locale such as `vi_VN.UTF-8`.
fn language_of_locale(locale: &str) -> Option<Language> {
    match locale.get(..2) {
        Some("vi") => Some(Language::Vi),
        Some("en") => Some(Language::En),
        _ => None,
    }
}
