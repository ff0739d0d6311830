//! Who may come in: where the server listens, and which requests are meant for it.
//!
//! A page elsewhere can make a browser ask this server, also under a name of its own that leads to this machine (DNS
//! rebinding). So a request names this machine as its host, by number or as `localhost`, and no other page as its origin.

use std::net::{IpAddr, SocketAddr, TcpListener};

use axum::http::{HeaderMap, header};

use crate::serve::{Error, Port};

/// How many ports are tried where the usual one is taken.
const TRIES: u16 = 50;

/// Begins to listen.
pub fn open(interface: IpAddr, port: Port) -> Result<TcpListener, Error> {
    let (first, tries) = match port {
        Port::Exactly(port) => (port, 1),
        Port::From(port) => (port, TRIES),
    };
    let mut last = None;
    for port in (0..tries).map_while(|step| first.checked_add(step)) {
        let address = SocketAddr::new(interface, port);
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some((address, error)),
            Err(error) => return Err(Error::Listening(address, error)),
        }
    }
    let (address, error) = last.expect("at least one port was tried");
    Err(Error::Listening(address, error))
}

/// Whether a request is meant for this server and comes from one of its own pages, or from no page at all.
pub fn is_welcome(headers: &HeaderMap, port: u16) -> bool {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or_default());
    let Some(host) = text(header::HOST) else { return false };
    let origin_ok = text(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host));
    names_this_machine(host, port) && origin_ok
}

/// `localhost` or a number, with this server's port. A number cannot be made to lead elsewhere.
fn names_this_machine(host: &str, port: u16) -> bool {
    let (name, named_port) = match host.rsplit_once(':') {
        Some((name, digits)) if !digits.contains(']') => (name, digits.parse().ok()),
        _ => (host, Some(80)),
    };
    let number = name.trim_start_matches('[').trim_end_matches(']');
    named_port == Some(port) && (name.eq_ignore_ascii_case("localhost") || number.parse::<IpAddr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn welcome(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        is_welcome(&headers, 1111)
    }

    #[test]
    fn this_machine_is_named_by_number_or_as_localhost() {
        assert!(
            ["127.0.0.1:1111", "localhost:1111", "[::1]:1111", "192.168.1.7:1111"].iter().all(|h| welcome(h, None))
        );
        let others =
            ["evil.example:1111", "127.0.0.1.evil.example:1111", "127.0.0.1", "127.0.0.1:80", "", "localhost:x"];
        assert!(others.iter().all(|host| !welcome(host, None)));
    }

    #[test]
    fn only_its_own_pages_may_ask() {
        assert!(welcome("127.0.0.1:1111", Some("http://127.0.0.1:1111")));
        let others = ["http://evil.example", "null", "https://127.0.0.1:1111", "http://localhost:1111"];
        assert!(others.iter().all(|origin| !welcome("127.0.0.1:1111", Some(origin))));
    }

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let local = IpAddr::from([127, 0, 0, 1]);
        let first = open(local, Port::Exactly(0)).unwrap();
        let taken = first.local_addr().unwrap().port();
        assert!(open(local, Port::Exactly(taken)).is_err());
        assert_ne!(open(local, Port::From(taken)).unwrap().local_addr().unwrap().port(), taken);
    }
}
