//! The address of everything, in one language.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{List, Names, Page, SectionNames, Source};
use crate::record::kind::KindName;
use crate::record::suggest;
use crate::say;
use crate::site::Site;

/// The addresses of one language.
#[derive(Debug, Clone)]
pub struct Routes {
    /// Its code.
    pub language: String,
    /// Before every address: nothing for the default language, `/en` for another.
    prefix: String,
    names: SectionNames,
}

/// The routes of every language of a site. A language that the theme does not speak is told and left out.
pub fn of_site(site: &Site, names: &Names) -> (Vec<Routes>, Vec<Diagnostic>) {
    let languages = site.config.languages();
    let known = languages.iter().enumerate().filter_map(|(index, language)| {
        let prefix = if index == 0 { String::new() } else { format!("/{language}") };
        names.get(*language).map(|names| Routes { language: (*language).to_owned(), prefix, names: names.clone() })
    });
    let mut routes: Vec<Routes> = known.collect();
    if routes.is_empty() {
        // Something must be there to plan with; the fault below keeps the site from being published.
        let (language, names) = names.iter().next().expect("a theme speaks a language");
        routes.push(Routes { language: language.clone(), prefix: String::new(), names: names.clone() });
    }
    (routes, unspoken(site, names))
}

fn unspoken(site: &Site, names: &Names) -> Vec<Diagnostic> {
    let unspoken = site.config.languages.iter().filter(|language| !names.contains_key(&***language as &str));
    unspoken
        .map(|language| {
            let (code, spoken) = (&***language as &str, suggest::listed(names.keys().map(String::as_str)));
            let message = say!(
                "giao diện không có nhãn cho ngôn ngữ `{code}`; có: {spoken}",
                "the theme has no labels in the language `{code}`; it has {spoken}"
            );
            Diagnostic::new(Code::InvalidValue, language.place, message)
        })
        .collect()
}

impl Routes {
    /// The page that is made from a source.
    pub fn page(&self, source: &Source) -> Page {
        Page { address: self.address(source), language: self.language.clone(), source: source.clone() }
    }

    /// The address of what is made from a source.
    pub fn address(&self, source: &Source) -> String {
        match source {
            Source::Home => self.below(&[]),
            Source::List(list, part) => self.part(self.list(list), *part),
            Source::Record(kind, id) => self.record(*kind, id),
            Source::Contacts => self.below(&[&self.names.contact]),
            Source::Reception => self.below(&[&self.names.reception]),
            Source::Feedback => self.below(&[&self.names.feedback]),
            Source::Data => self.below(&[&self.names.data]),
            Source::State => self.below(&[&self.names.status]),
            Source::Search => self.below(&[&self.names.search]),
            Source::NotFound => format!("{}/404.html", self.prefix),
            Source::Sheet(id) => self.below(&[&self.names.procedure, id, &self.names.posting]),
            Source::FieldSheet(slug) => {
                self.below(&[&self.names.procedure, &self.names.field, slug, &self.names.posting])
            }
            Source::Poster => self.below(&[&self.names.contact, &self.names.posting]),
        }
    }

    /// The address of a section that not every site has, by its word.
    pub fn section(&self, word: impl Fn(&SectionNames) -> &String) -> String {
        self.below(&[word(&self.names)])
    }

    /// The address of a record: of its page, or of its place on a page that it shares.
    pub fn record(&self, kind: KindName, id: &str) -> String {
        match kind {
            KindName::Agency => self.list(&List::Agency(id.to_owned())),
            KindName::Contact => format!("{}#{id}", self.below(&[&self.names.contact])),
            KindName::Page => self.below(&[id]),
            _ => self.below(&[self.names.of_kind(kind), id]),
        }
    }

    fn list(&self, list: &List) -> String {
        let names = &self.names;
        match list {
            List::Kind(kind) => self.below(&[names.of_kind(*kind)]),
            List::Field(slug) => self.below(&[&names.procedure, &names.field, slug]),
            List::Agency(id) => self.below(&[&names.procedure, &names.agency, id]),
            List::Simplified => self.below(&[&names.procedure, &names.simplified]),
        }
    }

    fn part(&self, list: String, part: usize) -> String {
        if part <= 1 { list } else { format!("{list}{}/{part}/", self.names.page) }
    }

    fn below(&self, steps: &[&str]) -> String {
        let steps: String = steps.iter().map(|step| format!("/{step}")).collect();
        format!("{}{steps}/", self.prefix)
    }
}

/// The path part of a base address, without the slash at its end: `/cong` of `https://a.vn/cong/`.
pub fn base_path(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |start| &rest[start..]);
    path.split(['?', '#']).next().unwrap_or(path).trim_end_matches('/')
}
