//! Rules about tables.

pub(crate) mod broken_table;
pub(crate) mod extra_cell;
pub(crate) mod extra_table;
pub(crate) mod malformed_funding;
pub(crate) mod misplaced_table;
pub(crate) mod misplaced_task_table;
pub(crate) mod missing_blank_line;
pub(crate) mod missing_cell;
pub(crate) mod missing_pipe;
pub(crate) mod missing_table;
pub(crate) mod repeated_delimiter_row;
pub(crate) mod unexpected_header;
