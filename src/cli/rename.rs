//! `rename KIND OLD NEW`: a record's ID, with all that names it.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::cli::args::{Global, Help};
use crate::cli::new::{kind, kind_of};
use crate::cli::{Failure, Status, build, print, root};
use crate::disk;
use crate::mend::create::{check_free, check_id};
use crate::mend::{Rewrite, rename};
use crate::say;
use crate::site::Options;

/// How it is called.
pub fn command(help: Help) -> Command {
    let id = |name: &'static str, shown: &'static str| Arg::new(name).value_name(shown).required(true);
    Command::new("rename")
        .about(help.text(
            "Đổi ID của một bản ghi, ở mọi chỗ nhắc đến nó; địa chỉ cũ vẫn dẫn đến trang",
            "Change a record's ID wherever it is named; the old address still leads to the page",
        ))
        .arg(kind(help))
        .arg(id("old", "OLD").help(help.text("ID hiện nay", "The ID that it has")))
        .arg(id("new", "NEW").help(help.text("ID mới", "The ID that it gets")))
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help(help.text("Chỉ cho xem sẽ đổi gì, không ghi", "Show what would change, write nothing")),
        )
        .after_help(help.text(
            "Ví dụ:\n  minhbach rename procedure ban-ruou ban-buon-ruou --dry-run    xem trước\n  minhbach rename procedure ban-ruou ban-buon-ruou\nChỉ đổi đúng chỗ cần đổi: ghi chú, dấu nháy, thứ tự trong tệp giữ nguyên.",
            "Example:\n  minhbach rename procedure ban-ruou ban-buon-ruou --dry-run    look first\n  minhbach rename procedure ban-ruou ban-buon-ruou\nNothing but the name changes: comments, quotes and order stay.",
        ))
}

/// Renames the record.
///
/// # Errors
/// Where there is no such record, the new ID is none or taken, or the files cannot be written.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let root = root::find(global.root.as_deref())?;
    let kind = kind_of(matches);
    let id = |name: &str| matches.get_one::<String>(name).expect("clap requires it").as_str();
    let (old, new) = (id("old"), id("new"));
    check_id(new).map_err(Failure::usage)?;
    if old == new {
        return Err(Failure::usage(say!("hai ID giống nhau", "the two IDs are the same")));
    }
    let snapshot = disk::snapshot::read(&root)?;
    let options = Options { as_of: build::today()?, ..Options::default() };
    let renamed = rename::plan(&snapshot, &options, kind, old, new).map_err(Failure::usage)?;
    check_free(&snapshot, kind, new).map_err(Failure::usage)?;
    let rewrites = renamed.changes.rewrites(&snapshot);
    let dry = matches.get_flag("dry-run");
    if dry {
        print::answer(&print::diff(&rewrites));
    } else {
        disk::rewrite::rewrite(&root, &rewrites)?;
    }
    tell(&rewrites, &renamed, dry, global);
    Ok(Status::Done)
}

/// A line for each file that changes.
pub fn tell_files(rewrites: &[Rewrite], global: &Global) {
    for Rewrite { from, to, places, .. } in rewrites {
        let count = if *places == 0 {
            say!("", "")
        } else {
            let plural = if *places == 1 { "" } else { "s" };
            say!(" ({places} chỗ)", " ({places} place{plural})")
        };
        let name = if from == to { from.to_string() } else { format!("{from} → {to}") };
        let (vi, en) = (count.vi, count.en);
        print::info(&say!("  {name}{vi}", "  {name}{en}"), global);
    }
}

fn tell(rewrites: &[Rewrite], renamed: &rename::Renamed, dry: bool, global: &Global) {
    let count = rewrites.len();
    let s = if count == 1 { "" } else { "s" };
    let head = if dry {
        say!("Sẽ thay đổi {count} tệp:", "{count} file{s} would change:")
    } else {
        say!("Đã thay đổi {count} tệp:", "{count} file{s} changed:")
    };
    print::info(&head, global);
    tell_files(rewrites, global);
    for alias in &renamed.aliases {
        print::info(
            &say!("Địa chỉ cũ {alias} dẫn đến trang mới.", "The old address {alias} leads to the new page."),
            global,
        );
    }
    for (path, message) in &renamed.left {
        let (vi, en) = (&message.vi, &message.en);
        print::notice(&say!("cần xem lại {path}: {vi}", "to look at, {path}: {en}"), global);
    }
}
