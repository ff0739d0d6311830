//! `serve`: the site on this machine, rebuilt as files change.

use std::net::IpAddr;
use std::process::{Command as Process, Stdio};
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::build::{Options, Verdict};
use crate::cli::args::{Global, Help};
use crate::cli::build::day;
use crate::cli::{Failure, Status, print, root};
use crate::say;
use crate::serve::{self, Access, Built, Error, News, Port, Settings};

/// Where it listens unless it is told otherwise.
const PORT: u16 = 1111;
/// So many changed files are named.
const NAMED: usize = 3;

/// How it is called.
pub fn command(help: Help) -> Command {
    let about = help.text(
        "Xem trang trên máy này, tự dựng lại khi tệp thay đổi",
        "Look at the site on this machine, rebuilt as files change",
    );
    let examples = help.text(
        "Ví dụ:\n  minhbach serve --open      xem trang trong trình duyệt\n  minhbach serve --edit      thêm biểu mẫu để nhập và sửa; mở đúng địa chỉ in ra, có mã khóa ở cuối\nBiểu mẫu lưu thẳng vào tệp trong content/, giữ nguyên ghi chú và thứ tự. Đăng lên trang: minhbach build.",
        "Examples:\n  minhbach serve --open      look at the site in the browser\n  minhbach serve --edit      forms to enter and edit, too; open the very address that is printed, its key is at the end\nForms save to the files in content/ and keep comments and order. To publish: minhbach build.",
    );
    Command::new("serve").about(about).after_help(examples).args([
        Arg::new("port").short('p').long("port").value_name("PORT").value_parser(value_parser!(u16)).help(
            help.text(
                "Cổng (mặc định: 1111, hoặc cổng trống kế tiếp)",
                "The port (default: 1111, or the next free one)",
            ),
        ),
        Arg::new("interface")
            .short('i')
            .long("interface")
            .value_name("ADDRESS")
            .value_parser(value_parser!(IpAddr))
            .default_value("127.0.0.1")
            .help(help.text("Địa chỉ mạng để mở trang", "The address of this machine to listen at")),
        Arg::new("open")
            .long("open")
            .action(ArgAction::SetTrue)
            .help(help.text("Mở trang trong trình duyệt", "Open the site in the browser")),
        Arg::new("edit").long("edit").action(ArgAction::SetTrue).help(
            help.text("Sửa bản ghi trong biểu mẫu, chỉ trên máy này", "Edit records in forms, on this machine only"),
        ),
        Arg::new("drafts")
            .long("drafts")
            .action(ArgAction::SetTrue)
            .help(help.text("Xem cả bản nháp", "Show drafts, too")),
        Arg::new("as-of")
            .long("as-of")
            .value_name("DATE")
            .help(help.text("Xem như vào ngày này (mặc định: hôm nay)", "Show as on this day (default: today)")),
    ])
}

/// Serves the site until Ctrl-C.
///
/// # Errors
/// Where the call is wrong, there is no site, or nothing can be listened at.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let root = root::find(global.root.as_deref())?;
    // A wrong day is told now; later it is only asked again.
    let first = day(matches)?;
    let (asked, drafts) = (matches.clone(), matches.get_flag("drafts"));
    let options = move || Options {
        as_of: day(&asked).unwrap_or(first),
        drafts,
        base_url: None,
        strict: false,
        ..Options::default()
    };
    let interface = matches.get_one::<IpAddr>("interface").copied().unwrap_or(IpAddr::from([127, 0, 0, 1]));
    let access = access(matches, interface)?;
    let settings = Settings {
        root,
        access,
        options: Arc::new(options),
        language: global.language,
        interface,
        port: matches.get_one::<u16>("port").map_or(Port::From(PORT), |port| Port::Exactly(*port)),
    };
    let (global, opens) = (global.clone(), matches.get_flag("open"));
    let tell = move |news: &News<'_>| match news {
        News::Listening(address) => {
            print::info(&say!("\n  {address}\n\nDừng: Ctrl-C", "\n  {address}\n\nTo stop: Ctrl-C"), &global);
            if opens {
                open(address);
            }
        }
        News::Editing(address) => print::info(
            &say!(
                "\nNhập và sửa (chỉ trên máy này):\n\n  {address}\n",
                "\nTo edit (on this machine only):\n\n  {address}\n"
            ),
            &global,
        ),
        News::Built(built) => tell_of(built, &global),
        News::Trouble(message) => print::failure(message, &global),
        News::Ended => print::info(&say!("Đã dừng.", "Stopped."), &global),
    };
    serve::run(settings, Arc::new(tell)).map(|()| Status::Done).map_err(Failure::from)
}

/// Whether records can be edited. Who can reach the forms can change the site, so that is this machine alone.
fn access(matches: &ArgMatches, interface: IpAddr) -> Result<Access, Failure> {
    match matches.get_flag("edit") {
        false => Ok(Access::Look),
        true if interface.is_loopback() => Ok(Access::Edit),
        true => Err(Failure::usage(say!(
            "`--edit` chỉ mở trên máy này, không mở ở {interface}: ai vào được biểu mẫu là sửa được trang\n  = gợi ý: bỏ `--interface`",
            "`--edit` opens on this machine only, not at {interface}: whoever reaches the forms can change the site\n  = help: leave `--interface` out"
        ))),
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Disk(error) => error.into(),
            error => Failure { status: Status::Machine, message: error.message() },
        }
    }
}

/// What came of a build: which files made it necessary, the faults that are new, and one line of counts.
fn tell_of(built: &Built<'_>, global: &Global) {
    if !built.changed.is_empty() {
        let (named, rest) = built.changed.split_at(built.changed.len().min(NAMED));
        let (named, count) = (named.join(", "), rest.len());
        let message = match count {
            0 => say!("\nThay đổi: {named}", "\nChanged: {named}"),
            _ => say!("\nThay đổi: {named} và {count} tệp khác", "\nChanged: {named} and {count} other files"),
        };
        print::info(&message, global);
    }
    print::faults(built.fresh.iter().copied(), built.snapshot, global);
    let ms = built.took.as_millis();
    let outcome = built.outcome;
    print::counts(&outcome.diagnostics, outcome.records, outcome.page_count(), global);
    let message = match outcome.verdict {
        Verdict::Sound => say!("Đã dựng trong {ms} ms.", "Built in {ms} ms."),
        _ => say!("Chưa hiện bản này: còn lỗi ({ms} ms).", "Not shown: it has errors ({ms} ms)."),
    };
    print::info(&message, global);
}

/// Opens an address in the person's browser. Where there is none, the address is on the terminal anyway.
fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let _ = Process::new(opener).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
