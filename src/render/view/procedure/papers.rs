//! What to bring: a checklist for each case, with the forms to fill in.

use serde::Serialize;

use crate::record::kinds::procedure::{Dossier, Form, Paper};
use crate::render::lens::{Download, Lens};
use crate::render::words::Words;

/// The papers for one case.
#[derive(Debug, Serialize)]
pub struct DossierView {
    /// The case that they are for; none where there is one for all.
    case: Option<Words>,
    /// The papers, in the order of the record.
    papers: Vec<PaperView>,
}

#[derive(Debug, Serialize)]
struct PaperView {
    /// What the paper is called.
    name: Words,
    /// "1 bản chính, 1 bản sao"
    copies: Option<String>,
    /// The form to fill in; none where there is none.
    form: Option<Download>,
    /// A remark on the paper; none where there is none.
    note: Option<Words>,
}

/// The papers for one case.
pub fn dossier(lens: &Lens<'_>, dossier: &Dossier) -> DossierView {
    DossierView {
        case: dossier.case.as_ref().map(|case| lens.text(case)),
        papers: dossier.documents.iter().map(|paper| paper_view(lens, paper)).collect(),
    }
}

fn paper_view(lens: &Lens<'_>, paper: &Paper) -> PaperView {
    let counted = |name: &str, count: Option<i64>| {
        count.filter(|count| *count > 0).map(|count| lens.labels.count(name, count, &lens.language.number(count)))
    };
    let originals = counted("procedure.originals_n", paper.originals.map(|count| *count));
    let copies = counted("procedure.copies_n", paper.copies.map(|count| *count));
    let both: Vec<String> = originals.into_iter().chain(copies).collect();
    PaperView {
        name: lens.text(&paper.name),
        copies: (!both.is_empty()).then(|| both.join(", ")),
        form: paper.form.as_ref().map(|form| download(lens, form)),
        note: paper.note.as_ref().map(|note| lens.text(note)),
    }
}

/// A form to fill in.
pub fn download(lens: &Lens<'_>, form: &Form) -> Download {
    match form {
        Form::File(file) => lens.download(file, None),
        Form::Titled(form) => match (&form.file, &form.url) {
            (Some(file), _) => lens.download(file, Some(&form.title)),
            (None, url) => {
                let href = url.as_ref().map(|url| url.to_string());
                Download { href, title: lens.text(&form.title), about: None }
            }
        },
    }
}
