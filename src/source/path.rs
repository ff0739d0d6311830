//! A path inside the site: relative to its root, `/` between parts, on every system.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A path relative to the site's root, such as `content/procedures/ban-buon-ruou.yaml`. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// A path from text that already has the form: relative, `/` between parts, no `.` or `..`.
    pub fn new(path: impl AsRef<str>) -> Self {
        SitePath(Arc::from(path.as_ref()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, such as `ban-buon-ruou.yaml`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The path below `folder`, if it is below it: `content/files/a.pdf` below `content/files` is `a.pdf`.
    pub fn below<'a>(&'a self, folder: &str) -> Option<&'a str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for SitePath {
    fn from(path: &str) -> Self {
        SitePath::new(path)
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}
