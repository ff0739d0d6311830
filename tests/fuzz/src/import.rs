//! What comes from elsewhere: the portal, sheets, forms, tracking codes, caches.

use std::path::Path;

use minhbach::disk::cache::Known;
use minhbach::disk::manifest::Manifest;
use minhbach::import::lay;
use minhbach::import::memory::Memory;
use minhbach::import::portal::{gather::gather, procedure};
use minhbach::import::sheet::columns::Names;
use minhbach::import::sheet::header::Header;
use minhbach::import::sheet::layout::Layout;
use minhbach::import::sheet::references::References;
use minhbach::import::sheet::row::{self, Content, Reading};
use minhbach::import::sheet::{book, fault::Fault};
use minhbach::import::site::Site;
use minhbach::inbox::code::Code;
use minhbach::inbox::form;
use minhbach::inbox::key::Key;
use minhbach::record::kind::KindName;
use minhbach::record::kinds::answer::Topic;
use minhbach::record::value::Words;
use minhbach::source::FileId;
use minhbach::syntax::yaml;

/// What the portal says of a procedure is refused, or becomes records that are YAML.
pub fn portal(bytes: &[u8]) {
    let Ok(portal) = serde_json::from_slice(bytes) else { return };
    let Ok(procedure) = procedure::map(&portal) else { return };
    let (site, memory) = (Site::default(), Memory::default());
    for plan in gather(&[&procedure], &site, &memory).plans {
        let text = lay::fresh(&plan.record).text;
        assert!(yaml::parse(FileId::new(0), &text).is_ok(), "{text}");
        assert!(!plan.id.is_empty() && plan.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    }
}

/// The first byte says which format and which kind; the others are the file. Its rows become records that are YAML, or faults.
pub fn sheet(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let name = ["a.csv", "a.xlsx", "a.ods"][usize::from(*first) % 3];
    let kind = KindName::ALL[usize::from(*first) / 3 % KindName::ALL.len()];
    let Ok(tables) = book::of_bytes(Path::new(name), bytes.to_vec()) else { return };
    let (names, references, shape) = (Names::of(kind), References::of(&Site::default()), kind.full_shape());
    for table in tables {
        let Some(header) = Header::find(&table, &names, &Layout::default()) else { continue };
        let mut faults: Vec<Fault> = header.faults(&table, &names);
        let reading = Reading { kind, shape: &shape, table: &table, header: &header, references: &references };
        for number in
            (header.below..table.rows.len()).filter(|row| row::content(&table, &header, *row) == Content::Record)
        {
            let (row, more) = reading.row(number);
            faults.extend(more);
            let text = lay::fresh(&row.record).text;
            assert!(row.record.keys.is_empty() || yaml::parse(FileId::new(0), &text).is_ok(), "{text}");
        }
        assert!(faults.iter().all(|fault| !fault.message.vi.is_empty() && !fault.message.en.is_empty()));
    }
}

/// What was typed is read as it was typed, and read again as the same.
pub fn form(bytes: &[u8]) {
    let body = form::read(bytes);
    let faults = body.answers.faults(Topic::ALL);
    assert!(faults.iter().all(|fault| form::FIELDS.contains(&fault.field)));
    let _ = (body.answers.procedure_code(), body.answers.consents());
    let fields = serde_json::to_value(&body.answers).expect("texts can be written");
    let pairs = fields.as_object().into_iter().flatten();
    let sent: Vec<String> =
        pairs.map(|(name, value)| format!("{name}={}", encoded(value.as_str().unwrap_or("")))).collect();
    let again = form::read(sent.join("&").as_bytes());
    assert_eq!(again.answers, body.answers);
    assert!(!again.broken);
    assert_eq!(again.answers.bound(), body.answers.bound());
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

/// What is taken for a tracking code is one, however it was typed; made ones are taken.
pub fn tracking_code(bytes: &[u8]) {
    let key = Key::new(b"a key for tests, longer than it need be");
    let made = Code::of(bytes, &key);
    assert_eq!(Code::parse(&made.to_string().to_lowercase()), Some(made.clone()));
    assert!(made.fits(&made.verifier(&key), &key));
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(code) = Code::parse(text) {
        assert_eq!(Code::parse(&code.to_string()), Some(code.clone()));
        assert!(code.selector().bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}

/// A cache that is not sealed is none. One that is, a manifest and an importer's memory are read or are none.
pub fn cache(bytes: &[u8]) {
    let seal = [7; 32];
    assert!(Known::of_file(bytes, &seal).is_none(), "nobody guesses a seal");
    let sealed = [blake3::keyed_hash(&seal, bytes).as_bytes().as_slice(), bytes].concat();
    let _ = Known::of_file(&sealed, &seal);
    if let Some(manifest) = Manifest::of_bytes(bytes) {
        assert_eq!(Manifest::of_bytes(&manifest.to_bytes()), Some(manifest));
    }
}
