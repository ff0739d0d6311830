//! What the last build was made from, so that the next one does again only what has to be done: `.minhbach/cache` in the
//! site's root.
//!
//! It holds hashes and faults, never a published byte: those are where they are published, and count only while they have
//! the hash that they had. The whole is sealed with a key that only this user has, so a cache that is damaged, stale, made
//! by another program, on another machine or by somebody else is the same as none.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use blake3::{Hash, Hasher};
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::build::{Options, Outcome, Pages, Verdict};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::disk::manifest::{self, Manifest};
use crate::disk::store::open_attachment;
use crate::site::attachments::MAX_SIZE;
use crate::source::{Body, Snapshot};
use crate::value::date::Date;

/// The folder in the site's root.
const FOLDER: &str = ".minhbach";
/// A cache of the largest site has some 30 MB.
const TOO_LARGE: u64 = 512 << 20;
const NO_PANIC: &str = "no holder of this lock panics";

/// What the last build was made from, and what this one is.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
    target: PathBuf,
    seal: [u8; 32],
    program: String,
    known: Option<(Known, Manifest)>,
    fresh: Mutex<BTreeMap<String, String>>,
}

/// What is kept of a build.
#[derive(Debug, Serialize, Deserialize)]
pub struct Known {
    program: String,
    /// The hash of all that the site was made from, but for the day.
    sources: String,
    as_of: String,
    time_zone: String,
    /// The SHA-256 of the published manifest, which has that of every file.
    manifest: String,
    records: usize,
    counts: BTreeMap<String, usize>,
    next_due: Option<String>,
    diagnostics: Vec<Diagnostic>,
    /// The hash of what each page was made from, by its path.
    pages: BTreeMap<String, String>,
}

impl Known {
    /// What a cache's file holds; none where the seal is another's, or what is sealed is no cache.
    pub fn of_file(file: &[u8], seal: &[u8; 32]) -> Option<Known> {
        let (sealed, bytes) = file.split_first_chunk::<32>()?;
        let sound = blake3::keyed_hash(seal, bytes) == Hash::from_bytes(*sealed);
        sound.then(|| serde_json::from_slice(bytes).ok())?
    }
}

impl Cache {
    /// The cache of the site at `root` for the folder `target`. None where this user has nowhere to keep a key.
    pub fn open(root: &Path, target: &Path) -> Option<Cache> {
        let seal = key()?;
        let (root, target) = (root.to_owned(), target.to_owned());
        let mut cache = Cache { root, target, seal, program: program()?, known: None, fresh: Mutex::default() };
        cache.known = cache.read();
        Some(cache)
    }

    fn read(&self) -> Option<(Known, Manifest)> {
        let file = read_regular(&self.root.join(FOLDER).join("cache"))?;
        let known = Known::of_file(&file, &self.seal).filter(|known| known.program == self.program)?;
        let bytes = read_regular(&self.target.join(manifest::NAME))?;
        let manifest = serde_json::from_slice(&bytes).ok().filter(|_| sha256(&bytes) == known.manifest)?;
        Some((known, manifest))
    }

    /// The hash of all that a site is made from, but for the day. What the last build published is not in it: after a build
    /// that is what this one publishes.
    ///
    /// # Errors
    /// Where an attachment cannot be read.
    pub fn sources(&self, snapshot: &Snapshot, options: &Options) -> io::Result<String> {
        let mut hasher = Hasher::new();
        let mut add = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        };
        add(format!("{:?}", (options.drafts, &options.base_url, options.strict)).as_bytes());
        for (_, file) in snapshot.files() {
            add(file.path.as_str().as_bytes());
            match &file.body {
                Body::Bytes(bytes) => add(blake3::hash(bytes).as_bytes()),
                // Refused for its size alone.
                Body::Attachment(size) if *size > MAX_SIZE => add(&size.to_le_bytes()),
                Body::Attachment(size) => {
                    let mut content = Hasher::new();
                    io::copy(&mut open_attachment(&self.root, &file.path)?, &mut content)?;
                    add(&size.to_le_bytes());
                    add(content.finalize().as_bytes());
                }
                Body::Irregular(irregular) => add(format!("{irregular:?}").as_bytes()),
            }
        }
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// What came of the last build, where this one would be the same and everything is published as that one left it.
    pub fn unchanged(&self, sources: &str, options: &Options) -> Option<(Outcome, usize)> {
        let (known, manifest) = self.known.as_ref().filter(|(known, _)| known.sources == sources)?;
        let day = crate::site::day(options.as_of, &known.time_zone);
        if day.to_string() != known.as_of || !manifest::verify(&self.target).is_ok_and(|found| found.is_empty()) {
            return None;
        }
        let outcome = Outcome {
            diagnostics: Diagnostics::new(known.diagnostics.clone()),
            records: known.records,
            pages: known.counts.clone(),
            next_due: known.next_due.as_deref().and_then(Date::parse),
            verdict: Verdict::Sound,
        };
        Some((outcome, manifest.files.len()))
    }

    /// Keeps what this build was made from.
    ///
    /// # Errors
    /// What the system said. The published site is not touched by that.
    pub fn keep(self, sources: String, (as_of, time_zone): (Date, &str), outcome: &Outcome) -> io::Result<()> {
        let published = fs::read(self.target.join(manifest::NAME))?;
        let known = Known {
            program: self.program,
            sources,
            as_of: as_of.to_string(),
            time_zone: time_zone.to_owned(),
            manifest: sha256(&published),
            records: outcome.records,
            counts: outcome.pages.clone(),
            next_due: outcome.next_due.map(|day| day.to_string()),
            diagnostics: outcome.diagnostics.iter().filter(|fault| !is_of_the_past(fault)).cloned().collect(),
            pages: self.fresh.into_inner().expect(NO_PANIC),
        };
        let bytes = serde_json::to_vec(&known)?;
        let folder = self.root.join(FOLDER);
        make_own_folder(&folder)?;
        replace(&folder, ".gitignore", &[b"*\n"])?;
        replace(&folder, "cache", &[blake3::keyed_hash(&self.seal, &bytes).as_bytes(), &bytes])
    }
}

impl Pages for Cache {
    fn program(&self) -> Option<&str> {
        Some(&self.program)
    }

    fn recall(&self, path: &str, key: &Hash) -> Option<Vec<u8>> {
        let (known, manifest) = self.known.as_ref()?;
        known.pages.get(path).filter(|known| **known == *key.to_hex())?;
        let entry = manifest.files.get(path)?;
        let bytes = read_regular(&self.target.join(path))?;
        (bytes.len() as u64 == entry.size && sha256(&bytes) == entry.sha256).then_some(bytes)
    }

    fn remember(&self, path: &str, key: &Hash) {
        self.fresh.lock().expect(NO_PANIC).insert(path.to_owned(), key.to_hex().to_string());
    }
}

/// Whether a fault is told by the build before this one: after this one the same sources have it no more.
fn is_of_the_past(fault: &Diagnostic) -> bool {
    fault.code == Code::PageVanished
}

fn sha256(bytes: &[u8]) -> String {
    manifest::hexadecimal(&Sha256::digest(bytes))
}

/// The bytes of a file, where it is a regular one; a pipe is not waited for, a link not followed.
fn read_regular(path: &Path) -> Option<Vec<u8>> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let file = File::options().read(true).custom_flags(flags).open(path).ok()?;
    let metadata = file.metadata().ok().filter(|metadata| metadata.is_file() && metadata.len() <= TOO_LARGE)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).ok()?);
    file.take(TOO_LARGE).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Stands for this program as it is now: a program that was compiled anew is another one.
fn program() -> Option<String> {
    let metadata = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let (size, seconds, nanos) = (metadata.len(), metadata.mtime(), metadata.mtime_nsec());
    Some(format!("minhbach {} {size} {seconds}.{nanos}", env!("CARGO_PKG_VERSION")))
}

/// This user's key, made when it is first needed.
fn key() -> Option<[u8; 32]> {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = state.or_else(|| Some(std::env::home_dir()?.join(".local/state")))?.join("minhbach");
    let read = || read_regular(&folder.join("key"))?.try_into().ok();
    read().or_else(|| {
        let mut key = [0; 32];
        File::open("/dev/urandom").and_then(|mut random| random.read_exact(&mut key)).ok()?;
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).ok()?;
        replace(&folder, "key", &[&key]).ok()?;
        // Two builds may have begun at once; the key that is there counts.
        read()
    })
}

/// Makes a folder of ours; a link in its place is none.
fn make_own_folder(path: &Path) -> io::Result<()> {
    match DirBuilder::new().create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && fs::symlink_metadata(path)?.is_dir() => Ok(()),
        made => made,
    }
}

/// Puts a whole file in the place of another.
fn replace(folder: &Path, name: &str, pieces: &[&[u8]]) -> io::Result<()> {
    let new = folder.join(format!("{name}.{}", std::process::id()));
    let written = File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new)
        .and_then(|mut file| pieces.iter().try_for_each(|piece| file.write_all(piece)));
    let placed = written.and_then(|()| fs::rename(&new, folder.join(name)));
    if placed.is_err() {
        let _ = fs::remove_file(&new);
    }
    placed
}
