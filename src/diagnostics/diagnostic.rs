//! A finding with all that the linter knows about it.

use super::finding::{Finding, Fix, Related};
use super::fingerprint::Fingerprint;
use super::level::Level;
use crate::text::ids::FileId;
use crate::text::order::sort_by_key;

/// A finding with all that the engine knows about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// The rule's level in this run.
    pub level: Level,
    /// The file.
    pub file: FileId,
    /// What the rule found.
    pub finding: Finding,
    /// The name by which it is known again.
    pub fingerprint: Fingerprint,
    /// The other places of the file where the same was found, in their order; each has no others of its own.
    pub also: Vec<Diagnostic>,
}

impl Diagnostic {
    /// A finding in a file, at one place and without a fingerprint yet.
    pub(crate) fn new(rule: &'static str, level: Level, file: FileId, finding: Finding) -> Diagnostic {
        Diagnostic { rule, level, file, finding, fingerprint: Fingerprint::default(), also: Vec::new() }
    }

    /// Each of its places as a diagnostic of its own.
    pub(crate) fn into_places(mut self) -> impl Iterator<Item = Diagnostic> {
        let also = std::mem::take(&mut self.also);
        std::iter::once(self).chain(also)
    }

    /// All places that belong to it: those that the rule names, and the others where the same was found.
    pub fn related(&self) -> Vec<Related> {
        let mut related = self.finding.related.clone();
        for other in &self.also {
            let message = if other.finding.message == self.finding.message {
                "also here".to_owned()
            } else {
                other.finding.message.clone()
            };
            related.push(Related { file: other.file, span: other.finding.span, message });
        }
        let named = self.also.iter().flat_map(|other| &other.finding.related);
        for place in named {
            // Most name the same place, such as the first of several.
            if !self.finding.related.contains(place) && related.last() != Some(place) {
                related.push(place.clone());
            }
        }
        related
    }

    /// How to fix all of its places: the edits of each, in the order of the file.
    pub fn fix(&self) -> Option<Fix> {
        let mut fix = self.finding.fix.clone()?;
        if self.also.is_empty() {
            return Some(fix);
        }
        let others = self.also.iter().filter_map(|other| other.finding.fix.as_ref());
        fix.edits.extend(others.flat_map(|fix| fix.edits.iter().cloned()));
        sort_by_key(&mut fix.edits, |(span, _)| *span);
        // Two that overlap cannot be applied at once; the first one that is applied may be all that the other is about.
        fix.edits.dedup_by(|next, before| next.0.start <= before.0.end);
        Some(fix)
    }
}
