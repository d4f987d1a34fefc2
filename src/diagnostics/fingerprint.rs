//! Names for findings that stay when lines above them come or go.

use std::fmt;

/// A finding's name: a hash of its rule, its path from the root, its line's text without white space, and a counter for
/// findings that are alike in all that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub(crate) u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// FNV-1a, 64 bits: the standard library's hashes may change with its version, and these names are kept.
pub(crate) struct Fnv(pub(crate) u64);

impl Fnv {
    pub(crate) fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn add_more(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds a part that ends here.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.add_more(bytes);
        self.add_more(&[0xff]);
    }
}
