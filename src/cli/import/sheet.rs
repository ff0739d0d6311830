//! `import sheet FILE --kind KIND`: records from a spreadsheet.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::cli::args::{Format, Global, Help};
use crate::cli::import::{Bar, stopped};
use crate::cli::progress::Progress;
use crate::cli::{Failure, Status, print, root};
use crate::diagnostic::{Language, Message};
use crate::import::sheet::plan::Change;
use crate::import::sheet::references::References;
use crate::import::sheet::{Call, Prepared, Stop, template};
use crate::import::site::Site;
use crate::record::kind::KindName;
use crate::say;

/// How many records a preview names.
const SHOWN: usize = 20;

/// How it is called.
pub fn command(help: Help) -> Command {
    let flag = |name: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help.text(vi, en))
    };
    Command::new("sheet")
        .about(help.text(
            "Nhập bản ghi từ bảng tính (.xlsx, .ods, .csv), mỗi dòng một bản ghi",
            "Records from a spreadsheet (.xlsx, .ods, .csv), one a row",
        ))
        .after_help(help.text(
            "Bắt đầu bằng bảng mẫu: `minhbach import sheet mau.xlsx --kind contact --template`.\nNhập lại thì cập nhật, không nhân đôi; điều cán bộ đã sửa tay trong tệp được giữ.",
            "Begin with a template: `minhbach import sheet template.xlsx --kind contact --template`.\nImporting again updates and never duplicates; what staff changed by hand in a file stays.",
        ))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help(help.text("Bảng tính", "The spreadsheet")),
        )
        .arg(
            Arg::new("kind")
                .short('k')
                .long("kind")
                .value_name("KIND")
                .required(true)
                .value_parser(PossibleValuesParser::new(KindName::ALL.iter().map(|kind| kind.word())))
                .help(help.text("Loại bản ghi", "The kind of record")),
        )
        .arg(
            Arg::new("sheet")
                .long("sheet")
                .value_name("NAME")
                .help(help.text("Trang tính (mặc định: trang đầu có hàng tiêu đề)", "The sheet (default: the first with a header)")),
        )
        .arg(
            Arg::new("map")
                .long("map")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help(help.text("Tệp YAML nói cột nào là khóa nào (`Tên cột: khóa`)", "A YAML file that says which column is which key (`column: key`)")),
        )
        .arg(flag("template", "Ghi bảng mẫu vào FILE thay vì nhập", "Write a template to FILE instead of importing"))
        .arg(flag("dry-run", "Chỉ xem trước, không ghi gì", "Only show what would change; writes nothing").conflicts_with("yes"))
        .arg(flag("yes", "Không hỏi lại", "Do not ask").short('y'))
        .arg(flag("overwrite", "Bảng tính thắng cả điều cán bộ đã sửa tay", "The sheet wins also over what staff changed by hand"))
}

/// Brings in a sheet's records, or writes a template.
///
/// # Errors
/// Where the call is wrong, the file cannot be read, or the site cannot be written.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let root = root::find(global.root.as_deref())?;
    let word = matches.get_one::<String>("kind").expect("clap requires it");
    let kind = KindName::from_word(word).expect("clap takes no other word");
    let file = matches.get_one::<PathBuf>("file").expect("clap requires it").clone();
    if matches.get_flag("template") {
        return write_template(&root, &file, kind, global);
    }
    let call = Call {
        file,
        kind,
        sheet: matches.get_one::<String>("sheet").cloned(),
        map: matches.get_one::<PathBuf>("map").cloned(),
        overwrite: matches.get_flag("overwrite"),
    };
    let bar = Bar(Progress::new(global));
    let prepared = crate::import::sheet::prepare(&root, &call, &bar);
    bar.0.finish();
    let prepared = prepared.map_err(|stop| match stop {
        Stop::Machine(failure) => stopped(&failure),
        Stop::Content(message) => Failure { status: Status::ContentErrors, message },
    })?;
    if global.format != Format::Human {
        print::answer(&json(&prepared, &root, global.language));
    }
    if !prepared.faults.is_empty() {
        tell_faults(&prepared, global);
        return Ok(Status::ContentErrors);
    }
    preview(&prepared, &root, global);
    finish(prepared, matches, global)
}

/// Writes, where it is wanted.
fn finish(prepared: Prepared, matches: &ArgMatches, global: &Global) -> Result<Status, Failure> {
    let (new, changed, _) = prepared.counts();
    if matches.get_flag("dry-run") {
        print::info(&say!("Chỉ xem trước: chưa ghi gì.", "Only a preview: nothing is written."), global);
        return Ok(Status::Done);
    }
    if new + changed == 0 {
        print::info(&say!("Không có gì để ghi.", "There is nothing to write."), global);
    }
    let asks = new + changed > 0 && !matches.get_flag("yes") && global.format == Format::Human && is_terminal();
    if asks && !agrees(global.language) {
        print::info(&say!("Không ghi gì.", "Nothing is written."), global);
        return Ok(Status::Done);
    }
    let bar = Bar(Progress::new(global));
    let written = prepared.write(&bar);
    bar.0.finish();
    written.map_err(|failure| stopped(&failure))?;
    if new + changed == 0 {
        return Ok(Status::Done);
    }
    print::info(
        &say!(
            "Đã ghi: {new} bản ghi mới, {changed} cập nhật. Tiếp theo: minhbach check, hoặc minhbach serve --edit để xem và sửa trong biểu mẫu",
            "Written: {new} new records, {changed} updated. Next: minhbach check, or minhbach serve --edit to look and edit in forms"
        ),
        global,
    );
    Ok(Status::Done)
}

fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn agrees(language: Language) -> bool {
    let question = match language {
        Language::Vi => "Ghi các thay đổi này? [c/K] ",
        Language::En => "Write these changes? [y/N] ",
    };
    let _ = std::io::stderr().write_all(question.as_bytes());
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer).is_ok();
    read && matches!(answer.trim().to_lowercase().as_str(), "c" | "có" | "co" | "y" | "yes")
}

fn tell_faults(prepared: &Prepared, global: &Global) {
    let language = global.language;
    for fault in &prepared.faults {
        let (cell, message) = (fault.cell(), fault.message.get(language));
        print::failure(&Message { vi: format!("{cell}: {message}"), en: format!("{cell}: {message}") }, global);
        if let Some(help) = &fault.help {
            let Message { vi, en } = help;
            print::notice(&say!("  = gợi ý: {vi}", "  = help: {en}"), global);
        }
    }
    let count = prepared.faults.len();
    let plural = if count == 1 { "" } else { "s" };
    print::info(
        &say!("{count} lỗi trong bảng tính; không ghi gì.", "{count} fault{plural} in the sheet; nothing is written."),
        global,
    );
}

/// What would change.
fn preview(prepared: &Prepared, root: &Path, global: &Global) {
    let (new, changed, same) = prepared.counts();
    let (sheet, rows) = (&prepared.sheet, prepared.changes.len());
    for change in prepared.changes.iter().filter(|change| change.is_change()).take(SHOWN) {
        describe(change, root, global);
    }
    let more = (new + changed).saturating_sub(SHOWN);
    if more > 0 {
        print::info(&say!("… và {more} bản ghi nữa", "… and {more} more records"), global);
    }
    for (row, text) in &prepared.skipped {
        let row = row + 1;
        print::info(&say!("Bỏ qua dòng {row}: {text}", "Row {row} is left out: {text}"), global);
    }
    print::info(
        &say!(
            "{sheet}: {rows} dòng; {new} bản ghi mới, {changed} thay đổi, {same} giữ nguyên",
            "{sheet}: {rows} rows; {new} new records, {changed} changed, {same} unchanged"
        ),
        global,
    );
    let kept: usize = prepared.changes.iter().map(|change| change.kept.len()).sum();
    if kept > 0 {
        print::info(
            &say!(
                "{kept} giá trị giữ như cán bộ đã sửa tay trong tệp (`--overwrite` để lấy theo bảng):",
                "{kept} values stay as staff changed them by hand (`--overwrite` takes the sheet's):"
            ),
            global,
        );
        for change in prepared.changes.iter().filter(|change| !change.kept.is_empty()).take(SHOWN) {
            let (path, keys) = (shown(change, root), change.kept.join(", "));
            print::info(&say!("  {path}: {keys}", "  {path}: {keys} "), global);
        }
    }
}

fn shown(change: &Change, root: &Path) -> String {
    change.path.strip_prefix(root).unwrap_or(&change.path).display().to_string()
}

fn describe(change: &Change, root: &Path, global: &Global) {
    let path = shown(change, root);
    if change.is_new {
        print::info(&say!("+ {path}", "+ {path}"), global);
        return;
    }
    print::info(&say!("~ {path}", "~ {path}"), global);
    for (key, before, after) in &change.keys {
        let short = crate::record::value::shortened;
        let (before, after) = (short(before), short(after));
        print::info(&say!("    {key}: {before} → {after}", "    {key}: {before} → {after}"), global);
    }
}

fn json(prepared: &Prepared, root: &Path, language: Language) -> String {
    let fault = |fault: &crate::import::sheet::fault::Fault| {
        serde_json::json!({"cell": fault.cell(), "message": fault.message.get(language),
            "help": fault.help.as_ref().map(|help| help.get(language))})
    };
    let change = |change: &Change| {
        let word = match (change.is_new, change.is_change()) {
            (true, _) => "new",
            (false, true) => "updated",
            (false, false) => "unchanged",
        };
        let keys: Vec<_> = change
            .keys
            .iter()
            .map(|(key, before, after)| serde_json::json!({"key": key, "before": before, "after": after}))
            .collect();
        serde_json::json!({"record": change.id, "path": shown(change, root), "row": change.row + 1, "change": word,
            "keys": keys, "kept": change.kept})
    };
    let report = serde_json::json!({
        "sheet": prepared.sheet,
        "faults": prepared.faults.iter().map(fault).collect::<Vec<_>>(),
        "records": prepared.changes.iter().map(change).collect::<Vec<_>>(),
        "skipped": prepared.skipped.iter().map(|(row, text)| serde_json::json!({"row": row + 1, "text": text})).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&report).expect("a report is texts and numbers")
}

fn write_template(root: &Path, file: &Path, kind: KindName, global: &Global) -> Result<Status, Failure> {
    let shown = file.display();
    if file.exists() {
        return Err(Failure::usage(say!("{shown} đã có; chọn tên khác", "{shown} exists; choose another name")));
    }
    if file.extension().is_none_or(|ending| ending != "xlsx") {
        return Err(Failure::usage(say!("bảng mẫu có đuôi .xlsx", "a template's name ends with .xlsx")));
    }
    let site = Site::read(root).map_err(|failure| stopped(&failure))?;
    let made = template::workbook(kind, &References::of(&site), global.language);
    let machine = |error: String| Failure {
        status: Status::Machine,
        message: say!("không ghi được {shown}: {error}", "could not write {shown}: {error}"),
    };
    let bytes = made.map_err(|error| machine(error.to_string()))?;
    std::fs::write(file, bytes).map_err(|error| machine(error.to_string()))?;
    print::info(
        &say!(
            "Đã ghi bảng mẫu {shown}. Điền xong thì nhập: minhbach import sheet {shown} --kind {0}",
            "Wrote the template {shown}. Once filled in: minhbach import sheet {shown} --kind {0}",
            kind.word()
        ),
        global,
    );
    Ok(Status::Done)
}
