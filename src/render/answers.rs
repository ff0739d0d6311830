//! What a site answers to the questions that views ask, as hashes: whoever keeps the hash of a page's questions and answers
//! knows later, without its view, whether the page would be the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::RwLock;

use blake3::{Hash, Hasher};

use crate::plan::Page;
use crate::record::kind::KindName;
use crate::record::read::Files;
use crate::render::Renderer;
use crate::render::fingerprint::add_bytes;
use crate::render::relations::Name;
use crate::render::trace::{Backlink, Question};
use crate::site::{self, Found};
use crate::source::{Body, FileId, Snapshot};

const NO_PANIC: &str = "no holder of this lock panics";

/// The answers of one site. Each is looked up once.
pub struct Answers<'a> {
    renderer: &'a Renderer<'a>,
    snapshot: &'a Snapshot,
    files: BTreeMap<KindName, BTreeMap<String, Files>>,
    base: Hash,
    known: RwLock<HashMap<Question, Hash>>,
}

impl<'a> Answers<'a> {
    /// The answers of what a renderer renders. `program` stands for the program that does.
    pub fn new(renderer: &'a Renderer<'a>, snapshot: &'a Snapshot, program: &str) -> Self {
        let site::Sorted { config, config_overlays, records, .. } = site::sort(snapshot);
        let mut hasher = Hasher::new();
        add_bytes(&mut hasher, program.as_bytes());
        // The configuration and what is the same on all pages of a language.
        config.into_iter().chain(config_overlays.into_values()).for_each(|file| add_file(&mut hasher, snapshot, file));
        add_bytes(&mut hasher, renderer.site.config.base_url.as_bytes());
        for language in renderer.plan.languages() {
            add_bytes(&mut hasher, format!("{:?}", renderer.plan.routes(language)).as_bytes());
        }
        renderer.common.shared.values().for_each(|shared| add_bytes(&mut hasher, shared.fingerprint()));
        Answers { renderer, snapshot, files: records, base: hasher.finalize(), known: RwLock::default() }
    }

    /// The hash of a page's questions and their answers: two pages with one hash have the same bytes. None where something was
    /// asked that is not answered twice.
    pub fn key<'q>(&self, page: &Page, questions: impl IntoIterator<Item = &'q Question>) -> Option<Hash> {
        let mut hasher = Hasher::new();
        add_bytes(&mut hasher, self.base.as_bytes());
        add_bytes(&mut hasher, format!("{page:?}").as_bytes());
        for question in questions {
            hasher.update(self.answer(question)?.as_bytes());
        }
        Some(hasher.finalize())
    }

    /// The hash of a question and its answer.
    fn answer(&self, question: &Question) -> Option<Hash> {
        if *question == Question::Everything {
            return None;
        }
        if let Some(known) = self.known.read().expect(NO_PANIC).get(question) {
            return Some(*known);
        }
        let mut hasher = Hasher::new();
        add_bytes(&mut hasher, format!("{question:?}").as_bytes());
        self.look_up(&mut hasher, question);
        let answer = hasher.finalize();
        self.known.write().expect(NO_PANIC).insert(question.clone(), answer);
        Some(answer)
    }

    fn look_up(&self, hasher: &mut Hasher, question: &Question) {
        let Renderer { site, plan, theme, .. } = self.renderer;
        match question {
            Question::Record(kind, id) => self.add_record(hasher, *kind, id),
            Question::Key(kind, key) => match site.table(*kind).look_up(key) {
                Found::One(index) => {
                    let outline = site.table(*kind).outline(index);
                    add_shown(hasher, &(outline.id, outline.is_published));
                }
                other => add_shown(hasher, &other),
            },
            Question::Table(kind) => {
                for outline in site.published(*kind) {
                    add_bytes(hasher, outline.id.as_bytes());
                    self.add_record(hasher, *kind, outline.id);
                }
            }
            Question::Backlinks(way, of) => self.add_backlinks(hasher, *way, of),
            Question::Path(path) => add_shown(hasher, &plan.exists(path)),
            Question::Link(language, target) => add_shown(hasher, &plan.link(site, target, language)),
            Question::List(language, list) => add_shown(hasher, &plan.list_in(language, list)),
            Question::Lists => plan.lists().for_each(|list| add_shown(hasher, &list)),
            Question::Field(slug) => {
                let fields = plan.fields.iter().filter(|field| field.slug == *slug);
                fields.for_each(|field| self.add_field(hasher, field));
            }
            Question::Fields => plan.fields.iter().for_each(|field| self.add_field(hasher, field)),
            Question::Attachment(path) => add_shown(hasher, &site.attachments.get(path)),
            Question::Day => add_shown(hasher, &site.as_of),
            Question::Template(name) => add_bytes(hasher, theme.fingerprint(name)),
            Question::Everything => {}
        }
    }

    /// Whether a record is published, and what its files hold: it is made from nothing else.
    fn add_record(&self, hasher: &mut Hasher, kind: KindName, id: &str) {
        let table = self.renderer.site.table(kind);
        let is_published = match table.look_up(id) {
            Found::One(index) => table.outline(index).is_published,
            _ => false,
        };
        add_shown(hasher, &is_published);
        let Some(files) = self.files.get(&kind).and_then(|records| records.get(id)) else { return };
        files.own.iter().for_each(|file| add_file(hasher, self.snapshot, *file));
        for (language, file) in &files.overlays {
            add_bytes(hasher, language.as_bytes());
            add_file(hasher, self.snapshot, *file);
        }
    }

    fn add_backlinks(&self, hasher: &mut Hasher, way: Backlink, of: &str) {
        let relations = &self.renderer.common.relations;
        match way {
            Backlink::Updates => add_shown(hasher, &name(of).and_then(|name| relations.updates.get(&name))),
            Backlink::CorrectedBy => add_shown(hasher, &name(of).and_then(|name| relations.corrected_by.get(&name))),
            Backlink::Series => add_shown(hasher, &relations.series.get(of)),
            Backlink::ContinuedBy => add_shown(hasher, &relations.continued_by.get(of)),
            _ => add_shown(hasher, &relations.names(way, of)),
        }
    }

    /// A field's name, which may be a procedure's, and the language of the file in which it stands.
    fn add_field(&self, hasher: &mut Hasher, field: &crate::plan::Field) {
        let language_of = |text: &crate::record::value::Text| self.renderer.site.language_of(text.place.file);
        let translations = field.translations.iter();
        let translated: Vec<_> =
            translations.map(|(language, text)| (language, text.as_str(), language_of(text))).collect();
        add_shown(hasher, &(&field.slug, field.is_listed(), field.name.as_str(), language_of(&field.name), translated));
    }
}

/// `procedure:ban-buon-ruou` as a kind and an ID.
fn name(written: &str) -> Option<Name> {
    let (kind, id) = written.split_once(':')?;
    Some((KindName::from_word(kind)?, id.to_owned()))
}

fn add_file(hasher: &mut Hasher, snapshot: &Snapshot, file: FileId) {
    match &snapshot.file(file).body {
        Body::Bytes(bytes) => add_bytes(hasher, bytes),
        other => add_shown(hasher, other),
    }
}

fn add_shown(hasher: &mut Hasher, answer: &impl std::fmt::Debug) {
    add_bytes(hasher, format!("{answer:?}").as_bytes());
}
