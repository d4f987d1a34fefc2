//! The commands: a file each, with its arguments and what it does. None of them calls another.

pub(crate) mod asks;
pub(crate) mod changes;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod explain;
pub(crate) mod fcp;
pub(crate) mod lint;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod mdbook;
pub(crate) mod new;
pub(crate) mod review;
pub(crate) mod rfc;
pub(crate) mod roster;
pub(crate) mod server;
