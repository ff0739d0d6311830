//! Pages in the site's look that another server shows: the inbox's. Their links lead to the site, whole; the static files
//! are on that server, so that a page loads nothing from another host.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::record::kinds::statistics::Period;
use crate::record::value::{Words, nowhere};
use crate::render::language::Language;
use crate::render::lens::{Lens, World};
use crate::render::on_demand::OnDemand;
use crate::render::relations::Relations;
use crate::render::shared::Shared;
use crate::render::theme::{Asset, Labels, Theme};
use crate::render::view::{self, Around, View};
use crate::site::Site;
use crate::value::date::Date;

/// Renders such pages. It holds all that it needs, so the site itself can go.
#[derive(Debug)]
pub struct Guest {
    theme: Theme,
    languages: BTreeMap<String, Spoken>,
}

/// What all pages of a language have.
#[derive(Debug)]
struct Spoken {
    shared: Shared,
    around: Around,
    form: Value,
}

impl Guest {
    /// Gets ready.
    pub fn new(site: &Site, mut plan: Plan, theme: Theme) -> Self {
        plan.base_path = site.config.base_url.trim_end_matches('/').to_owned();
        let (relations, on_demand) = (Relations::of(site), OnDemand::default());
        let spoken = |language: &str| {
            let (plan, theme, relations, on_demand) = (&plan, &theme, &relations, &on_demand);
            let lens = Lens::new(World { site, plan, theme, relations, on_demand }, language);
            let spoken = Spoken {
                shared: Shared::elsewhere(&lens),
                around: Around::feedback(&lens),
                form: view::feedback(&lens),
            };
            (language.to_owned(), spoken)
        };
        let languages = plan.languages().map(spoken).collect();
        Guest { theme, languages }
    }

    /// Whether pages can be in a language.
    pub fn speaks(&self, language: &str) -> bool {
        self.languages.contains_key(language)
    }

    /// The labels in a language.
    pub fn labels(&self, language: &str) -> &Labels {
        self.theme.labels(language)
    }

    /// A day in words.
    pub fn day(&self, language: &str, date: Date) -> String {
        Language::of(language).long_date(date)
    }

    /// What a word of the content model is called.
    pub fn word<T: Words>(&self, language: &str, word: T) -> &'static str {
        Language::of(language).word(word)
    }

    /// The static files.
    pub fn assets(&self) -> &[Asset] {
        &self.theme.assets
    }

    /// What the template of the feedback form gets in a language.
    pub fn form(&self, language: &str) -> &Value {
        &self.spoken(language).form
    }

    /// Renders a page.
    ///
    /// # Errors
    /// Where the template asks for what its view does not have.
    pub fn page(
        &self,
        template: &'static str,
        language: &str,
        title: &str,
        value: &impl Serialize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let spoken = self.spoken(language);
        let (page, value) = (spoken.around.page(title), Value::from_serializable(value));
        let view = View { template, language: language.to_owned(), page, value };
        self.theme.render(template, spoken.shared.context(&view))
    }

    fn spoken(&self, language: &str) -> &Spoken {
        self.languages.get(language).or_else(|| self.languages.values().next()).expect("a site speaks a language")
    }
}

/// A period in the words of a language.
pub fn period(language: &str, start: Date, end: Date) -> String {
    Language::of(language).period(&Period { start, end, place: nowhere() })
}
