//! The one door for front ends: a [`Session`] opens projects, reads slates, checks and fixes them, and assembles the RFC.
//!
//! What holds for a whole run (configuration, roster, period, levels) a front end states once, in [`Options`]; then it asks.
//! Nothing here prints, and nothing is written to disk.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::diagnostics::counts::Counts;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::fingerprint::Fingerprint;
use crate::lint::fix::fix;
use crate::lint::levels::{LevelOverrides, Levels};
use crate::lint::run::lint;
use crate::model::slate::{File, FileKind};
use crate::policy::config::{ConfigFiles, FrontMatter};
use crate::policy::period::PeriodName;
use crate::rfc::{Assembled, assemble};
use crate::sys::error::Error;
use crate::sys::git::Commit;
use crate::sys::paths::{absolute, shown};
use crate::sys::threads;
use crate::sys::tree::Tree;
use crate::workspace::discovery::{PathKind, classify, find_root, slate_directories};
use crate::workspace::project::{Project, Reading};
use crate::workspace::selection::Request;

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
    /// What is said of the configurations that have been read and has not been taken yet.
    warnings: Vec<Error>,
}

impl<'a> Session<'a> {
    /// Begins a run. Fails where the levels name an unknown rule.
    pub fn new(options: Options<'a>) -> Result<Session<'a>, Error> {
        let built_in = Levels::built_in()?;
        options.levels.apply(&mut built_in.clone())?;
        Ok(Session { options, built_in, projects: HashMap::new(), warnings: Vec::new() })
    }

    /// The project at a root. Fails where its configuration cannot be used.
    pub fn project(&mut self, root: &Path) -> Result<Rc<Project>, Error> {
        if let Some(project) = self.projects.get(root) {
            return Ok(Rc::clone(project));
        }
        let project = Rc::new(Project::open(root, self.options.config, self.options.roster)?);
        self.warnings.extend_from_slice(&project.config.warnings);
        self.built_in.check(&project.config)?;
        self.projects.insert(root.to_path_buf(), Rc::clone(&project));
        Ok(project)
    }

    /// What could not be read of the configurations of the projects that were opened since this was last asked.
    pub fn take_warnings(&mut self) -> Vec<Error> {
        std::mem::take(&mut self.warnings)
    }

    /// The one slate that is meant: by a path, by the name of a period, or the newest one of the current directory's project.
    pub fn find_slate(&mut self, slate: Option<&str>) -> Result<Request, Error> {
        let directory = self.slate_directory(slate)?;
        let root = find_root(&directory).or_else(|| directory.parent().map(Path::to_path_buf));
        let root = self.project(&root.unwrap_or_else(|| directory.clone()))?.root.clone();
        Ok(Request { root, directory, files: None, named: true })
    }

    fn slate_directory(&mut self, slate: Option<&str>) -> Result<PathBuf, Error> {
        let Some(slate) = slate else {
            return self.slates_here()?.pop().ok_or_else(|| {
                Error::new("no slate found")
                    .help("specify one, such as `src/2025h1`, or run this in a goals repository")
            });
        };
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
                return Err(Error::new(format!("{}: not a slate, but a directory of slates", shown(path)))
                    .help(format!("use one of them: {}", names.join(", "))));
            }
            None if path.exists() => {
                return Err(Error::new(format!("{}: not a slate, but a file", shown(path)))
                    .help("use the directory of the slate"));
            }
            None => {}
        }
        let Some(period) = PeriodName::parse(slate) else {
            return Err(Error::new(format!("{slate}: no such slate"))
                .help("use a directory such as `src/2025h1`, or a period such as `2025h1`"));
        };
        let directories = self.slates_here()?;
        let found = directories.iter().find(|directory| PeriodName::of_directory(directory) == Some(period));
        found.cloned().ok_or_else(|| {
            let known: Vec<String> = directories.iter().map(|directory| shown(directory)).collect();
            let failure = Error::new(format!("no slate of {slate} in this project"));
            if known.is_empty() { failure } else { failure.help(format!("the slates are {}", known.join(", "))) }
        })
    }

    /// The slates of the project of the current directory, oldest first.
    fn slates_here(&mut self) -> Result<Vec<PathBuf>, Error> {
        let root = find_root(Path::new(".")).unwrap_or_else(|| absolute(Path::new(".")));
        Ok(self.project(&root)?.slate_directories())
    }

    /// Reads a slate from a tree.
    pub fn load(&mut self, tree: &dyn Tree, request: &Request) -> Result<LoadedSlate, Error> {
        let project = self.project(&request.root)?;
        let reading = project.read_slate(tree, &request.directory, self.options.period)?;
        let mut levels = self.built_in.for_slate(&project.config, &reading.slate)?;
        self.options.levels.apply(&mut levels)?;
        Ok(LoadedSlate { project, request: request.clone(), reading, levels, fixes: AppliedFixes::default() })
    }

    /// Reads and checks a slate; with `fixes`, as it would be once the safe fixes are applied.
    pub fn check(&mut self, tree: &dyn Tree, request: &Request, fixes: bool) -> Result<CheckedSlate, Error> {
        let mut slate = self.load(tree, request)?;
        if fixes {
            slate.apply_fixes();
        }
        Ok(slate.check())
    }

    /// Takes away every finding that the merge base of `revision` and HEAD had, judged by today's configuration and roster;
    /// answers how many. What the other branch fixed or broke meanwhile is in neither, and a finding that the change caused in
    /// a file it did not touch stays.
    pub fn keep_new(&mut self, revision: &str, slates: &mut [CheckedSlate]) -> Result<usize, Error> {
        let mut commits: HashMap<PathBuf, Commit> = HashMap::new();
        let mut known = 0;
        for slate in slates {
            let root = &slate.project.root;
            if !commits.contains_key(root) {
                commits.insert(root.clone(), Commit::merge_base(root, revision)?);
            }
            let Some(commit) = commits.get(root) else { continue };
            // Where nothing is found there is nothing to compare.
            if slate.findings.is_empty() {
                continue;
            }
            let before = self.check(commit, &slate.request, false)?;
            // What a file was like that could not be read is not known; one that was not there yet is no such file.
            if let Some(failure) = commit.missing() {
                return Err(failure);
            }
            let had: HashSet<Fingerprint> = before.findings.iter().map(|reported| reported.fingerprint).collect();
            let all = slate.findings.len();
            slate.findings.retain(|reported| !had.contains(&reported.fingerprint));
            known += all - slate.findings.len();
        }
        Ok(known)
    }
}

/// A slate that has been read, and what is to be checked in it.
#[derive(Clone, Debug)]
pub struct LoadedSlate {
    project: Rc<Project>,
    request: Request,
    reading: Reading,
    levels: Levels,
    fixes: AppliedFixes,
}

impl LoadedSlate {
    /// Whether a file, by its path from the root, was asked for.
    fn wants(&self, path: &str) -> bool {
        self.request.files.as_ref().is_none_or(|files| files.contains(&self.project.root.join(path)))
    }

    /// Puts the fixed texts in the place of those that were read.
    fn apply_fixes(&mut self) {
        let Reading { slate, outside, .. } = &self.reading;
        let fixed = fix(slate, outside.as_ref(), &self.levels, |path: &str| self.wants(path));
        let before: HashMap<&str, &str> =
            slate.files.iter().map(|file| (file.source.path(), file.source.text())).collect();
        let files = fixed.texts.into_iter().map(|(path, after)| FixedFile {
            before: before.get(path.as_str()).map_or_else(String::new, |text| (*text).to_owned()),
            path: self.project.root.join(path),
            after,
        });
        self.fixes = AppliedFixes { files: files.collect(), count: fixed.count };
        self.reading.slate = fixed.slate;
    }

    /// Checks it.
    pub fn check(self) -> CheckedSlate {
        let findings = lint(&self.reading.slate, self.reading.outside.as_ref(), &self.levels);
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

    /// The same with what was found in the files that were asked for.
    fn checked(self, mut findings: Vec<Diagnostic>) -> CheckedSlate {
        let files = &self.reading.slate.files;
        let asked: Vec<bool> = files.iter().map(|file| self.wants(file.source.path())).collect();
        findings.retain(|reported| asked.get(reported.file).copied().unwrap_or(false));
        let files = files.iter().zip(&asked).filter(|(_, asked)| **asked).map(|(file, _)| file);
        let is_goal = |file: &&File| matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. });
        let counts = Counts { goals: files.clone().filter(is_goal).count(), files: files.count() };
        let LoadedSlate { project, request, reading, fixes, .. } = self;
        CheckedSlate { project, request, reading, findings, counts, fixes }
    }
}

/// A slate that has been read and checked.
#[derive(Clone, Debug)]
pub struct CheckedSlate {
    /// Its project.
    pub project: Rc<Project>,
    /// What of it was asked for.
    pub request: Request,
    /// The slate, with what got in the way of reading it.
    pub reading: Reading,
    /// What was found in the files that were asked for.
    pub findings: Vec<Diagnostic>,
    /// How many files and goals were checked.
    pub counts: Counts,
    /// What the fixes have changed, where they were asked for.
    pub fixes: AppliedFixes,
}

impl CheckedSlate {
    /// Whether the slate has a file at this path, or could not read it.
    pub fn holds(&self, path: &Path) -> bool {
        let root = &self.project.root;
        let is_there = self.reading.slate.files.iter().any(|file| root.join(file.source.path()) == path);
        is_there || !self.reading.failures.is_empty()
    }

    /// Whether the slate holds a goal, or what should be one.
    pub fn has_goals(&self) -> bool {
        let files = &self.reading.slate.files;
        files.iter().any(|file| matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. }))
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
