//! What is known of the files around a slate: those to which its links lead, and those that may have been meant.
//!
//! Rules are pure, so whoever reads a slate looks for them beforehand (`scan`), in the tree from which the slate itself comes.
//! For a slate of texts alone nothing is known, and rules are silent about what lies outside of it.

use std::collections::BTreeMap;

use super::anchors::Anchors;

/// What is known of the files around a slate.
#[derive(Clone, Debug, Default)]
pub struct OutsideFiles {
    /// Directories to which links lead, and what they hold.
    pub(super) directories: BTreeMap<String, BTreeMap<String, bool>>,
    /// The anchors of pages of which a link names one.
    pub(super) anchors: BTreeMap<String, Anchors>,
    /// The files beside the pages and one directory further down, sorted; looked for only where a link leads nowhere.
    pub(super) all: Vec<String>,
}

impl OutsideFiles {
    /// Whether there is a file or directory at a path; `None` where nobody has looked.
    pub(crate) fn has(&self, path: &str) -> Option<bool> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.directories.get(above).map(|entries| entries.contains_key(name))
    }

    /// The pages in a directory by name, where somebody has looked.
    pub(crate) fn pages_in(&self, directory: &str) -> impl Iterator<Item = &str> {
        let entries = self.directories.get(directory).into_iter().flatten();
        let files = entries.filter(|(name, is_directory)| !**is_directory && name.ends_with(".md"));
        files.map(|(name, _)| name.as_str())
    }

    /// The anchors of a page, if it has been read.
    pub(crate) fn anchors(&self, path: &str) -> Option<&Anchors> {
        self.anchors.get(path)
    }

    /// The files that a link may have meant that leads nowhere.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(String::as_str)
    }
}
