//! What the last build was made from, so that the next one does again only what has to be done: `.minhbach/cache` in the
//! site's root.
//!
//! It holds questions, hashes and faults, never a published byte: those are where they are published, and count only while
//! the system says that nobody has written to them, or else while they have the hash that they had. The whole is sealed with
//! a key that only this user has, so a cache that is damaged, stale, made by another program, on another machine or by
//! somebody else is the same as none.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::build::{Options, Outcome, Pages, Verdict};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::disk::manifest::{self, Manifest};
use crate::disk::stamp::{Stamp, TICK};
use crate::disk::store::{FILE_MODE, open_attachment};
use crate::render::artefact::Published;
use crate::render::trace::Question;
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
    fresh: Mutex<Fresh>,
}

/// The pages of this build. Many ask the same, so each question is kept once.
#[derive(Debug, Default)]
struct Fresh {
    /// All questions, with their numbers.
    numbers: HashMap<Question, u32>,
    pages: BTreeMap<String, Page>,
    /// The paths of pages that are as they were.
    kept: Vec<String>,
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
    /// What was asked to make pages.
    questions: Vec<Question>,
    /// What each page was made from, by its path.
    pages: BTreeMap<String, Page>,
    /// What the system said of published files when the build was done. Small sites have none: their files are soon read.
    stamps: BTreeMap<String, Stamp>,
}

/// What a page was made from.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Page {
    /// The hash of its questions and their answers.
    key: String,
    /// Its questions, by their number among all.
    asked: Vec<u32>,
}

impl Known {
    /// What was asked to make a page.
    fn asked(&self, page: &Page) -> Option<Vec<&Question>> {
        page.asked.iter().map(|number| self.questions.get(usize::try_from(*number).ok()?)).collect()
    }

    /// Whether the system says of a published file what it said when the last build was done.
    fn is_as_left(&self, path: &str, now: Option<fs::Metadata>) -> bool {
        let stamp = self.stamps.get(path);
        stamp.is_some() && stamp.copied() == now.and_then(|now| Stamp::of(&now))
    }

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
        let is_as_left = |path: &str| known.is_as_left(path, fs::symlink_metadata(self.target.join(path)).ok());
        let verified = || manifest::verify_but(&self.target, is_as_left).is_ok_and(|found| found.is_empty());
        if day.to_string() != known.as_of || !verified() {
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
        let stamps = stamps(&self.target, Manifest::of_bytes(&published).as_ref());
        let before = self.known.as_ref().map(|(known, _)| known);
        let (questions, pages) = self.fresh.into_inner().expect(NO_PANIC).finish(before);
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
            questions,
            pages,
            stamps,
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

    fn trace(&self, path: &str) -> Option<(Vec<&Question>, Hash)> {
        let (known, _) = self.known.as_ref()?;
        let page = known.pages.get(path)?;
        Some((known.asked(page)?, Hash::from_hex(&page.key).ok()?))
    }

    fn recall(&self, path: &str) -> Option<Published> {
        let (known, manifest) = self.known.as_ref()?;
        let entry = manifest.files.get(path)?;
        let metadata = fs::symlink_metadata(self.target.join(path)).ok()?;
        let is_open = metadata.mode() & 0o7777 == FILE_MODE;
        let is_as_left = is_open && (known.is_as_left(path, Some(metadata)) || self.bytes(path).is_some());
        is_as_left.then(|| Published { sha256: entry.sha256.clone(), size: entry.size })
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let (_, manifest) = self.known.as_ref()?;
        let entry = manifest.files.get(path)?;
        let bytes = read_regular(&self.target.join(path))?;
        (bytes.len() as u64 == entry.size && sha256(&bytes) == entry.sha256).then_some(bytes)
    }

    fn keep(&self, path: &str) {
        self.fresh.lock().expect(NO_PANIC).kept.push(path.to_owned());
    }

    fn remember(&self, path: &str, key: Hash, questions: Vec<Question>) {
        self.fresh.lock().expect(NO_PANIC).add(path, key.to_hex().to_string(), questions);
    }
}

/// A site of fewer files is read as fast as its stamps would be written.
const FEW: usize = 1_000;

/// What the system says of all files of the manifest that was just published.
fn stamps(target: &Path, manifest: Option<&Manifest>) -> BTreeMap<String, Stamp> {
    let Some(manifest) = manifest.filter(|manifest| manifest.files.len() >= FEW) else { return BTreeMap::new() };
    let metadata = |path: &str| fs::symlink_metadata(target.join(path)).ok();
    // The manifest was written last: what was written after it is somebody else's.
    let Some(last) = metadata(manifest::NAME).as_ref().and_then(Stamp::of) else { return BTreeMap::new() };
    // Whatever is changed after this has a later time than all that stands there now.
    std::thread::sleep(TICK);
    let stamp =
        |path: &String| metadata(path).as_ref().and_then(Stamp::of).filter(|stamp| stamp.is_written_until(&last));
    manifest.files.par_iter().filter_map(|(path, _)| Some((path.clone(), stamp(path)?))).collect()
}

impl Fresh {
    /// Adds a page. One whose questions cannot all be numbered would be kept too long, so it is left out.
    fn add(&mut self, path: &str, key: String, questions: impl IntoIterator<Item = Question>) {
        let mut number = |question: Question| {
            let next = u32::try_from(self.numbers.len()).ok()?;
            Some(*self.numbers.entry(question).or_insert(next))
        };
        if let Some(asked) = questions.into_iter().map(&mut number).collect() {
            self.pages.insert(path.to_owned(), Page { key, asked });
        }
    }

    /// All questions in the order of their numbers, and all pages.
    fn finish(mut self, before: Option<&Known>) -> (Vec<Question>, BTreeMap<String, Page>) {
        for path in std::mem::take(&mut self.kept) {
            let Some((known, page)) = before.and_then(|known| Some((known, known.pages.get(&path)?))) else { continue };
            if let Some(questions) = known.asked(page) {
                self.add(&path, page.key.clone(), questions.into_iter().cloned());
            }
        }
        let mut questions: Vec<_> = self.numbers.into_iter().collect();
        questions.sort_unstable_by_key(|(_, number)| *number);
        (questions.into_iter().map(|(question, _)| question).collect(), self.pages)
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
