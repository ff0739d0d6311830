//! Ranges of versions, as `>=0.1, <0.2`.
//!
//! Ours and not semver's: the few comparisons that a theme needs, and no build of anything that shares that crate changes.

/// A version: `0.1.0`; parts left out are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u64; 3]);

/// Bounds that all hold.
#[derive(Debug)]
pub struct Range(Vec<Bound>);

#[derive(Debug)]
struct Bound {
    sign: &'static str,
    version: Version,
    /// How many parts are written: `0.1` alone means every `0.1.x`.
    parts: usize,
}

/// The signs, those that begin with another one first.
const SIGNS: [&str; 6] = [">=", "<=", ">", "<", "=", ""];

impl Version {
    /// Reads a version.
    pub fn parse(text: &str) -> Option<Version> {
        let mut version = [0; 3];
        for (index, part) in text.trim().split('.').enumerate() {
            *version.get_mut(index)? = part.parse().ok()?;
        }
        Some(Version(version))
    }
}

impl Range {
    /// Reads bounds with commas between.
    pub fn parse(text: &str) -> Option<Range> {
        text.split(',').map(|bound| Bound::parse(bound.trim())).collect::<Option<_>>().map(Range)
    }

    /// Whether a version is within all bounds.
    pub fn holds(&self, version: Version) -> bool {
        self.0.iter().all(|bound| bound.holds(version))
    }
}

impl Bound {
    fn parse(text: &str) -> Option<Bound> {
        let sign = SIGNS.into_iter().find(|sign| text.starts_with(sign))?;
        let number = &text[sign.len()..];
        Some(Bound { sign, version: Version::parse(number)?, parts: number.split('.').count() })
    }

    fn holds(&self, version: Version) -> bool {
        match self.sign {
            ">=" => version >= self.version,
            "<=" => version <= self.version || self.is_part(version),
            ">" => version > self.version && !self.is_part(version),
            "<" => version < self.version,
            _ => self.is_part(version),
        }
    }

    fn is_part(&self, version: Version) -> bool {
        version.0[..self.parts] == self.version.0[..self.parts]
    }
}

#[cfg(test)]
mod tests {
    use super::{Range, Version};

    #[test]
    fn a_version_is_within_all_bounds_or_not() {
        let cases = [
            (">=0.1, <0.2", "0.1.0", true),
            (">=0.1, <0.2", "0.1.9", true),
            (">=0.1, <0.2", "0.2.0", false),
            ("0.1", "0.1.7", true),
            ("0.1", "0.2.0", false),
            ("=1.2.3", "1.2.4", false),
            (">1", "1.9.0", false),
            (">1", "2.0.0", true),
            ("<=0.1", "0.1.5", true),
            (">= 0.1", "0.10.0", true),
        ];
        for (range, version, within) in cases {
            assert_eq!(
                Range::parse(range).unwrap().holds(Version::parse(version).unwrap()),
                within,
                "{range} {version}"
            );
        }
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in ["", "mới nhất", ">=", "1.2.3.4", "~0.1", "0.1,"] {
            assert!(Range::parse(text).is_none(), "{text}");
        }
    }
}
