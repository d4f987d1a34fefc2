//! Running the rules: levels, suppressions, fingerprints, fixes.

pub(crate) mod fingerprints;
pub(crate) mod fix;
pub(crate) mod rule;
pub(crate) mod suppressions;
