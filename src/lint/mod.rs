//! Running the rules: levels, suppressions, fingerprints, fixes.

mod apply;
pub(crate) mod fingerprints;
pub(crate) mod fix;
mod guard;
pub(crate) mod levels;
pub(crate) mod run;
pub(crate) mod suppressions;
