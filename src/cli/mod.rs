//! The command line: arguments, commands, and the two streams. All judging and rendering is the library's.

pub(crate) mod answer;
pub(crate) mod args;
pub(crate) mod command;
pub(crate) mod commands;
pub(crate) mod date;
pub(crate) mod habits;
pub(crate) mod help;
pub(crate) mod output;
pub(crate) mod report;
pub(crate) mod result_files;
pub(crate) mod slates;
