//! `manifest.json`: what a build put into the published folder, with the SHA-256 of every file.
//!
//! It says which files are the program's own, and lets anybody check a copy of the site. It is never trusted for what a
//! file holds: publishing compares bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::disk::Error;
use crate::disk::error::{Action, at};
use crate::disk::output;

/// The manifest's own name.
pub const NAME: &str = "manifest.json";

const GENERATOR: &str = "minhbach";
const FORMAT: u32 = 1;

/// What a build published, in the order of paths, without the manifest itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    generator: String,
    format: u32,
    /// Each file by its path in the published folder.
    pub files: BTreeMap<String, Entry>,
    /// The addresses of the pages that the public may keep: the next build tells which of them are gone.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub pages: BTreeSet<String>,
}

/// What one file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes they are.
    pub size: u64,
}

/// A difference between a published folder and its manifest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mismatch {
    /// There is no manifest of this program.
    NoManifest,
    /// The manifest names this file, and it is not there.
    Missing(String),
    /// This file holds something else.
    Changed(String),
    /// This file is there, and the manifest does not name it.
    Extra(String),
}

impl Manifest {
    /// The manifest of these files and pages.
    pub fn new(files: BTreeMap<String, Entry>, pages: BTreeSet<String>) -> Self {
        Manifest { generator: GENERATOR.to_owned(), format: FORMAT, files, pages }
    }

    /// The manifest of a published folder, where there is one of this program.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub fn read(target: &Path) -> Result<Option<Manifest>, Error> {
        let bytes = output::read_own(&target.join(NAME))?;
        Ok(bytes.and_then(|bytes| Manifest::of_bytes(&bytes)))
    }

    /// The manifest that a file holds, where it is one of this program.
    pub fn of_bytes(bytes: &[u8]) -> Option<Manifest> {
        let manifest: Option<Manifest> = serde_json::from_slice(bytes).ok();
        manifest.filter(|manifest| manifest.generator == GENERATOR && manifest.format == FORMAT)
    }

    /// The manifest as it is published: the same files give the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("maps with text as keys can be written as JSON");
        bytes.push(b'\n');
        bytes
    }
}

/// Reads `source` to its end, hands each piece on, and says what it was.
pub(super) fn describe(
    source: &mut impl Read,
    origin: &Path,
    mut each: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<Entry, Error> {
    let mut buffer = [0; 16 * 1024];
    let (mut digest, mut size) = (Sha256::new(), 0);
    loop {
        let piece = match source.read(&mut buffer) {
            Ok(0) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => &buffer[..read.map_err(at(Action::Read, origin))?],
        };
        digest.update(piece);
        size += piece.len() as u64;
        each(piece)?;
    }
    Ok(Entry { sha256: hexadecimal(&digest.finalize()), size })
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Checks a published folder against its manifest; `.gitignore` belongs to nobody.
///
/// # Errors
/// Where the folder or a file in it cannot be read.
pub fn verify(target: &Path) -> Result<Vec<Mismatch>, Error> {
    verify_but(target, |_| false)
}

/// The same; the bytes of files that are known to be as they were are not read.
///
/// # Errors
/// As those of [`verify`].
pub fn verify_but(target: &Path, is_known: impl Fn(&str) -> bool + Sync) -> Result<Vec<Mismatch>, Error> {
    let Some(mut manifest) = Manifest::read(target)? else { return Ok(vec![Mismatch::NoManifest]) };
    let found = output::files(target)?.into_iter().filter(|found| ![NAME, output::GITIGNORE].contains(&&*found.path));
    let found: Vec<_> = found.map(|found| (manifest.files.remove(&found.path), found)).collect();
    let mismatch = |(entry, found): (Option<Entry>, output::Found)| match entry {
        None => Ok(Some(Mismatch::Extra(found.path))),
        Some(_) if found.regular && is_known(&found.path) => Ok(None),
        Some(entry) if found.regular && holds(&target.join(&found.path), &entry)? => Ok(None),
        Some(_) => Ok(Some(Mismatch::Changed(found.path))),
    };
    let mut mismatches: Vec<Mismatch> =
        found.into_par_iter().map(mismatch).filter_map(Result::transpose).collect::<Result<_, Error>>()?;
    mismatches.extend(manifest.files.into_keys().map(Mismatch::Missing));
    mismatches.sort();
    Ok(mismatches)
}

fn holds(path: &Path, entry: &Entry) -> Result<bool, Error> {
    let mut file = File::open(path).map_err(at(Action::Read, path))?;
    Ok(describe(&mut file, path, |_| Ok(()))? == *entry)
}
