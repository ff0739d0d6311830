//! The inbox's own configuration: `inbox.yaml` beside `content/`, changed by `MINHBACH_INBOX_*` in the environment.
//!
//! It is no content: it names machines and secrets, and differs from one machine to the next.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::inbox::error::Error;
use crate::inbox::store::Place;
use crate::say;

/// The file's name in the site's folder.
pub const FILE: &str = "inbox.yaml";

/// The configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where to listen. A web server with TLS stands before it.
    pub listen: SocketAddr,
    /// A file's path from the site's folder, or `postgres://…`.
    pub database: String,
    /// The file of the key; made where it is not there.
    pub key_file: PathBuf,
    /// The web servers whose `X-Forwarded-For` is believed: addresses, or networks such as `10.0.0.0/8`.
    pub trusted_proxies: Vec<String>,
    /// How much a client may do.
    pub limits: Limits,
    /// Whom to tell that something came in.
    pub webhooks: Vec<Webhook>,
    /// Whom to tell by mail.
    pub mail: Option<Mail>,
}

/// How much a client may do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Feedbacks from one network in a minute.
    pub feedbacks_per_minute: u32,
    /// Look-ups from one network in a minute.
    pub lookups_per_minute: u32,
    /// Connections at once.
    pub connections: u32,
    /// Who sends sooner after the "check your answers" page is probably no person, in seconds.
    pub min_seconds: i64,
    /// With less space on the disk nothing is taken on, in megabytes.
    pub min_free_mb: u64,
    /// How long a client may take to send its headers or its body, in seconds.
    pub patience_seconds: u64,
}

/// A webhook.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Where to post.
    pub url: String,
    /// `whsec_…`, as Standard Webhooks writes it.
    pub secret: String,
    /// Whether the address may be in a private network. For receivers on the same machine or in the same building.
    #[serde(default)]
    pub private: bool,
}

/// Mail to staff.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtps://user:password@host`, `smtp://host:25` in a trusted network.
    pub smtp: String,
    /// The sender.
    pub from: String,
    /// The readers.
    pub to: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 8787)),
            database: "inbox/inbox.sqlite".to_owned(),
            key_file: PathBuf::from("inbox/key"),
            trusted_proxies: Vec::new(),
            limits: Limits::default(),
            webhooks: Vec::new(),
            mail: None,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            feedbacks_per_minute: 20,
            lookups_per_minute: 10,
            connections: 4_096,
            min_seconds: 2,
            min_free_mb: 100,
            patience_seconds: 15,
        }
    }
}

impl Config {
    /// Reads the file, where there is one, and the environment.
    ///
    /// # Errors
    /// Where the file cannot be read, or a value makes no sense.
    pub fn load(root: &Path, file: Option<&Path>) -> Result<Self, Error> {
        let path = file.map_or_else(|| root.join(FILE), Path::to_owned);
        let mut config = match std::fs::read_to_string(&path) {
            Ok(text) => parse(&path, &text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.is_none() => Config::default(),
            Err(error) => return Err(Error::disk(&path, &error)),
        };
        config.lay_environment(&|name| std::env::var(name).ok().filter(|value| !value.is_empty()))?;
        config.networks()?;
        Ok(config)
    }

    fn lay_environment(&mut self, get: &dyn Fn(&str) -> Option<String>) -> Result<(), Error> {
        if let Some(text) = get("MINHBACH_INBOX_LISTEN") {
            self.listen = text.parse().map_err(|_| ill("MINHBACH_INBOX_LISTEN", &text))?;
        }
        if let Some(text) = get("MINHBACH_INBOX_DATABASE") {
            self.database = text;
        }
        if let Some(text) = get("MINHBACH_INBOX_KEY_FILE") {
            self.key_file = PathBuf::from(text);
        }
        Ok(())
    }

    /// Where the database is.
    pub fn place(&self, root: &Path) -> Place {
        Place::parse(&self.database, root)
    }

    /// The networks of the trusted proxies.
    ///
    /// # Errors
    /// Where one of them is none.
    pub fn networks(&self) -> Result<Vec<Network>, Error> {
        let network = |text: &String| Network::parse(text).ok_or_else(|| ill("trusted_proxies", text));
        self.trusted_proxies.iter().map(network).collect()
    }
}

fn parse(path: &Path, text: &str) -> Result<Config, Error> {
    // A file of comments only is a file that changes nothing.
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Config::default());
    }
    serde_yaml::from_str(text).map_err(|error| {
        let (path, what) = (path.display(), error.to_string());
        let what = what.lines().next().unwrap_or_default();
        Error::Refused(say!("{path}: không đọc được: {what}", "{path}: cannot be read: {what}"))
    })
}

fn ill(name: &str, text: &str) -> Error {
    Error::Refused(say!("`{name}`: `{text}` không đúng dạng", "`{name}`: `{text}` is not of the right form"))
}

/// A network of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: u128,
    bits: u32,
}

impl Network {
    /// An address, or `10.0.0.0/8`.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.trim().parse().ok()?;
        let (most, all) = if address.is_ipv4() { (32, 96) } else { (128, 0) };
        let length: u32 = length.map_or(Some(most), |length| length.parse().ok()).filter(|length| *length <= most)?;
        Some(Network { address: wide(address), bits: all + length })
    }

    /// Whether an address is in it.
    pub fn holds(&self, address: IpAddr) -> bool {
        let mask = if self.bits == 0 { 0 } else { u128::MAX << (128 - self.bits) };
        wide(address) & mask == self.address & mask
    }
}

/// An address of either family as one number: IPv4 where IPv6 has its place for it.
fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().into(),
        IpAddr::V6(address) => address.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_differs() {
        let config = parse(Path::new("inbox.yaml"), "listen: 127.0.0.1:9000\nlimits:\n  min_seconds: 0\n").unwrap();
        assert_eq!((config.listen.port(), config.limits.min_seconds, config.limits.lookups_per_minute), (9000, 0, 10));
        assert!(parse(Path::new("inbox.yaml"), "lisen: 1").is_err());
        assert_eq!(parse(Path::new("inbox.yaml"), "# nothing\n").unwrap().listen.port(), 8787);
    }

    #[test]
    fn the_environment_goes_first() {
        let mut config = Config::default();
        let set = |name: &str| (name == "MINHBACH_INBOX_DATABASE").then(|| "postgres://a@b/c".to_owned());
        config.lay_environment(&set).unwrap();
        assert_eq!(config.place(Path::new("/")), Place::Server("postgres://a@b/c".to_owned()));
        assert!(config.lay_environment(&|_| Some("nowhere".to_owned())).is_err());
    }

    #[test]
    fn networks_hold_their_addresses() {
        let holds = |network: &str, address: &str| Network::parse(network).unwrap().holds(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.1.2.3") && !holds("10.0.0.0/8", "11.1.2.3"));
        assert!(holds("127.0.0.1", "127.0.0.1") && !holds("127.0.0.1", "127.0.0.2"));
        assert!(holds("2001:db8::/32", "2001:db8::1") && holds("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(Network::parse("10.0.0.0/33").is_none() && Network::parse("a").is_none());
    }
}
