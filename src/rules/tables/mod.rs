//! Rules about tables.

pub(crate) mod broken_table;
pub(crate) mod glued_line;
pub(crate) mod malformed_funding;
pub(crate) mod misplaced_table;
pub(crate) mod missing_cell;
pub(crate) mod missing_pipe;
pub(crate) mod missing_table;
pub(crate) mod repeated_delimiter_row;
pub(crate) mod stray_table;
pub(crate) mod surplus_cell;
pub(crate) mod surplus_table;
pub(crate) mod unexpected_header;
