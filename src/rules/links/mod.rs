//! Rules about links, labels and definitions.

pub(crate) mod absolute_site_link;
pub(crate) mod broken_link;
pub(crate) mod conflicting_definition;
pub(crate) mod conflicting_linkifier;
pub(crate) mod conflicting_number;
pub(crate) mod dead_anchor;
pub(crate) mod dead_link;
pub(crate) mod malformed_address;
pub(crate) mod misleading_definition;
pub(crate) mod rejected_link;
pub(crate) mod repeated_chapter;
pub(crate) mod repeated_definition;
pub(crate) mod unbalanced_parenthesis;
pub(crate) mod undefined_label;
pub(crate) mod unescaped_at_sign;
pub(crate) mod unlinked_text;
pub(crate) mod unused_definition;
