//! The one door for front ends: a [`Session`] opens projects, reads slates, checks and fixes them, and assembles the RFC.
//!
//! What holds for a whole run (configuration, roster, period, levels) a front end states once, in [`Options`]; then it asks.
//! Nothing here prints, and nothing is written to disk.

pub(crate) mod draft;
pub(crate) mod new_goal;
pub(crate) mod new_slate;
pub(crate) mod old_goal;

use std::path::{Path, PathBuf};
use std::rc::Rc;

use hashbrown::{HashMap, HashSet};
use typed_index_collections::TiVec;

use crate::diagnostics::counts::Counts;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::fingerprint::Fingerprint;
use crate::diagnostics::level::Level;
use crate::lint::fix::fix;
use crate::lint::groups::grouped;
use crate::lint::levels::{LevelOverrides, Levels};
use crate::lint::run::{lint, lint_files};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::config::{ConfigFiles, FrontMatter};
use crate::policy::period::PeriodName;
use crate::rfc::{Assembled, assemble};
use crate::site::issues::Issues;
use crate::site::layout::Layout;
use crate::site::{GivenPage, Site};
use crate::sys::error::Error;
use crate::sys::file_state::FileState;
use crate::sys::git::Commit;
use crate::sys::paths::{absolute, shown};
use crate::sys::symlink_boundary::{SymlinkBoundary, within_project};
use crate::sys::threads;
use crate::sys::tree::{MovedTree, OsTree, OverlayTree, Tree};
use crate::sys::warning::Warning;
use crate::text::ids::FileId;
use crate::workspace::book::BookReading;
use crate::workspace::discovery::{PathKind, classify, find_root, slate_directories};
use crate::workspace::parse_cache::ParseCache;
use crate::workspace::project::{Project, Reading};
use crate::workspace::selection::{Request, Selection, missing, no_slate};

/// What holds for a whole run.
#[derive(Clone, Debug, Default)]
pub struct Options<'a> {
    /// Which configuration is read.
    pub config: ConfigFiles<'a>,
    /// The directory of teams and people for all slates, in place of those that the configuration names.
    pub roster: Option<&'a Path>,
    /// The format of slates whose directory is not named like a period.
    pub period: Option<PeriodName>,
    /// Levels above those of the configuration.
    pub levels: LevelOverrides,
}

/// One run over any number of projects, each of which is opened once.
#[derive(Debug)]
pub struct Session<'a> {
    options: Options<'a>,
    built_in: Levels,
    projects: HashMap<PathBuf, Rc<Project>>,
    /// The files on disk, with unsaved texts in the place of some.
    tree: OverlayTree<OsTree>,
    /// What has been parsed so far, where it is kept.
    parsed: Option<ParseCache>,
    /// The files with configuration, teams or people of the projects that have been opened, as they were then; where what is
    /// parsed is kept.
    settings: HashMap<PathBuf, Option<FileState>>,
    /// What is said of the configurations that have been read and has not been taken yet.
    warnings: Vec<Warning>,
}

impl<'a> Session<'a> {
    /// Begins a run. Fails where the levels name an unknown rule.
    pub fn new(options: Options<'a>) -> Result<Session<'a>, Error> {
        let built_in = Levels::built_in()?;
        options.levels.apply(&mut built_in.clone())?;
        let tree = OverlayTree::new(OsTree);
        Ok(Session {
            options,
            built_in,
            projects: HashMap::new(),
            tree,
            parsed: None,
            settings: HashMap::new(),
            warnings: Vec::new(),
        })
    }

    /// Keeps what is parsed, for a front end that reads the same slates again and again: then only texts that have changed are
    /// parsed anew. A run that reads each slate once has nothing of it.
    pub fn keep_parsed(&mut self) {
        self.parsed.get_or_insert_default();
    }

    /// Puts an unsaved text in the place of a file, which need not exist; any number of files can have one.
    pub fn overlay(&mut self, path: &Path, text: Vec<u8>) {
        self.tree.insert(path, text);
    }

    /// Takes an unsaved text away again.
    pub fn remove_overlay(&mut self, path: &Path) {
        self.tree.remove(path);
    }

    /// Forgets the projects that are open, so that configuration and roster are read anew.
    pub fn reload(&mut self) {
        self.projects.clear();
        self.settings.clear();
        self.warnings.clear();
    }

    /// The same where a file with configuration, teams or people is another than when its project was opened. Answers whether
    /// that is so. A session that lives long asks this before each check: not every front end is told what changes on disk.
    pub fn reload_if_changed(&mut self) -> bool {
        let has_changed = |(path, then): (&PathBuf, &Option<FileState>)| FileState::of(path) != *then;
        let is_outdated = self.settings.iter().any(has_changed);
        if is_outdated {
            self.reload();
        }
        is_outdated
    }

    /// The request for one file of a slate, or of the pages beside the slates; `path` need not exist. It is named, so all that is
    /// found in it is shown, also where its slate is over. Fails where the file is in neither.
    pub fn find_file(&mut self, path: &Path) -> Result<Request, Error> {
        let period = self.options.period;
        let mut selection = Selection::default();
        let mut pages_of = |root: &Path| Ok(self.project(root)?.pages());
        selection.add_file(path, period, &mut pages_of);
        match (selection.requests.pop(), selection.failures.pop()) {
            (Some(request), _) => Ok(request),
            (None, Some(failure)) => Err(failure),
            (None, None) => Err(Error::of(path, "not in a slate")),
        }
    }

    /// The text of a file, unsaved where it has such a text. `root` is that of its project: no link may lead out of that.
    pub fn read(&self, root: &Path, path: &Path) -> Result<Vec<u8>, Error> {
        self.tree.check_boundary(path, &SymlinkBoundary::of(root))?;
        self.tree.read(path)
    }

    /// The project at a root. Fails where its configuration cannot be used.
    pub fn project(&mut self, root: &Path) -> Result<Rc<Project>, Error> {
        if let Some(project) = self.projects.get(root) {
            return Ok(Rc::clone(project));
        }
        let opened = Project::open(root, self.options.config, self.options.roster);
        if self.parsed.is_some() {
            // A configuration that cannot be used may be repaired.
            let files = match &opened {
                Ok(project) => project.settings_files(self.options.config),
                Err(_) => Project::own_settings_files(root, self.options.config),
            };
            self.settings.extend(files.into_iter().map(|path| (path.clone(), FileState::of(&path))));
        }
        let project = Rc::new(opened?);
        self.warnings.extend_from_slice(&project.config.warnings);
        self.built_in.check(&project.config)?;
        self.projects.insert(root.to_path_buf(), Rc::clone(&project));
        Ok(project)
    }

    /// What could not be read of the configurations of the projects that were opened since this was last asked.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    /// The one slate that is meant: by a path, by the name of a period, or the newest one of the current directory's project.
    pub fn find_slate(&mut self, slate: Option<&str>) -> Result<Request, Error> {
        let directory = self.slate_directory(slate)?;
        // The directory above `2026` is the current one.
        let whole = absolute(&directory);
        let root = find_root(&whole).or_else(|| whole.parent().map(Path::to_path_buf));
        let root = self.project(&root.unwrap_or(whole))?.root.clone();
        Ok(Request { root, directory, beside_slates: false, files: None, named: true, in_full: true })
    }

    fn slate_directory(&mut self, slate: Option<&str>) -> Result<PathBuf, Error> {
        let Some(slate) = slate else {
            let root = find_root(Path::new(".")).unwrap_or_else(|| absolute(Path::new(".")));
            return self.project(&root)?.newest_slate().ok_or_else(|| {
                Error::new("no slate found")
                    .help("specify one, such as `src/2025h1`, or run this in a goals repository")
            });
        };
        if slate.trim().is_empty() {
            return Err(Error::new("empty name of a slate")
                .help("use a directory such as `src/2025h1`, or a period such as `2025h1`"));
        }
        let path = Path::new(slate);
        let slates = match classify(path) {
            PathKind::Slate => return Ok(path.to_path_buf()),
            PathKind::Project => Some(slate_directories(path)),
            PathKind::Directory { slates } => Some(slates),
            PathKind::File | PathKind::Missing => None,
        };
        match slates {
            // Not named like a period, but named by the user.
            Some(slates) if slates.is_empty() => return Ok(path.to_path_buf()),
            Some(slates) => {
                let names: Vec<String> = slates.iter().map(|slate| format!("`{}`", shown(slate))).collect();
                return Err(Error::of(path, "not a slate, but a directory of slates")
                    .help(format!("use one of them: {}", names.join(", "))));
            }
            None if path.exists() => {
                return Err(Error::of(path, "not a slate, but a file").help("use the directory of the slate"));
            }
            None => {}
        }
        let Some(period) = PeriodName::parse(slate) else {
            let otherwise = "use a directory such as `src/2025h1`, or a period such as `2025h1`";
            return Err(missing(path, &self.slates_here().unwrap_or_default(), otherwise));
        };
        let directories = self.slates_here()?;
        let found = directories.iter().find(|directory| PeriodName::of_directory(directory) == Some(period));
        found.cloned().ok_or_else(|| no_slate(slate, &directories))
    }

    /// The slates of the project of the current directory, oldest first.
    fn slates_here(&mut self) -> Result<Vec<PathBuf>, Error> {
        let root = find_root(Path::new(".")).unwrap_or_else(|| absolute(Path::new(".")));
        Ok(self.project(&root)?.slate_directories())
    }

    /// Renders the pages of a book, with the chapters that come below some of them. Whatever is wrong with a page or a slate is a
    /// note, and there is a text for each page. Fails where the configuration or the roster cannot be read.
    pub fn render_book(&mut self, book: &BookRequest) -> Result<RenderedBook, Error> {
        let root = find_root(&book.root).unwrap_or_else(|| absolute(&book.root));
        let project = self.project(&root)?;
        // The texts of the book are what is shown, whatever is on disk.
        let mut tree = self.tree.clone();
        let directory = absolute(&book.directory);
        let given = book.pages.iter().map(|page| {
            let path = absolute(&directory.join(&page.path));
            tree.insert(&path, page.text.clone().into_bytes());
            GivenPage { path: project.path_from_root(&path), text: page.text.clone() }
        });
        let given: Vec<GivenPage> = given.collect();
        let BookReading { slates, unread, failures: mut notes, newest, directives } = project.read_book(&tree)?;
        let issues = book.issues.as_ref().map(|issues| within_project(&book.root, issues));
        let issues = issues.transpose().unwrap_or_else(|failure| {
            notes.push(failure);
            None
        });
        let slates = slates.into_iter().map(|slate| {
            let read = issues.as_ref().filter(|_| !slate.beside_slates);
            let issues = read.map(|issues| Issues::read(&tree, issues, &slate.name)).transpose();
            let issues = issues.unwrap_or_else(|failure| {
                notes.push(failure);
                None
            });
            (slate, issues.unwrap_or(Issues::NotConfigured))
        });
        let site = Site::new(slates.collect(), Layout::new(newest, directives), unread);
        notes.extend(site.notes(&given));
        let above = format!("{}/", project.path_from_root(&directory));
        let pages = site.make(&given, book.renames_readme).into_iter().map(|page| {
            notes.extend(page.notes);
            let chapters = page.chapters.into_iter().map(|chapter| BookPage {
                // What is not among the pages of the book leads out of their directory.
                path: chapter.path.strip_prefix(above.as_str()).unwrap_or(&chapter.path).to_owned(),
                name: chapter.name,
                text: chapter.text,
            });
            RenderedPage { text: page.text, chapters: chapters.collect() }
        });
        let pages = pages.collect();
        Ok(RenderedBook { pages, notes })
    }

    /// Reads a slate.
    pub fn load(&mut self, request: &Request) -> Result<LoadedSlate, Error> {
        let project = self.project(&request.root)?;
        self.load_from(&project, &self.tree, request)
    }

    fn load_from(&self, project: &Rc<Project>, tree: &dyn Tree, request: &Request) -> Result<LoadedSlate, Error> {
        let kept = self.parsed.as_ref();
        let reading = match request.beside_slates {
            true => project.read_pages(tree, kept)?,
            false => project.read_slate_with(tree, &request.directory, self.options.period, kept)?,
        };
        let mut levels = self.built_in.for_slate(&project.config, &reading.slate)?;
        self.options.levels.apply(&mut levels)?;
        Ok(LoadedSlate {
            project: Rc::clone(project),
            request: request.clone(),
            reading,
            levels,
            fixes: AppliedFixes::default(),
            findings: None,
        })
    }

    /// Reads a slate as it was at the merge base of `revision` and HEAD, by today's configuration and roster. Where it did not exist
    /// yet, it had no files.
    pub fn load_since(&mut self, request: &Request, revision: &str) -> Result<LoadedBefore, Error> {
        let project = self.project(&request.root)?;
        let commit = Commit::merge_base(&project.root, revision)?;
        let settings = project.settings_files(self.options.config);
        let settings = settings.into_iter().filter(|file| commit.differs(file)).map(|file| shown(&file)).collect();
        let directory = absolute(&request.directory);
        let existed = commit.entries(&directory).is_ok();
        let reading = match existed {
            true => self.load_from(&project, &commit, request)?.reading,
            false => {
                let period = self.options.period.or_else(|| PeriodName::of_directory(&directory));
                project.slate(&project.path_from_root(&directory), period, false, Vec::new())?
            }
        };
        // What a file was like that could not be read is not known.
        match commit.missing() {
            Some(failure) => Err(failure),
            None => Ok(LoadedBefore { reading, existed, settings }),
        }
    }

    /// Reads an earlier state of a slate that is kept in another directory: the slate itself, or what holds a slate of its name. It is
    /// read by today's configuration and roster.
    pub fn load_old(&mut self, request: &Request, directory: &Path) -> Result<LoadedBefore, Error> {
        let name = absolute(&request.directory).file_name().map(std::ffi::OsStr::to_owned);
        let slates = match classify(directory) {
            PathKind::Slate => Vec::new(),
            PathKind::Project => slate_directories(directory),
            PathKind::Directory { slates } => slates,
            PathKind::File => return Err(Error::of(directory, "not a directory")),
            PathKind::Missing => {
                let otherwise = "use a directory with the earlier state of the slate, such as another checkout";
                return Err(missing(directory, &[], otherwise));
            }
        };
        let from = match slates.iter().find(|slate| slate.file_name() == name.as_deref()) {
            Some(slate) => slate.clone(),
            None if slates.is_empty() => directory.to_path_buf(),
            None => {
                let name = name.unwrap_or_default();
                let known: Vec<String> = slates.iter().map(|slate| format!("`{}`", shown(slate))).collect();
                return Err(Error::of(directory, &format!("no slate of {} in this directory", name.to_string_lossy()))
                    .help(format!("use one of the slates that it has: {}", known.join(", "))));
            }
        };
        let project = self.project(&request.root)?;
        let tree = MovedTree::new(&from, &request.directory);
        let reading = self.load_from(&project, &tree, request)?.reading;
        Ok(LoadedBefore { reading, existed: true, settings: Vec::new() })
    }

    /// Reads and checks a slate; with `fixes`, as it would be once the safe fixes are applied.
    pub fn check(&mut self, request: &Request, fixes: bool) -> Result<CheckedSlate, Error> {
        let mut slate = self.load(request)?;
        if fixes {
            slate.apply_fixes();
        }
        Ok(slate.check())
    }

    /// Takes away every finding that the merge base of `revision` and HEAD has, judged by today's configuration and roster. What the other branch fixed or broke meanwhile is in neither, and a finding that the change caused in
    /// a file it did not touch stays.
    pub fn keep_new(&mut self, revision: &str, slates: &mut [CheckedSlate]) -> Result<Compared, Error> {
        let mut commits: HashMap<PathBuf, Commit> = HashMap::new();
        let mut compared = Compared::default();
        for slate in slates {
            let root = &slate.loaded.project.root;
            if !commits.contains_key(root) {
                let commit = Commit::merge_base(root, revision)?;
                let settings = slate.loaded.project.settings_files(self.options.config);
                let changed = settings.into_iter().filter(|file| commit.differs(file)).map(|file| shown(&file));
                compared.settings.extend(changed);
                commits.insert(root.clone(), commit);
            }
            let Some(commit) = commits.get(root) else { continue };
            // Where nothing is found there is nothing to compare.
            if slate.findings.is_empty() {
                continue;
            }
            let before = self.load_from(&slate.loaded.project, commit, &slate.loaded.request)?.check();
            // What a file was like that could not be read is not known; one that was not there yet is no such file.
            if let Some(failure) = commit.missing() {
                return Err(failure);
            }
            let before = before.findings.into_iter().flat_map(Diagnostic::into_places);
            let had: HashSet<Fingerprint> = before.map(|reported| reported.fingerprint).collect();
            // Each place for itself: one that is new must not pass for an old one because both are one finding.
            let places = std::mem::take(&mut slate.findings).into_iter().flat_map(Diagnostic::into_places);
            let (old, mut new): (Vec<_>, Vec<_>) = places.partition(|reported| had.contains(&reported.fingerprint));
            new.sort_by_key(|reported| (reported.file, reported.finding.span, reported.rule));
            slate.findings = grouped(new);
            compared.omitted += grouped(old).len();
        }
        compared.settings.sort();
        compared.settings.dedup();
        Ok(compared)
    }
}

/// A book whose pages are to be rendered.
#[derive(Clone, Debug)]
pub struct BookRequest {
    /// The directory of its `book.toml`.
    pub root: PathBuf,
    /// The directory of its pages.
    pub directory: PathBuf,
    /// The directory with files of tracking issues, from the root.
    pub issues: Option<PathBuf>,
    /// Whether pages called `README.md` become `index.md` later.
    pub renames_readme: bool,
    /// Its pages, in any order.
    pub pages: Vec<BookPage>,
}

/// A page of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookPage {
    /// What the sidebar calls it.
    pub name: String,
    /// The path of its file from the directory of the pages, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The pages of a book as readers see them.
#[derive(Clone, Debug)]
pub struct RenderedBook {
    /// In the order of the request.
    pub pages: Vec<RenderedPage>,
    /// What readers of the pages would miss, with the place where there is one.
    pub notes: Vec<Error>,
}

/// A page as readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedPage {
    /// Its text.
    pub text: String,
    /// The chapters that come below it and that the book does not have itself.
    pub chapters: Vec<BookPage>,
}

/// An earlier state of a slate.
#[derive(Clone, Debug)]
pub struct LoadedBefore {
    /// The slate, with what got in the way of reading it.
    pub reading: Reading,
    /// Whether there was such a slate.
    pub existed: bool,
    /// The files with configuration, teams or people that were not the same then. The state is read by those of today.
    pub settings: Vec<String>,
}

/// What a comparison with another revision came to.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// How many findings that revision has too, judged by today's configuration and roster.
    pub omitted: usize,
    /// The files with configuration, teams or people that are not the same there. What they bring is in both, so it is omitted.
    pub settings: Vec<String>,
}

/// A slate that has been read.
#[derive(Clone, Debug)]
pub struct LoadedSlate {
    /// Its project.
    pub project: Rc<Project>,
    /// What of it is asked for.
    pub request: Request,
    /// The slate, with what got in the way of reading it.
    pub reading: Reading,
    levels: Levels,
    fixes: AppliedFixes,
    /// What is found in it, where that is known already.
    findings: Option<Vec<Diagnostic>>,
}

impl LoadedSlate {
    /// Whether a file, by its path from the root, is asked for.
    fn wants(&self, path: &str) -> bool {
        self.request.files.as_ref().is_none_or(|files| files.contains(&self.project.root.join(path)))
    }

    /// Which of its files are asked for.
    fn asked(&self) -> TiVec<FileId, bool> {
        self.reading.slate.files.iter().map(|file| self.wants(file.source.path())).collect()
    }

    /// Whether the slate has a file at this path, or could not read it.
    pub fn holds(&self, path: &Path) -> bool {
        let root = &self.project.root;
        let is_there = self.reading.slate.files.iter().any(|file| root.join(file.source.path()) == path);
        is_there || !self.reading.failures.is_empty()
    }

    /// Whether all that is found in it is shown: its period is not over, or it was named itself.
    fn is_in_full(&self) -> bool {
        self.request.in_full || !self.reading.slate.is_closed
    }

    /// How many of its files and goals are asked for.
    pub fn counts(&self) -> Counts {
        // What authors copy is checked, but no file of the slate's own.
        let files = self.reading.slate.files.iter().filter(|file| self.wants(file.source.path()));
        let is_counted = |file: &&File| file.kind != FileKind::GoalTemplate || self.request.files.is_some();
        let files = files.filter(|file| self.request.beside_slates || is_counted(file));
        let goals = files.clone().filter(|file| is_goal(file)).count();
        Counts { goals, files: files.count() }
    }

    /// Whether the slate holds a goal, or what should be one.
    pub fn has_goals(&self) -> bool {
        self.reading.slate.files.iter().any(is_goal)
    }

    /// Replaces the texts that were read with the fixed ones.
    fn apply_fixes(&mut self) {
        let Reading { slate, outside, .. } = &self.reading;
        let in_full = self.is_in_full();
        let is_wanted = |path: &str, level: Level| self.wants(path) && (in_full || level == Level::Error);
        let fixed = fix(slate, outside.as_ref(), &self.levels, is_wanted);
        let before: HashMap<&str, &str> =
            slate.files.iter().map(|file| (file.source.path(), file.source.text())).collect();
        let files = fixed.texts.into_iter().map(|(path, after)| FixedFile {
            before: before.get(path.as_str()).map_or_else(String::new, |text| (*text).to_owned()),
            path: self.project.root.join(path),
            after,
        });
        let files = files.collect();
        drop(before);
        self.fixes = AppliedFixes { files, count: fixed.count };
        self.findings = Some(fixed.findings);
        self.reading.slate = fixed.slate;
    }

    /// Checks it.
    pub fn check(mut self) -> CheckedSlate {
        let findings = self.findings.take().unwrap_or_else(|| {
            let Reading { slate, outside, .. } = &self.reading;
            match self.request.files {
                Some(_) => lint_files(slate, outside.as_ref(), &self.levels, &self.asked()),
                None => lint(slate, outside.as_ref(), &self.levels),
            }
        });
        self.checked(findings)
    }

    /// Checks it and assembles its RFC at the same time; see [`assemble`]. Whether the text may be used, the findings tell.
    /// `stated` are lines of the front matter that replace the template's own or the configuration's.
    pub fn check_and_assemble(self, stated: &FrontMatter) -> (CheckedSlate, Result<Assembled, Error>) {
        let Reading { slate, outside, .. } = &self.reading;
        let (findings, assembled) = threads::both(
            slate.text_len(),
            || lint(slate, outside.as_ref(), &self.levels),
            || assemble(slate, &slate.config, stated),
        );
        (self.checked(findings), assembled)
    }

    /// The same with what was found in the files that are asked for.
    fn checked(self, mut findings: Vec<Diagnostic>) -> CheckedSlate {
        let asked = self.asked();
        findings.retain(|diagnostic| asked.get(diagnostic.file).copied().unwrap_or(false));
        CheckedSlate { findings, suppressed: 0, hidden: Vec::new(), counts: self.counts(), loaded: self }
    }
}

/// Whether a file is a goal, or should be one.
fn is_goal(file: &File) -> bool {
    matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. })
}

/// A slate that has been read and checked.
#[derive(Clone, Debug)]
pub struct CheckedSlate {
    /// The slate as it was read, or with the fixes where they were asked for.
    pub loaded: LoadedSlate,
    /// What was found in the files that were asked for.
    pub findings: Vec<Diagnostic>,
    /// How many warnings are not among them, because the period of the slate is over.
    pub suppressed: usize,
    /// Warnings that are not among them, because only errors are wanted.
    pub hidden: Vec<Diagnostic>,
    /// How many files and goals were checked.
    pub counts: Counts,
}

impl CheckedSlate {
    /// Whether nothing was there to be checked, and nothing is to be said of it.
    pub fn is_empty(&self) -> bool {
        let reading = &self.loaded.reading;
        reading.slate.files.is_empty()
            && reading.failures.is_empty()
            && reading.warnings.is_empty()
            && self.loaded.request.files.is_none()
    }

    /// The slate itself.
    pub fn slate(&self) -> &Slate {
        &self.loaded.reading.slate
    }

    /// Counts the warnings instead of showing them where the period of the slate is over and the slate was not named: it is
    /// history, and nobody would act on them.
    pub fn suppress_history(&mut self) {
        if !self.loaded.is_in_full() {
            let all = self.findings.len();
            self.findings.retain(|reported| reported.level == Level::Error);
            self.suppressed += all - self.findings.len();
        }
    }

    /// Leaves only errors among the findings; warnings are counted as hidden.
    pub fn hide_warnings(&mut self) {
        let findings = std::mem::take(&mut self.findings);
        let (errors, warnings) = findings.into_iter().partition(|reported| reported.level == Level::Error);
        self.findings = errors;
        self.hidden = warnings;
    }

    /// What the fixes have changed, where they were asked for.
    pub fn fixes(&self) -> &AppliedFixes {
        &self.loaded.fixes
    }
}

/// What fixes came to.
#[derive(Clone, Debug, Default)]
pub struct AppliedFixes {
    /// The files that they change.
    pub files: Vec<FixedFile>,
    /// How many findings they fix.
    pub count: usize,
}

/// A file that fixes change.
#[derive(Clone, Debug)]
pub struct FixedFile {
    /// Its path, absolute.
    pub path: PathBuf,
    /// The text that was read.
    pub before: String,
    /// The text that takes its place.
    pub after: String,
}
