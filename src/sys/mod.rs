//! What the process asks of the system: files, git, atomic writes, the symlink boundary, threads, and the error type.

pub(crate) mod atomic_write;
pub(crate) mod error;
pub(crate) mod file_state;
pub(crate) mod git;
pub(crate) mod paths;
pub(crate) mod symlink_boundary;
pub(crate) mod threads;
pub(crate) mod tree;
mod unfinished;
pub(crate) mod warning;
