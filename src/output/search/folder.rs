//! The files of an index.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::output::search::entry::Entry;
use crate::output::search::postings;
use crate::output::search::terms::{self, Term, Terms};

/// How large a file grows before the next one begins, in bytes before compression.
const FILE: usize = 3_000;
/// How much of what a procedure says is kept to be shown, in characters.
const SHOWN: usize = 240;
/// The same for kinds of which there are few.
const SHOWN_OF_FEW: usize = 900;
/// How many words are kept to mend typing errors by.
const WORDS: usize = 6_000;
/// How many words count as frequent; searching leaves them for last.
const FREQUENT: usize = 80;
/// Lengths are told exactly up to this many words, and then in steps.
const EXACT: usize = 16;

/// An index, ready to be written.
#[derive(Debug)]
pub struct Folder {
    index: Index,
    files: Vec<(String, Vec<u8>)>,
}

/// `index.json`
#[derive(Debug, Serialize)]
struct Index {
    /// The folder of all other files.
    folder: String,
    /// How many records there are.
    count: usize,
    /// The kinds, each with its first record.
    kinds: Vec<Section>,
    /// The fields of work, each with its first record; the last one ends with the procedures.
    fields: Vec<Section>,
    /// What each file of names begins with.
    names: Vec<String>,
    /// What each file of texts begins with.
    texts: Vec<String>,
    /// The first record in each file of records.
    records: Vec<u32>,
    /// How many words each record's name has, a character each.
    lengths: String,
    /// The most frequent words of names.
    frequent: Vec<String>,
}

/// Records that follow one another.
#[derive(Debug, Serialize)]
struct Section {
    first: u32,
    /// A kind's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<&'static str>,
    label: String,
    /// What stands around an ID in an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    around: Option<[String; 2]>,
}

impl Folder {
    /// The index of records.
    pub fn of(entries: &[Entry]) -> Folder {
        let Terms { names, texts, lengths, frequent, frequent_in_names } = terms::of(entries);
        let (names, texts) = rayon::join(|| term_files(&names), || term_files(&texts));
        let mut files = Vec::new();
        let names = begins(&mut files, 'n', names).into_iter().map(|(_, word)| word).collect();
        let texts = begins(&mut files, 't', texts).into_iter().map(|(_, word)| word).collect();
        let records =
            begins(&mut files, 'r', cut(entries.iter().map(line))).into_iter().map(|(first, _)| first).collect();
        let words: Vec<&str> = frequent.iter().take(WORDS).map(|(word, _)| word.as_str()).collect();
        files.push(("words.txt".to_owned(), words.join(" ").into_bytes()));
        let index = Index {
            folder: version(&files),
            count: entries.len(),
            kinds: kinds(entries),
            fields: fields(entries),
            names,
            texts,
            records,
            lengths: lengths.iter().fold(String::new(), |mut text, length| {
                postings::push(&mut text, bucket(*length));
                text
            }),
            frequent: frequent_in_names.into_iter().take(FREQUENT).map(|(word, _)| word).collect(),
        };
        Folder { index, files }
    }

    /// Its files, by their path below the search page.
    pub fn into_files(self) -> Vec<(String, Vec<u8>)> {
        let Folder { index, files } = self;
        let json = serde_json::to_vec(&index).expect("an index of texts and numbers can be written as JSON");
        let below = files.into_iter().map(|(name, bytes)| (format!("{}/{name}", index.folder), bytes));
        below.chain([("index.json".to_owned(), json)]).collect()
    }
}

/// Puts the files of one sort with the others; what each begins with.
fn begins(files: &mut Vec<(String, Vec<u8>)>, sort: char, cut: Vec<(u32, String, String)>) -> Vec<(u32, String)> {
    let own = cut.into_iter().enumerate().map(|(number, (first, word, text))| {
        files.push((format!("{sort}{number}.txt"), text.into_bytes()));
        (first, word)
    });
    own.collect()
}

/// The folder's name: another one whenever anything in it is another.
fn version(files: &[(String, Vec<u8>)]) -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        hash.update(name.as_bytes());
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    }
    hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

fn bucket(length: usize) -> u32 {
    let step = length.saturating_sub(EXACT).div_ceil(EXACT / 2).min(EXACT);
    u32::try_from(length.min(EXACT) + step).expect("a bucket is small")
}

fn kinds(entries: &[Entry]) -> Vec<Section> {
    sections(entries, |entry| Some(entry.kind.word))
        .map(|(first, entry)| Section {
            first,
            word: Some(entry.kind.word),
            label: entry.kind.label.clone(),
            around: Some(entry.kind.around.clone()),
        })
        .collect()
}

fn fields(entries: &[Entry]) -> Vec<Section> {
    sections(entries, |entry| entry.field.as_deref())
        .map(|(first, entry)| Section {
            first,
            word: None,
            label: entry.field.clone().unwrap_or_default(),
            around: None,
        })
        .collect()
}

/// The first of the entries that follow one another and have the same name.
fn sections<'a>(
    entries: &'a [Entry],
    name: impl Fn(&'a Entry) -> Option<&'a str>,
) -> impl Iterator<Item = (u32, &'a Entry)> {
    let mut last = None;
    (0..).zip(entries).filter(move |(_, entry)| {
        let own = name(entry);
        own.is_some() && std::mem::replace(&mut last, own) != own
    })
}

fn term_files(terms: &[Term]) -> Vec<(u32, String, String)> {
    cut(terms.iter().map(|term| {
        let mut line = term.folded.clone();
        for (spelling, records) in &term.spellings {
            let spelling = if *spelling == term.folded { "" } else { spelling };
            line.push_str(&format!("\t{spelling}\t{}", postings::encoded(records.iter().copied())));
        }
        line
    }))
}

/// Lines in files: the number of each file's first line, that line's first word, and the file.
fn cut(lines: impl Iterator<Item = String>) -> Vec<(u32, String, String)> {
    let mut files: Vec<(u32, String, String)> = Vec::new();
    for (number, line) in (0..).zip(lines) {
        match files.last_mut().filter(|(_, _, text)| text.len() + line.len() <= FILE) {
            Some((_, _, text)) => {
                text.push('\n');
                text.push_str(&line);
            }
            None => files.push((number, line.split('\t').next().unwrap_or_default().to_owned(), line)),
        }
    }
    files
}

/// What a list of results shows of a record: ID, name, its language where it is not the page's, official name, code or symbol,
/// caution, text.
fn line(entry: &Entry) -> String {
    let Entry { id, title, others, key, tag, text, .. } = entry;
    let lang = title.lang.as_deref().unwrap_or_default();
    let other = others.first().map_or("", String::as_str);
    let most = if entry.field.is_some() { SHOWN } else { SHOWN_OF_FEW };
    let shown = text.char_indices().nth(most).map_or(text.clone(), |(end, _)| format!("{}…", &text[..end]));
    [id, &title.text, lang, other, key, tag, &shown].join("\t")
}
