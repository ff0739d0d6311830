//! The answers to what everybody asks first: how long, how much, where, what to bring, what you get.

use serde::Serialize;

use crate::record::kinds::procedure::{Dossier, Procedure};
use crate::render::lens::Lens;
use crate::render::view::channel;
use crate::render::words::{Link, Words};

/// How many cases or results the box names; more are below.
const FEW: usize = 3;
/// How many letters a fact may have.
const SHORT: usize = 160;

/// The five facts.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// The different processing times, three at most; one sentence that sends to the table where that is more or long.
    times: Vec<Words>,
    /// The different costs, in the same way.
    costs: Vec<Words>,
    /// Where to submit; empty where the record does not say.
    places: Vec<Link>,
    /// Where one submits online; none where nobody can.
    pub online: Option<String>,
    /// What to bring, a count for each case: "Cấp lần đầu: 4 giấy tờ"; a sentence that sends below where that is more than
    /// three or long. Empty where the record does not say.
    papers: Vec<Words>,
    /// What the applicant gets; a sentence that sends below where that is more than three or long. Empty where the
    /// record does not say.
    results: Vec<Words>,
}

/// The five facts of a procedure.
pub fn facts(lens: &Lens<'_>, data: &Procedure) -> Facts {
    Facts {
        times: channel::times(lens, data),
        costs: channel::costs(lens, data),
        places: lens.references(&data.submit_at),
        online: channel::online_address(lens, data),
        papers: few(papers_of(lens, data), || lens.count("procedure.cases_n", data.dossiers.len())),
        results: few(results(lens, data), || lens.label("procedure.see_below")),
    }
}

/// Words that fit into the box; a sentence that sends below where they do not.
fn few(all: Vec<Words>, sentence: impl Fn() -> String) -> Vec<Words> {
    let letters = |words: &Words| words.text.chars().count();
    let fits = all.len() <= FEW && all.iter().all(|words| letters(words) <= SHORT);
    if fits { all } else { vec![Words::own(sentence())] }
}

fn results(lens: &Lens<'_>, data: &Procedure) -> Vec<Words> {
    data.results.iter().map(|outcome| lens.text(&outcome.name)).collect()
}

fn papers_of(lens: &Lens<'_>, data: &Procedure) -> Vec<Words> {
    data.dossiers.iter().map(|dossier| papers(lens, dossier)).collect()
}

/// "Cấp lần đầu: 4 giấy tờ"
fn papers(lens: &Lens<'_>, dossier: &Dossier) -> Words {
    let papers = lens.count("procedure.papers_n", dossier.documents.len());
    match &dossier.case {
        None => Words::own(papers),
        Some(case) => {
            let Words { text, lang } = lens.text(case);
            Words { text: format!("{text}: {papers}"), lang }
        }
    }
}
