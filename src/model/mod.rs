//! What the files of a slate say: goals, roadmaps, pages, templates. It knows no finding and no rule.

pub(crate) mod cell;
pub(crate) mod directive_argument;
pub(crate) mod directive_effect;
pub(crate) mod front_matter;
pub(crate) mod funding;
pub(crate) mod goal;
pub(crate) mod goal_template;
pub(crate) mod goals;
pub(crate) mod interrupted_tables;
pub(crate) mod malformed_directives;
pub(crate) mod meaning;
pub(crate) mod mentions;
pub(crate) mod metadata_lines;
pub(crate) mod misformatted_heading;
pub(crate) mod placeholders;
pub(crate) mod raw_html;
pub(crate) mod repeated_tables;
pub(crate) mod rfc_coverage;
pub(crate) mod rfc_lists;
pub(crate) mod rfc_outline;
pub(crate) mod slate;
pub(crate) mod slate_reader;
pub(crate) mod tracking_issue;
pub(crate) mod unincluded_pages;
