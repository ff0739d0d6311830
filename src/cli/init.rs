//! `init DIR`: a new site.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use include_dir::{Dir, include_dir};

use crate::cli::args::{Global, Help};
use crate::cli::{Failure, Status, print};
use crate::disk;
use crate::say;

/// How it is called.
pub fn command(help: Help) -> Command {
    Command::new("init")
        .about(help.text("Tạo một trang mới từ trang mẫu", "Make a new site from the sample"))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(help.text("Thư mục mới hoặc trống", "A new or empty folder")),
        )
        .arg(
            Arg::new("empty")
                .long("empty")
                .action(ArgAction::SetTrue)
                .help(help.text("Chỉ gồm site.yaml và một cơ quan", "Only site.yaml and one agency")),
        )
        .after_help(help.text(
            "Ví dụ:\n  minhbach init trang-moi            trang mẫu, để xem và học\n  minhbach init trang-moi --empty    gần như trống, để bắt đầu thật",
            "Examples:\n  minhbach init new-site             the sample, to look at and learn from\n  minhbach init new-site --empty     nearly empty, to begin in earnest",
        ))
}

/// The sample site, inside the binary.
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
/// The smallest site.
static EMPTY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/empty");

/// What keeps a build's output out of version control.
const GITIGNORE: &str = "/public\n/.minhbach\n";

/// Lays down a new site.
///
/// # Errors
/// Where the folder holds something already, or cannot be written.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let folder = matches.get_one::<PathBuf>("dir").expect("clap requires it");
    let shown = folder.display();
    if folder.exists() && !is_empty_folder(folder) {
        return Err(Failure::usage(say!(
            "{shown} đã có và không trống; chọn thư mục khác",
            "{shown} exists and is not empty; choose another folder"
        )));
    }
    let source = if matches.get_flag("empty") { &EMPTY } else { &SAMPLE };
    let written = lay(source, &folder.join("content"))?;
    write(&folder.join(".gitignore"), GITIGNORE.as_bytes())?;
    print::info(
        &say!(
            "Đã tạo trang mới trong {shown} ({written} tệp).\nTiếp theo: cd {shown} && minhbach build",
            "Made a new site in {shown} ({written} files).\nNext: cd {shown} && minhbach build"
        ),
        global,
    );
    Ok(Status::Done)
}

fn is_empty_folder(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Writes all files of a folder; returns how many.
fn lay(source: &Dir<'_>, target: &Path) -> Result<usize, Failure> {
    let mut written = 0;
    for file in source.files() {
        write(&target.join(file.path()), file.contents())?;
        written += 1;
    }
    for folder in source.dirs() {
        written += lay(folder, target)?;
    }
    Ok(written)
}

/// Writes a file, and the folders that it stands in.
///
/// # Errors
/// What the system said.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::from(disk::Error::writing(path, source));
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    std::fs::write(path, bytes).map_err(failed)
}
