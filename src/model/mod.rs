//! What the files of a slate say: goals, roadmaps, pages, templates. It knows no finding and no rule.

pub(crate) mod cell;
pub(crate) mod goal;
pub(crate) mod goal_template;
pub(crate) mod meaning;
pub(crate) mod mentions;
pub(crate) mod misformatted_heading;
pub(crate) mod placeholders;
pub(crate) mod rfc_coverage;
pub(crate) mod rfc_outline;
pub(crate) mod slate;
pub(crate) mod slate_reader;
