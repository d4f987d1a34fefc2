//! All that came of a run, as formats show it.

use std::path::{Path, PathBuf};

use hashbrown::HashMap;
use typed_index_collections::TiVec;

use crate::diagnostics::counts::{Counts, fixable, totals};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::fingerprint::{Fingerprint, Fnv};
use crate::model::slate::Slate;
use crate::sys::error::Error;
use crate::sys::paths::{absolute, relative, repository_top, with_slashes};
use crate::sys::warning::Warning;
use crate::text::ids::FileId;
use crate::text::source::Position;

/// All that came of a run, as formats show it.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The slates that were checked.
    pub slates: &'a [Checked<'a>],
    /// What could not be done.
    pub failures: &'a [Error],
    /// What there is to say of the run's own inputs.
    pub warnings: &'a [Warning],
    /// What else its reader should know.
    pub notes: &'a [String],
    /// The directory from which paths are shown.
    pub current: &'a Path,
    /// Whether findings are to be counted by rule.
    pub statistics: bool,
    /// What was found and is not shown.
    pub hidden: Hidden,
}

/// Warnings that are counted and not shown, because only errors are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// How many there are.
    pub warnings: usize,
    /// How many of them are fixable.
    pub fixable: usize,
}

impl<'a> Run<'a> {
    /// All findings.
    pub fn findings(&self) -> impl Iterator<Item = &'a Diagnostic> + Clone + use<'a> {
        self.slates.iter().flat_map(|slate| slate.findings)
    }

    /// How many errors and warnings there are, those of the run and those that are not shown among them.
    pub fn totals(&self) -> (usize, usize) {
        let (errors, warnings) = totals(self.findings());
        (errors, warnings + self.warnings.len() + self.hidden.warnings)
    }

    /// How many findings are fixable.
    pub fn fixable(&self) -> usize {
        fixable(self.findings()) + self.hidden.fixable
    }

    /// How many findings and warnings of the run are shown.
    pub fn number(&self) -> usize {
        self.findings().count() + self.warnings.len()
    }

    /// Whether nothing was checked, since something could not be done: what is empty then is no clean result.
    pub fn checked_nothing(&self) -> bool {
        let goals: usize = self.slates.iter().map(|slate| slate.counts.goals).sum();
        !self.failures.is_empty() && goals == 0 && self.findings().next().is_none()
    }

    /// The warnings of the run, each with its place and the name by which it is known again.
    pub(crate) fn placed_warnings(&self) -> Vec<(&'a Warning, Place, Fingerprint)> {
        let mut seen: HashMap<u64, u32> = HashMap::new();
        let placed = self.warnings.iter().map(|warning| {
            let place = self.place(&warning.about).unwrap_or_else(|| self.whole(self.current));
            let mut hash = Fnv::new();
            hash.add(warning.rule.id.as_bytes());
            hash.add(place.from_top.as_bytes());
            if let Some((source, span)) = warning.about.place() {
                let line = source.slice(source.line_span(source.line_index(span.start as usize)));
                line.split_whitespace().for_each(|word| hash.add_more(word.as_bytes()));
            }
            let counter = seen.entry(hash.0).or_insert(0);
            *counter += 1;
            hash.add(&counter.to_le_bytes());
            (warning, place, Fingerprint(hash.0))
        });
        placed.collect()
    }

    /// The place of a failure or warning, if it has one.
    pub(crate) fn place(&self, about: &Error) -> Option<Place> {
        if let Some((source, span)) = about.place() {
            let (start, end) = (source.position(span.start as usize), source.position(span.end as usize));
            return Some(Place { start, end, ..self.whole(Path::new(source.path())) });
        }
        about.path().map(|path| self.whole(path))
    }

    fn whole(&self, path: &Path) -> Place {
        let path = absolute(&self.current.join(path));
        let root = self.slates.iter().map(|slate| slate.root).find(|root| path.starts_with(root));
        let top = repository_top(root.unwrap_or(self.current));
        let begin = Position { line: 1, column: 1, offset: 0 };
        Place {
            shown: with_slashes(&relative(&path, self.current)),
            from_top: with_slashes(path.strip_prefix(top).unwrap_or(&path)),
            start: begin,
            end: begin,
        }
    }
}

/// Where something is that belongs to no file of a slate: in a text, or a file or directory as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The path as it is shown: from the current directory.
    pub(crate) shown: String,
    /// The path as it is on GitHub: from the top of the repository.
    pub(crate) from_top: String,
    /// Its first character.
    pub(crate) start: Position,
    /// Behind its last one.
    pub(crate) end: Position,
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
