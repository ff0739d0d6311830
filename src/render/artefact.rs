//! What a build makes: a path in the published folder and what stands there. Putting it there is `crate::disk`'s work.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use crate::source::SitePath;

/// One file of the published site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact<'a> {
    /// Where it stands in the published folder, such as `thu-tuc/x/index.html`: relative, `/` between parts.
    pub path: String,
    /// What it holds.
    pub body: ArtefactBody<'a>,
}

/// What an [`Artefact`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArtefactBody<'a> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What a function writes, piece by piece: a file that grows with the site never stands in memory whole.
    Stream(Stream<'a>),
    /// The bytes of a file of the site, such as `content/files/mau-01.docx`, which are copied and never held in memory.
    Copy(SitePath),
    /// The same, compressed.
    Packed(SitePath, Coding),
    /// What is published there already.
    Published(Published),
}

/// A published file that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes they are.
    pub size: u64,
}

/// How bytes are compressed. The same bytes always come out the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// `.br`
    Brotli,
    /// `.gz`
    Gzip,
}

/// Writes the bytes of a file. It may be asked several times and writes the same each time.
#[derive(Clone)]
pub struct Stream<'a>(Arc<Writer<'a>>);

type Writer<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'a;

impl<'a> Stream<'a> {
    /// The bytes that a function writes.
    pub fn new(write: impl Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'a) -> Self {
        Stream(Arc::new(write))
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// What taking the bytes comes to.
    pub fn write_to(&self, sink: &mut dyn Write) -> io::Result<()> {
        (self.0)(sink)
    }

    /// All of it, for who needs it whole.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write_to(&mut bytes).expect("memory takes all bytes");
        bytes
    }
}

impl fmt::Debug for Stream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stream")
    }
}

impl PartialEq for Stream<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.to_bytes() == other.to_bytes()
    }
}

impl Eq for Stream<'_> {}

impl Coding {
    /// Both of them.
    pub const ALL: [Coding; 2] = [Coding::Brotli, Coding::Gzip];

    /// What stands behind the name of a file that is compressed so.
    pub fn ending(self) -> &'static str {
        match self {
            Coding::Brotli => ".br",
            Coding::Gzip => ".gz",
        }
    }

    /// Writes what `source` writes, compressed, to `sink`.
    ///
    /// # Errors
    /// What either of them comes to.
    pub fn pack(self, sink: &mut dyn Write, source: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        match self {
            Coding::Brotli => {
                let mut sink = Remembering { sink, error: None };
                let mut packer = brotli::CompressorWriter::new(&mut sink, BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
                source(&mut packer)?;
                drop(packer);
                sink.error.map_or(Ok(()), Err)
            }
            Coding::Gzip => {
                // No name and no time: the same bytes give the same file.
                let mut packer = flate2::GzBuilder::new().write(sink, flate2::Compression::best());
                source(&mut packer)?;
                packer.finish().map(drop)
            }
        }
    }
}

/// Keeps the error of a sink: the packer ends its work where nobody asks for one.
struct Remembering<'a> {
    sink: &'a mut dyn Write,
    error: Option<io::Error>,
}

impl Write for Remembering<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes).inspect_err(|error| self.error = Some(error.kind().into()))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

const BUFFER: usize = 32 * 1024;
/// Within a percent or two of the best, in a tenth of its time.
const BROTLI_QUALITY: u32 = 9;
/// 4 MiB: what browsers always take.
const BROTLI_WINDOW: u32 = 22;
