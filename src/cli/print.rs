//! What goes to the terminal.

use std::io::Write;

use anstream::AutoStream;

use crate::cli::args::{Format, Global};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Message, human, json};
use crate::say;
use crate::source::Snapshot;

/// Prints all faults: for people to standard error, as JSON to standard output.
pub fn diagnostics(diagnostics: &Diagnostics, snapshot: &Snapshot, records: usize, pages: usize, global: &Global) {
    match global.format {
        Format::Json => line(&json::render(diagnostics, snapshot, global.language, records, pages)),
        Format::Human => error_text(&human::render(diagnostics, snapshot, global.language), global),
    }
}

/// Prints some faults, where there are any.
pub fn faults<'a>(faults: impl Iterator<Item = &'a Diagnostic>, snapshot: &Snapshot, global: &Global) {
    let faults = Diagnostics::new(faults.cloned().collect());
    if !faults.is_empty() {
        diagnostics(&faults, snapshot, 0, 0, global);
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

/// A line for people, unless they asked for quiet or for JSON.
pub fn info(message: &Message, global: &Global) {
    if !global.quiet && global.format == Format::Human {
        line(message.get(global.language));
    }
}

/// A line on standard output. A reader that went away (`| head`) is no failure.
fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Why a command stopped.
pub fn failure(message: &Message, global: &Global) {
    let red = anstyle::AnsiColor::BrightRed.on_default().bold();
    let word = match global.language {
        crate::diagnostic::Language::Vi => "lỗi",
        crate::diagnostic::Language::En => "error",
    };
    error_text(&format!("{red}{word}{red:#}: {}\n", message.get(global.language)), global);
}

/// Something a person should know although all went well.
pub fn notice(message: &Message, global: &Global) {
    error_text(&format!("{}\n", message.get(global.language)), global);
}

fn error_text(text: &str, global: &Global) {
    let _ = AutoStream::new(std::io::stderr(), global.color).write_all(text.as_bytes());
}
