//! All that came of a run, as formats show it.

use std::path::{Path, PathBuf};

use typed_index_collections::TiVec;

use crate::diagnostics::counts::Counts;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::model::slate::Slate;
use crate::sys::error::Error;
use crate::sys::paths::{relative, repository_top, with_slashes};
use crate::text::ids::FileId;

/// All that came of a run, as formats show it.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The slates that were checked.
    pub slates: &'a [Checked<'a>],
    /// What could not be done.
    pub failures: &'a [Error],
    /// The directory from which paths are shown.
    pub current: &'a Path,
    /// Whether findings are to be counted by rule.
    pub statistics: bool,
}

impl<'a> Run<'a> {
    /// All findings.
    pub fn findings(&self) -> impl Iterator<Item = &'a Diagnostic> + Clone + use<'a> {
        self.slates.iter().flat_map(|slate| slate.findings)
    }
}

/// The findings of one slate that are to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The slate.
    pub slate: &'a Slate,
    /// The root of its project, absolute.
    pub root: &'a Path,
    /// What was found in the files that were asked for.
    pub findings: &'a [Diagnostic],
    /// How many warnings are not shown, because the period of the slate is over.
    pub suppressed: usize,
    /// How many files and goals were checked.
    pub counts: Counts,
}

impl Checked<'_> {
    /// A file's path as it is shown: from `current`, the current directory.
    pub fn shown_path(&self, file: FileId, current: &Path) -> String {
        let path: PathBuf = self.root.join(self.slate.files[file].source.path());
        with_slashes(&relative(&path, current))
    }

    /// The paths of all files as they are on GitHub: from the top of the repository.
    pub(crate) fn paths_from_top(&self) -> TiVec<FileId, String> {
        let top = repository_top(self.root);
        let root = with_slashes(self.root.strip_prefix(&top).unwrap_or(Path::new("")));
        let files = self.slate.files.iter().map(|file| file.source.path());
        files.map(|path| if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") }).collect()
    }
}
