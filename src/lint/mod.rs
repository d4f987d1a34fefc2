//! Running the rules: levels, suppressions, fingerprints, fixes.

pub(crate) mod fingerprints;
pub(crate) mod fix;
pub(crate) mod groups;
pub(crate) mod levels;
mod rereading;
pub(crate) mod run;
pub(crate) mod suppressions;
