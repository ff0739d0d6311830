//! `outputs.compress`: beside each text file the same compressed, for servers that hand out what is there already.

use std::io::Write;

use crate::render::artefact::{Artefact, ArtefactBody, Coding, Stream};

/// What is worth it; pictures and office files are compressed already.
const TEXTS: [&str; 14] =
    ["html", "css", "js", "mjs", "json", "jsonld", "xml", "svg", "csv", "txt", "ics", "vcf", "webmanifest", "map"];

/// What a disk takes, in bytes.
const LONGEST_NAME: usize = 255;

/// An artefact and, where it is a text, the same compressed. The artefact itself comes last.
pub fn with_packed(artefact: Artefact<'_>) -> Vec<Artefact<'_>> {
    let mut all: Vec<Artefact<'_>> = codings(&artefact.path).map(|coding| packed(&artefact, coding)).collect();
    all.push(artefact);
    all
}

/// The names under which a file stands compressed, where it is a text.
pub fn packed_names(path: &str) -> impl Iterator<Item = String> {
    codings(path).map(move |coding| packed_name(path, coding))
}

fn packed_name(path: &str, coding: Coding) -> String {
    format!("{path}{}", coding.ending())
}

fn codings(path: &str) -> impl Iterator<Item = Coding> + use<> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_text = TEXTS.contains(&ending.as_str()) && name.len() + ".br".len() <= LONGEST_NAME;
    Coding::ALL.into_iter().filter(move |_| is_text)
}

fn packed<'a>(artefact: &Artefact<'a>, coding: Coding) -> Artefact<'a> {
    let path = packed_name(&artefact.path, coding);
    let body = match &artefact.body {
        ArtefactBody::Bytes(bytes) => {
            let mut small = Vec::new();
            coding.pack(&mut small, |sink| sink.write_all(bytes)).expect("memory takes all bytes");
            ArtefactBody::Bytes(small)
        }
        ArtefactBody::Stream(stream) => {
            let stream = stream.clone();
            ArtefactBody::Stream(Stream::new(move |sink: &mut dyn Write| {
                coding.pack(sink, |packer| stream.write_to(packer))
            }))
        }
        ArtefactBody::Copy(source) | ArtefactBody::Packed(source, _) => ArtefactBody::Packed(source.clone(), coding),
        ArtefactBody::Published(_) => unreachable!("what stays is not packed again"),
    };
    Artefact { path, body }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn unpacked(artefact: &Artefact<'_>) -> Vec<u8> {
        let bytes = match &artefact.body {
            ArtefactBody::Bytes(bytes) => bytes.clone(),
            ArtefactBody::Stream(stream) => stream.to_bytes(),
            _ => panic!("a copy is packed when it is written"),
        };
        let mut out = Vec::new();
        match artefact.path.rsplit_once('.').unwrap().1 {
            "br" => brotli::Decompressor::new(&bytes[..], 4096).read_to_end(&mut out).unwrap(),
            "gz" => flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut out).unwrap(),
            _ => return bytes,
        };
        out
    }

    #[test]
    fn what_was_packed_comes_back() {
        let text = "Thủ tục hành chính. ".repeat(5_000).into_bytes();
        let again = text.clone();
        let bodies = [
            ArtefactBody::Bytes(text.clone()),
            ArtefactBody::Stream(Stream::new(move |sink: &mut dyn Write| sink.write_all(&again))),
        ];
        for body in bodies {
            let all = with_packed(Artefact { path: "data/x.csv".to_owned(), body });
            let paths: Vec<&str> = all.iter().map(|artefact| artefact.path.as_str()).collect();
            assert_eq!(paths, ["data/x.csv.br", "data/x.csv.gz", "data/x.csv"]);
            assert!(all.iter().all(|artefact| unpacked(artefact) == text));
        }
    }

    #[test]
    fn pictures_are_left_as_they_are() {
        let picture = Artefact { path: "files/a.png".to_owned(), body: ArtefactBody::Bytes(vec![1, 2, 3]) };
        assert_eq!(with_packed(picture).len(), 1);
    }
}
