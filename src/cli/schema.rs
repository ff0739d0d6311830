//! `schema [KIND]`: JSON Schemas, printed or laid into the site for editors.

use std::path::Path;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::cli::args::{Global, Help};
use crate::cli::init::write;
use crate::cli::{Failure, Status, print, root};
use crate::disk;
use crate::say;
use crate::schema::known::Known;
use crate::schema::{self, Form, Subject, settings};
use crate::site::{self, Options};

/// Where the schemas are laid, below the site's root; `init` keeps it out of version control.
const FOLDER: &str = ".minhbach/schema";
/// The settings of Visual Studio Code.
const SETTINGS: &str = ".vscode/settings.json";

/// How it is called.
pub fn command(help: Help) -> Command {
    Command::new("schema")
        .about(help.text(
            "In JSON Schema của một loại bản ghi, hoặc đặt vào trang cho trình soạn thảo",
            "Print a kind's JSON Schema, or lay the schemas into the site for editors",
        ))
        .arg(
            Arg::new("kind")
                .value_name("KIND")
                .value_parser(PossibleValuesParser::new(Subject::all().map(Subject::word)))
                .help(help.text("Loại bản ghi, hoặc `site`; bỏ trống: liệt kê", "A kind of record, or `site`; without it, all are listed")),
        )
        .arg(
            Arg::new("overlay")
                .long("overlay")
                .action(ArgAction::SetTrue)
                .requires("kind")
                .help(help.text("Của bản dịch (như `ID.en.yaml`)", "Of an overlay in another language (such as `ID.en.yaml`)")),
        )
        .arg(
            Arg::new("write")
                .long("write")
                .action(ArgAction::SetTrue)
                .conflicts_with("kind")
                .help(help.text(
                    "Đặt mọi schema vào .minhbach/schema và chỉ cho VS Code (.vscode/settings.json)",
                    "Lay all schemas into .minhbach/schema and tell VS Code (.vscode/settings.json)",
                )),
        )
        .after_help(help.text(
            "Ví dụ:\n  minhbach schema --write\n  minhbach schema procedure    in schema của thủ tục\nSau `schema --write`, mở thư mục trang bằng VS Code có phần mở rộng YAML (redhat.vscode-yaml): khi gõ sẽ có gợi ý khóa, từ cho phép, ID đã có, và lỗi được gạch chân. Chạy lại `schema --write` khi đã thêm nhiều bản ghi mới.",
            "Examples:\n  minhbach schema --write\n  minhbach schema procedure    print the schema of procedures\nAfter `schema --write`, open the site's folder in VS Code with the YAML extension (redhat.vscode-yaml): it completes keys, words and known IDs, and underlines faults, as you type. Run `schema --write` again when many records are new.",
        ))
}

/// Prints or lays down schemas.
///
/// # Errors
/// Where there is no site to lay them into, or it cannot be read or written.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    if matches.get_flag("write") {
        return lay(global, &root::find(global.root.as_deref())?);
    }
    let Some(subject) = matches.get_one::<String>("kind").and_then(|word| Subject::from_word(word)) else {
        Subject::all().for_each(|subject| print::answer(&listed(subject, global)));
        return Ok(Status::Done);
    };
    let form = if matches.get_flag("overlay") { Form::Overlay } else { Form::Whole };
    // Outside a site the schema is that of the kind alone.
    let known = match root::find(global.root.as_deref()) {
        Ok(root) => known(&root)?,
        Err(_) if global.root.is_none() => Known::default(),
        Err(failure) => return Err(failure),
    };
    print::answer(&pretty(&schema::schema(subject, form, &known)));
    Ok(Status::Done)
}

fn listed(subject: Subject, global: &Global) -> String {
    let label = subject.label();
    let (vi, en) = (label.vi, label.en);
    format!("{:<12} {}", subject.word(), say!("{vi}", "{en}").get(global.language))
}

fn known(root: &Path) -> Result<Known, Failure> {
    let snapshot = disk::snapshot::read(root)?;
    let loaded = site::load(&snapshot, &Options { drafts: true, ..Options::default() });
    Ok(loaded.site.as_ref().map(Known::of).unwrap_or_default())
}

fn pretty(schema: &serde_json::Value) -> String {
    serde_json::to_string_pretty(schema).expect("a schema holds texts and numbers")
}

fn lay(global: &Global, root: &Path) -> Result<Status, Failure> {
    let known = known(root)?;
    let mut associations = Vec::new();
    for subject in Subject::all() {
        let (own, overlays) = subject.files();
        for (form, ending, patterns) in [(Form::Whole, "", own), (Form::Overlay, ".overlay", overlays)] {
            let name = format!("{FOLDER}/{}{ending}.json", subject.word());
            let schema = schema::schema(subject, form, &known);
            write(&root.join(&name), format!("{}\n", pretty(&schema)).as_bytes())?;
            associations.push((format!("./{name}"), patterns));
        }
    }
    let merged = merge(&root.join(SETTINGS), &associations)?;
    let (count, folder) = (associations.len(), root.join(FOLDER));
    let folder = folder.display();
    print::info(&say!("Đã đặt {count} schema vào {folder}.", "Laid {count} schemas into {folder}."), global);
    if merged {
        let next = say!(
            "VS Code (có phần mở rộng YAML) dùng được ngay: mở thư mục trang. Trình soạn thảo khác: chỉ khóa `yaml.schemas` trong {SETTINGS} cho yaml-language-server.",
            "VS Code (with the YAML extension) uses them at once: open the site's folder. Other editors: give yaml-language-server the `yaml.schemas` of {SETTINGS}."
        );
        print::info(&next, global);
    } else {
        let left = say!(
            "{SETTINGS} không phải là JSON đúng nên được giữ nguyên; sửa tệp đó rồi chạy lại",
            "{SETTINGS} is no valid JSON and was left as it is; mend it and run this again"
        );
        print::notice(&left, global);
    }
    Ok(Status::Done)
}

/// Puts the associations into the settings; whether that could be done.
fn merge(path: &Path, associations: &[(String, Vec<String>)]) -> Result<bool, Failure> {
    let failed = |source| Failure::from(disk::Error::io(say!("không đọc được", "cannot read"), path, source));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    match settings::merged(&text, associations) {
        Some(merged) if merged != text => write(path, merged.as_bytes()).map(|()| true),
        merged => Ok(merged.is_some()),
    }
}
