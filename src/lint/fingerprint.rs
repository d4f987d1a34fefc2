//! Names for findings that stay when lines above them come or go.
//!
//! Two runs are compared by them; which runs, is for the program to say.

use std::collections::HashMap;
use std::fmt;

use crate::diagnostics::finding::Reported;
use crate::model::slate::Slate;

/// A finding's name: a hash of its rule, its path from the root, its line's text without white space, and a counter for
/// findings that are alike in all that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Names the findings of a slate, which come in the order in which they are reported.
pub(crate) fn name_all(slate: &Slate, findings: &mut [Reported]) {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    // A line may have a hundred thousand findings, one behind the other: its text is read once.
    let mut last: Option<(usize, usize, u64)> = None;
    for reported in findings {
        let source = &slate.files[reported.file].source;
        let index = source.line_index(reported.finding.span.start as usize);
        let line = match last {
            Some((file, line, hash)) if (file, line) == (reported.file, index) => hash,
            _ => {
                let mut hash = Fnv::new();
                let words = source.slice(source.line_span(index)).split_whitespace();
                words.for_each(|word| hash.add_more(word.as_bytes()));
                last = Some((reported.file, index, hash.0));
                hash.0
            }
        };
        let mut hash = Fnv::new();
        hash.add(reported.rule.as_bytes());
        hash.add(source.path().as_bytes());
        hash.add(&line.to_le_bytes());
        let counter = seen.entry(hash.0).or_insert(0);
        *counter += 1;
        hash.add(&counter.to_le_bytes());
        reported.fingerprint = Fingerprint(hash.0);
    }
}

/// FNV-1a, 64 bits: the standard library's hashes may change with its version, and these names are kept.
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn add_more(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds a part that ends here.
    fn add(&mut self, bytes: &[u8]) {
        self.add_more(bytes);
        self.add_more(&[0xff]);
    }
}
