//! What more than one rule needs. A rule asks here and never its sibling.

pub(crate) mod duplicates;
