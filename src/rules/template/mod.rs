//! Rules about templates and their directives.

pub(crate) mod empty_directive;
pub(crate) mod foreign_directive;
pub(crate) mod malformed_front_matter;
pub(crate) mod misplaced_directive;
pub(crate) mod unknown_directive;
pub(crate) mod wrong_count;
