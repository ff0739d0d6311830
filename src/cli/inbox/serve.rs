//! `inbox serve`: receives feedback until it is told to stop.

use clap::{Arg, ArgMatches, Command};

use crate::cli::args::Help;
use crate::cli::inbox::Call;
use crate::cli::{Failure, Status, print};
use crate::inbox::http;
use crate::say;

pub fn command(help: Help) -> Command {
    let listen = Arg::new("listen")
        .long("listen")
        .value_name("IP:PORT")
        .value_parser(clap::value_parser!(std::net::SocketAddr))
        .help(help.text("Địa chỉ nghe (mặc định: 127.0.0.1:8787)", "Where to listen (default: 127.0.0.1:8787)"));
    Command::new("serve")
        .about(help.text("Nhận góp ý từ mẫu trên trang", "Receive feedback from the site's form"))
        .arg(listen)
}

pub fn run(call: &Call<'_>, matches: &ArgMatches) -> Result<Status, Failure> {
    let mut config = call.config.clone();
    if let Some(listen) = matches.get_one("listen") {
        config.listen = *listen;
    }
    let place = config.place(&call.root);
    http::serve(&call.root, config, |address| {
        print::notice(
            &say!(
                "Hộp thư góp ý: http://{address}/, lưu ở {place}",
                "Feedback inbox: http://{address}/, kept in {place}"
            ),
            call.global,
        );
    })?;
    print::notice(&say!("Hộp thư đã dừng.", "The inbox has stopped."), call.global);
    Ok(Status::Done)
}
