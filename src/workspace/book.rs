//! A whole book: every slate of a project and the pages beside them, read for what they show.
//!
//! Nothing is looked up around the slates, and no rule judges them.

use std::path::{Path, PathBuf};

use super::project::{Contents, Project};
use crate::model::slate::Slate;
use crate::model::slate_reader::{ParsedSlate, SlateParts};
use crate::policy::format::{DirectiveKind, Format};
use crate::policy::formats::FormatError;
use crate::policy::maps::IndexMap;
use crate::policy::period::PeriodName;
use crate::sys::error::Error;
use crate::sys::symlink_boundary::SymlinkBoundary;
use crate::sys::threads;
use crate::sys::tree::Tree;

/// All slates of a project, and the pages beside them.
pub(crate) struct BookReading {
    /// The slates, oldest first; the last are the pages beside them.
    pub(crate) slates: Vec<Slate>,
    /// The directories, from the project's root, of slates that could not be read.
    pub(crate) unread: Vec<String>,
    /// What could not be read.
    pub(crate) failures: Vec<Error>,
    /// The newest format.
    pub(crate) newest: Format,
    /// The directives of all periods, the newest first.
    pub(crate) directives: Vec<IndexMap<String, DirectiveKind>>,
}

/// A slate, and the files of it that could not be read; or why there is none.
type OneRead = Result<(Slate, Vec<Error>), Error>;

/// More than any small piece of work, so that it is shared.
const SHARED: usize = 1 << 20;

impl Project {
    /// Reads every slate and the pages beside them from a tree. A slate that cannot be read is a failure, and the others are
    /// read all the same. Fails where nothing can be read: without teams and people, or without any format.
    pub(crate) fn read_book(&self, tree: &dyn Tree) -> Result<BookReading, Error> {
        let (newest, _) = self.formats().newest().map_err(FormatError::failure)?;
        self.roster()?;
        let directories = self.slate_directories_in(tree);
        let count = directories.len();
        let read = threads::map(count + 1, SHARED, |index| match directories.get(index) {
            Some(directory) => self.read_for_book(tree, directory, index + 1 < count),
            None => self.read_beside(tree, &directories),
        });
        let mut book = BookReading {
            slates: vec![],
            unread: vec![],
            failures: vec![],
            newest,
            directives: self.formats().directives(),
        };
        for (index, one) in read.into_iter().enumerate() {
            match one {
                Ok((slate, failures)) => {
                    book.slates.push(slate);
                    book.failures.extend(failures);
                }
                Err(failure) => match directories.get(index) {
                    Some(directory) => {
                        let directory = self.path_from_root(directory);
                        book.failures.push(shown_as_written(&directory, &failure));
                        book.unread.push(directory);
                    }
                    None => return Err(failure),
                },
            }
        }
        Ok(book)
    }

    fn read_for_book(&self, tree: &dyn Tree, directory: &Path, is_closed: bool) -> OneRead {
        let (mut parts, _) = self.parts(&self.path_from_root(directory), None, is_closed)?;
        // What an RFC was published without is no less true.
        parts.format.metadata.rows.ignore_case();
        self.read_parts(tree, directory, &[], parts)
    }

    fn read_beside(&self, tree: &dyn Tree, slates: &[PathBuf]) -> OneRead {
        let directory = self.config.slates(&self.root);
        let newest = slates.last().and_then(|slate| PeriodName::of_directory(slate));
        let path = self.path_from_root(&directory);
        // What is wrong with one period is no reason to lose the pages that belong to none.
        let parts = self.parts(&path, newest, false).or_else(|_| self.parts(&path, None, false));
        let (mut parts, _) = parts?;
        parts.beside_slates = true;
        self.read_parts(tree, &directory, slates, parts)
    }

    /// Reads the files of a directory without those of the slates in it.
    fn read_parts(&self, tree: &dyn Tree, directory: &Path, slates: &[PathBuf], parts: SlateParts) -> OneRead {
        let bounds = &SymlinkBoundary::of(&self.root);
        tree.check_boundary(directory, bounds)?;
        let Contents { parsed, failures, .. } = self.contents(tree, directory, slates, bounds, None);
        let parsed = ParsedSlate::new(parts, parsed);
        let contents = parsed.contents();
        Ok((parsed.finish(contents), failures))
    }
}

/// Why the pages of a slate are shown as they are written.
fn shown_as_written(directory: &str, failure: &Error) -> Error {
    let message = format!("the pages of {directory} are shown as they are written: {}", failure.message());
    let note = match failure.place() {
        Some((source, span)) => Error::in_text(source.clone(), span, message),
        None => Error::new(message),
    };
    let period = PeriodName::of_directory(Path::new(directory));
    let check = period.map_or_else(String::new, |period| format!("check `[periods.{period}]` in goals.toml"));
    note.help(failure.advice().map_or(check, str::to_owned))
}
