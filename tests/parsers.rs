//! What fuzzing holds of every parser, held of its seeds, of every text of the sample, and of what is made at random from them.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

#[path = "fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::path::Path;

use proptest::prelude::*;

/// Everything that a parser is fed with.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(target);
    fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

#[test]
fn every_parser_has_seeds_and_stands_them() {
    for (name, holds) in fuzz::TARGETS {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name}");
        seeds.iter().for_each(|seed| holds(seed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// A piece is cut out, doubled, or replaced by signs that mean something to a parser.
    #[test]
    fn every_parser_stands_what_is_cut_and_mended(from in 0usize..4000, length in 0usize..60, sign in "[-:#\\[\\]{}|>&*!%@`\"' \t\n\r<\\\\()~$^\u{0}\u{feff}\u{202e}đ]{0,3}", which in 0usize..20) {
        for (name, holds) in fuzz::TARGETS {
            let seeds = seeds(name);
            let seed = &seeds[which % seeds.len()];
            let from = from % (seed.len() + 1);
            let until = (from + length).min(seed.len());
            let cut = [&seed[..from], sign.as_bytes(), &seed[until..]].concat();
            holds(&cut);
            holds(&[&seed[..until], sign.as_bytes(), &seed[from..]].concat());
        }
    }
}
