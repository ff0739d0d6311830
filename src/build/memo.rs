//! What a program that builds again and again need not do again: records whose files are the same, a theme whose files are.

use std::sync::{Arc, Mutex};

use crate::diagnostic::Diagnostic;
use crate::record::memo::Memo as Records;
use crate::render::theme::Theme;
use crate::source::{File, FileId, Snapshot};

/// What was made before. Each thing is known by what it is made from, so nothing in here is ever stale.
#[derive(Debug, Default)]
pub struct Memo {
    pub(super) records: Records,
    theme: Mutex<Option<Known>>,
}

#[derive(Debug, Clone)]
struct Known {
    name: String,
    files: Vec<(FileId, File)>,
    theme: Arc<Theme>,
}

impl Memo {
    /// The same theme, and no records.
    #[must_use]
    pub fn with_theme_only(&self) -> Memo {
        let theme = self.theme.lock().expect("no holder of this lock panics").clone();
        Memo { records: Records::default(), theme: Mutex::new(theme) }
    }

    /// A theme, loaded where it is not known.
    pub(super) fn theme(&self, snapshot: &Snapshot, name: &str) -> Result<Arc<Theme>, Vec<Diagnostic>> {
        let is_of_theme = |file: &File| {
            file.path.below("themes").and_then(|path| path.strip_prefix(name)).is_some_and(|rest| rest.starts_with('/'))
        };
        let files: Vec<(FileId, &File)> = snapshot.files().filter(|(_, file)| is_of_theme(file)).collect();
        let mut theme = self.theme.lock().expect("no holder of this lock panics");
        if let Some(known) = theme.as_ref().filter(|known| known.is_of(name, &files)) {
            return Ok(Arc::clone(&known.theme));
        }
        let loaded = Arc::new(Theme::load(snapshot, name)?);
        let files = files.into_iter().map(|(id, file)| (id, file.clone())).collect();
        *theme = Some(Known { name: name.to_owned(), files, theme: Arc::clone(&loaded) });
        Ok(loaded)
    }
}

impl Known {
    fn is_of(&self, name: &str, files: &[(FileId, &File)]) -> bool {
        let same = |((known_id, known), (id, file)): (&(FileId, File), &(FileId, &File))| {
            known_id == id && known.is_same(file)
        };
        self.name == name && self.files.len() == files.len() && self.files.iter().zip(files).all(same)
    }
}
