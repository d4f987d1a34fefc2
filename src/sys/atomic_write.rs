//! Writing files so that nothing is lost: the old text or the new one is there, whole, whatever happens.
//!
//! What is written, and whether, is for the commands to say.

use std::collections::BTreeSet;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::error::Error;
use super::tree::{OsTree, Tree};
use super::unfinished::{Made, Unfinished};

/// Replaces a file's text, which was `before` when it was read, with `after`: what someone else has written since then
/// is not written over.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), Error> {
    std::fs::symlink_metadata(path).map_err(|error| cannot(path, &error))?;
    let prepared = prepare(path, after)?;
    if OsTree.read(path)? != before {
        return Err(cannot(path, &"the file changed after it was read").help("run this again"));
    }
    prepared.commit()
}

/// Writes a file that may not be there yet. One that holds these bytes already is not touched; answers whether it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    // A file that cannot be read can still be replaced, unless `prepare` finds a reason against it.
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    if is_file && OsTree.read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    prepare(path, bytes)?.commit().map(|()| true)
}

/// Writes files that must not be there yet, along with the directories that they need: all of them or, whatever happens, none.
/// They are written beside their places first.
pub fn create(files: &[(&Path, &[u8])]) -> Result<(), Error> {
    let is_there = files.iter().find(|(path, _)| std::fs::symlink_metadata(path).is_ok());
    if let Some((path, _)) = is_there {
        return Err(exists(path));
    }
    // It goes last: directories can be removed once nothing is in them.
    let mut made = Made::default();
    let mut prepared = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        if let Some(directory) = path.parent() {
            made.directory(directory).map_err(|error| cannot_make(path, &error))?;
        }
        prepared.push(prepare(path, bytes)?);
    }
    for Prepared { path, file } in prepared {
        made.file(file, &path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => exists(&path),
            _ => cannot_make(&path, &error),
        })?;
    }
    made.keep();
    Ok(())
}

/// What to say where the system lets nobody make a file.
fn cannot_make(path: &Path, error: &std::io::Error) -> Error {
    let failure = cannot(path, &std::io::Error::from(error.kind()));
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            failure.help("make its directory writable for you, or choose another place")
        }
        _ => failure,
    }
}

/// What to say of a file that is not to be written over.
fn exists(path: &Path) -> Error {
    cannot(path, &"the file exists").help("rename or remove it, or choose another name")
}

/// A text next to the file that it is to replace.
pub struct Prepared {
    path: PathBuf,
    file: Unfinished,
}

/// Writes `bytes` beside a file, which need not exist yet; [`Prepared::commit`] puts them in its place by a rename.
/// Permissions and owner stay. A symbolic link is not followed, since its target may belong to another user.
pub fn prepare(path: &Path, bytes: &[u8]) -> Result<Prepared, Error> {
    let old = match std::fs::symlink_metadata(path) {
        Ok(metadata) => {
            check_replaceable(path, &metadata)?;
            Some(metadata)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(cannot(path, &error)),
    };
    let directory = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::metadata(directory).map_err(|error| match error.kind() {
        ErrorKind::NotFound => cannot(path, &"its directory does not exist").help("create the directory first"),
        _ => cannot(path, &error),
    })?;
    remove_leftovers(directory);
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if old.is_none() {
        // What every new file gets; the system takes off what the user's mask says.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    builder.prefix(PREFIX).rand_bytes(RANDOM).suffix(SUFFIX);
    let beside = loop {
        // The error names the file next to it, which the user did not name.
        let made = locked(&builder, directory).map_err(|error| cannot_make(path, &error));
        if let Some(beside) = made? {
            break beside;
        }
    };
    let mut file = beside.file().map_err(|error| cannot(path, &error))?;
    file.write_all(bytes).map_err(|error| cannot(path, &error))?;
    if let Some(old) = old {
        keep_owner(file, &old);
        file.set_permissions(old.permissions()).map_err(|error| cannot(path, &error))?;
    }
    // Else the name could be on disk before the text. Which of the two files the name leads to after a power failure is for
    // the directory to say; both are whole.
    file.sync_all().map_err(|error| cannot(path, &error))?;
    Ok(Prepared { path: path.to_path_buf(), file: beside })
}

/// How the names of files begin that are to take the place of others.
const PREFIX: &str = ".goals-";
/// How many characters follow, which are chosen at random.
const RANDOM: usize = 6;
/// How they end.
const SUFFIX: &str = ".tmp";

/// A new file that is locked as long as this process lives, so that no other takes it for a leftover; `None` where one did
/// just that before it could be locked.
fn locked(builder: &tempfile::Builder<'_, '_>, directory: &Path) -> std::io::Result<Option<Unfinished>> {
    let beside = Unfinished::new(|| builder.tempfile_in(directory))?;
    let is_taken = match beside.file()?.try_lock() {
        Err(TryLockError::WouldBlock) => true,
        // On some disks nothing can be locked; there leftovers are not removed either.
        Err(TryLockError::Error(_)) | Ok(()) => std::fs::symlink_metadata(beside.path()).is_err(),
    };
    Ok((!is_taken).then_some(beside))
}

/// Removes what runs have left beside their files that were killed. Whoever still writes holds a lock. A run looks at each
/// directory once, since it may write thousands of files there.
fn remove_leftovers(directory: &Path) {
    static SEEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    if !SEEN.lock().is_ok_and(|mut seen| seen.insert(directory.to_path_buf())) {
        return;
    }
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let middle = |name: &str| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX).map(str::len);
    let is_ours = |name: &str| middle(name) == Some(RANDOM);
    for entry in entries.filter(|entry| entry.file_name().to_str().is_some_and(is_ours)) {
        if entry.file_type().is_ok_and(|kind| kind.is_file())
            && let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

impl Prepared {
    /// Puts the text in the file's place.
    pub fn commit(self) -> Result<(), Error> {
        let path = self.path;
        self.file.persist(&path).map_err(|error| cannot(&path, &error))
    }
}

/// Whoever fixes a file of another user does not take it from them. A user who may not give files away owns the new one.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(file, None, Some(old.gid())));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Fails where a file may not be replaced.
fn check_replaceable(path: &Path, metadata: &Metadata) -> Result<(), Error> {
    if metadata.is_symlink() {
        return Err(cannot(path, &"is a symbolic link").help("use its target, or replace the link with a file"));
    }
    if !metadata.is_file() {
        return Err(cannot(path, &if metadata.is_dir() { "is a directory" } else { "not a regular file" }));
    }
    if metadata.permissions().readonly() {
        return Err(cannot(path, &"the file is read-only"));
    }
    // Who may write in a directory may put another file in the place of one that is not theirs to write.
    OpenOptions::new().write(true).open(path).map(drop).map_err(|error| cannot(path, &error))
}

fn cannot(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::at(path, "failed to write", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_has_written_meanwhile_stays() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.md");
        std::fs::write(&path, "edited").unwrap();
        let failure = replace(&path, b"as it was", b"fixed").unwrap_err();
        assert!(failure.message().ends_with("failed to write: the file changed after it was read"), "{failure}");
        assert_eq!(std::fs::read(&path).unwrap(), b"edited");
        replace(&path, b"edited", b"fixed").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"fixed");
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_is_there_is_not_written_over() {
        let place = tempfile::tempdir().unwrap();
        let (new, old) = (place.path().join("new/a.md"), place.path().join("b.md"));
        std::fs::write(&old, "old").unwrap();
        let failure = create(&[(&new, b"a"), (&old, b"b")]).unwrap_err();
        assert!(failure.message().ends_with("failed to write: the file exists"), "{failure}");
        assert!(!new.exists() && std::fs::read(&old).unwrap() == b"old");
        create(&[(&new, b"a")]).unwrap();
        assert_eq!(std::fs::read(&new).unwrap(), b"a");
        // It came to be after it was looked for.
        let late = prepare(&place.path().join("late.md"), b"late").unwrap();
        std::fs::write(place.path().join("late.md"), "other").unwrap();
        Made::default().file(late.file, &late.path).unwrap_err();
        assert_eq!(std::fs::read(place.path().join("late.md")).unwrap(), b"other");
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 3, "nothing is left beside them");
    }

    #[test]
    fn files_that_belong_together_are_all_there_or_none() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        std::fs::write(at("file"), "old").unwrap();
        std::fs::create_dir(at("there")).unwrap();
        // The last one would be below a file.
        create(&[(&at("new/deep/a.md"), b"a"), (&at("there/b.md"), b"b"), (&at("file/c.md"), b"c")]).unwrap_err();
        assert!(!at("new").exists() && !at("there/b.md").exists() && at("there").exists());
        // Two of the same name are seen when the first is in its place.
        create(&[(&at("new/a.md"), b"a"), (&at("there/b.md"), b"b"), (&at("new/a.md"), b"c")]).unwrap_err();
        assert!(!at("new").exists() && !at("there/b.md").exists() && at("there").exists());
    }
}
