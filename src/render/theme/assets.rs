//! Static files. Their published names carry a hash of what they hold, so that a browser may keep them for ever.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::render::theme::files::Files;

/// A static file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path below the theme's `static/`.
    pub name: String,
    /// Its path below the published folder.
    pub file: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

impl Asset {
    /// Its address, from the site's root.
    pub fn address(&self) -> String {
        format!("/{}", self.file)
    }
}

/// The static files of a theme.
pub fn load(files: &Files) -> Vec<Asset> {
    let asset = |(name, file): (&str, &crate::render::theme::files::ThemeFile)| Asset {
        name: name.to_owned(),
        file: published(name, &file.bytes),
        bytes: Arc::clone(&file.bytes),
    };
    files.below("static").map(asset).collect()
}

/// `assets/style.3f2a9c0d1e.css`
fn published(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{hash}.{extension}"),
        None => format!("assets/{name}.{hash}"),
    }
}
