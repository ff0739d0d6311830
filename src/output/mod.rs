//! What is published beside pages. Each sort of file has its own module here: a function from the site to bytes.

mod around;
mod record;
mod search;
mod sitemap;

use crate::diagnostic::Diagnostic;
use crate::plan::{File, FileSource, Plan};
use crate::render::Renderer;
use crate::render::artefact::{Artefact, ArtefactBody};
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
) -> Result<Vec<Artefact>, Box<Diagnostic>> {
    let assets = theme.assets.iter().map(|asset| bytes(&asset.file, asset.bytes.to_vec()));
    let attachments = site.attachments.keys().map(|path| Artefact {
        path: format!("files/{path}"),
        body: ArtefactBody::Copy(SitePath::new(format!("content/files/{path}"))),
    });
    let mut files: Vec<Artefact> = assets.chain(attachments).collect();
    for redirect in &plan.redirects {
        files.push(bytes(&redirect.file(), renderer.redirect(redirect)?));
    }
    files.extend(search::files(site, plan, renderer));
    Ok(files)
}

/// A planned file.
pub fn file(site: &Site, plan: &Plan, file: &File) -> Artefact {
    let made = match &file.source {
        FileSource::Record(kind, id) => record::json(site, plan, &file.language, *kind, id),
        FileSource::Robots => sitemap::robots(site, plan).into_bytes(),
        FileSource::Sitemap => sitemap::sitemap(site, plan).into_bytes(),
    };
    bytes(file.path(), made)
}

fn bytes(path: &str, bytes: Vec<u8>) -> Artefact {
    Artefact { path: path.to_owned(), body: ArtefactBody::Bytes(bytes) }
}
