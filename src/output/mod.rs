//! What is published beside pages. Each sort of file has its own module here: a function from the site to bytes.

mod around;
mod calendar;
mod card;
pub mod compress;
pub mod data;
mod feed;
mod headers;
mod moment;
mod record;
mod search;
mod security;
mod sitemap;

use crate::diagnostic::Diagnostic;
use crate::plan::{File, FileSource, Plan};
use crate::record::published::Json;
use crate::render::Renderer;
use crate::render::artefact::{Artefact, ArtefactBody, Stream};
use crate::render::theme::Theme;
use crate::site::Site;
use crate::source::SitePath;

/// The theme's static files, the attachments, the pages at old addresses, and the search index.
///
/// # Errors
/// Where the template of a redirect has a fault.
pub fn files(
    site: &Site,
    plan: &Plan,
    theme: &Theme,
    renderer: &Renderer<'_>,
) -> Result<Vec<Artefact<'static>>, Box<Diagnostic>> {
    let assets = theme.assets.iter().map(|asset| bytes(&asset.file, asset.bytes.to_vec()));
    let attachments = site.attachments.keys().map(|path| Artefact {
        path: format!("files/{path}"),
        body: ArtefactBody::Copy(SitePath::new(format!("content/files/{path}"))),
    });
    let mut files: Vec<Artefact<'static>> = assets.chain(attachments).collect();
    for redirect in &plan.redirects {
        files.push(bytes(&redirect.file(), renderer.redirect(redirect)?));
    }
    files.extend(search::files(site, plan, renderer));
    Ok(files)
}

/// A planned file.
pub fn file<'a>(
    site: &'a Site,
    plan: &'a Plan,
    theme: &Theme,
    renderer: &Renderer<'_>,
    file: &'a File,
) -> Artefact<'a> {
    let made = match &file.source {
        FileSource::Table(kind, format) => {
            let stream = Stream::new(move |sink| data::write(site, plan, *kind, *format, sink));
            return Artefact { path: file.path().to_owned(), body: ArtefactBody::Stream(stream) };
        }
        FileSource::Package => lines(&data::package(site, plan, renderer.tables())),
        FileSource::Catalog => lines(&data::catalog(site, plan, renderer.tables())),
        FileSource::Record(kind, id) => record::json(site, plan, &file.language, *kind, id),
        FileSource::Feed(section) => feed::Feeds { site, plan, theme, language: &file.language }.feed(*section),
        FileSource::Calendar => calendar::calendar(site, plan, theme, &file.language),
        FileSource::Card(id) => {
            let contact = site.contacts.get(id).expect("a planned record is published");
            card::card(site, plan, &file.language, contact)
        }
        FileSource::Headers => headers::headers(site, plan).into_bytes(),
        FileSource::Security => {
            let security = site.config.security.as_ref().expect("it is planned only where it is configured");
            security::security(site, plan, security).into_bytes()
        }
        FileSource::Robots => sitemap::robots(site, plan).into_bytes(),
        FileSource::Sitemap => sitemap::sitemap(site, plan).into_bytes(),
    };
    bytes(file.path(), made)
}

/// JSON that people may want to read.
fn lines(json: &Json) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(json).expect("maps with text as keys can be written as JSON");
    bytes.push(b'\n');
    bytes
}

fn bytes(path: &str, bytes: Vec<u8>) -> Artefact<'static> {
    Artefact { path: path.to_owned(), body: ArtefactBody::Bytes(bytes) }
}
