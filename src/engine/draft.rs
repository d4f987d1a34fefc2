//! What is drafted: files that are to be written, and where they may be.

use std::path::{Path, PathBuf};

use crate::sys::error::Error;
use crate::sys::paths::absolute;
use crate::sys::symlink_boundary::SymlinkBoundary;
use crate::sys::tree::{OsTree, Tree};
use crate::workspace::project::Project;
use crate::workspace::selection::Request;

/// Files that are to be written, and what should be known of them.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The slate that they are for, by its directory.
    pub request: Option<Request>,
    /// The files, in the order in which they are listed.
    pub files: Vec<DraftFile>,
    /// What was not taken over, or not found.
    pub notes: Vec<String>,
}

/// A file that is to be written.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// Its path, absolute.
    pub path: PathBuf,
    /// The text that it has; nothing where it does not exist yet.
    pub before: Option<String>,
    /// The text that it gets.
    pub text: String,
    /// Whether nothing is to be written without it.
    pub needed: bool,
}

impl DraftFile {
    /// A file that does not exist yet.
    pub(super) fn new(path: PathBuf, text: String) -> DraftFile {
        DraftFile { path, before: None, text, needed: true }
    }
}

/// Fails where a directory that is to be made would be outside of the repository.
pub(super) fn check_above(project: &Project, directory: &Path) -> Result<(), Error> {
    let directory = absolute(directory);
    let above = directory.ancestors().find(|above| OsTree.is_there(above)).unwrap_or(&directory);
    if !above.is_dir() {
        return Err(Error::of(above, "not a directory").help("rename the file, or choose another directory"));
    }
    match above.starts_with(&project.root) {
        true => OsTree.check_boundary(above, &SymlinkBoundary::of(&project.root)),
        false => Ok(()),
    }
}

/// Fails where a directory is in the place of a file.
pub(super) fn check_file(path: &Path) -> Result<(), Error> {
    match path.is_dir() {
        true => Err(Error::of(path, "not a file, but a directory").help("rename or remove the directory")),
        false => Ok(()),
    }
}

/// A slate as a whole.
pub(super) fn request(root: &Path, directory: PathBuf) -> Request {
    Request { root: root.to_path_buf(), directory, beside_slates: false, files: None, named: true, in_full: true }
}
