//! The help in the reader's language: clap writes its own headings and notes in English only.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

use crate::cli::args::Help;

/// The command and all below it, with headings and notes in the reader's language, its own options before those of every
/// command.
pub fn localised(command: Command, help: Help) -> Command {
    let usage = help.text("Cách gọi:", "Usage:");
    let mut place = 0;
    command
        .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"))
        .subcommand_help_heading(help.text("Lệnh", "Commands"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_value_name(help.text("LỆNH", "COMMAND"))
        .mut_args(|argument| {
            // Under headings of our own clap would sort what a call names one after the other by its letters.
            place += usize::from(argument.is_positional());
            let ordered = if argument.is_positional() { argument.display_order(place) } else { argument };
            localised_argument(ordered, help)
        })
        .mut_subcommands(|command| localised(command, help))
}

/// `-h`, which clap would describe in English.
pub fn help_flag(help: Help) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help.text(
        "In trợ giúp này; `minhbach LỆNH --help` cho từng lệnh",
        "Print this help; `minhbach COMMAND --help` for a command's",
    ))
}

/// `-V`, the same.
pub fn version_flag(help: Help) -> Arg {
    Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(help.text("In phiên bản", "Print the version"))
}

fn localised_argument(argument: Arg, help: Help) -> Arg {
    let heading = match (argument.is_positional(), argument.is_global_set()) {
        (true, _) => help.text("Tham số", "Arguments"),
        (false, true) => help.text("Tùy chọn của mọi lệnh", "Options of every command"),
        (false, false) => help.text("Tùy chọn", "Options"),
    };
    let notes = notes(&argument, help);
    let text = argument.get_help().map(StyledStr::to_string).unwrap_or_default();
    let argument = argument.help_heading(heading);
    if notes.is_empty() {
        return argument;
    }
    argument.hide_possible_values(true).hide_default_value(true).help(format!("{text} [{notes}]"))
}

/// The words that an option takes, and which it has where it is left out.
fn notes(argument: &Arg, help: Help) -> String {
    let takes_value = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
    if !takes_value {
        return String::new();
    }
    let words: Vec<String> = match argument.is_hide_possible_values_set() {
        true => Vec::new(),
        false => argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect(),
    };
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let one_of = (!words.is_empty()).then(|| format!("{} {}", help.text("một trong:", "one of:"), words.join(", ")));
    let default =
        (!defaults.is_empty()).then(|| format!("{} {}", help.text("mặc định:", "default:"), defaults.join(", ")));
    one_of.into_iter().chain(default).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use crate::cli::args;
    use crate::diagnostic::Language;

    /// Every command with the help that it prints.
    fn helps(language: Language) -> Vec<(String, String, bool)> {
        fn below(command: &mut clap::Command, out: &mut Vec<(String, String, bool)>) {
            let is_leaf = command.get_subcommands().next().is_none();
            out.push((command.get_name().to_owned(), command.render_long_help().to_string(), is_leaf));
            command.get_subcommands_mut().for_each(|command| below(command, out));
        }
        let mut root = args::command(language);
        root.build();
        let mut out = Vec::new();
        below(&mut root, &mut out);
        out
    }

    #[test]
    fn no_english_is_left_in_the_vietnamese_help() {
        for (name, help, _) in helps(Language::Vi) {
            for word in ["Usage:", "Options:", "Arguments:", "Commands:", "Print ", "possible values", "[default"] {
                assert!(!help.contains(word), "`{word}` in the help of `{name}`:\n{help}");
            }
        }
    }

    #[test]
    fn every_command_teaches_by_examples_that_the_program_understands() {
        for language in [Language::Vi, Language::En] {
            let mut count = 0;
            for (name, help, _) in helps(language) {
                let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  minhbach ")).collect();
                let own = [
                    "init",
                    "new",
                    "rename",
                    "check",
                    "build",
                    "import",
                    "explain",
                    "schema",
                    "completions",
                    "minhbach",
                ];
                assert!(!examples.is_empty() || !own.contains(&name.as_str()), "no example in the help of `{name}`");
                for example in examples {
                    let call = example.split("   ").next().unwrap().split(" > ").next().unwrap();
                    let words = shell_words(&format!("minhbach {call}"));
                    let parsed = args::command(language).try_get_matches_from(&words);
                    assert!(parsed.is_ok(), "`{words:?}` in the help of `{name}`: {}", parsed.unwrap_err());
                    count += 1;
                }
            }
            assert!(count > 15, "only {count} examples");
        }
    }

    /// Words as a shell parts them, as far as examples go: quotes hold spaces.
    fn shell_words(line: &str) -> Vec<String> {
        line.split('"')
            .enumerate()
            .flat_map(|(index, part)| match index % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
                _ => vec![part.to_owned()],
            })
            .collect()
    }
}
