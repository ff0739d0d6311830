//! Faults as GitHub's workflow commands: a run shows each at its line.
//!
//! GitHub shows ten of each level in a step and drops the rest, so the first ten are chosen to show as many different codes as
//! there are, and a notice counts what cannot be seen.

use std::collections::HashMap;
use std::fmt::Write;

use crate::diagnostic::place::Place;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Language, Level};
use crate::say;
use crate::source::Snapshot;

/// How many annotations of a level GitHub shows in a step.
const SHOWN: usize = 10;

/// How much is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every fault.
    All,
    /// Only what GitHub shows: for a log that has all faults already.
    Shown,
}

/// The commands, one a line: errors first. `base` is the site's folder in the repository, empty or with `/` at its end.
pub fn render(
    diagnostics: &Diagnostics,
    snapshot: &Snapshot,
    language: Language,
    base: &str,
    extent: Extent,
) -> String {
    let mut out = String::new();
    for level in [Level::Error, Level::Warning] {
        let (first, rest) = chosen(diagnostics.iter().filter(|diagnostic| diagnostic.level == level).collect());
        let written = first.into_iter().chain(rest.into_iter().filter(|_| extent == Extent::All));
        written.for_each(|diagnostic| out.push_str(&command(diagnostic, snapshot, language, base)));
    }
    if let Some(notice) = notice(diagnostics, language) {
        out.push_str(&notice);
    }
    out
}

/// The faults that are shown, and the others; both in the given order. Those shown take turns by code.
fn chosen(faults: Vec<&Diagnostic>) -> (Vec<&Diagnostic>, Vec<&Diagnostic>) {
    let mut turns: HashMap<Code, usize> = HashMap::new();
    let mut ranked: Vec<(usize, usize)> = faults
        .iter()
        .enumerate()
        .map(|(index, fault)| {
            let turn = turns.entry(fault.code).or_default();
            *turn += 1;
            (*turn, index)
        })
        .collect();
    ranked.sort_unstable();
    let shown: std::collections::HashSet<usize> = ranked.iter().take(SHOWN).map(|(_, index)| *index).collect();
    let (first, rest): (Vec<_>, Vec<_>) = faults.into_iter().enumerate().partition(|(index, _)| shown.contains(index));
    let plain = |list: Vec<(usize, _)>| list.into_iter().map(|(_, fault)| fault).collect();
    (plain(first), plain(rest))
}

/// Why a run stopped, as an annotation without a place.
pub fn failure(text: &str) -> String {
    format!("::error title=minhbach::{}\n", data(text))
}

fn command(diagnostic: &Diagnostic, snapshot: &Snapshot, language: Language, base: &str) -> String {
    let place = Place::of(snapshot, diagnostic.place);
    let Place { line, column, end_line, end_column, .. } = place;
    let file = property(&format!("{base}{}", place.file));
    // GitHub takes columns only where they are in one line.
    let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    let (level, code) = (diagnostic.level.name(), diagnostic.code.name());
    let help = diagnostic.help.as_ref().map(|help| format!("\n{}", help.get(language))).unwrap_or_default();
    let text = data(&format!("{}{help}", diagnostic.message.get(language)));
    format!("::{level} file={file},line={line},endLine={end_line}{columns},title={code}::{text}\n")
}

/// What cannot be seen, where there is more than GitHub shows.
fn notice(diagnostics: &Diagnostics, language: Language) -> Option<String> {
    let (errors, warnings) = (diagnostics.count(Level::Error), diagnostics.count(Level::Warning));
    if errors <= SHOWN && warnings <= SHOWN {
        return None;
    }
    let said = say!(
        "{errors} lỗi, {warnings} cảnh báo; GitHub chỉ hiện {SHOWN} mỗi mức, đầy đủ ở nhật ký của bước này. Theo loại:",
        "{errors} errors, {warnings} warnings; GitHub shows {SHOWN} of each level, this step's log has all. By code:"
    );
    let mut text = said.get(language).to_owned();
    for ((level, code), count) in diagnostics.by_code() {
        let _ = write!(text, "\n{count} × {}[{code}]", level.name());
    }
    Some(format!("::notice title=minhbach::{}\n", data(&text)))
}

/// Text behind the `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn fault(code: Code, at: usize, end: usize) -> Diagnostic {
        Diagnostic::new(code, Span::new(FileId::new(0), at, end), say!("100% sai\n::error::", "100% wrong\n::error::"))
            .help(say!("sửa, đi", "mend: it"))
    }

    #[test]
    fn what_could_end_a_command_is_escaped() {
        let snapshot = Snapshot::from_texts([("content/a, b:c%.yaml", "a: đường\n")]);
        let one = Diagnostics::new(vec![fault(Code::UnknownKey, 3, 12)]);
        let text = render(&one, &snapshot, Language::En, "site/", Extent::All);
        assert_eq!(
            text,
            "::error file=site/content/a%2C b%3Ac%25.yaml,line=1,endLine=1,col=4,endColumn=9,title=unknown-key::\
             100%25 wrong%0A::error::%0Amend: it\n"
        );
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns() {
        let snapshot = Snapshot::from_texts([("content/a.yaml", "a: |\n  b\n  c\n")]);
        let one = Diagnostics::new(vec![fault(Code::ReviewOverdue, 3, 11)]);
        let text = render(&one, &snapshot, Language::Vi, "", Extent::All);
        assert!(text.starts_with("::warning file=content/a.yaml,line=1,endLine=3,title=review-overdue::"), "{text}");
    }

    #[test]
    fn errors_come_first_and_the_first_ten_show_every_code() {
        let snapshot = Snapshot::from_texts([("content/a.yaml", "x".repeat(99))]);
        let mut list: Vec<_> = (0..40).map(|at| fault(Code::ReviewOverdue, at, at)).collect();
        list.extend([fault(Code::SmallCell, 90, 91), fault(Code::UnknownKey, 95, 96)]);
        let faults = Diagnostics::new(list);
        let lines = |extent| {
            let text = render(&faults, &snapshot, Language::En, "", extent);
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let (all, shown) = (lines(Extent::All), lines(Extent::Shown));
        assert_eq!((all.len(), shown.len()), (43, 12));
        assert!(all[0].starts_with("::error "));
        assert!(all[1..11].iter().any(|line| line.contains("small-cell")));
        assert!(all[42].starts_with("::notice title=minhbach::1 errors, 41 warnings"), "{}", all[42]);
        assert!(all[42].contains("%0A40 × warning[review-overdue]"), "{}", all[42]);
    }
}
