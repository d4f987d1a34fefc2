//! The files of a slate on disk.

use std::path::Path;

use super::discovery::is_markdown;
use crate::sys::error::Error;
use crate::sys::tree::{Entry, Tree};

/// The Markdown files of a slate, at any depth, and those that may have been meant as such; but not in directories that are
/// skipped.
pub(crate) fn markdown_files(
    tree: &dyn Tree,
    directory: &Path,
    is_skipped: &dyn Fn(&Path) -> bool,
    found: &mut Vec<Entry>,
    others: &mut Vec<Entry>,
    failures: &mut Vec<Error>,
) {
    let entries = match tree.entries(directory) {
        Ok(entries) => entries,
        Err(failure) => {
            failures.push(failure);
            return;
        }
    };
    for entry in entries.into_iter().filter(|entry| !entry.name().starts_with('.')) {
        if is_markdown(&entry.path) {
            found.push(entry);
        } else if entry.is_directory {
            if is_skipped(&entry.path) {
                continue;
            }
            markdown_files(tree, &entry.path, is_skipped, found, others, failures);
        } else if may_be_meant_as_markdown(&entry.path) || (entry.is_link && entry.path.is_dir()) {
            others.push(entry);
        }
    }
}

/// What people call a text that they want to be a page, beside `.md`.
pub(crate) const OTHER_EXTENSIONS: [&str; 6] = ["markdown", "mdown", "mkd", "mdx", "text", "txt"];

/// Whether a file may have been meant as a page: by its extension, or by having none.
pub(crate) fn may_be_meant_as_markdown(path: &Path) -> bool {
    path.extension().is_none_or(|extension| OTHER_EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}
