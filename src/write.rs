//! Writing files so that nothing is lost: the old text or the new one is there, whole, whatever happens.
//!
//! What is written, and whether, is for the commands to say.

use std::fs::{File, Metadata};
use std::io::Write;
use std::path::{Path, PathBuf};

use goals::{Disk, Failure, Tree};

/// Puts `bytes` in the place of a file's text.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::symlink_metadata(path).map_err(|error| cannot(path, &error))?;
    prepare(path, bytes)?.commit()
}

/// Writes a file that may not be there yet. One that holds these bytes already is not touched; answers whether it was.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    // A file that cannot be read can still be replaced, unless `prepare` finds a reason against it.
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    if is_file && Disk.read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    prepare(path, bytes)?.commit().map(|()| true)
}

/// A text that stands beside the file whose place it is to take.
pub(crate) struct Prepared {
    path: PathBuf,
    file: tempfile::NamedTempFile,
}

/// Writes `bytes` beside a file, which need not exist yet; [`Prepared::commit`] puts them in its place by a rename.
/// Permissions and owner stay. A symbolic link is not followed, since the file behind it may be somebody else's.
pub(crate) fn prepare(path: &Path, bytes: &[u8]) -> Result<Prepared, Failure> {
    let old = match std::fs::symlink_metadata(path) {
        Ok(metadata) => {
            check_replaceable(path, &metadata)?;
            Some(metadata)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(cannot(path, &error)),
    };
    let directory = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::metadata(directory).map_err(|error| cannot(path, &error))?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if old.is_none() {
        // What every new file gets; the system takes off what the user's mask says.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    // The error names the file beside it, which nobody has asked for.
    let beside = builder.prefix(".goals-").tempfile_in(directory);
    let mut file = beside.map_err(|error| cannot(path, &std::io::Error::from(error.kind())))?;
    file.write_all(bytes).map_err(|error| cannot(path, &error))?;
    if let Some(old) = old {
        keep_owner(file.as_file(), &old);
        file.as_file().set_permissions(old.permissions()).map_err(|error| cannot(path, &error))?;
    }
    // Else the name could be on disk before the text. Which of the two files the name leads to after a power failure is for
    // the directory to say; both are whole.
    file.as_file().sync_all().map_err(|error| cannot(path, &error))?;
    Ok(Prepared { path: path.to_path_buf(), file })
}

impl Prepared {
    /// Puts the text in the file's place.
    pub(crate) fn commit(self) -> Result<(), Failure> {
        let path = self.path;
        self.file.persist(&path).map_err(|error| cannot(&path, &error.error))?;
        Ok(())
    }
}

/// Whoever mends a file of somebody else does not take it from them. A user who may not give files away owns the new one.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(file, None, Some(old.gid())));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Fails where a file may not be replaced.
fn check_replaceable(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
    if metadata.is_symlink() {
        return Err(cannot(path, &"this is a symbolic link")
            .help("name the file that it leads to, or put the file itself here"));
    }
    if !metadata.is_file() {
        return Err(cannot(path, &if metadata.is_dir() { "this is a directory" } else { "this is no regular file" }));
    }
    if metadata.permissions().readonly() {
        return Err(cannot(path, &"the file is read-only"));
    }
    Ok(())
}

fn cannot(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::at(path, "cannot write", error)
}
