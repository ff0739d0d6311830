//! The search index: small files that a browser fetches as it needs them, so that searching takes no server.
//!
//! One index per language, beside its search page. `index.json` stands at a fixed address and tells what is where; it names
//! the folder with everything else, whose name is made from its content, so that a browser may keep it for ever:
//!
//! - `n*.txt` *names*: the words of records' names, codes and symbols, and each two that follow one another, with the records
//!   that have them. Most Vietnamese words are two syllables, so pairs find what a person means where single syllables
//!   find nearly everything.
//! - `t*.txt` *texts*: the words of what records say beside that.
//! - `r*.txt` *records*: what a list of results shows.
//! - `words.txt`: every word, the most frequent first, to mend typing errors by.
//!
//! All are plain text, which any host compresses. Terms are folded (`đăng` stands under `dang`), with a list of
//! records for each spelling. The files are cut so small that what a query fetches stays small however large the site is; the
//! records of one field of work stand together by name, so the lists are short and like records share a file.
//! The theme's `search.js` reads all this; the two change together.

mod entry;
mod folder;
mod postings;
mod terms;
mod words;

use rayon::prelude::*;

use crate::output::search::folder::Folder;
use crate::plan::{Plan, Source};
use crate::render::Renderer;
use crate::render::artefact::{Artefact, ArtefactBody};
use crate::site::Site;

/// The index of every language; nothing where the site has no search.
pub fn files(site: &Site, plan: &Plan, renderer: &Renderer<'_>) -> Vec<Artefact<'static>> {
    if !site.config.makes(|outputs| outputs.search) {
        return Vec::new();
    }
    let languages: Vec<&str> = plan.languages().collect();
    languages.into_par_iter().flat_map(|language| of_language(plan, renderer, language)).collect()
}

fn of_language(plan: &Plan, renderer: &Renderer<'_>, language: &str) -> Vec<Artefact<'static>> {
    let page = plan.routes(language).address(&Source::Search);
    let below = page.trim_start_matches('/').to_owned();
    let entries = entry::all(&renderer.lens(language));
    let folder = Folder::of(&entries);
    let artefact = |(name, bytes): (String, Vec<u8>)| Artefact {
        path: format!("{below}{name}"),
        body: ArtefactBody::Bytes(bytes),
    };
    folder.into_files().into_iter().map(artefact).collect()
}
