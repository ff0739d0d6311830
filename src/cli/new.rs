//! `new KIND ID`: a new record to fill in.

use std::path::Path;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::build;
use crate::cli::args::{Global, Help};
use crate::cli::{Failure, Status, init, print, root};
use crate::diagnostic::{Code, Diagnostic};
use crate::disk;
use crate::record::kind::KindName;
use crate::record::read::id_from;
use crate::record::value::is_id;
use crate::say;
use crate::schema::template;
use crate::site::{self, Options};
use crate::source::{Body, File, SitePath, Snapshot};

/// How it is called.
pub fn command(help: Help) -> Command {
    Command::new("new")
        .about(help.text("Tạo một bản ghi mới để điền", "Make a new record to fill in"))
        .arg(kind(help))
        .arg(
            Arg::new("id")
                .value_name("ID")
                .required(true)
                .help(help.text("Tên tệp, cũng là địa chỉ: chữ thường không dấu, số và `-`", "The file's name and address: lower-case letters without accents, digits and `-`")),
        )
        .arg(Arg::new("title").long("title").value_name("TEXT").help(help.text("Tên của bản ghi", "The record's title")))
        .after_help(help.text(
            "Ví dụ:\n  minhbach new procedure ban-buon-ruou --title \"Cấp giấy phép bán buôn rượu\"\nTệp mới là bản nháp, mỗi khóa có lời giải thích. Điền xong thì bỏ dòng `draft` và chạy `minhbach check`.",
            "Example:\n  minhbach new procedure ban-buon-ruou --title \"Cấp giấy phép bán buôn rượu\"\nThe new file is a draft in which every key is explained. When all is filled in, remove `draft` and run `minhbach check`.",
        ))
}

/// The argument that names a kind.
pub fn kind(help: Help) -> Arg {
    Arg::new("kind")
        .value_name("KIND")
        .required(true)
        .value_parser(PossibleValuesParser::new(KindName::ALL.iter().map(|kind| kind.word())))
        .help(help.text("Loại bản ghi", "The kind of record"))
}

/// The kind that was named.
pub fn kind_of(matches: &ArgMatches) -> KindName {
    let word = matches.get_one::<String>("kind").expect("clap requires it");
    KindName::from_word(word).expect("clap takes no other words")
}

/// Makes the record.
///
/// # Errors
/// Where the ID is no ID or taken, or the file cannot be written.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let root = root::find(global.root.as_deref())?;
    let kind = kind_of(matches);
    let id = matches.get_one::<String>("id").expect("clap requires it");
    let title = matches.get_one::<String>("title").map(String::as_str).filter(|title| !title.trim().is_empty());
    check_id(id)?;
    let snapshot = disk::snapshot::read(&root)?;
    check_free(&snapshot, kind, id)?;
    let path = format!("content/{}/{id}.{}", kind.folder(), template::ending(kind));
    let text = template::record(kind, title, global.language);
    let left = to_fill_in(&snapshot, &path, &text)?;
    write_new(&root.join(&path), &text)?;
    print::info(&say!("Đã tạo {path}.", "Made {path}."), global);
    if left > 0 {
        print::info(&say!("Còn {left} chỗ phải điền.", "There are {left} places to fill in."), global);
    }
    print::info(
        &say!(
            "Tiếp theo: mở tệp, điền các khóa, bỏ dòng `draft`, rồi chạy `minhbach check`.",
            "Next: open the file, fill in the keys, remove the line `draft`, then run `minhbach check`."
        ),
        global,
    );
    Ok(Status::Done)
}

/// Whether a text can be an ID.
///
/// # Errors
/// With the ID that was probably meant.
pub fn check_id(id: &str) -> Result<(), Failure> {
    if is_id(id) {
        return Ok(());
    }
    let slug = id_from(id);
    let (vi, en) = match slug.as_str() {
        "" => (String::new(), String::new()),
        slug => (format!("\n  = gợi ý: dùng `{slug}`"), format!("\n  = help: use `{slug}`")),
    };
    Err(Failure::usage(say!(
        "`{id}` không phải là ID: chỉ dùng chữ thường không dấu, số và `-`, tối đa 80 ký tự{vi}",
        "`{id}` is no ID: use lower-case letters without accents, digits and `-`, at most 80{en}"
    )))
}

/// Whether no record of the kind has an ID, wherever in its folder.
///
/// # Errors
/// With the record that has it.
pub fn check_free(snapshot: &Snapshot, kind: KindName, id: &str) -> Result<(), Failure> {
    let sorted = site::sort(snapshot);
    let Some(file) = sorted.records.get(&kind).and_then(|all| all.get(id)).and_then(|files| files.own.first()) else {
        return Ok(());
    };
    let path = &snapshot.file(*file).path;
    Err(Failure::usage(say!(
        "ID `{id}` đã được dùng: {path}\n  = gợi ý: mở tệp đó, hoặc chọn ID khác",
        "the ID `{id}` is taken: {path}\n  = help: open that file, or choose another ID"
    )))
}

/// How many places of the new file have to be filled in.
///
/// # Errors
/// Where the file could not stand there, whatever is filled in.
fn to_fill_in(snapshot: &Snapshot, path: &str, text: &str) -> Result<usize, Failure> {
    let mut files: Vec<File> = snapshot.files().map(|(_, file)| file.clone()).collect();
    files.push(File { path: SitePath::new(path), body: Body::Bytes(text.as_bytes().into()) });
    let snapshot = Snapshot::new(files);
    let outcome = build::check(&snapshot, &Options { drafts: true, ..Options::default() }, &|_, _| {});
    let own = |fault: &&Diagnostic| snapshot.file(fault.place.file).path.as_str() == path;
    let faults: Vec<&Diagnostic> = outcome.diagnostics.iter().filter(own).collect();
    match faults.iter().find(|fault| fault.code == Code::RouteCollision) {
        Some(fault) => Err(Failure::usage(fault.message.clone())),
        None => Ok(faults.iter().filter(|fault| fault.code == Code::WrongType).count()),
    }
}

/// Writes a file that must not be there: what somebody made meanwhile is not overwritten.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    if path.exists() {
        let shown = path.display();
        return Err(Failure::usage(say!("{shown} đã có", "{shown} exists")));
    }
    init::write(path, text.as_bytes())
}
