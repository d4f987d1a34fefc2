//! Writing files so that nothing is lost: the old text or the new one is there, whole, whatever happens.

use std::fs::Permissions;
use std::io::Write;
use std::path::Path;

use goals::{Disk, Failure, Tree};

/// Puts `bytes` in the place of a file's text: written beside it, then renamed. Permissions stay. A symbolic link is not
/// followed, since the file behind it may be somebody else's.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let metadata = std::fs::symlink_metadata(path).map_err(|error| cannot(path, &error))?;
    if metadata.is_symlink() {
        return Err(cannot(path, &"this is a symbolic link").help("name the file that it leads to"));
    }
    if !metadata.is_file() {
        return Err(cannot(path, &if metadata.is_dir() { "this is a directory" } else { "this is no regular file" }));
    }
    if metadata.permissions().readonly() {
        return Err(cannot(path, &"the file is read-only"));
    }
    put(path, bytes, Some(metadata.permissions()))
}

/// Writes a file that may not be there yet. One that holds these bytes already is not touched; answers whether it was.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => put(path, bytes, None).map(|()| true),
        // A file that cannot be read can still be replaced, unless `replace` finds a reason against it.
        Ok(metadata) if metadata.is_file() && Disk.read(path).is_ok_and(|old| old == bytes) => Ok(false),
        _ => replace(path, bytes).map(|()| true),
    }
}

fn put(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> Result<(), Failure> {
    let directory = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::metadata(directory).map_err(|error| cannot(path, &error))?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if permissions.is_none() {
        // What every new file gets; the system takes off what the user's mask says.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    // The error names the file beside it, which nobody has asked for.
    let beside = builder.prefix(".goals-").tempfile_in(directory);
    let mut file = beside.map_err(|error| cannot(path, &std::io::Error::from(error.kind())))?;
    file.write_all(bytes).map_err(|error| cannot(path, &error))?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions).map_err(|error| cannot(path, &error))?;
    }
    file.as_file().sync_all().map_err(|error| cannot(path, &error))?;
    file.persist(path).map_err(|error| cannot(path, &error.error))?;
    Ok(())
}

fn cannot(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::at(path, "cannot write", error)
}
