//! Whether a file is still the one that was read, without reading it again.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// What the file system says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileState {
    length: u64,
    modified: Option<SystemTime>,
    /// Its number on disk: a file that takes the place of another has one of its own.
    number: Option<u64>,
}

impl FileState {
    /// The state of what is at a path; nothing where there is nothing.
    pub(crate) fn of(path: &Path) -> Option<FileState> {
        let metadata = fs::metadata(path).ok()?;
        Some(FileState { length: metadata.len(), modified: metadata.modified().ok(), number: number(&metadata) })
    }
}

#[cfg(unix)]
fn number(metadata: &fs::Metadata) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    Some(metadata.ino())
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> Option<u64> {
    None
}
