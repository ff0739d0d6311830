//! Writes changed sources back into a site: all of them made ready first, then each exchanged in one step.
//!
//! A file that somebody saved meanwhile is not overwritten; then nothing is. What is killed midway leaves every file whole,
//! the old one or the new.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::disk::Error;
use crate::disk::error::{Action, at};
use crate::mend::Rewrite;
use crate::say;
use crate::source::SitePath;

/// Writes all changes below `root`.
///
/// # Errors
/// Where a file was changed or made meanwhile, or the system would not write. Nothing has changed then, but in the last step.
pub fn rewrite(root: &Path, files: &[Rewrite]) -> Result<(), Error> {
    let mut ready = Ready(Vec::new());
    for file in files {
        unchanged(root, file)?;
        ready.add(root, file)?;
    }
    for (file, staged) in files.iter().zip(&ready.0) {
        let target = root.join(file.to.as_str());
        fs::rename(staged, &target).map_err(at(Action::Replace, &target))?;
    }
    for file in files.iter().filter(|file| file.from != file.to) {
        let old = root.join(file.from.as_str());
        fs::remove_file(&old).map_err(at(Action::Remove, &old))?;
    }
    Ok(())
}

/// Writes a file that must not be there, whole or not at all: what somebody made meanwhile is not overwritten.
///
/// # Errors
/// Where it is there, its folder is a link to elsewhere, or the system would not write.
pub fn create(root: &Path, path: &SitePath, bytes: &[u8]) -> Result<(), Error> {
    let target = root.join(path.as_str());
    let folder = target.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(at(Action::Write, folder))?;
    if fs::symlink_metadata(folder).is_ok_and(|found| found.is_symlink()) {
        let shown = folder.display();
        return Err(Error::BadPath(say!("`{shown}` là liên kết", "`{shown}` is a link")));
    }
    let staged = target.with_file_name(format!(".{}.minhbach", path.name()));
    let written = fs::File::create(&staged).and_then(|mut out| {
        out.write_all(bytes)?;
        out.sync_all()?;
        // A second name is given only where none is; renaming would replace. Some file systems know no second names.
        fs::hard_link(&staged, &target).or_else(|_| fs::File::create_new(&target)?.write_all(bytes))
    });
    let _ = fs::remove_file(&staged);
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let shown = target.display();
            Err(Error::BadPath(say!("`{shown}` đã có", "`{shown}` exists")))
        }
        written => written.map_err(at(Action::Write, &target)),
    }
}

/// Holds that nobody has touched what is to be changed.
fn unchanged(root: &Path, file: &Rewrite) -> Result<(), Error> {
    let (old, new) = (root.join(file.from.as_str()), root.join(file.to.as_str()));
    let there = fs::read(&old).map_err(at(Action::Read, &old))?;
    let shown = if there == *file.before { new.display() } else { old.display() };
    if there != *file.before || (file.from != file.to && fs::symlink_metadata(&new).is_ok()) {
        return Err(Error::BadPath(say!(
            "`{shown}` vừa được người khác ghi; không thay đổi gì, hãy chạy lại",
            "`{shown}` was written by somebody meanwhile; nothing was changed, run this again"
        )));
    }
    Ok(())
}

/// New files beside their places, under hidden names; removed where they are not used.
struct Ready(Vec<PathBuf>);

impl Ready {
    fn add(&mut self, root: &Path, file: &Rewrite) -> Result<(), Error> {
        let target = root.join(file.to.as_str());
        let name = file.to.name();
        let staged = target.with_file_name(format!(".{name}.minhbach"));
        self.0.push(staged.clone());
        let mut out = fs::File::create(&staged).map_err(at(Action::Write, &staged))?;
        out.write_all(&file.after).map_err(at(Action::Write, &staged))?;
        out.sync_all().map_err(at(Action::Flush, &staged))?;
        let old = root.join(file.from.as_str());
        let permissions = fs::metadata(&old).map_err(at(Action::Read, &old))?.permissions();
        fs::set_permissions(&staged, permissions).map_err(at(Action::Write, &staged))
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        for staged in &self.0 {
            // Those that took their place are no longer there.
            let _ = fs::remove_file(staged);
        }
    }
}
