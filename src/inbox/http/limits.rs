//! Token buckets, one for each network of clients: a burst is fine, a flood is not.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::inbox::http::client::Prefix;

/// More networks than this are not remembered one by one.
const MOST: usize = 100_000;

/// The buckets of all networks.
pub struct Buckets {
    size: f64,
    per_second: f64,
    buckets: Mutex<HashMap<Prefix, Bucket>>,
}

struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Buckets {
    /// So many in a minute, all of them at once if need be.
    pub fn per_minute(count: u32) -> Self {
        let size = f64::from(count);
        Buckets { size, per_second: size / 60.0, buckets: Mutex::default() }
    }

    /// Takes a token, where the network has one left.
    pub fn take(&self, prefix: Prefix) -> bool {
        self.take_at(prefix, Instant::now())
    }

    fn take_at(&self, prefix: Prefix, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            // Full ones are as good as new ones.
            buckets.retain(|_, bucket| bucket.filled(self, now) < self.size);
        }
        let bucket = buckets.entry(prefix).or_insert(Bucket { tokens: self.size, at: now });
        bucket.tokens = bucket.filled(self, now);
        bucket.at = now;
        let has = bucket.tokens >= 1.0;
        if has {
            bucket.tokens -= 1.0;
        }
        has
    }
}

impl Bucket {
    fn filled(&self, all: &Buckets, now: Instant) -> f64 {
        let gained = now.saturating_duration_since(self.at).as_secs_f64() * all.per_second;
        (self.tokens + gained).min(all.size)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::inbox::http::client::{Peer, prefix};

    #[test]
    fn a_network_gets_its_share_and_no_more() {
        let network = |address: &str| prefix(Peer(address.parse().unwrap()), &axum::http::HeaderMap::new(), &[]);
        let (one, other) = (network("203.0.113.1"), network("198.51.100.1"));
        let (buckets, start) = (Buckets::per_minute(6), Instant::now());
        assert_eq!((0..10).filter(|_| buckets.take_at(one, start)).count(), 6);
        assert!(buckets.take_at(other, start));
        assert!(!buckets.take_at(one, start + Duration::from_secs(9)));
        assert!(buckets.take_at(one, start + Duration::from_secs(11)));
    }
}
