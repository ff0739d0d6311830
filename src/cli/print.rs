//! What goes to the terminal.

use std::io::Write;

use anstream::AutoStream;

use crate::cli::Failure;
use crate::cli::args::{Format, Global};
use crate::cli::ci::{self, Service};
use crate::diagnostic::github::{self, Extent};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Message, gitlab, human, json, sarif};
use crate::explain;
use crate::mend::Rewrite;
use crate::say;
use crate::source::Snapshot;

/// Prints all faults: for people to standard error, for programs to standard output; in a service's run also where the service
/// reads them.
///
/// # Errors
/// Where a service's report cannot be written.
pub fn diagnostics(
    diagnostics: &Diagnostics,
    snapshot: &Snapshot,
    records: usize,
    pages: usize,
    global: &Global,
) -> Result<(), Failure> {
    let language = global.language;
    let annotations = |extent| github::render(diagnostics, snapshot, language, &ci::base(global), extent);
    match global.format {
        Format::Human => {
            error_text(&human::render(diagnostics, snapshot, language), global);
            hint(diagnostics, global);
        }
        Format::Json => line(&json::render(diagnostics, snapshot, language, records, pages)),
        Format::Github => text(&annotations(Extent::All)),
        Format::Gitlab => line(&gitlab::render(diagnostics, snapshot, language, &ci::base(global))),
        Format::Sarif => line(&sarif::render(diagnostics, snapshot, language, &ci::base(global), &explain::rule)),
    }
    match global.service {
        Some(Service::Github) => text(&annotations(Extent::Shown)),
        Some(Service::Gitlab) => ci::write_gitlab_report(diagnostics, snapshot, global)?,
        None => {}
    }
    Ok(())
}

/// Prints some faults, where there are any.
pub fn faults<'a>(faults: impl Iterator<Item = &'a Diagnostic>, snapshot: &Snapshot, global: &Global) {
    let faults = Diagnostics::new(faults.cloned().collect());
    if !faults.is_empty() {
        // A service's report is of a whole run, and this is a part of one.
        let global = Global { service: None, ..global.clone() };
        let _ = diagnostics(&faults, snapshot, 0, 0, &global);
    }
}

/// Where more is said about the faults: once a run, with a code of this run as the example.
fn hint(diagnostics: &Diagnostics, global: &Global) {
    let worst = diagnostics.iter().max_by_key(|fault| (fault.level, std::cmp::Reverse(fault.place)));
    if let Some(code) = worst.filter(|_| !global.quiet).map(|fault| fault.code) {
        notice(
            &say!(
                "Giải thích và ví dụ: minhbach explain {code}\n",
                "What a code means, with an example: minhbach explain {code}\n"
            ),
            global,
        );
    }
}

/// One line of counts: the last word of a `check`, and the first of a failed `build`.
pub fn counts(diagnostics: &Diagnostics, records: usize, pages: usize, global: &Global) {
    let (errors, warnings) = (diagnostics.count(Level::Error), diagnostics.count(Level::Warning));
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let (e, w, r, p) = (plural(errors), plural(warnings), plural(records), plural(pages));
    info(
        &say!(
            "{errors} lỗi, {warnings} cảnh báo; {records} bản ghi, {pages} trang",
            "{errors} error{e}, {warnings} warning{w}; {records} record{r}, {pages} page{p}"
        ),
        global,
    );
}

/// A line for people, unless they asked for quiet or for another format. In a service's run standard output is the service's.
pub fn info(message: &Message, global: &Global) {
    if global.quiet || global.format != Format::Human {
        return;
    }
    match global.service {
        None => line(message.get(global.language)),
        Some(_) => error_text(&format!("{}\n", message.get(global.language)), global),
    }
}

/// What was asked for, such as a schema: on standard output, quiet or not.
pub fn answer(text: &str) {
    line(text);
}

/// The same for text that ends its own last line, or is empty.
pub fn answer_part(written: &str) {
    text(written);
}

/// What changes in files, as version control shows it.
pub fn diff(rewrites: &[Rewrite]) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let one = |rewrite: &Rewrite| {
        let (from, to) = (format!("a/{}", rewrite.from), format!("b/{}", rewrite.to));
        let (before, after) = (text(&rewrite.before), text(&rewrite.after));
        let moved = if rewrite.from == rewrite.to {
            String::new()
        } else {
            format!("rename from {}\nrename to {}\n", rewrite.from, rewrite.to)
        };
        let diff = similar::TextDiff::from_lines(&before, &after);
        format!("{moved}{}", diff.unified_diff().header(&from, &to))
    };
    rewrites.iter().map(one).collect()
}

/// The same for text with colours, which are left out where they are not wanted.
pub fn styled(text: &str, global: &Global) {
    let _ = writeln!(AutoStream::new(std::io::stdout(), global.color), "{text}");
}

/// Words that stand out.
pub fn bold(text: &str) -> String {
    let bold = anstyle::Style::new().bold();
    format!("{bold}{text}{bold:#}")
}

/// A line on standard output.
pub fn line(written: &str) {
    text(&format!("{written}\n"));
}

/// Text on standard output. A reader that went away (`| head`) is no failure.
fn text(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Why a command stopped.
pub fn failure(message: &Message, global: &Global) {
    let red = anstyle::AnsiColor::BrightRed.on_default().bold();
    let word = match global.language {
        crate::diagnostic::Language::Vi => "lỗi",
        crate::diagnostic::Language::En => "error",
    };
    error_text(&format!("{red}{word}{red:#}: {}\n", message.get(global.language)), global);
    if global.service == Some(Service::Github) {
        text(&github::failure(message.get(global.language)));
    }
}

/// Something a person should know although all went well.
pub fn notice(message: &Message, global: &Global) {
    error_text(&format!("{}\n", message.get(global.language)), global);
}

fn error_text(text: &str, global: &Global) {
    let _ = AutoStream::new(std::io::stderr(), global.color).write_all(text.as_bytes());
}
