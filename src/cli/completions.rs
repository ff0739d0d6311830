//! `completions SHELL`: what a shell needs to complete the program's commands and options.

use clap::builder::EnumValueParser;
use clap::{Arg, ArgMatches, Command};
use clap_complete::Shell;

use crate::cli::args::{self, Global, Help};
use crate::cli::{Failure, Status, print};

/// How it is called.
pub fn command(help: Help) -> Command {
    Command::new("completions")
        .about(help.text("In đoạn mã để shell gợi ý lệnh khi gõ", "Print what a shell needs to complete commands"))
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(EnumValueParser::<Shell>::new())
                .help(help.text("Shell đang dùng", "The shell that you use")),
        )
        .after_help(help.text(
            "Ví dụ, với bash:\n  minhbach completions bash > ~/.local/share/bash-completion/completions/minhbach\nMở cửa sổ dòng lệnh mới, gõ `minhbach ` rồi phím Tab.",
            "For bash:\n  minhbach completions bash > ~/.local/share/bash-completion/completions/minhbach\nOpen a new terminal, type `minhbach ` and press Tab.",
        ))
}

/// Prints the script.
///
/// # Errors
/// None.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let shell = *matches.get_one::<Shell>("shell").expect("clap requires it");
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(global.language), "minhbach", &mut script);
    print::answer(String::from_utf8_lossy(&script).trim_end());
    Ok(Status::Done)
}
