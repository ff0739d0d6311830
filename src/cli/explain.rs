//! `explain CODE`: what a diagnostic means, with an example.

use clap::{Arg, ArgMatches, Command};

use crate::cli::args::{Global, Help};
use crate::cli::{Failure, Status, print};
use crate::diagnostic::{Code, Level};
use crate::explain::{self, Explanation, Side};
use crate::record::suggest;
use crate::say;

/// How it is called.
pub fn command(help: Help) -> Command {
    Command::new("explain")
        .about(help.text("Giải thích một lỗi hoặc cảnh báo", "Explain an error or a warning"))
        .arg(
            Arg::new("code")
                .value_name("CODE")
                .help(help.text("Mã trong ngoặc vuông, như `unknown-key`; bỏ trống: liệt kê tất cả", "The code in brackets, such as `unknown-key`; without it, all are listed")),
        )
        .after_help(help.text(
            "Ví dụ:\n  minhbach explain balance     số liệu không cân là gì, vì sao quan trọng, sửa thế nào\n  minhbach explain             mọi mã, mỗi mã một dòng",
            "Examples:\n  minhbach explain balance     what it finds, why it matters, how to mend it\n  minhbach explain             all codes, one line each",
        ))
}

/// Explains a code, or lists all.
///
/// # Errors
/// Where there is no such code.
pub fn run(global: &Global, matches: &ArgMatches) -> Result<Status, Failure> {
    let Some(asked) = matches.get_one::<String>("code") else {
        list(global);
        return Ok(Status::Done);
    };
    // As it is copied from a terminal: `error[unknown-key]:`.
    let name = asked.split_once('[').map_or(asked.as_str(), |(_, rest)| rest.split(']').next().unwrap_or(rest));
    let code = Code::from_name(name.trim()).ok_or_else(|| unknown(name))?;
    let explanation = explain::of(code).expect("a test holds that every code is explained");
    one(code, &explanation, global);
    Ok(Status::Done)
}

fn unknown(name: &str) -> Failure {
    let meant = suggest::nearest(name, Code::ALL.iter().map(|code| code.name()));
    let (vi, en) = match meant {
        Some(meant) => (format!("có phải `{meant}`?"), format!("did you mean `{meant}`?")),
        None => {
            ("gọi `minhbach explain` để xem mọi mã".to_owned(), "run `minhbach explain` to see all codes".to_owned())
        }
    };
    Failure::usage(say!("không có mã nào là `{name}`\n  = gợi ý: {vi}", "there is no code `{name}`\n  = help: {en}"))
}

fn list(global: &Global) {
    let widest = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let mut group = None;
    for code in Code::ALL {
        if group != Some(code.group()) {
            let gap = if group.is_none() { "" } else { "\n" };
            group = Some(code.group());
            print::styled(&format!("{gap}{}", print::bold(explain::group(code.group()).get(global.language))), global);
        }
        let finds = explain::of(*code).map(|explanation| explanation.finds.get(global.language).to_owned());
        print::answer(&format!("  {:<widest$}  {}", code.name(), finds.unwrap_or_default()));
    }
}

fn one(code: Code, explanation: &Explanation, global: &Global) {
    let language = global.language;
    let level = match code.level() {
        Level::Error => say!("lỗi", "error"),
        Level::Warning => say!("cảnh báo", "warning"),
    };
    let line = |text: &str| print::styled(text, global);
    line(&format!("{} ({})\n", print::bold(code.name()), level.get(language)));
    line(explanation.finds.get(language));
    line("");
    line(&format!(
        "{} {}",
        print::bold(say!("Vì sao:", "Why it matters:").get(language)),
        explanation.why.get(language)
    ));
    line(&format!(
        "{} {}",
        print::bold(say!("Cách sửa:", "How to mend it:").get(language)),
        explanation.mend.get(language)
    ));
    if let Some(example) = &explanation.example {
        let sides = [(Side::Wrong, say!("Sai", "Wrong")), (Side::Right, say!("Đúng", "Right"))];
        for (side, title) in &sides {
            for (path, lines) in example.shown(*side) {
                line(&format!("\n{} {path}", print::bold(&format!("{}:", title.get(language)))));
                line(&excerpt(&lines, global));
            }
        }
    }
    line(&format!("\n{}", adjustable(code).get(language)));
}

fn excerpt(lines: &[String], global: &Global) -> String {
    if lines.is_empty() {
        return format!("    {}", say!("(không có dòng đó)", "(without those lines)").get(global.language));
    }
    let shown = |line: &String| if line.is_empty() { "    …".to_owned() } else { format!("    {line}") };
    lines.iter().map(shown).collect::<Vec<_>>().join("\n")
}

fn adjustable(code: Code) -> crate::diagnostic::Message {
    let name = code.name();
    if code.group().is_adjustable() {
        say!(
            "Đổi mức cho cả trang: `checks: {{{name}: off}}` trong site.yaml; bỏ qua cho một bản ghi: khóa `allow` với lý do và thời hạn.",
            "To change its level for the site: `checks: {{{name}: off}}` in site.yaml; for one record: the key `allow`, with a reason and a day."
        )
    } else {
        say!("Kiểm tra này không tắt được.", "This check cannot be switched off.")
    }
}
