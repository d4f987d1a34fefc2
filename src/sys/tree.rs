//! Where the files of a slate are read from: the disk, another state of the repository, or either with one text replaced.
//!
//! Which files belong to a slate is for `project` to say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::paths::absolute;
use super::symlink_boundary::{SymlinkBoundary, is_there, within_boundary};
use crate::text::source::MAX_FILE_SIZE;

/// Files in directories. Paths are absolute. Several are read at a time.
pub trait Tree: Sync {
    /// Reads a file.
    fn read(&self, path: &Path) -> Result<Vec<u8>, Error>;

    /// What a directory holds, sorted by path: the file system's order never shows.
    fn entries(&self, directory: &Path) -> Result<Vec<Entry>, Error>;

    /// Whether there is a file at a path, or a link to one.
    fn is_file(&self, path: &Path) -> bool;

    /// Whether something is at a path, be it no file or a link that leads nowhere.
    fn is_there(&self, path: &Path) -> bool {
        self.is_file(path)
    }

    /// Fails where links on disk lead from a path out of these bounds.
    fn check_boundary(&self, _path: &Path, _bounds: &SymlinkBoundary<'_>) -> Result<(), Error> {
        Ok(())
    }
}

/// Something in a directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its whole path.
    pub path: PathBuf,
    /// Whether it is a directory. A link to one is none: it could lead in a circle, and what it leads to is found where it is.
    pub is_directory: bool,
    /// Whether it is a symbolic link on disk.
    pub is_link: bool,
}

impl Entry {
    /// The last part of its path.
    pub fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }
}

/// The files on disk.
#[derive(Clone, Copy, Debug)]
pub struct OsTree;

impl Tree for OsTree {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Error> {
        let cannot = |error: &dyn std::fmt::Display| Error::at(path, "failed to read", error);
        let metadata = fs::metadata(path).map_err(|error| cannot(&error))?;
        // A pipe or device would never end.
        if !metadata.is_file() {
            let what = if metadata.is_dir() { "is a directory" } else { "not a regular file" };
            return Err(cannot(&what));
        }
        if metadata.len() > MAX_FILE_SIZE {
            return Err(cannot(&format!("larger than {} MiB", MAX_FILE_SIZE >> 20)));
        }
        #[allow(clippy::cast_possible_truncation)] // not larger than `MAX_FILE_SIZE`
        read_whole(path, metadata.len() as usize).map_err(|error| cannot(&error))
    }

    fn entries(&self, directory: &Path) -> Result<Vec<Entry>, Error> {
        let read = || -> std::io::Result<Vec<Entry>> {
            let mut entries = Vec::new();
            for entry in fs::read_dir(directory)? {
                let entry = entry?;
                let kind = entry.file_type()?;
                entries.push(Entry { path: entry.path(), is_directory: kind.is_dir(), is_link: kind.is_symlink() });
            }
            // Paths in one directory need not be compared part by part.
            entries.sort_unstable_by(|a: &Entry, b: &Entry| a.path.as_os_str().cmp(b.path.as_os_str()));
            Ok(entries)
        };
        read().map_err(|error| Error::at(directory, "failed to read the directory", &error))
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn is_there(&self, path: &Path) -> bool {
        is_there(path)
    }

    fn check_boundary(&self, path: &Path, bounds: &SymlinkBoundary<'_>) -> Result<(), Error> {
        within_boundary(path, bounds)
    }
}

/// Reads a file, which has about so many bytes. Those that are neither short nor long get as much room as the next power of two: an
/// allocator keeps sizes apart, so with as many sizes as there are files, each thread would begin a page of memory for each.
fn read_whole(path: &Path, size: usize) -> std::io::Result<Vec<u8>> {
    const ROUNDED: std::ops::Range<usize> = 8 << 10..64 << 10;
    let mut file = fs::File::open(path)?;
    let mut bytes = Vec::with_capacity(if ROUNDED.contains(&size) { size.next_power_of_two() } else { size });
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A tree in which other texts take the place of some of its files, or are files that it does not have yet: what an editor has
/// not saved, or what comes from standard input.
#[derive(Clone, Debug)]
pub struct OverlayTree<T> {
    below: T,
    texts: BTreeMap<PathBuf, Vec<u8>>,
}

impl<T: Tree> OverlayTree<T> {
    /// The tree `below` with nothing in the place of anything yet.
    pub fn new(below: T) -> OverlayTree<T> {
        OverlayTree { below, texts: BTreeMap::new() }
    }

    /// Puts `bytes` in the place of what the tree below has at a path.
    pub fn insert(&mut self, path: &Path, bytes: Vec<u8>) {
        self.texts.insert(absolute(path), bytes);
    }

    /// Takes a text away again, so that the tree below shows.
    pub fn remove(&mut self, path: &Path) {
        self.texts.remove(&absolute(path));
    }
}

impl<T: Tree> Tree for OverlayTree<T> {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Error> {
        self.texts.get(path).map_or_else(|| self.below.read(path), |bytes| Ok(bytes.clone()))
    }

    fn entries(&self, directory: &Path) -> Result<Vec<Entry>, Error> {
        let own: BTreeSet<(PathBuf, bool)> =
            self.texts.keys().filter_map(|path| entry_below(directory, path)).collect();
        if own.is_empty() {
            return self.below.entries(directory);
        }
        // The texts may be of files, and in directories, that are not there yet.
        let mut entries = self.below.entries(directory).unwrap_or_default();
        entries
            .retain(|entry| !own.contains(&(entry.path.clone(), true)) && !own.contains(&(entry.path.clone(), false)));
        entries.extend(own.into_iter().map(|(path, is_directory)| Entry { path, is_directory, is_link: false }));
        entries.sort();
        Ok(entries)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.texts.contains_key(path) || self.below.is_file(path)
    }

    fn is_there(&self, path: &Path) -> bool {
        self.texts.contains_key(path) || self.below.is_there(path)
    }

    fn check_boundary(&self, path: &Path, bounds: &SymlinkBoundary<'_>) -> Result<(), Error> {
        if self.texts.contains_key(path) { Ok(()) } else { self.below.check_boundary(path, bounds) }
    }
}

/// The files on disk, with those of one directory in the place of another's: an earlier state of it, kept elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct MovedTree {
    /// Where the files are.
    from: PathBuf,
    /// Where they are to be.
    to: PathBuf,
}

impl MovedTree {
    /// The files of `from` at the paths of `to`.
    pub(crate) fn new(from: &Path, to: &Path) -> MovedTree {
        MovedTree { from: absolute(from), to: absolute(to) }
    }

    fn real(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.to).map_or_else(|_| path.to_path_buf(), |below| self.from.join(below))
    }
}

impl Tree for MovedTree {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Error> {
        OsTree.read(&self.real(path))
    }

    fn entries(&self, directory: &Path) -> Result<Vec<Entry>, Error> {
        let mut entries = OsTree.entries(&self.real(directory))?;
        if let Ok(below) = directory.strip_prefix(&self.to) {
            let to = self.to.join(below);
            entries.iter_mut().for_each(|entry| entry.path = to.join(entry.name()));
        }
        Ok(entries)
    }

    fn is_file(&self, path: &Path) -> bool {
        OsTree.is_file(&self.real(path))
    }

    fn is_there(&self, path: &Path) -> bool {
        OsTree.is_there(&self.real(path))
    }

    fn check_boundary(&self, path: &Path, bounds: &SymlinkBoundary<'_>) -> Result<(), Error> {
        match path.starts_with(&self.to) {
            // Another checkout has a boundary of its own.
            true => OsTree.check_boundary(&self.real(path), &SymlinkBoundary::of(&self.from)),
            false => OsTree.check_boundary(path, bounds),
        }
    }
}

/// What of a path below a directory is an entry of it, and whether that is a directory.
fn entry_below(directory: &Path, path: &Path) -> Option<(PathBuf, bool)> {
    let mut parts = path.strip_prefix(directory).ok()?.components();
    let first = parts.next()?;
    Some((directory.join(first), parts.next().is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_state_has_the_paths_of_today() {
        let place = tempfile::tempdir().unwrap();
        let (old, new) = (place.path().join("old"), place.path().join("src/2026"));
        for (directory, text) in [(&old, "then"), (&new, "now")] {
            fs::create_dir_all(directory.join("sub")).unwrap();
            fs::write(directory.join("sub/a.md"), text).unwrap();
        }
        fs::write(place.path().join("src/b.md"), "beside").unwrap();
        let tree = MovedTree::new(&old, &new);
        let entries = tree.entries(&new.join("sub")).unwrap();
        assert_eq!(entries.iter().map(|entry| entry.path.clone()).collect::<Vec<_>>(), [new.join("sub/a.md")]);
        assert_eq!(tree.read(&new.join("sub/a.md")).unwrap(), b"then");
        assert_eq!(tree.read(&place.path().join("src/b.md")).unwrap(), b"beside");
        assert!(tree.is_file(&new.join("sub/a.md")) && !tree.is_file(&new.join("a.md")));
    }

    #[test]
    fn a_replaced_text_takes_a_place_of_its_own() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("a.md"), "old").unwrap();
        let names = |tree: &dyn Tree, directory: &str| -> Vec<(String, bool)> {
            let entries = tree.entries(&place.path().join(directory)).unwrap();
            entries.iter().map(|entry| (entry.name(), entry.is_directory)).collect()
        };
        let file = |name: &str| (name.to_owned(), false);

        let mut same = OverlayTree::new(OsTree);
        same.insert(&place.path().join("a.md"), b"new".to_vec());
        assert_eq!(names(&same, ""), [file("a.md")]);
        assert_eq!(same.read(&place.path().join("a.md")).unwrap(), b"new");

        let mut deeper = OverlayTree::new(OsTree);
        deeper.insert(&place.path().join("new/b.md"), b"text".to_vec());
        deeper.insert(&place.path().join("new/c.md"), b"text".to_vec());
        assert_eq!(names(&deeper, ""), [file("a.md"), ("new".to_owned(), true)]);
        assert_eq!(names(&deeper, "new"), [file("b.md"), file("c.md")]);
        assert!(deeper.is_file(&place.path().join("new/b.md")) && deeper.is_file(&place.path().join("a.md")));
        assert_eq!(deeper.read(&place.path().join("a.md")).unwrap(), b"old");
        deeper.remove(&place.path().join("new/c.md"));
        assert_eq!(names(&deeper, "new"), [file("b.md")]);
    }
}
