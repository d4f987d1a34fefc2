//! A finding with all that the linter knows about it.

use super::finding::Finding;
use super::fingerprint::Fingerprint;
use super::level::Level;
use crate::text::ids::FileId;

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
}
