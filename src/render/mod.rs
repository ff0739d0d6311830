//! From what is planned to the bytes of pages: pure.
//!
//! A page is a function of its *view*, the values that its template gets, and of nothing else. No template function looks
//! at the site behind the view's back. A view in turn knows only what it asked, so a page whose questions are all answered as
//! they were need not be made again; [`Answers`] tells that without the view.

mod answers;
pub mod artefact;
mod fingerprint;
pub mod guest;
mod language;
pub(crate) mod lens;
pub mod markdown;
mod on_demand;
mod relations;
mod shared;
pub(crate) mod sight;
pub mod theme;
pub mod trace;
pub mod view;
pub(crate) mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::output::data::{Measured, measure};
use crate::plan::{Page, Plan, Redirect};
use crate::render::lens::{Lens, World};
use crate::render::on_demand::OnDemand;
use crate::render::relations::Relations;
use crate::render::shared::Shared;
use crate::render::theme::Theme;
use crate::render::trace::Question;
use crate::render::view::View;
use crate::site::Site;

pub use crate::render::answers::Answers;
pub use crate::render::language::Language;

/// Renders the pages of one site.
#[derive(Debug)]
pub struct Renderer<'a> {
    site: &'a Site,
    plan: &'a Plan,
    theme: &'a Theme,
    common: Arc<Common>,
}

/// What all pages of a site rest on, made once. Whoever keeps a site keeps this beside it.
#[derive(Debug, Default)]
pub struct Common {
    relations: Relations,
    shared: BTreeMap<String, Shared>,
    on_demand: OnDemand,
}

impl<'a> Renderer<'a> {
    /// Gets ready: what all pages of a language share is made once.
    pub fn new(site: &'a Site, plan: &'a Plan, theme: &'a Theme) -> Self {
        let mut common = Common { relations: Relations::of(site), ..Common::default() };
        let shared = |language: &str| {
            let (relations, on_demand) = (&common.relations, &common.on_demand);
            (language.to_owned(), Shared::new(&Lens::new(World { site, plan, theme, relations, on_demand }, language)))
        };
        common.shared = plan.languages().map(shared).collect();
        Renderer { site, plan, theme, common: Arc::new(common) }
    }

    /// Goes on with what an earlier renderer of the same site made ready.
    pub fn resume(site: &'a Site, plan: &'a Plan, theme: &'a Theme, common: Arc<Common>) -> Self {
        Renderer { site, plan, theme, common }
    }

    /// What was made ready, to go on with.
    pub fn common(&self) -> Arc<Common> {
        Arc::clone(&self.common)
    }

    /// The bytes of a page.
    ///
    /// # Errors
    /// Where its template cannot be rendered.
    pub fn page(&self, page: &Page) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.render(&self.view(page))
    }

    /// The page at an old address.
    ///
    /// # Errors
    /// Where its template cannot be rendered.
    pub fn redirect(&self, redirect: &Redirect) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.render(&view::redirect(&self.lens(&redirect.language), redirect))
    }

    /// What the template of a page gets, beside what all pages of its language share.
    pub fn view(&self, page: &Page) -> View {
        view::of_page(&self.lens(&page.language), page)
    }

    /// The same, and all that was asked to make it.
    pub fn traced(&self, page: &Page) -> (View, Vec<Question>) {
        let lens = self.lens(&page.language);
        let view = view::of_page(&lens, page);
        let mut questions = lens.into_questions();
        questions.push(Question::Template(view.template.to_owned()));
        (view, questions)
    }

    /// Renders a view.
    ///
    /// # Errors
    /// Where its template cannot be rendered.
    pub fn render(&self, view: &View) -> Result<Vec<u8>, Box<Diagnostic>> {
        let shared = self.common.shared.get(&view.language).expect("every language of the plan is shared");
        self.theme.render(view.template, shared.context(view))
    }

    /// The site as its pages in a language see it.
    pub(crate) fn lens(&self, language: &str) -> Lens<'_> {
        let Common { relations, on_demand, .. } = &*self.common;
        let (site, plan, theme) = (self.site, self.plan, self.theme);
        Lens::new(World { site, plan, theme, relations, on_demand }, language)
    }

    /// How large the tables of open data are.
    pub fn tables(&self) -> &Measured {
        self.common.on_demand.tables.get_or_init(|| measure(self.site, self.plan))
    }
}
