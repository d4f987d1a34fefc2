//! Symbolic links that lead out of a project. Whoever opens a pull request can add a link with the name of a goal or of the
//! configuration, and what is read is quoted in a log: such a link must not open another user's file.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use super::error::Error;
use super::paths::{absolute, repository_top, shown, with_slashes};

/// How far the links of a project may lead: to its repository, which is looked for when it is first asked for.
#[derive(Debug)]
pub struct SymlinkBoundary<'r> {
    root: &'r Path,
    top: OnceLock<PathBuf>,
}

impl<'r> SymlinkBoundary<'r> {
    /// Those of the project at `root`.
    pub(crate) fn of(root: &'r Path) -> SymlinkBoundary<'r> {
        SymlinkBoundary { root, top: OnceLock::new() }
    }

    /// The top of the repository, without links.
    fn top(&self) -> Result<&Path, Error> {
        if let Some(top) = self.top.get() {
            return Ok(top);
        }
        let top = whole(&repository_top(self.root))?;
        Ok(self.top.get_or_init(|| top))
    }
}

/// Fails where `path` leads, through whatever links, out of the repository that the project lies in, or into a directory
/// whose name begins with a dot, such as `.git`. What is not there leads nowhere.
pub(crate) fn within_boundary(path: &Path, bounds: &SymlinkBoundary<'_>) -> Result<(), Error> {
    if !is_there(path) {
        return Ok(());
    }
    let (real, top) = (whole(path)?, bounds.top()?);
    let is_hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
    let reason = match real.strip_prefix(top) {
        Err(_) => "it points outside the repository",
        Ok(below) if below.components().any(is_hidden) => "it points to a hidden file or directory",
        Ok(_) => return Ok(()),
    };
    let failure = Error::at(path, "symbolic link not followed", &reason);
    Err(if real.is_dir() {
        failure.help("use the target directory itself, or replace the link with a directory")
    } else {
        failure.help("replace the link with a file")
    })
}

/// The directory that a configuration or an option names, as seen from a project's root: it lies in the project, and no link on
/// the way leads out of the repository. What is read from it and what is written to it obey one rule.
pub fn within_project(root: &Path, named: &Path) -> Result<PathBuf, Error> {
    let (root, path) = (absolute(root), absolute(&root.join(named)));
    if !path.starts_with(&root) {
        let message = format!("`{}` is outside the project, whose root is `{}`", with_slashes(named), shown(&root));
        return Err(Error::new(message).help("use a directory below the root of the project"));
    }
    // What is not there yet is made in what is.
    if let Some(there) = path.ancestors().take_while(|above| above.starts_with(&root)).find(|above| is_there(above)) {
        // Nearly always there is no link to follow.
        let leads_on = there.ancestors().take_while(|above| *above != root).any(Path::is_symlink);
        let is_below = || Some(there.canonicalize().ok()?.starts_with(root.canonicalize().ok()?));
        if leads_on && is_below() != Some(true) {
            within_boundary(there, &SymlinkBoundary::of(&root))?;
        }
    }
    Ok(path)
}

/// The same for what is read in place: only a link can lead away from it.
pub(crate) fn file_within_boundary(path: &Path, root: &Path) -> Result<(), Error> {
    if path.is_symlink() { within_boundary(path, &SymlinkBoundary::of(root)) } else { Ok(()) }
}

/// A path without links in it.
fn whole(path: &Path) -> Result<PathBuf, Error> {
    path.canonicalize().map_err(|error| match error.kind() {
        // It leads to nothing, or to itself, for which every system has other words.
        kind if kind != ErrorKind::PermissionDenied && path.is_symlink() => {
            Error::at(path, "failed to read", &"broken symbolic link").help("remove it or fix its target")
        }
        _ => Error::at(path, "failed to read", &error),
    })
}

/// Whether anything is at a path, including a broken link.
pub(crate) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
