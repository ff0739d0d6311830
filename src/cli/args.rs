//! The options that every command takes, and the whole command line. A command's own options are in its own file.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::cli::ci::Service;
use crate::cli::help::{help_flag, localised, version_flag};
use crate::cli::{COMMANDS, language_of_locale, root};
use crate::diagnostic::Language;

/// The options that every command takes.
#[derive(Debug, Clone)]
pub struct Global {
    /// `--root`.
    pub root: Option<PathBuf>,
    /// The language of messages.
    pub language: Language,
    /// `--format`.
    pub format: Format,
    /// Where nobody asked for a format: the service that reads annotations, too.
    pub service: Option<Service>,
    /// `--color`.
    pub color: anstream::ColorChoice,
    /// `--quiet`.
    pub quiet: bool,
    /// `--verbose`.
    pub verbose: bool,
}

/// How faults are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON object.
    Json,
    /// GitHub's workflow commands.
    Github,
    /// A GitLab Code Quality report.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
}

impl Format {
    /// The names on the command line.
    const NAMES: [(&str, Format); 5] = [
        ("human", Format::Human),
        ("json", Format::Json),
        ("github", Format::Github),
        ("gitlab", Format::Gitlab),
        ("sarif", Format::Sarif),
    ];

    fn from_name(name: &str) -> Option<Format> {
        Format::NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }
}

impl Global {
    /// Reads the options.
    pub fn of(matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
        let root: Option<PathBuf> = matches.get_one::<PathBuf>("root").cloned();
        let language =
            text("message-language").and_then(language_of_locale).unwrap_or_else(|| language(root.as_deref()));
        Global {
            root,
            language,
            format: text("format").and_then(Format::from_name).unwrap_or(Format::Human),
            service: if text("format").is_none() { Service::of_environment() } else { None },
            color: match text("color") {
                Some("always") => anstream::ColorChoice::Always,
                Some("never") => anstream::ColorChoice::Never,
                _ => anstream::ColorChoice::Auto,
            },
            quiet: matches.get_flag("quiet"),
            verbose: matches.get_flag("verbose"),
        }
    }
}

/// The language of the environment's locale, else the site's first one.
fn language(root: Option<&std::path::Path>) -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    named.as_deref().and_then(language_of_locale).unwrap_or_else(|| root::site_language(root))
}

/// The language of the help, which is needed before the arguments are understood.
pub fn help_language(arguments: &[OsString]) -> Language {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let behind = |name: &str| texts.iter().position(|text| *text == name).and_then(|at| texts.get(at + 1)).copied();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--message-language="));
    let root = behind("--root").or(behind("-r")).map(std::path::Path::new);
    joined.or(behind("--message-language")).and_then(language_of_locale).unwrap_or_else(|| language(root))
}

/// Chooses between the two languages of the help.
#[derive(Debug, Clone, Copy)]
pub struct Help(Language);

impl Help {
    /// The help in a language.
    pub fn new(language: Language) -> Self {
        Help(language)
    }

    /// The text in the language of the help.
    pub fn text(self, vi: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Language::Vi => vi,
            Language::En => en,
        }
    }
}

/// The whole command line.
pub fn command(language: Language) -> Command {
    let help = Help(language);
    let mut command = Command::new("minhbach")
        .version(env!("CARGO_PKG_VERSION"))
        .about(help.text(
            "Kiểm tra hồ sơ công khai của cơ quan và dựng thành trang web tĩnh",
            "Checks an agency's public records and builds them into a static website",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(100)
        .disable_help_subcommand(true)
        .after_help(help.text(
            "Bắt đầu:\n  minhbach init trang-moi                  rồi vào thư mục đó: cd trang-moi\n  minhbach build                           dựng trang vào public/\n\nMột ngày làm việc:\n  minhbach new procedure ban-buon-ruou     tạo bản ghi, rồi mở tệp và điền\n  minhbach check                           mọi lỗi, ở đúng chỗ\n  minhbach explain unknown-key             một mã lỗi nghĩa là gì, sửa thế nào\n  minhbach check --fix                     sửa những lỗi chỉ có một cách sửa\n  minhbach build\n\nKết thúc với 0: xong; 1: nội dung có lỗi; 2: gọi sai, cấu hình hoặc giao diện sai; 3: đọc, ghi hỏng; 4: một lần dựng khác đang chạy.",
            "To begin:\n  minhbach init new-site                   then go there: cd new-site\n  minhbach build                           build the site into public/\n\nA working day:\n  minhbach new procedure ban-buon-ruou     make a record, open the file and fill it in\n  minhbach check                           every fault, at its place\n  minhbach explain unknown-key             what a code means, and how to mend it\n  minhbach check --fix                     mend what can be mended in one way only\n  minhbach build\n\nExit status 0: done; 1: the content has errors; 2: the call, the configuration or the theme is wrong; 3: reading or writing failed; 4: another build is running.",
        ));
    for argument in global(help) {
        command = command.arg(argument.global(true));
    }
    let command = command.subcommands(COMMANDS.iter().map(|entry| (entry.command)(help)));
    localised(command.arg(help_flag(help).global(true)).arg(version_flag(help)), help)
}

fn global(help: Help) -> Vec<Arg> {
    vec![
        Arg::new("root")
            .short('r')
            .long("root")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath)
            .help(help.text(
                "Thư mục của trang (mặc định: thư mục gần nhất phía trên có content/site.yaml)",
                "The site's folder (default: the nearest one upward that holds content/site.yaml)",
            )),
        Arg::new("message-language")
            .long("message-language")
            .value_name("vi|en")
            .value_parser(PossibleValuesParser::new(["vi", "en"]))
            .hide_possible_values(true)
            .help(help.text("Ngôn ngữ của thông báo", "The language of messages")),
        Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .value_parser(PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name)))
            .help(help.text(
                "Cách in lỗi và cảnh báo (mặc định: human; GitHub Actions và GitLab CI được tự nhận ra)",
                "How errors and warnings are printed (default: human; GitHub Actions and GitLab CI are found by themselves)",
            )),
        Arg::new("color")
            .long("color")
            .value_name("WHEN")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
            .default_value("auto")
            .help(help.text("Khi nào dùng màu", "When to use colour")),
        Arg::new("quiet")
            .short('q')
            .long("quiet")
            .action(ArgAction::SetTrue)
            .help(help.text("Chỉ in lỗi và cảnh báo", "Print errors and warnings only")),
        Arg::new("verbose")
            .short('v')
            .long("verbose")
            .action(ArgAction::SetTrue)
            .help(help.text("In thêm chi tiết", "Print more")),
    ]
}
