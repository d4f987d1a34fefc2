//! Running the rules: levels, suppressions, fingerprints, fixes.

mod apply;
pub(crate) mod fingerprints;
pub(crate) mod fix;
pub(crate) mod groups;
mod guard;
pub(crate) mod levels;
mod rereading;
pub(crate) mod run;
pub(crate) mod suppressions;
