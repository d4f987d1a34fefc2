//! What a command line names: paths become slates of projects, and files in them.
//!
//! It reads no goal; what a file is, is for `slate` to say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::discovery::{PathKind, classify, find_root, is_markdown, is_slate_directory};
use super::nearest::{Nearest, nearest, without_place};
use crate::policy::period::PeriodName;
use crate::sys::error::Error;
use crate::sys::paths::{absolute, shown};
use crate::sys::tree::OsTree;

/// A slate that a command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The root of its project.
    pub root: PathBuf,
    /// Its directory; for the pages beside the slates, that of all pages.
    pub directory: PathBuf,
    /// Whether it is no slate: the pages of the project that lie beside its slates.
    pub beside_slates: bool,
    /// The files that are asked for; `None` for all.
    pub files: Option<BTreeSet<PathBuf>>,
    /// Whether the user named it, so that a slate without goals is a failure and not a warning.
    pub named: bool,
    /// Whether all that is found in it is shown, also where its period is over: it was named itself, not a directory above it.
    pub in_full: bool,
}

/// All that a command line asks for, and what of it cannot be had.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The slates, in the order in which they were named.
    pub requests: Vec<Request>,
    /// Paths that cannot be used.
    pub failures: Vec<Error>,
}

/// How a slate came to be asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// By its path, its period, or a file of it.
    Itself,
    /// By a directory above it, in which there is no other.
    Alone,
    /// By a directory above several.
    WithOthers,
}

/// Where the pages of a project are.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The directories of its slates, oldest first.
    pub slates: Vec<PathBuf>,
    /// The directory of all pages, which holds the slates; nothing where no file says that this is a project, so that what lies
    /// beside a slate may be anything.
    pub directory: Option<PathBuf>,
}

/// Answers where the pages of the project at a root are.
pub type PagesOf<'a> = &'a mut dyn FnMut(&Path) -> Result<Pages, Error>;

impl Selection {
    /// Selects what `paths` name; without any, every slate of the project of the current directory. `period` lets a file's own
    /// directory be a slate though it is not named like one.
    pub fn of(paths: &[PathBuf], period: Option<PeriodName>, pages_of: PagesOf<'_>) -> Selection {
        let mut selection = Selection::default();
        if paths.is_empty() {
            let root = find_root(Path::new(".")).unwrap_or_else(|| absolute(Path::new(".")));
            selection.add_project(&root, pages_of);
        }
        for path in paths {
            selection.add_path(path, period, pages_of);
        }
        selection
    }

    fn add_path(&mut self, path: &Path, period: Option<PeriodName>, pages_of: PagesOf<'_>) {
        let whole = absolute(path);
        match classify(&whole) {
            PathKind::Slate => self.add(&whole, None, Named::Itself),
            // The configuration says where its slates are.
            PathKind::Project => self.add_project(&whole, pages_of),
            // Not named like a period, but named by the user.
            PathKind::Directory { slates } if slates.is_empty() => self.add(&whole, None, Named::Itself),
            PathKind::Directory { slates } => {
                self.add_all(&slates);
                let pages = find_root(&whole).and_then(|root| pages_of(&root).ok()?.directory);
                if let Some(pages) = pages.filter(|pages| pages.starts_with(&whole)) {
                    self.add_pages(&pages, None);
                }
            }
            PathKind::File => self.add_file(&whole, period, pages_of),
            PathKind::Missing => self.add_missing(path, period, pages_of),
        }
    }

    /// Adds what is meant by a path that does not exist: the name of a period, or a file and a place in it.
    fn add_missing(&mut self, path: &Path, period: Option<PeriodName>, pages_of: PagesOf<'_>) {
        let slates = slates_here(pages_of);
        if let Some(named) = path.to_str().and_then(PeriodName::parse) {
            match slates.iter().rev().find(|slate| PeriodName::of_directory(slate) == Some(named)) {
                Some(slate) => self.add(slate, None, Named::Itself),
                None => self.failures.push(no_slate(named, &slates)),
            }
        } else if let Some(file) = without_place(path) {
            self.add_file(&absolute(&file), period, pages_of);
        } else {
            let otherwise = "specify a goal file, a slate such as `src/2025h1`, its period, or a directory of slates";
            self.failures.push(missing(path, &slates, otherwise));
        }
    }

    /// Adds one file; `path` is absolute and need not exist.
    pub fn add_file(&mut self, path: &Path, period: Option<PeriodName>, pages_of: PagesOf<'_>) {
        if !is_markdown(path) {
            self.failures.push(Error::of(path, "not a Markdown file").help("use files that end in `.md`"));
            return;
        }
        let above = path.ancestors().skip(1).find(|above| is_slate_directory(&OsTree, above));
        let slate = above.or_else(|| path.parent().filter(|_| period.is_some()));
        let pages = find_root(path).and_then(|root| pages_of(&root).ok()?.directory);
        if let Some(slate) = slate {
            return self.add(slate, Some(path), Named::Itself);
        }
        match pages.filter(|pages| path.starts_with(pages)) {
            Some(pages) => self.add_pages(&pages, Some(path)),
            None => {
                self.failures.push(Error::of(path, "not in a slate").help(
                    "name the directory of a slate after its period (`2025h1`, `2026`), or add `--period PERIOD`",
                ));
            }
        }
    }

    fn add_project(&mut self, root: &Path, pages_of: PagesOf<'_>) {
        let Pages { slates, directory } = match pages_of(root) {
            Ok(pages) => pages,
            Err(failure) => {
                self.failures.push(failure);
                return;
            }
        };
        if slates.is_empty() {
            self.failures.push(
                Error::of(root, "no slates found").help(
                    "name the directory of a slate after its period (`2025h1`, `2026`), or set `src` in goals.toml to its parent",
                ),
            );
        }
        self.add_all(&slates);
        if let Some(pages) = directory.filter(|_| !slates.is_empty()) {
            self.add_pages(&pages, None);
        }
    }

    /// Adds the slates of a directory; an only one is as good as named.
    fn add_all(&mut self, slates: &[PathBuf]) {
        let way = if slates.len() == 1 { Named::Alone } else { Named::WithOthers };
        slates.iter().for_each(|slate| self.add(slate, None, way));
    }

    fn add(&mut self, slate: &Path, file: Option<&Path>, way: Named) {
        let (named, in_full) = (way != Named::WithOthers, way == Named::Itself);
        self.add_directory(slate, false, file, named, in_full);
    }

    /// Adds the pages beside the slates, or one of them.
    fn add_pages(&mut self, directory: &Path, file: Option<&Path>) {
        self.add_directory(directory, true, file, false, true);
    }

    fn add_directory(&mut self, slate: &Path, beside_slates: bool, file: Option<&Path>, named: bool, in_full: bool) {
        let root = find_root(slate).or_else(|| slate.parent().map(Path::to_path_buf));
        let root = root.unwrap_or_else(|| slate.to_path_buf());
        let file = file.map(Path::to_path_buf);
        let is_it = |request: &&mut Request| request.directory == slate && request.beside_slates == beside_slates;
        match self.requests.iter_mut().find(is_it) {
            Some(request) => {
                request.named |= named;
                request.in_full |= in_full;
                match (&mut request.files, file) {
                    (Some(files), Some(file)) => {
                        files.insert(file);
                    }
                    (files, None) => *files = None,
                    (None, Some(_)) => {}
                }
            }
            None => {
                let files = file.map(|file| BTreeSet::from([file]));
                let directory = slate.to_path_buf();
                self.requests.push(Request { root, directory, beside_slates, files, named, in_full });
            }
        }
    }
}

/// The slates of the current directory's project, oldest first.
fn slates_here(pages_of: PagesOf<'_>) -> Vec<PathBuf> {
    let root = find_root(Path::new(".")).unwrap_or_else(|| absolute(Path::new(".")));
    pages_of(&root).map(|pages| pages.slates).unwrap_or_default()
}

/// What to say of a period without a slate.
pub(crate) fn no_slate(period: impl std::fmt::Display, slates: &[PathBuf]) -> Error {
    let known: Vec<String> = slates.iter().map(|slate| shown(slate)).collect();
    let failure = Error::new(format!("no slate of {period} in this project"));
    if known.is_empty() { failure } else { failure.help(format!("the slates are {}", known.join(", "))) }
}

/// What to say of a path that does not exist: what is nearest to it, and where nothing is, what may stand there.
pub(crate) fn missing(path: &Path, slates: &[PathBuf], otherwise: &str) -> Error {
    let failure = Error::of(path, "no such file or directory");
    match nearest(path, slates) {
        Nearest::Meant(near) => failure.help(format!("did you mean `{}`?", shown(&near))),
        Nearest::Above(above) if above == absolute(Path::new(".")) => failure.help(otherwise),
        Nearest::Above(above) => failure.help(format!("the nearest directory that exists is `{}`", shown(&above))),
    }
}
