//! What a build makes: a path in the published folder and what stands there. Putting it there is `crate::disk`'s work.

use crate::source::SitePath;

/// One file of the published site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    /// Where it stands in the published folder, such as `thu-tuc/x/index.html`: relative, `/` between parts.
    pub path: String,
    /// What it holds.
    pub body: ArtefactBody,
}

/// What an [`Artefact`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArtefactBody {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a file of the site, such as `content/files/mau-01.docx`, which are copied and never held in memory.
    Copy(SitePath),
}
