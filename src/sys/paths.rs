//! Paths as text: how they are shown, and how they are compared, the same on every system.
//!
//! It never looks at the disk.

use std::path::{Component, Path, PathBuf};

/// A path as it is shown: relative to the current directory where it lies below it or near it, with `/`.
pub fn shown(path: &Path) -> String {
    match std::env::current_dir() {
        Ok(current) => with_slashes(&relative(path, &current)),
        Err(_) => with_slashes(path),
    }
}

/// `path` as seen from `base`, both taken from the current directory. A path that shares nothing with `base` stays as it is.
pub(crate) fn relative(path: &Path, base: &Path) -> PathBuf {
    let (path, base) = (absolute(path), absolute(base));
    let shared = path.components().zip(base.components()).take_while(|(a, b)| a == b).count();
    // Only the root in common: a way up through it is not helpful.
    if shared <= 1 && path != base {
        return path;
    }
    let up = base.components().skip(shared).map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(path.components().skip(shared)).collect();
    if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative }
}

/// The current directory; `.` where it cannot be read.
pub fn current_directory() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

/// The path from the file system's root, without `.` and `..`; symbolic links are not followed.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    if is_clean(path) {
        return path.to_path_buf();
    }
    lexical(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
}

/// Whether a path is absolute and surely has no part that says nothing, as nearly all have once a file has been found.
fn is_clean(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let says_nothing = |pair: &[u8]| pair == b"//" || pair == b"/.";
    cfg!(unix) && bytes.starts_with(b"/") && !bytes.ends_with(b"/") && !bytes.windows(2).any(says_nothing)
}

/// A path without `.` and `..`; symbolic links are not followed.
pub(crate) fn lexical(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

/// The top of the repository that a project's root lies in: the nearest directory upwards with a `.git`, else the root itself.
pub(crate) fn repository_top(root: &Path) -> PathBuf {
    root.ancestors().find(|above| above.join(".git").exists()).unwrap_or(root).to_path_buf()
}

/// A path's parts with `/` between them; what is not UTF-8 is replaced.
pub(crate) fn with_slashes(path: &Path) -> String {
    if cfg!(windows) { path.to_string_lossy().replace('\\', "/") } else { path.to_string_lossy().into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_have_no_part_that_says_nothing() {
        let absolute = |path: &str| with_slashes(&absolute(Path::new(path)));
        for (path, clean) in
            [("/a/b.md", "/a/b.md"), ("/a/./b//c/", "/a/b/c"), ("/a/../b", "/b"), ("/a/.b/..c", "/a/.b/..c")]
        {
            assert_eq!(absolute(path), clean);
        }
    }

    #[test]
    fn paths_are_seen_from_a_base() {
        let seen = |path: &str, base: &str| with_slashes(&relative(Path::new(path), Path::new(base)));
        assert_eq!(seen("/a/b/src/x.md", "/a/b"), "src/x.md");
        assert_eq!(seen("/a/b/./src/../x.md", "/a/b"), "x.md");
        assert_eq!(seen("/a/c/x.md", "/a/b"), "../c/x.md");
        assert_eq!(seen("/a/b", "/a/b"), ".");
        assert_eq!(seen("/z/x.md", "/a/b"), "/z/x.md");
    }
}
