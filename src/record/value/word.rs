//! Words of a list, such as `active`.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::reader::Reader;
use crate::record::shape::Word;
use crate::record::suggest;
use crate::record::value::shortened;
use crate::say;
use crate::syntax::yaml::Node;

/// One of a list of words: made with [`words!`](crate::record::words).
pub trait Words: Sized + Copy + 'static {
    /// All of them, with what a person sees instead.
    const WORDS: &'static [Word];
    /// The variants in the same order.
    const ALL: &'static [Self];

    /// The word as written in a record.
    fn word(self) -> &'static str {
        Self::WORDS[self.index()].word
    }

    /// The position in the lists.
    fn index(self) -> usize;
}

/// Reads one of a list of words.
pub fn read_word<W: Words>(node: &Node, reader: &mut Reader<'_>) -> Option<W> {
    let scalar = reader.scalar(node, || say!("một từ", "a word"))?;
    let found = W::WORDS.iter().position(|word| word.word == scalar.text);
    found.map(|index| W::ALL[index]).or_else(|| {
        unknown_word(node, &scalar.text, W::WORDS, reader);
        None
    })
}

/// Tells that a word is none of those allowed.
pub fn unknown_word(node: &Node, written: &str, words: &'static [Word], reader: &mut Reader<'_>) {
    let (shown, all) = (shortened(written), suggest::listed(words.iter().map(|word| word.word)));
    let message = say!("`{shown}` không phải là một trong: {all}", "`{shown}` is none of: {all}");
    let help = suggest::word(written, words).map(suggest::did_you_mean);
    reader.fault(Diagnostic::new(Code::InvalidValue, node.span, message).maybe_help(help));
}
