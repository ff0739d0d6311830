//! What is published beside pages: static files, attachments, redirects, the sitemap, robots.txt.
//!
//! Feeds, open data and the search index will be files of their own here, each a function from the site to artefacts.

mod sitemap;

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::render::Renderer;
use crate::render::artefact::{Artefact, ArtefactBody};
use crate::render::theme::Theme;
use crate::site::Site;
use crate::source::SitePath;

/// All files that are no pages.
///
/// # Errors
/// Where the template of a redirect has a fault.
pub fn files(
    site: &Site,
    plan: &Plan,
    theme: &Theme,
    renderer: &Renderer<'_>,
) -> Result<Vec<Artefact>, Box<Diagnostic>> {
    let bytes = |path: &str, bytes: Vec<u8>| Artefact { path: path.to_owned(), body: ArtefactBody::Bytes(bytes) };
    let assets = theme.assets.iter().map(|asset| bytes(&asset.file, asset.bytes.to_vec()));
    let attachments = site.attachments.keys().map(|path| Artefact {
        path: format!("files/{path}"),
        body: ArtefactBody::Copy(SitePath::new(format!("content/files/{path}"))),
    });
    let mut files: Vec<Artefact> = assets.chain(attachments).collect();
    for redirect in &plan.redirects {
        files.push(bytes(&redirect.file(), renderer.redirect(redirect)?));
    }
    files.push(bytes("robots.txt", sitemap::robots(site, plan).into_bytes()));
    if site.config.staging != Some(true) {
        files.push(bytes("sitemap.xml", sitemap::sitemap(site, plan).into_bytes()));
    }
    Ok(files)
}
