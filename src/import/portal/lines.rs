//! The portal's files as lines: `.jsonl`, packed with gzip or not. A faulty line is a line with a reason, never the end.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::import::Failure;

/// One line of a file.
#[derive(Debug, Clone)]
pub struct Line {
    /// The file, as it was given.
    pub file: String,
    /// From 1.
    pub number: usize,
    /// Its bytes without the line break.
    pub bytes: Vec<u8>,
}

/// The lines of a file that are not blank.
///
/// # Errors
/// Where the file cannot be read or unpacked.
pub fn lines(path: &Path) -> Result<Vec<Line>, Failure> {
    let name = path.display().to_string();
    let read = || -> io::Result<Vec<Line>> {
        let mut lines = Vec::new();
        for (at, bytes) in open(path)?.split(b'\n').enumerate() {
            let mut bytes = bytes?;
            bytes.truncate(bytes.trim_ascii_end().len());
            if at == 0 && bytes.starts_with("\u{feff}".as_bytes()) {
                bytes.drain(..3);
            }
            if !bytes.is_empty() {
                lines.push(Line { file: name.clone(), number: at + 1, bytes });
            }
        }
        Ok(lines)
    };
    read().map_err(Failure::at(path))
}

/// Opens a file, unpacking it where its first bytes are gzip's, whatever it is called.
fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::new(File::open(path)?);
    let packed = file.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    let plain: Box<dyn Read> = if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    Ok(Box::new(BufReader::new(plain)))
}
