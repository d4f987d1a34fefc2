//! The command line: arguments, commands, and the two streams.

pub(crate) mod args;
pub(crate) mod commands;
