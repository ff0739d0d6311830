//! Compares what a build makes with what is published, byte for byte.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::disk::Error;
use crate::disk::error::{Action, at};
use crate::disk::output::old_files;
use crate::disk::store::open_attachment;
use crate::render::artefact::{Artefact, ArtefactBody};
use crate::source::SitePath;

const NO_PANIC: &str = "no holder of this lock panics";

/// A comparison under way. What is compared is a sink of artefacts, as a publication is.
#[derive(Debug)]
pub struct Comparison {
    root: PathBuf,
    target: PathBuf,
    seen: Mutex<BTreeSet<String>>,
    differing: Mutex<BTreeSet<String>>,
}

impl Comparison {
    /// Begins to compare with the folder `target` of the site at `root`.
    pub fn new(root: &Path, target: &Path) -> Self {
        let (root, target) = (root.to_owned(), target.to_owned());
        Comparison { root, target, seen: Mutex::default(), differing: Mutex::default() }
    }

    /// Compares one file.
    ///
    /// # Errors
    /// Where a file of the site cannot be read.
    pub fn put(&self, artefact: &Artefact<'_>) -> Result<(), Error> {
        let made = match &artefact.body {
            ArtefactBody::Bytes(bytes) => bytes.clone(),
            ArtefactBody::Stream(stream) => stream.to_bytes(),
            // What stays as it is has nothing to be compared with.
            ArtefactBody::Published(_) => Vec::new(),
            ArtefactBody::Copy(source) => self.attachment(source)?,
            ArtefactBody::Packed(source, coding) => {
                let (bytes, mut packed) = (self.attachment(source)?, Vec::new());
                coding.pack(&mut packed, |sink| sink.write_all(&bytes)).expect("memory takes all bytes");
                packed
            }
        };
        if !is_same(&fs::read(self.target.join(&artefact.path)), &made) {
            self.differing.lock().expect(NO_PANIC).insert(artefact.path.clone());
        }
        self.seen.lock().expect(NO_PANIC).insert(artefact.path.clone());
        Ok(())
    }

    fn attachment(&self, source: &SitePath) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let read = open_attachment(&self.root, source).and_then(|mut file| file.read_to_end(&mut bytes));
        read.map_err(at(Action::Read, &self.root.join(source.as_str())))?;
        Ok(bytes)
    }

    /// The files that differ, are missing, or are there and were not made.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn finish(self) -> Result<Vec<String>, Error> {
        let (seen, mut differing) =
            (self.seen.into_inner().expect(NO_PANIC), self.differing.into_inner().expect(NO_PANIC));
        differing.extend(old_files(&self.target)?.into_iter().filter(|path| !seen.contains(path)));
        Ok(differing.into_iter().collect())
    }
}

fn is_same(published: &io::Result<Vec<u8>>, made: &[u8]) -> bool {
    published.as_ref().is_ok_and(|published| published == made)
}
