//! Where projects, slates and pages are: the only part of the workspace that searches directories.

use std::path::{Path, PathBuf};

use crate::policy::config::{BOOK_FILE, CONFIG_FILE};
use crate::policy::period::PeriodName;
use crate::sys::paths::absolute;
use crate::sys::symlink_boundary::is_there;
use crate::sys::tree::{OsTree, Tree};
use crate::text::order::sort_by_key;

/// Names of directories that are not searched: they hold generated files.
pub(crate) const NEVER_SEARCHED: [&str; 2] = ["target", "node_modules"];

/// The root of the project that a directory belongs to: the nearest one upwards that has a `goals.toml`, else a `book.toml`.
pub fn find_root(directory: &Path) -> Option<PathBuf> {
    let directory = absolute(directory);
    let nearest = |file: &str| directory.ancestors().find(|above| has_file(above, file)).map(Path::to_path_buf);
    nearest(CONFIG_FILE).or_else(|| nearest(BOOK_FILE))
}

/// What a path on a command line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathKind {
    /// Anything but a directory.
    File,
    /// A directory that is a slate by its name.
    Slate,
    /// The root of a project, by a file of its own.
    Project,
    /// Any other directory, with those below it that are slates.
    Directory {
        /// Oldest first.
        slates: Vec<PathBuf>,
    },
    /// Nothing.
    Missing,
}

/// Looks at a path on disk, once for all who ask what it is. The root of a project that holds slates is no slate, whatever it
/// is called.
pub(crate) fn classify(path: &Path) -> PathKind {
    if !path.is_dir() {
        return if path.exists() { PathKind::File } else { PathKind::Missing };
    }
    if is_slate_directory(&OsTree, path) {
        return PathKind::Slate;
    }
    if is_root(path) { PathKind::Project } else { PathKind::Directory { slates: slate_directories(path) } }
}

/// Whether a directory is the root of a project by a file of its own.
pub(crate) fn is_root(directory: &Path) -> bool {
    has_file(directory, CONFIG_FILE) || has_file(directory, BOOK_FILE)
}

/// Whether a directory is a slate by its name. The root of a project that holds slates is none, whatever it is called.
pub(crate) fn is_slate_directory(tree: &dyn Tree, directory: &Path) -> bool {
    let holds_slates = || {
        let mut found = Vec::new();
        search_below(tree, directory, &mut found);
        !found.is_empty()
    };
    PeriodName::of_directory(directory).is_some() && !(is_root(directory) && holds_slates())
}

/// Whether a directory has something by this name that is meant as a file; a link that leads nowhere is reported later.
pub(crate) fn has_file(directory: &Path, name: &str) -> bool {
    let path = directory.join(name);
    is_there(&path) && !path.is_dir()
}

/// The directories at or below `directory` that are named like a period, oldest period first.
pub(crate) fn slate_directories(directory: &Path) -> Vec<PathBuf> {
    period_directories(&OsTree, directory)
}

pub(crate) fn period_directories(tree: &dyn Tree, directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    search(tree, directory, &mut found);
    sort_by_key(&mut found, |path| (PeriodName::of_directory(path), path.clone()));
    found
}

pub(crate) fn search(tree: &dyn Tree, directory: &Path, found: &mut Vec<PathBuf>) {
    if is_slate_directory(tree, directory) {
        found.push(directory.to_path_buf());
    } else {
        search_below(tree, directory, found);
    }
}

pub(crate) fn search_below(tree: &dyn Tree, directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in tree.entries(directory).unwrap_or_default() {
        let name = entry.name();
        if entry.is_directory && !name.starts_with('.') && !NEVER_SEARCHED.contains(&name.as_str()) {
            search(tree, &entry.path, found);
        } else if entry.is_link && PeriodName::of_directory(&entry.path).is_some() && !tree.is_file(&entry.path) {
            // Whoever reads it says where it leads, if not to a slate.
            found.push(entry.path);
        }
    }
}

/// Whether a path ends in `.md`, in any case.
pub fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}
