//! From records to terms: which words, and which pairs of words, stand in which records.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::output::search::entry::Entry;
use crate::output::search::words;

/// Stands where a single word has no second one; words are numbered from 1.
const ALONE: u32 = 0;

/// Every term of an index.
#[derive(Debug)]
pub struct Terms {
    /// Terms of names.
    pub names: Vec<Term>,
    /// Terms of texts that are not already in the record's name.
    pub texts: Vec<Term>,
    /// How many words each record's shown name has.
    pub lengths: Vec<usize>,
    /// Folded words with the number of records whose name or text has them, the most frequent first.
    pub frequent: Vec<(String, usize)>,
    /// The same of names alone.
    pub frequent_in_names: Vec<(String, usize)>,
}

/// A term without accents, and the records that have it in each spelling.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    /// Without accents; the words of a pair with a space between.
    pub folded: String,
    /// Spellings with their records, ascending.
    pub spellings: Vec<(String, Vec<u32>)>,
}

/// A word or a pair in a record: ordered by what is folded, then by spelling, then by record.
type Occurrence = ((u32, u32), (u32, u32), u32);

/// What a record says, in lower case.
struct Lowered {
    names: Vec<String>,
    text: String,
}

/// The words that were met, numbered.
#[derive(Default)]
struct Vocabulary {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        self.words.push(word.to_owned());
        let number = index(self.words.len());
        self.numbers.insert(word.to_owned(), number);
        number
    }
}

fn index(number: usize) -> u32 {
    u32::try_from(number).expect("no site has four thousand million words")
}

/// The terms of all records.
pub fn of(entries: &[Entry]) -> Terms {
    let lowered: Vec<Lowered> = entries.par_iter().map(lowered).collect();
    let mut vocabulary = Vocabulary::default();
    let (mut names, mut texts, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
    // The last record in which a word was met: tells at once whether a text's word is in its record's name.
    let mut last_met: Vec<u32> = Vec::new();
    for (Lowered { names: own, text }, record) in lowered.iter().zip(0..) {
        lengths.push(own.first().map_or(0, |name| words::of(name).count()));
        for name in own {
            let numbers: Vec<u32> = words::of(name).map(|word| vocabulary.number(word)).collect();
            names.extend(numbers.iter().map(|word| ((*word, ALONE), record)));
            names.extend(numbers.windows(2).map(|pair| ((pair[0], pair[1]), record)));
            for word in numbers {
                is_first(&mut last_met, word, record);
            }
        }
        let numbers = words::of(text).map(|word| vocabulary.number(word));
        texts.extend(numbers.filter(|word| is_first(&mut last_met, *word, record)).map(|word| ((word, ALONE), record)));
    }
    let folds = Folds::of(&vocabulary);
    let (names, texts) = rayon::join(|| folds.terms(names), || folds.terms(texts));
    let frequent_in_names = frequent(&[&names]);
    Terms { frequent: frequent(&[&names, &texts]), frequent_in_names, names, texts, lengths }
}

/// Whether a word is met in a record for the first time; then it is noted.
fn is_first(last_met: &mut Vec<u32>, word: u32, record: u32) -> bool {
    let word = word as usize;
    if last_met.len() <= word {
        last_met.resize(word + 1, u32::MAX);
    }
    std::mem::replace(&mut last_met[word], record) != record
}

fn lowered(entry: &Entry) -> Lowered {
    let names = [&entry.title.text].into_iter().chain(&entry.others).chain([&entry.key]);
    let names = names.map(|name| name.to_lowercase()).collect();
    let field = entry.field.as_deref().unwrap_or_default();
    Lowered { names, text: format!("{} {field}", entry.text).to_lowercase() }
}

/// The folded forms of a vocabulary, numbered in their order.
struct Folds<'a> {
    words: &'a [String],
    folded: Vec<String>,
    of_word: Vec<u32>,
}

impl<'a> Folds<'a> {
    fn of(vocabulary: &'a Vocabulary) -> Self {
        let each: Vec<String> = vocabulary.words.par_iter().map(|word| words::folded(word)).collect();
        let mut folded = each.clone();
        folded.sort_unstable();
        folded.dedup();
        let of_word = each.iter().map(|fold| index(folded.partition_point(|other| other <= fold))).collect();
        Folds { words: &vocabulary.words, folded, of_word }
    }

    fn terms(&self, met: Vec<((u32, u32), u32)>) -> Vec<Term> {
        let fold = |word: u32| if word == ALONE { ALONE } else { self.of_word[word as usize - 1] };
        let occurrence = |((first, second), record): ((u32, u32), u32)| -> Occurrence {
            ((fold(first), fold(second)), (first, second), record)
        };
        let mut occurrences: Vec<Occurrence> = met.into_par_iter().map(occurrence).collect();
        occurrences.par_sort_unstable();
        occurrences.dedup();
        let terms = occurrences.chunk_by(|one, other| one.0 == other.0);
        let mut terms: Vec<Term> = terms.map(|same| self.term(same)).collect();
        // Spellings are numbered as they were met; their own order makes the bytes those of the content alone.
        terms.iter_mut().for_each(|term| term.spellings.sort());
        terms
    }

    fn term(&self, same: &[Occurrence]) -> Term {
        let spelling = |spelled: &[Occurrence]| {
            (text(self.words, spelled[0].1), spelled.iter().map(|(_, _, record)| *record).collect())
        };
        Term {
            folded: text(&self.folded, same[0].0),
            spellings: same.chunk_by(|one, other| one.1 == other.1).map(spelling).collect(),
        }
    }
}

/// A word or a pair of words, by their numbers.
fn text(words: &[String], (first, second): (u32, u32)) -> String {
    let word = |number: u32| words[number as usize - 1].as_str();
    if second == ALONE { word(first).to_owned() } else { format!("{} {}", word(first), word(second)) }
}

/// Words of letters alone, with the number of their records.
fn frequent(families: &[&Vec<Term>]) -> Vec<(String, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for term in families.iter().copied().flatten().filter(|term| term.folded.chars().all(char::is_alphabetic)) {
        *counts.entry(&term.folded).or_default() +=
            term.spellings.iter().map(|(_, records)| records.len()).sum::<usize>();
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect();
    counts.sort_by(|(word, count), (other, more)| more.cmp(count).then_with(|| word.cmp(other)));
    counts
}
