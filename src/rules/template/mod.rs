//! Rules about templates and their directives.

pub(crate) mod empty_directive;
pub(crate) mod extra_directive;
pub(crate) mod foreign_directive;
pub(crate) mod inline_directive;
pub(crate) mod malformed_directive;
pub(crate) mod malformed_front_matter;
pub(crate) mod mdbook_directive;
pub(crate) mod misplaced_directive;
pub(crate) mod misplaced_introduction;
pub(crate) mod missing_directive;
pub(crate) mod repeated_directive;
pub(crate) mod unincluded_page;
pub(crate) mod unknown_directive;
pub(crate) mod wrong_count;
