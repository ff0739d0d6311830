//! The inbox's key. It lives in a file of its own, not in the database: who steals one of the two can forge and find nothing.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::inbox::error::Error;
use crate::say;

/// The key, from which one key for each purpose is derived.
#[derive(Clone)]
pub struct Key {
    nonce: [u8; 32],
    seal: [u8; 32],
    code: [u8; 32],
    verifier: [u8; 32],
}

/// A keyed hash.
pub type Mac = [u8; 32];

impl Key {
    /// Derives the keys from secret bytes.
    pub fn new(secret: &[u8]) -> Self {
        let derive = |purpose: &str| blake3::derive_key(&format!("minhbach inbox 1 {purpose}"), secret);
        Key { nonce: derive("nonce"), seal: derive("receipt"), code: derive("code"), verifier: derive("verifier") }
    }

    /// The key in a file; where there is none, a new one is made that only its owner can read.
    ///
    /// # Errors
    /// Where the file cannot be read or made, or is too short to be a key.
    pub fn load(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            make(path)?;
        }
        let text = fs::read_to_string(path).map_err(|error| Error::disk(path, &error))?;
        let shown = path.display();
        if text.trim().len() < 32 {
            return Err(Error::Refused(say!(
                "{shown} không phải là khóa của hộp thư",
                "{shown} is no key of an inbox"
            )));
        }
        Ok(Key::new(text.trim().as_bytes()))
    }

    /// For the token of a "check your answers" page.
    pub fn nonce(&self, text: &[u8]) -> Mac {
        mac(&self.nonce, text)
    }

    /// For the cookie that leads to a receipt.
    pub fn seal(&self, text: &[u8]) -> Mac {
        mac(&self.seal, text)
    }

    /// From which a tracking code is made.
    pub fn code(&self, nonce: &[u8]) -> Mac {
        mac(&self.code, nonce)
    }

    /// What is kept of a tracking code.
    pub fn verifier(&self, code: &str) -> String {
        hex(&mac(&self.verifier, code.as_bytes()))
    }
}

fn mac(key: &[u8; 32], text: &[u8]) -> Mac {
    *blake3::keyed_hash(key, text).as_bytes()
}

fn make(path: &Path) -> Result<(), Error> {
    let failed = |error| Error::disk(path, &error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let text = hex(&random::<32>());
    // Another process may make it at the same moment: the first one's is kept.
    match File::options().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// Bytes in small hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
