//! Rules about what is left over from the template of a goal.

pub(crate) mod altered_placeholder;
pub(crate) mod leftover_heading;
pub(crate) mod leftover_instruction;
pub(crate) mod leftover_owner;
pub(crate) mod leftover_row;
pub(crate) mod leftover_todo;
pub(crate) mod unfilled_placeholder;
