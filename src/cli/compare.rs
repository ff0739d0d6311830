//! `--compare`: what changes for the public, told beside a `check` or a `build`.

use std::collections::BTreeMap;
use std::path::Path;

use clap::{Arg, ArgMatches};

use crate::build::{self, Memo, Options, Unobserved};
use crate::cli::args::{Global, Help};
use crate::cli::ci::{self, Service};
use crate::cli::{Failure, Status, print};
use crate::compare::{self, Tables};
use crate::disk;
use crate::plan::{TableFormat, table_address};
use crate::record::kind::KindName;
use crate::say;
use crate::source::Snapshot;

/// What the site is compared with.
pub struct Before {
    origin: String,
    tables: Tables,
}

/// The option.
pub fn option(help: Help) -> Arg {
    Arg::new("compare").long("compare").value_name("DIR|URL").help(help.text(
        "Cho biết có gì thay đổi đối với người dân, so với bản đã đăng ở thư mục hoặc địa chỉ này",
        "Tell what changes for the public, compared with what is published in this folder or at this address",
    ))
}

impl Before {
    /// Reads what is published, where a comparison is asked for.
    ///
    /// # Errors
    /// Where there is no open data of a site, or it cannot be read.
    pub fn of(matches: &ArgMatches) -> Result<Option<Before>, Failure> {
        let Some(origin) = matches.get_one::<String>("compare") else { return Ok(None) };
        let mut tables: Tables = BTreeMap::new();
        for kind in KindName::ALL {
            let place = format!("{}{}", origin.trim_end_matches('/'), table_address(*kind, TableFormat::Json));
            let table = compare::read(&bytes(&place)?).ok_or_else(|| no_data(&place))?;
            tables.insert(*kind, table);
        }
        Ok(Some(Before { origin: origin.clone(), tables }))
    }

    /// Tells what changes: to people, and where GitHub shows the summary of a run.
    ///
    /// # Errors
    /// Where the summary cannot be written.
    pub fn tell(&self, snapshot: &Snapshot, options: &Options, global: &Global) -> Result<(), Failure> {
        let prepared = build::prepare(snapshot, options, &Memo::default(), &Unobserved);
        let Some(ready) = prepared.ready().filter(|_| prepared.is_renderable()) else {
            print::info(
                &say!(
                    "Chưa so sánh với bản đã đăng: nội dung còn lỗi.",
                    "Not compared with what is published: the content has errors."
                ),
                global,
            );
            return Ok(());
        };
        let report = compare::compare(&self.tables, &compare::of_site(&ready.site, &ready.plan));
        let text = |language| report.text(&self.origin, language);
        let [vi, en] = [crate::diagnostic::Language::Vi, crate::diagnostic::Language::En].map(text);
        print::info(&crate::diagnostic::Message { vi, en }, global);
        if global.service == Some(Service::Github) {
            ci::add_to_summary(&report.markdown(&self.origin, global.language))?;
        }
        Ok(())
    }
}

fn bytes(place: &str) -> Result<Vec<u8>, Failure> {
    if place.starts_with("http://") || place.starts_with("https://") {
        return fetched(place);
    }
    match std::fs::read(place) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(no_data(place)),
        Err(error) => {
            let action = say!("không đọc được", "cannot read");
            Err(Failure::from(disk::Error::io(action, Path::new(place), error)))
        }
    }
}

#[cfg(feature = "online")]
fn fetched(url: &str) -> Result<Vec<u8>, Failure> {
    /// The largest table of the largest site is far below this.
    const TOO_LARGE: u64 = 512 << 20;
    let config = ureq::Agent::config_builder()
        .user_agent(concat!("minhbach/", env!("CARGO_PKG_VERSION"), " (compare)"))
        .timeout_global(Some(std::time::Duration::from_secs(120)));
    let answer = ureq::Agent::from(config.build()).get(url).call();
    let read = answer.and_then(|mut answer| answer.body_mut().with_config().limit(TOO_LARGE).read_to_vec());
    read.map_err(|error| match error {
        ureq::Error::StatusCode(404 | 410) => no_data(url),
        error => Failure {
            status: Status::Machine,
            message: say!("không tải được {url}: {error}", "cannot fetch {url}: {error}"),
        },
    })
}

#[cfg(not(feature = "online"))]
fn fetched(url: &str) -> Result<Vec<u8>, Failure> {
    Err(Failure::usage(say!(
        "bản minhbach này không nối mạng nên không so sánh được với {url}; hãy chỉ ra một thư mục",
        "this minhbach was made without the network and cannot compare with {url}; name a folder"
    )))
}

fn no_data(place: &str) -> Failure {
    Failure {
        status: Status::Usage,
        message: say!(
            "không có dữ liệu mở của trang ở {place}; `--compare` cần bản đã đăng có `outputs.open_data`",
            "there is no open data of a site at {place}; `--compare` needs a published site with `outputs.open_data`"
        ),
    }
}
