//! Gives every diagnostic of a slate its fingerprint. Two runs are compared by them; which runs, is for the engine to say.

use hashbrown::HashMap;

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::fingerprint::{Fingerprint, Fnv};
use crate::model::slate::Slate;
use crate::text::ids::FileId;

/// Names the findings of a slate, which come in the order in which they are reported.
pub(crate) fn name_all(slate: &Slate, findings: &mut [Diagnostic]) {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    // A line may have a hundred thousand findings, one after the other: its text is read once.
    let mut last: Option<(FileId, usize, u64)> = None;
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
