//! The nearest path that exists to one that does not.

use std::path::{Path, PathBuf};

use crate::sys::paths::absolute;
use crate::sys::tree::{Entry, OsTree, Tree};
use crate::text::similarity::did_you_mean;

/// What there is in the place of a path that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Nearest {
    /// What was meant, as it seems.
    Meant(PathBuf),
    /// The last directory on the way that exists.
    Above(PathBuf),
}

/// Looks for what is nearest to a path that does not exist: names on the way that are like those written, else a file of the
/// same or nearly the same name in one of `slates`.
pub(crate) fn nearest(path: &Path, slates: &[PathBuf]) -> Nearest {
    let whole = absolute(path);
    let base = whole.ancestors().skip(1).find(|above| above.is_dir()).unwrap_or(Path::new("/")).to_path_buf();
    let rest = whole.strip_prefix(&base).unwrap_or(&whole);
    let meant = rest.components().try_fold(base.clone(), |at, part| {
        let whole = at.join(part);
        if whole.exists() {
            return Some(whole);
        }
        let names = names(&at);
        did_you_mean(part.as_os_str().to_str()?, names.iter().map(String::as_str)).map(|name| at.join(name))
    });
    let meant = meant.or_else(|| {
        let name = whole.file_name()?.to_str()?;
        // The newest slate is the most likely one.
        let files = slates.iter().rev().flat_map(|slate| names(slate).into_iter().map(|name| slate.join(name)));
        let files: Vec<PathBuf> = files.collect();
        let known = || files.iter().filter_map(|file| file.file_name()?.to_str());
        let near = known().find(|known| *known == name).or_else(|| did_you_mean(name, known()))?;
        files.iter().find(|file| file.file_name().is_some_and(|name| name == near)).cloned()
    });
    meant.map_or(Nearest::Above(base), Nearest::Meant)
}

/// The path without the place that a line of `--format short` or an editor puts behind it, where that exists:
/// `a.md` of `a.md:5`, `a.md:5:3`, and `a.md:5:3:`.
pub(crate) fn without_place(path: &Path) -> Option<PathBuf> {
    let text = path.to_str()?;
    let mut rest = text.strip_suffix(':').unwrap_or(text);
    for _ in 0..2 {
        let (before, number) = rest.rsplit_once(':')?;
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        rest = before;
        if Path::new(rest).is_file() {
            return Some(PathBuf::from(rest));
        }
    }
    None
}

/// The names in a directory, but for those that are never searched.
fn names(directory: &Path) -> Vec<String> {
    let entries = OsTree.entries(directory).unwrap_or_default();
    entries.iter().map(Entry::name).filter(|name| !name.starts_with('.')).collect()
}
