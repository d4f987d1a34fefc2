//! What is found: a finding, its fix and its level, and the diagnostic that the linter makes of it.

pub(crate) mod counts;
pub(crate) mod diagnostic;
pub(crate) mod finding;
pub(crate) mod fingerprint;
pub(crate) mod level;
