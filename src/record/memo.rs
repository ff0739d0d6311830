//! What was read from files before. A record is made from its ID and its files, so whoever meets the same files at the same
//! places again need not read them again.
//!
//! It lives as long as a program that builds again and again; nothing of it is written to a disk.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::record::Record;
use crate::record::read::Files;
use crate::record::reader::Findings;
use crate::source::{Body, FileId, Snapshot};

const NO_PANIC: &str = "no holder of this lock panics";

/// What was read from files before, by kind and ID.
#[derive(Debug, Default)]
pub struct Memo(RwLock<HashMap<&'static str, HashMap<String, Known>>>);

/// One record and what it was made from.
#[derive(Debug)]
struct Known {
    sources: Vec<Source>,
    read: Arc<dyn Any + Send + Sync>,
}

/// A file as it was read: which one, in which language it is an overlay, and its bytes.
type Source = (FileId, Option<String>, Arc<[u8]>);

/// A record, and what was found while it was read.
pub type Reading<T> = (Option<Record<T>>, Arc<Findings>);

impl Memo {
    /// What reading a record gives: what it gave before where its files are the same, else what `read` gives.
    pub fn recall<T: Send + Sync + 'static>(
        &self,
        kind: &'static str,
        id: &str,
        (snapshot, files): (&Snapshot, &Files),
        read: impl FnOnce() -> Reading<T>,
    ) -> Reading<T> {
        let Some(sources) = sources(snapshot, files) else { return read() };
        if let Some(reading) =
            self.known(kind, id, &sources).and_then(|read| read.downcast_ref::<Reading<T>>().cloned())
        {
            return reading;
        }
        let reading = read();
        let known = Known { sources, read: Arc::new(reading.clone()) };
        self.0.write().expect(NO_PANIC).entry(kind).or_default().insert(id.to_owned(), known);
        reading
    }

    fn known(&self, kind: &str, id: &str, sources: &[Source]) -> Option<Arc<dyn Any + Send + Sync>> {
        let all = self.0.read().expect(NO_PANIC);
        let known = all.get(kind)?.get(id)?;
        is_same(&known.sources, sources).then(|| Arc::clone(&known.read))
    }

    /// Forgets the records that are not there any more.
    pub fn retain(&self, is_there: impl Fn(&str, &str) -> bool) {
        for (kind, records) in self.0.write().expect(NO_PANIC).iter_mut() {
            records.retain(|id, _| is_there(kind, id));
        }
    }
}

/// What a record is made from; none where one of its files cannot be read.
fn sources(snapshot: &Snapshot, files: &Files) -> Option<Vec<Source>> {
    let own = files.own.iter().map(|file| (*file, None));
    let overlays = files.overlays.iter().map(|(language, file)| (*file, Some(language.clone())));
    own.chain(overlays)
        .map(|(file, language)| match &snapshot.file(file).body {
            Body::Bytes(bytes) => Some((file, language, Arc::clone(bytes))),
            Body::Attachment(_) | Body::Irregular(_) => None,
        })
        .collect()
}

fn is_same(a: &[Source], b: &[Source]) -> bool {
    let same = |((file_a, language_a, a), (file_b, language_b, b)): (&Source, &Source)| {
        file_a == file_b && language_a == language_b && (Arc::ptr_eq(a, b) || a == b)
    };
    a.len() == b.len() && a.iter().zip(b).all(same)
}
