//! `new KIND ID`: a new record to fill in.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::cli::args::{Global, Help};
use crate::cli::{Failure, Status, print, root};
use crate::disk;
use crate::mend::create::{self, Created};
use crate::record::kind::KindName;
use crate::say;

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
    create::check_id(id).map_err(Failure::usage)?;
    let snapshot = disk::snapshot::read(&root)?;
    let Created { path, text, left } =
        create::plan(&snapshot, kind, id, title, global.language).map_err(Failure::usage)?;
    disk::rewrite::create(&root, &path, text.as_bytes())?;
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
