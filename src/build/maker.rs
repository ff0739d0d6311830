//! Makes the pages of a site, one by one; those that are known are left as they are.

use crate::build::anchors::Anchors;
use crate::build::pages::Pages;
use crate::diagnostic::Diagnostic;
use crate::output::compress::packed_names;
use crate::plan::Page;
use crate::render::artefact::{Artefact, ArtefactBody, Published};
use crate::render::{Answers, Renderer};
use crate::source::Snapshot;

/// Makes the pages of a site.
pub struct Maker<'a> {
    renderer: &'a Renderer<'a>,
    anchors: &'a Anchors<'a>,
    known: &'a dyn Pages,
    /// None where no page is known.
    answers: Option<Answers<'a>>,
    /// Whether each page is published compressed, too.
    compress: bool,
}

/// A page.
pub enum Made {
    /// Its bytes.
    Anew(Vec<u8>),
    /// It is published already, in one form or several.
    Before(Vec<Artefact<'static>>),
}

impl<'a> Maker<'a> {
    pub fn new(
        renderer: &'a Renderer<'a>,
        anchors: &'a Anchors<'a>,
        (known, snapshot): (&'a dyn Pages, &'a Snapshot),
        compress: bool,
    ) -> Self {
        let answers = known.program().map(|program| Answers::new(renderer, snapshot, program));
        Maker { renderer, anchors, known, answers, compress }
    }

    /// A page, with the places that links may lead to noted.
    pub fn make(&self, page: &Page) -> Result<Made, Box<Diagnostic>> {
        let path = page.file();
        let Some(answers) = &self.answers else {
            return self.anew(page, self.renderer.page(page)?);
        };
        if let Some(before) = self.before(answers, page, &path) {
            return Ok(Made::Before(before));
        }
        let (view, questions) = self.renderer.traced(page);
        let bytes = self.renderer.render(&view)?;
        if let Some(key) = answers.key(page, &questions) {
            self.known.remember(&path, key, questions);
        }
        self.anew(page, bytes)
    }

    fn anew(&self, page: &Page, bytes: Vec<u8>) -> Result<Made, Box<Diagnostic>> {
        self.anchors.note(page, &bytes);
        Ok(Made::Anew(bytes))
    }

    /// A page as it was left, where nothing that it is made from has changed.
    fn before(&self, answers: &Answers<'_>, page: &Page, path: &str) -> Option<Vec<Artefact<'static>>> {
        let (questions, before) = self.known.trace(path)?;
        answers.key(page, questions).filter(|key| *key == before)?;
        let packed = self.compress.then(|| packed_names(path)).into_iter().flatten();
        let names = packed.chain([path.to_owned()]);
        let all = names.map(|path| Some(left(self.known.recall(&path)?, path))).collect::<Option<_>>()?;
        if self.anchors.lead_to(page) {
            self.anchors.note(page, &self.known.bytes(path)?);
        }
        self.known.keep(path);
        Some(all)
    }
}

fn left(published: Published, path: String) -> Artefact<'static> {
    Artefact { path, body: ArtefactBody::Published(published) }
}
