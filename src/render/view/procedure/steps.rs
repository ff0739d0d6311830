//! The way step by step: what the applicant does on one side, what the agency does on the other, in order.

use serde::Serialize;

use crate::record::kinds::procedure::{Actor, Step};
use crate::record::value::Words as _;
use crate::render::lens::Lens;
use crate::render::words::{Html, Words};

/// One step.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// Its heading; none where the record gives it none.
    title: Option<Words>,
    /// Who does it, as the page says it to the applicant; none where the record does not say.
    actor: Option<String>,
    /// `applicant`, `agency`, or `anyone` where the record does not say.
    side: &'static str,
    /// What is done; headings in it begin with `h3`, or with `h4` where the step has a title.
    text: Html,
}

/// All steps.
pub fn views(lens: &Lens<'_>, steps: &[Step]) -> Vec<StepView> {
    steps.iter().enumerate().map(|(index, step)| view(lens, index, step)).collect()
}

fn view(lens: &Lens<'_>, index: usize, step: &Step) -> StepView {
    StepView {
        title: step.title.as_ref().map(|title| lens.text(title)),
        actor: step.actor.map(|actor: Actor| lens.label(&format!("procedure.step_{}", actor.word()))),
        side: step.actor.map_or("anyone", |actor| actor.word()),
        text: lens.markdown(&step.text, if step.title.is_some() { 3 } else { 2 }, &format!("step{}_", index + 1)),
    }
}
