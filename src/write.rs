//! Writing files so that nothing is lost: the old text or the new one is there, whole, whatever happens.

use std::io::Write;
use std::path::Path;

use goals::Failure;

/// Puts `bytes` in the place of a file's text: written beside it, then renamed. Permissions stay. A symbolic link is not
/// followed, since the file behind it may be somebody else's.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot = |error: &dyn std::fmt::Display| Failure::at(path, "cannot write", error);
    let metadata = std::fs::symlink_metadata(path).map_err(|error| cannot(&error))?;
    if metadata.is_symlink() {
        return Err(cannot(&"this is a symbolic link").help("name the file that it leads to"));
    }
    if metadata.permissions().readonly() {
        return Err(cannot(&"the file is read-only"));
    }
    let directory = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".goals-").tempfile_in(directory).map_err(|error| cannot(&error))?;
    file.write_all(bytes).map_err(|error| cannot(&error))?;
    file.as_file().set_permissions(metadata.permissions()).map_err(|error| cannot(&error))?;
    file.as_file().sync_all().map_err(|error| cannot(&error))?;
    file.persist(path).map_err(|error| cannot(&error.error))?;
    Ok(())
}
