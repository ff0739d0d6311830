//! Every command and option, with its help in both languages.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::cli::{language_of_locale, root};
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
            format: if text("format") == Some("json") { Format::Json } else { Format::Human },
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

/// The whole command line.
pub fn command(language: Language) -> Command {
    let t = move |vi: &'static str, en: &'static str| match language {
        Language::Vi => vi,
        Language::En => en,
    };
    let mut command = Command::new("minhbach")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "Kiểm tra hồ sơ công khai của cơ quan và dựng thành trang web tĩnh",
            "Checks an agency's public records and builds them into a static website",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(100)
        .disable_help_subcommand(true)
        .after_help(t(
            "Bắt đầu: `minhbach init trang-moi`, rồi `cd trang-moi` và `minhbach build`.\nKết thúc với 0: xong; 1: nội dung có lỗi; 2: gọi sai, cấu hình hoặc giao diện sai; 3: đọc, ghi hỏng; 4: một lần dựng khác đang chạy.",
            "To begin: `minhbach init new-site`, then `cd new-site` and `minhbach build`.\nExit status 0: done; 1: the content has errors; 2: the call, the configuration or the theme is wrong; 3: reading or writing failed; 4: another build is running.",
        ));
    for argument in global(t) {
        command = command.arg(argument.global(true));
    }
    command.subcommands([init(t), check(t), build(t), import(t)])
}

fn global(t: impl Fn(&'static str, &'static str) -> &'static str) -> Vec<Arg> {
    vec![
        Arg::new("root")
            .short('r')
            .long("root")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath)
            .help(t(
                "Thư mục của trang (mặc định: thư mục gần nhất phía trên có content/site.yaml)",
                "The site's folder (default: the nearest one upward that holds content/site.yaml)",
            )),
        Arg::new("message-language")
            .long("message-language")
            .value_name("vi|en")
            .value_parser(PossibleValuesParser::new(["vi", "en"]))
            .hide_possible_values(true)
            .help(t("Ngôn ngữ của thông báo", "The language of messages")),
        Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .value_parser(PossibleValuesParser::new(["human", "json"]))
            .default_value("human")
            .help(t("Cách in lỗi và cảnh báo", "How errors and warnings are printed")),
        Arg::new("color")
            .long("color")
            .value_name("WHEN")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
            .default_value("auto")
            .help(t("Khi nào dùng màu", "When to use colour")),
        Arg::new("quiet")
            .short('q')
            .long("quiet")
            .action(ArgAction::SetTrue)
            .help(t("Chỉ in lỗi và cảnh báo", "Print errors and warnings only")),
        Arg::new("verbose")
            .short('v')
            .long("verbose")
            .action(ArgAction::SetTrue)
            .help(t("In thêm chi tiết", "Print more")),
    ]
}

fn init(t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("init")
        .about(t("Tạo một trang mới từ trang mẫu", "Make a new site from the sample"))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(t("Thư mục mới hoặc trống", "A new or empty folder")),
        )
        .arg(
            Arg::new("empty")
                .long("empty")
                .action(ArgAction::SetTrue)
                .help(t("Chỉ gồm site.yaml và một cơ quan", "Only site.yaml and one agency")),
        )
}

fn check(t: impl Fn(&'static str, &'static str) -> &'static str + Copy) -> Command {
    with_build_options(
        Command::new("check").about(t("Kiểm tra toàn bộ nội dung, không ghi gì", "Check all content; writes nothing")),
        t,
    )
}

fn build(t: impl Fn(&'static str, &'static str) -> &'static str + Copy) -> Command {
    with_build_options(
        Command::new("build")
            .about(t("Kiểm tra rồi dựng trang vào public/", "Check, then build the site into public/")),
        t,
    )
}

fn with_build_options(command: Command, t: impl Fn(&'static str, &'static str) -> &'static str) -> Command {
    command.args([
        Arg::new("output-dir")
            .short('o')
            .long("output-dir")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath)
            .help(t("Thư mục đăng (mặc định: public)", "The folder to publish to (default: public)")),
        Arg::new("base-url")
            .short('u')
            .long("base-url")
            .value_name("URL")
            .help(t("Địa chỉ trang, thay cho base_url", "The site's address, instead of base_url")),
        Arg::new("drafts").long("drafts").action(ArgAction::SetTrue).help(t("Dựng cả bản nháp", "Build drafts, too")),
        Arg::new("as-of")
            .long("as-of")
            .value_name("DATE")
            .help(t("Dựng như vào ngày này (mặc định: hôm nay)", "Build as on this day (default: today)")),
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help(t("Coi cảnh báo là lỗi", "Treat warnings as errors")),
        Arg::new("jobs")
            .short('j')
            .long("jobs")
            .value_name("N")
            .value_parser(value_parser!(u16).range(1..=1024))
            .help(t("Số luồng chạy song song", "How many threads work at once")),
    ])
}

fn import(t: impl Fn(&'static str, &'static str) -> &'static str + Copy) -> Command {
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
        .help(t("Nơi ghi báo cáo nhập", "Where to write the report of the import"));
    Command::new("import")
        .about(t("Nhập bản ghi từ nguồn khác", "Bring in records from elsewhere"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("portal")
                .about(t(
                    "Nhập thủ tục từ dữ liệu JSON của Cổng Dịch vụ công quốc gia (.jsonl, .jsonl.gz)",
                    "Procedures from the national public-service portal's JSON (.jsonl, .jsonl.gz)",
                ))
                .arg(files().help(t("Các tệp dữ liệu", "The data files")))
                .arg(report),
        )
}
