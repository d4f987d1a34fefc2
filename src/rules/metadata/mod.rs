//! Rules about the rows of metadata tables.

pub(crate) mod foreign_tracking_issue;
pub(crate) mod formatted_value;
pub(crate) mod generated_row;
pub(crate) mod inconsistent_row;
pub(crate) mod malformed_timespan;
pub(crate) mod malformed_tracking_issue;
pub(crate) mod missing_row;
pub(crate) mod missing_tracking_issue;
pub(crate) mod misspelled_row;
pub(crate) mod redundant_short_title;
pub(crate) mod redundant_title;
pub(crate) mod repeated_row;
pub(crate) mod repeated_value;
pub(crate) mod stale_status;
pub(crate) mod unfinished_value;
pub(crate) mod unknown_highlight;
pub(crate) mod unknown_status;
pub(crate) mod unknown_theme;
pub(crate) mod unknown_value;
