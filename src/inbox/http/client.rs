//! Who asks: the network that a client is in. The whole address is looked at only here, and is kept nowhere.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::inbox::config::Network;

/// The address at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// A network of clients: the first 24 bits of an IPv4 address, the first 48 of an IPv6 one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Prefix([u8; 7]);

/// The network from which a request came. What a proxy says is believed only of those that are configured.
pub fn prefix(peer: Peer, headers: &HeaderMap, proxies: &[Network]) -> Prefix {
    let is_proxy = |address: &IpAddr| proxies.iter().any(|network| network.holds(*address));
    let mut client = peer.0;
    if is_proxy(&client) {
        let lines = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        // From the last one on: what stands before the first that is no proxy of ours, anybody may have written.
        for hop in hops.iter().rev() {
            let Ok(address) = hop.parse() else { break };
            client = address;
            if !is_proxy(&client) {
                break;
            }
        }
    }
    Prefix::of(client)
}

impl Prefix {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Prefix([4, a, b, c, 0, 0, 0])
            }
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, ..] = address.octets();
                Prefix([6, a, b, c, d, e, f])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &str) -> Prefix {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        prefix(Peer(peer.parse().unwrap()), &headers, &[Network::parse("10.0.0.0/8").unwrap()])
    }

    fn of(address: &str) -> Prefix {
        Prefix::of(address.parse().unwrap())
    }

    #[test]
    fn only_configured_proxies_are_believed() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1"), of("203.0.113.1"));
        assert_eq!(seen("10.0.0.1", "198.51.100.1"), of("198.51.100.9"));
        assert_eq!(seen("10.0.0.1", "192.0.2.7, 198.51.100.1, 10.9.9.9"), of("198.51.100.9"));
        assert_eq!(seen("10.0.0.1", "nonsense"), of("10.0.0.1"));
        assert_eq!(of("::ffff:203.0.113.9"), of("203.0.113.200"));
        assert_ne!(of("2001:db8:1::1"), of("2001:db8:2::1"));
    }
}
