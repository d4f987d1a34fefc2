//! Where a result may be written: not over what the program itself reads, and not where a link leads out of the project.

use std::path::{Path, PathBuf};

use goals::{Error, Project};

/// The directory in which git keeps what it knows.
const GIT: &str = ".git";

/// Refuses to write a result, such as the RFC or a report, to a file that is none or that is needed for something else. `slate`
/// is the directory of the slate that is meant; `config` what replaces the project's `goals.toml`.
pub(crate) fn check(path: &Path, project: &Project, slate: &Path, config: Option<&Path>) -> Result<(), Error> {
    let refuse = |why: &str| Error::of(path, why);
    if path.as_os_str() == "-" {
        return Err(refuse("not a file; the result goes to standard output by default").help("omit `-`"));
    }
    let (root, real) = (whole(&project.root), resolved(path));
    let is_below = Path::new(&project.path_from_root(path)).is_relative();
    if is_below && !real.starts_with(&root) {
        return Err(refuse("symbolic link points outside the project")
            .help(format!("use the target file: `{}`", goals::shown(&real))));
    }
    let elsewhere = "use another file";
    if real.components().any(|part| part.as_os_str() == GIT) {
        return Err(refuse("refusing to write to the git directory").help(elsewhere));
    }
    if project.reads(&real) || config.is_some_and(|config| resolved(config) == real) {
        return Err(refuse("refusing to overwrite an input file").help(elsewhere));
    }
    let lies_in = |slate: &Path| real.starts_with(whole(slate));
    // The slates are looked for on disk, so that comes last.
    let is_page =
        goals::is_markdown(&real) && (lies_in(slate) || project.slate_directories().iter().any(|slate| lies_in(slate)));
    let below = real.strip_prefix(&root).unwrap_or(&real);
    if is_page && !project.is_excluded(&project.root.join(below)) {
        return Err(refuse("file would become a page of a slate")
            .help("use a file outside the slate's directory, or add this one to `exclude` in goals.toml"));
    }
    Ok(())
}

/// A path without symbolic links in the directories above, as far as they exist. What the last part is, is for whoever writes
/// to see.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (Some(above), Some(name)) = (absolute.parent(), absolute.file_name()) else { return absolute };
    // `..` after a link is the directory above its target, which the system knows.
    above.canonicalize().map_or_else(|_| absolute.clone(), |above| above.join(name))
}

/// A directory without symbolic links in its path.
fn whole(directory: &Path) -> PathBuf {
    directory.canonicalize().unwrap_or_else(|_| directory.to_path_buf())
}
